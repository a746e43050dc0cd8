"""How a wrong array differs from the right one, where no known mistake explains it."""

import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.course.spec import Case
from bpkit.judging import signatures
from bpkit.judging.diagnose import Observed
from bpkit.judging.verdict import Status
from bpkit.reference.pack import Recording


def signature(exercise, recordings, name, wrong, follows="in proportion"):
    """Return the signature of an array that is `wrong(values by name)` in every case; the right one is called "right"."""
    observed = {}
    for index, recording in enumerate(recordings):
        right = {**recording.outputs, **recording.gradients}
        known = {
            **recording.inputs,
            **dict(zip(exercise.upstream, recording.upstream, strict=False)),
            **right,
        }
        observed[index, name] = Observed(
            np.asarray(wrong({**known, "right": np.asarray(right[name])})), True, follows
        )
    found = signatures.find(name, exercise, recordings, observed)
    return found and (found.kind, {name: fact for name, fact in found.facts.items() if name != "scalar"})


@pytest.fixture
def linear(pack):
    """Return a function that gives the signature of a wrong array of the linear layer."""
    exercise = catalog.find("layers/linear")
    return lambda name, wrong, **more: signature(exercise, pack.load(exercise), name, wrong, **more)


@pytest.mark.parametrize(
    ("name", "wrong", "expected"),
    [
        ("dW", lambda k: 0 * k["right"], ("zero", {})),
        ("db", lambda k: k["right"][None], ("reshaped", {})),
        ("dW", lambda k: k["right"].ravel(), ("reshaped", {})),
        ("dW", lambda k: -k["right"], ("factor", {"constant": -1.0})),
        ("dW", lambda k: 2 * k["right"], ("factor", {"constant": 2.0})),
        ("dW", lambda k: k["right"].T, ("transposed", {"order": None})),
        ("db", lambda k: k["dy"], ("not_summed", {"axes": (0,), "mean": False})),
        ("db", lambda k: k["dy"].sum(axis=1), ("wrong_axis", {"of": "dy", "right": (0,), "axes": (1,)})),
        ("db", lambda k: k["dy"].sum(), ("wrong_axis", {"of": "dy", "right": (0,), "axes": (0, 1)})),
        ("dW", lambda k: k["right"].sum(axis=0), ("summed", {"axes": (0,)})),
        ("dx", lambda k: k["right"].sum(), ("summed", {"axes": None})),
        ("db", lambda k: k["dy"] * len(k["x"]), ("not_summed", {"axes": (0,), "mean": True})),
        ("dx", lambda k: np.where(np.arange(len(k["x"]))[:, None], k["right"], 0), ("gaps", {})),
        ("dx", lambda k: k["x"], ("is_other", {"other": "x", "expected": False})),
        ("dx", lambda k: k["dW"], ("is_other", {"other": "dW", "expected": True})),
        ("y", lambda k: k["x"], ("is_other", {"other": "x", "expected": False})),
        ("dx", lambda k: np.abs(k["right"]), ("signs", {})),
        ("dx", lambda k: k["right"] + 0.5, ("shifted", {"by": 0.5})),
        ("dx", lambda k: k["right"] + k["x"][0, 0], ("shifted", {"by": None})),
    ],
)
def test_what_an_array_is_instead(linear, name, wrong, expected):
    """Each relation is found, with what it is about."""
    kind, facts = linear(name, wrong)
    for number in ("constant", "by"):
        if facts.get(number) is not None:
            facts[number] = round(facts[number], 9)
    assert (kind, facts) == expected


@pytest.mark.parametrize(
    ("factor", "label"),
    [
        (lambda k: len(k["x"]), "x.shape[0]"),
        (lambda k: 1 / len(k["x"]), "1 / x.shape[0]"),
        (lambda k: -2 / k["dy"].size, "-2 / y.size"),
        (lambda k: 1 / np.sqrt(k["x"].shape[1]), "1 / √x.shape[1]"),
        (lambda k: k["W"].shape[1] ** 2, "W.shape[1]²"),
        (lambda k: len(k["x"]) / k["W"].shape[1], "x.shape[0] / W.shape[1]"),
    ],
)
def test_a_factor_is_named_after_a_size(linear, factor, label):
    """A factor that is a size in every case is called by its name."""
    kind, facts = linear("dW", lambda k: factor(k) * k["right"])
    assert kind == "factor"
    assert facts["label"].replace("dy", "y") == label


def test_nothing_is_a_multiple_by_one(pack):
    """Where the right array is zero in one case and this one is not, it is no multiple, whatever it is elsewhere."""
    exercise = catalog.find("layers/linear")
    first, *others = pack.load(exercise)
    zero = first._replace(gradients={**first.gradients, "dx": np.zeros((5, 3))})
    recordings = (zero, *others)
    for factor in (1.0, 2.0):
        wrong = lambda k, f=factor: k["right"] * f if k["right"].any() else k["x"] ** 2
        assert signature(exercise, recordings, "dx", wrong) is None


def test_close_and_not_exact(linear):
    """Rounding, or an eps that is too large, is told with how far it is off."""
    kind, facts = linear("dx", lambda k: k["right"].round(3))
    assert kind == "close"
    assert 1e-5 < facts["off"] < 1e-3


def test_a_factor_without_a_name(linear):
    """What differs from case to case and is nothing that has a name is told as a number for each case."""
    kind, facts = linear("dx", lambda k: k["dy"].sum() * k["right"])
    assert (kind, set(facts), len(set(facts["each"]))) == ("factor", {"each"}, 3)


def test_a_factor_that_is_nearly_one_is_not_told(linear):
    """Written with a few digits it would be 1, and the array looks right."""
    near = lambda k: k["right"] * (1 + 1e-5 if k["dy"].shape[0] == 1 else 3 + k["dy"].sum())
    assert linear("dx", near) is None


def test_a_factor_is_named_after_a_number(pack):
    """A number among the inputs, such as a learning rate, explains a factor as well."""
    exercise = catalog.find("optimizers/sgd")
    found = signature(exercise, pack.load(exercise), "w", lambda k: k["right"] / k["lr"])
    assert (found[0], found[1]["label"]) == ("factor", "1 / lr")


def test_a_gradient_that_ignores_what_comes_from_above(linear):
    """One that did not move when the upstream gradient was doubled, and is nothing simpler."""
    assert linear("dx", lambda k: np.tanh(k["x"]), follows="not at all") == ("ignores_upstream", {})
    assert linear("dx", lambda k: np.tanh(k["x"]), follows="otherwise") == ("bent", {})
    assert linear("dx", lambda k: np.tanh(k["x"])) is None


def test_blocks_in_another_order(pack):
    """Blocks are looked at where the exercise has them, and nowhere else."""
    exercise = catalog.find("neuron/relu")._replace(blocks={"dz": ("i", "f", "g")})
    rng = np.random.default_rng(3)
    recordings = tuple(
        recording._replace(gradients={"dz": rng.standard_normal((2, 9))}) for recording in pack.load(exercise)
    )
    turned = lambda k: np.concatenate([k["right"][:, 3:6], k["right"][:, :3], k["right"][:, 6:]], axis=1)
    found = signature(exercise, recordings, "dz", turned)
    assert found == ("blocks", {"order": ["f", "i", "g"], "names": ["i", "f", "g"]})
    assert signature(exercise._replace(blocks={}), recordings, "dz", turned) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda k: np.cumsum(k["right"], axis=0),
        lambda k: k["right"] + np.arange(k["right"].size).reshape(k["right"].shape),
        lambda k: -k["right"] if len(k["x"]) > 5 else k["right"] * 1.5 + 0.1,
        lambda k: np.full(k["right"].shape, np.nan),
        lambda _: np.zeros((0,)),
    ],
)
def test_what_is_not_sure_is_not_said(linear, wrong):
    """A relation that does not hold in every case is none."""
    assert linear("dW", wrong) is None


def test_one_number_is_no_relation(pack):
    """A scalar is a multiple of any other: where the factors differ and have no name, nothing is said."""
    exercise = catalog.find("neuron/relu")
    recordings = tuple(
        recording._replace(gradients={"dz": np.array(1.5 + place)})
        for place, recording in enumerate(pack.load(exercise))
    )
    assert signature(exercise, recordings, "dz", lambda k: k["right"] ** 2 + 0.3) is None


@pytest.mark.parametrize(
    ("dW", "kind"),
    [("-(x.T @ dy)", "factor"), ("np.tanh(W)", "ignores_upstream"), ("x.T @ np.sign(dy)", "bent")],
)
def test_a_verdict_carries_the_signature(verdict_on, dW, kind):
    """Through the whole of judging: the finding of the wrong array has its signature, and names no mistake."""
    verdict = verdict_on(f"""
        def linear_forward(x, W, b):
            return x @ W + b, (x, W)

        def linear_backward(dy, cache):
            x, W = cache
            return dy @ W.T, {dW}, dy.sum(axis=0)
        """)
    (finding,) = (f for f in verdict.parts[1].findings if f.status is Status.FAILED)
    assert (finding.array, finding.mistake, finding.signature) == ("dW", None, kind)


def test_a_number_has_no_part_that_was_never_filled():
    """A verdict of 0 where it should be 1, in one case of two, is wrong, not a gap."""
    recordings = tuple(
        Recording(Case(f"case {case}"), {"x": np.ones(3)}, (), {"verdict": np.array(1.0)}, {}, {})
        for case in (0, 1)
    )
    observed = {(case, "verdict"): Observed(np.array(float(case)), case == 0) for case in (0, 1)}
    assert signatures.find("verdict", catalog.find("layers/linear"), recordings, observed) is None
