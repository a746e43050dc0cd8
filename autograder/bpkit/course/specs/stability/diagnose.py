import math

from bpkit.course.spec import Exercise, Explanation, describe
from bpkit.course.specs.stability._table import answers, same

NAN, INF = math.nan, math.inf
LOW, HIGH = 1e-6, 1e3
ROWS = (
    ([0.3, 1.7, 0.02],),
    ([0.5],),
    ([2e-7, 0.4, 3.0],),
    ([3.0, 0.4, 2e-7],),
    ([0.4, 2e-7, 3.0],),
    ([1e-8, 1e-9, 1e-7],),
    ([0.0, 1.0],),
    ([1e-6, 0.5],),
    ([0.0, 1.9e-6],),
    ([1.0, 5e3, 2.0],),
    ([5e3, 1.0, 2.0],),
    ([1.0, 2.0, 5e3],),
    ([1.0, 1.5e3, 2.0],),  # their mean is far below the bound
    ([5e3, 7e4],),
    ([1e3, 0.5],),
    ([INF, 1.0],),
    ([1.0, INF, 2.0],),
    ([1.0, NAN, 2.0],),
    ([NAN, 1.0],),
    ([1.0, NAN],),
    ([NAN, NAN],),
    ([NAN],),
    ([INF, NAN, 1e-9],),
    ([1e-9, NAN],),
    ([1e-9, 5e3],),
    ([5e3, 1.0, 1e-9],),
    ([0.0, INF],),
    ([0.05, 0.5], 0.1, 10.0),
    ([0.5, 50.0], 0.1, 10.0),
    ([1e-9, 0.5], 1e-12, 10.0),
    ([2e4, 0.5], 0.1, 1e5),
    ([0.1, 10.0], 0.1, 10.0),
    ([0.02, 0.5], 0.1),
    ([5e3, 0.5], 0.1),
    ([5.0, 7.0, 6.0, 9.0], 3.0, 10.0),
    ([0, 1],),
)


def right(norms, low=LOW, high=HIGH):
    """Return the word."""
    return _word(norms, low, high)


def _word(norms, low, high, nan=any, exploding=any, vanishing=any):
    if nan(math.isnan(norm) for norm in norms):
        return "nan"
    if exploding(norm > high for norm in norms):
        return "exploding"
    return "vanishing" if vanishing(norm < low for norm in norms) else "ok"


def _never(_):
    return False


def _nan_to(number):
    return lambda norms, low=LOW, high=HIGH: right([number if math.isnan(n) else n for n in norms], low, high)


def _vanishing_first(norms, low=LOW, high=HIGH):
    word = right(norms, low, high)
    return "vanishing" if word == "exploding" and any(norm < low for norm in norms) else word


def _first_in_list(norms, low=LOW, high=HIGH):
    words = (right([norm], low, high) for norm in norms)
    return next((word for word in words if word != "ok"), "ok")


def _nan_last(norms, low=LOW, high=HIGH):
    word = _word(norms, low, high, nan=_never)
    return right(norms, low, high) if word == "ok" else word


WRONG = {
    "first-layer-only": lambda norms, low=LOW, high=HIGH: right(norms[:1], low, high),
    "last-layer-only": lambda norms, low=LOW, high=HIGH: right(norms[-1:], low, high),
    "mean-of-norms": lambda norms, low=LOW, high=HIGH: right([sum(norms) / len(norms)], low, high),
    "norm-of-norms": lambda norms, low=LOW, high=HIGH: right(
        [math.sqrt(sum(n * n for n in norms))], low, high
    ),
    "nan-by-equality": lambda norms, low=LOW, high=HIGH: _word(norms, low, high, nan=_never),
    "nan-is-zero": _nan_to(0.0),
    "infinity-skipped": lambda norms, low=LOW, high=HIGH: right([n for n in norms if n != INF], low, high),
    "infinity-is-nan": lambda norms, low=LOW, high=HIGH: "nan" if INF in norms else right(norms, low, high),
    "default-low": lambda norms, _low=LOW, high=HIGH: right(norms, LOW, high),
    "default-high": lambda norms, low=LOW, _high=HIGH: right(norms, low, HIGH),
    "bounds-swapped": lambda norms, low=LOW, high=HIGH: right(norms, high, low),
    "all-have-to-be-nan": lambda norms, low=LOW, high=HIGH: _word(norms, low, high, nan=all),
    "all-have-to-explode": lambda norms, low=LOW, high=HIGH: _word(norms, low, high, exploding=all),
    "all-have-to-vanish": lambda norms, low=LOW, high=HIGH: _word(norms, low, high, vanishing=all),
    "never-exploding": lambda norms, low=LOW, high=HIGH: _word(norms, low, high, exploding=_never),
    "never-vanishing": lambda norms, low=LOW, high=HIGH: _word(norms, low, high, vanishing=_never),
    "high-included": lambda norms, low=LOW, high=HIGH: right(norms, low, math.nextafter(high, 0.0)),
    "low-included": lambda norms, low=LOW, high=HIGH: right(norms, math.nextafter(low, INF), high),
    "vanishing-first": _vanishing_first,
    "bounds-included": lambda norms, low=LOW, high=HIGH: right(
        norms, math.nextafter(low, INF), math.nextafter(high, 0.0)
    ),
    "first-in-list": _first_in_list,
    "nan-last": _nan_last,
    "nan-by-maximum": lambda norms, low=LOW, high=HIGH: _word(
        norms, low, high, nan=lambda _: max(norms) != max(norms)
    ),
    "capitals": lambda norms, low=LOW, high=HIGH: {"nan": "NaN"}.get(word := right(norms, low, high), word),
}


def say(arguments, got, expected):
    """Tell of the first wrong word."""
    call = ", ".join(map(str, arguments))
    answer = f'"{got[:40]}"' if isinstance(got, str) else f"no str, but {describe(got)}"
    return f'diagnose({call}) is "{expected}". What came back is {answer}.', "word"


_as_the_table_says = answers("diagnose", ROWS, right, WRONG, say)


def one_of_four_words(call):
    """Answer each row as the table does; where all are right once both bounds are given, it is the defaults."""
    problem = _as_the_table_says(call)
    if problem is None or problem.mistake:
        return problem
    for norms, *bounds in ROWS:
        given = (*bounds, *(LOW, HIGH)[len(bounds) :])
        if not same(call("diagnose", norms, *given), right(norms, *given)):
            return problem
    message = (
        problem.message
        + " Where low and high are both given, every word is right. The stub has low=1e-6, high=1e3: put "
    )
    return problem._replace(message=f"{message}its signature back.")


EXERCISE = Exercise(
    title="Diagnosis from gradient norms",
    position=60,
    points=3,
    returns=("word",),
    cases=(),  # a word is nothing that a recording can hold
    reference=lambda _torch, *arguments: right(*arguments),
    properties=(one_of_four_words,),
    hints=(
        "Which of the four answers may be given only after the three others have been ruled out?",
        "There are three questions, each about any of the norms, and their order matters: NaN first, then too large, then "
        "too small. NaN fails every comparison, so it has to be asked for by np.isnan.",
        "If any norm is NaN, the word is nan. Otherwise, if any is greater than high, exploding. Otherwise, if any is less "
        "than low, vanishing. Otherwise ok. Compare strictly, and use the bounds that are given.",
    ),
    mistakes={
        "first-layer-only": "Only the first norm is looked at. One layer is enough, wherever it stands.",
        "last-layer-only": "Only the last norm is looked at. One layer is enough, wherever it stands.",
        "mean-of-norms": "The bounds are compared with the mean of the norms. One layer that learns nothing is hidden among "
        "healthy ones.",
        "norm-of-norms": "The bounds are compared with one norm over all layers. One layer that learns nothing is hidden "
        "among healthy ones.",
        "nan-is-zero": "NaN counts as 0. It is not a small gradient; it is none at all.",
        "nan-by-equality": "NaN is passed over as if it were healthy. NaN == NaN is False: how else can one ask for it?",
        "infinity-skipped": "Infinity is passed over. It is above every bound.",
        "infinity-is-nan": "Infinity counts as NaN. It is a number above every bound, so the gradients are exploding.",
        "nan-by-maximum": "NaN is looked for in the largest norm alone. max passes over a NaN that is not the first in the list.",
        "nan-last": "NaN is asked for last. It comes first: where one norm is NaN, the others do not count.",
        "capitals": "Where a norm is NaN, it says NaN. The word is nan, in small letters.",
        "default-low": "low is taken to be 1e-6 whatever is given. Use the argument.",
        "default-high": "high is taken to be 1e3 whatever is given. Use the argument.",
        "bounds-swapped": "low and high have changed places.",
        "all-have-to-be-nan": "It says nan only if all norms are NaN. One is enough.",
        "all-have-to-explode": "It says exploding only if all norms are above high. One is enough.",
        "all-have-to-vanish": "It says vanishing only if all norms are below low. One is enough.",
        "never-exploding": "It never says exploding.",
        "never-vanishing": "It never says vanishing.",
        "bounds-included": "A norm of exactly low counts as vanishing, and one of exactly high as exploding. Both are still all right.",
        "high-included": "A norm of exactly high counts as exploding. It is still all right.",
        "low-included": "A norm of exactly low counts as vanishing. It is still all right.",
        "vanishing-first": "Where one norm is too small and another too large, it says vanishing. Which of the two comes first "
        "in the list?",
        "first-in-list": "The first norm that is not all right decides. It is the order of the four words that decides, whichever norm comes first.",
    },
    explanation=Explanation(
        why="The three troubles are ordered by how much they spoil. NaN spreads: any sum with it is NaN, so after one update all "
        "weights are, and no norm means anything. A gradient that is too large can ruin the weights in a single step; one that "
        "is too small only wastes time. Norms of layers are compared one by one because the trouble grows with depth: in a "
        "chain of factors of 0.25 the last layer looks healthy while the first gets 0.25**10 = 1e-6 of it.",
        another='''
def diagnose(norms, low=1e-6, high=1e3):
    """The smallest and the largest norm say everything: both are NaN if any norm is."""
    smallest, largest = np.min(norms), np.max(norms)
    if largest != largest:
        return "nan"
    return "exploding" if largest > high else "vanishing" if smallest < low else "ok"
''',
        pytorch="There is no such function. torch.nn.utils.get_total_norm gives one norm for all gradients, "
        "clip_grad_norm_(..., error_if_nonfinite=True) raises where it is NaN or infinite, and "
        "torch.autograd.set_detect_anomaly(True) names the operation in which NaN first appeared.",
    ),
)
