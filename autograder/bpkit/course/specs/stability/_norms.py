"""The table of clipping by norm: lists of gradients, what is right, and what known mistakes return.

A recording holds arrays, and the function returns a list of them beside a number, so all of it is a property.
"""

import functools

from bpkit.course.spec import Problem, describe
from bpkit.course.specs.stability._table import first_wrong, same

# A property sees what a function returns; what becomes of its arguments shows in the worker only.
HARNESS = """
def changed(student, grads, max_norm):
    # Returns what has become of the arguments, and where.
    given, kept = list(grads), [grad.copy() for grad in grads]
    answer = student.clip_by_norm(grads, max_norm)
    for place, (grad, before) in enumerate(zip(given, kept)):
        if not np.array_equal(grad, before):
            return "numbers", place
    if len(grads) != len(given):
        return "length", len(grads)
    for place, (now, grad) in enumerate(zip(grads, given)):
        if now is not grad:
            return "list", place
    clipped = answer[0] if isinstance(answer, (list, tuple)) and answer else ()
    for place, new in enumerate(clipped if isinstance(clipped, (list, tuple)) else ()):
        if isinstance(new, np.ndarray) and any(np.shares_memory(new, grad) for grad in given):
            return "memory", place
    return "nothing", 0
"""
FUNCTION, SMALL = "clip_by_norm", 1e-6
# Shapes, standard deviation of the entries, max_norm. Tiny norms and limits show where the 1e-6 stands.
ROWS = (
    (((5, 3), (3,), (3, 7)), 1.0, 0.5),
    (((7,), (1, 5), (11, 3)), 100.0, 2.5),
    (((3, 5), (5,)), 0.01, 0.3),
    (((5, 3),), 10.0, 1.0),
    (((1,), (3,), (5, 7), (3, 1), (13,), (), (7, 3)), 1.0, 3.0),
    (((5, 3), (7,)), 0.0, 0.7),
    (((3, 5), (7,)), 1e-6, 1e-6),
    (((3, 5), (7,)), 1e-5, 2e-6),
    (((13, 11), (11,)), 1.0, 12.6),
    (((5, 7), (7,)), 1.0, 1e4),
)


def _total(grads):
    import numpy as np

    return float(np.sqrt(sum(np.sum(np.square(grad)) for grad in grads)))


def _norm(grad):
    return _total([grad])


def _factor(total, max_norm):
    return min(1.0, max_norm / (total + SMALL))


def _scaled(grads, factor):
    return [grad * factor for grad in grads]


def right(grads, max_norm):
    """Return the gradients, clipped together, and their norm from before."""
    total = _total(grads)
    return _scaled(grads, _factor(total, max_norm)), total


def _by_norm(norm):
    """Return what comes back where `norm` is taken for the norm."""

    def answer(grads, max_norm):
        total = float(norm(grads))
        return _scaled(grads, _factor(total, max_norm)), total

    return answer


def _by_divisor(divisor):
    """Return what comes back where `divisor(total)` is taken for the norm, with the 1e-6 in it already."""

    def answer(grads, max_norm):
        total = divisor(_total(grads))
        return _scaled(grads, min(1.0, max_norm / total)), total

    return answer


def _by_factor(factor):
    """Return what comes back where `factor(total, max_norm)` is taken for the factor."""
    return lambda grads, max_norm: (_scaled(grads, factor(_total(grads), max_norm)), _total(grads))


def _by_arrays(clip):
    return lambda grads, max_norm: (clip(grads, max_norm), _total(grads))


def _clipped(grads, max_norm):
    return right(grads, max_norm)[0]


def _entries(grads):
    import numpy as np

    return np.concatenate([np.ravel(grad) for grad in grads])


WRONG = {
    "norm-squared": _by_norm(lambda grads: _total(grads) ** 2),
    "norms-added": _by_norm(lambda grads: sum(map(_norm, grads))),
    "largest-norm": _by_norm(lambda grads: max(map(_norm, grads))),
    "largest-entry": _by_norm(lambda grads: abs(_entries(grads)).max()),
    "absolute-values": _by_norm(lambda grads: abs(_entries(grads)).sum()),
    "mean-square": _by_norm(lambda grads: _total(grads) / len(_entries(grads)) ** 0.5),
    "mean-of-norms": _by_norm(lambda grads: sum(map(_norm, grads)) / len(grads)),
    "small-number-in-norm": _by_divisor(lambda total: total + SMALL),
    "small-number-in-root": _by_divisor(lambda total: (total**2 + SMALL) ** 0.5),
    "first-array-only": _by_norm(lambda grads: _norm(grads[0])),
    "norm-of-sum": _by_norm(lambda grads: abs(_entries(grads).sum())),
    "always-scaled": _by_factor(lambda total, most: most / (total + SMALL)),
    "max-for-min": _by_factor(lambda total, most: max(1.0, most / (total + SMALL))),
    "never-clipped": _by_factor(lambda *_: 1.0),
    "divided-by-norm": _by_factor(lambda total, _most: _factor(total, 1.0)),
    "divided-by-norm-alone": _by_factor(lambda total, most: 1 / (total + SMALL) if total > most else 1.0),
    "upside-down": _by_factor(lambda total, most: min(1.0, (total + SMALL) / most)),
    "small-number-in-numerator": _by_factor(lambda total, most: min(1.0, (most + SMALL) / (total or 1.0))),
    "small-number-missing": _by_factor(lambda total, most: min(1.0, most / (total or 1.0))),
    "too-long-becomes-zero": _by_factor(lambda total, most: float(total <= most)),
    "factor-twice": _by_factor(lambda total, most: _factor(total, most) ** 2),
    "each-by-itself": _by_arrays(lambda grads, most: [grad * _factor(_norm(grad), most) for grad in grads]),
    "by-value": _by_arrays(lambda grads, most: [grad.clip(-most, most) for grad in grads]),
    "first-array-clipped": _by_arrays(lambda grads, most: [_clipped(grads, most)[0], *grads[1:]]),
    "norm-after-clipping": lambda grads, most: (
        _clipped(grads, most),
        _total(grads) * _factor(_total(grads), most),
    ),
    "factor-returned": lambda grads, most: (_clipped(grads, most), _factor(_total(grads), most)),
}


@functools.cache
def _rows():
    import numpy as np

    rng = np.random.default_rng(7)
    return [
        ([np.array(std * rng.standard_normal(shape)) for shape in shapes], most) for shapes, std, most in ROWS
    ]


def _seen(call):
    return [(row, call(FUNCTION, *row)) for row in _rows()]


def _well_formed(got):
    return isinstance(got, (list, tuple)) and len(got) == 2 and isinstance(got[0], (list, tuple))


def _words(row):
    grads, most = row
    shapes = ", ".join(str(grad.shape) for grad in grads)
    return f"With {'one gradient of shape' if len(grads) == 1 else 'gradients of the shapes'} {shapes} and max_norm = {most:g}"


def list_and_number(call):
    """Two things come back: a list with an array for each gradient, of its shape and of float64, and a number."""
    return _misshapen(_seen(call))


def _misshapen(seen):
    import numpy as np

    for row, got in seen:
        wrong = None
        if not _well_formed(got):
            wrong = f"what comes back is {describe(got)}, and not a pair of a list and a number."
            if isinstance(got, (list, tuple)) and len(got) == 2:
                wrong = f"grads is {describe(got[0])}, and no list of arrays."
        elif len(got[0]) != len(row[0]):
            wrong = f"the list that comes back has {len(got[0])} entries."
        elif isinstance(got[1], bool) or not isinstance(got[1], (int, float, np.ndarray)) or np.ndim(got[1]):
            wrong = f"total_norm is {describe(got[1])}. It should be a number: a Python float or a float64."
        else:
            for place, (grad, ours) in enumerate(zip(row[0], got[0], strict=True)):
                shape, dtype = np.shape(ours), np.asarray(ours).dtype
                if shape != grad.shape or dtype != np.float64:
                    wrong = f"grads[{place}] comes back with the shape {shape} and the type {dtype}, instead of {grad.shape} "
                    wrong += "and float64."
                    break
        if wrong:
            return Problem(FUNCTION, f"{_words(row)}, {wrong}")
    return None


def _say(row, got, expected):
    if not same(got[1], expected[1]):
        return (
            f"{_words(row)}, total_norm is {float(got[1]):.6g}. It should be {expected[1]:.6g}.",
            "total_norm",
        )
    place = next(
        i for i, (ours, theirs) in enumerate(zip(got[0], expected[0], strict=True)) if not same(ours, theirs)
    )
    at, theirs = got[0][place], expected[0][place]
    at, theirs, was = (
        array.ravel()[abs(_errors(at, theirs)).argmax()] for array in (at, theirs, row[0][place])
    )
    text = f"{_words(row)}, the norm is {expected[1]:.6g}, and an entry of grads[{place}] that was {was:.6g} became {at:.6g}. "
    return f"{text}It should be {theirs:.6g}.", f"grads[{place}]"


def _errors(ours, theirs):
    """Return how far each entry is off, as a flat array; what is not finite is off most."""
    import numpy as np

    return np.nan_to_num(ours - theirs, nan=np.inf).ravel()


def clipped_together(call):
    """Check that one factor, from one norm over all of them, scales all gradients."""
    seen = _seen(call)
    if _misshapen(seen):
        return None  # `list_and_number` tells
    return first_wrong(seen, FUNCTION, right, WRONG, _say)


def arguments_as_they_were(call):
    """Check that the list and the arrays that came in are afterwards what they were before, and nobody else's."""
    for row in _rows():
        what, place = _what_changed(call("changed", *row))
        if what == "numbers":
            text = f"{_words(row)}, {FUNCTION} changes grads[{place}], and whoever called still needs it. grad *= factor and "
            text += "grad[...] = ... write into the caller's arrays: make new ones."
            return Problem(FUNCTION, text, "grads", "in-place")
        if what in ("list", "length"):
            text = f"{_words(row)}, {FUNCTION} puts another array into the caller's list, as grads[{place}]."
            if what == "length":
                text = (
                    f"{_words(row)}, {FUNCTION} leaves {place} arrays in the caller's list of {len(row[0])}."
                )
            return Problem(FUNCTION, f"{text} Whoever called still needs it.", "grads", "list-changed")
        if what == "memory" and clipped_together(call) is None:
            text = (
                f"{_words(row)}, grads[{place}] comes back as the array that came in, or shares its memory."
            )
            return Problem(FUNCTION, text, "grads", "memory-shared")
    return None


def _what_changed(found):
    """Return what and where; nothing, where a student's code has made something else of the harness's answer."""
    fits = isinstance(found, (list, tuple)) and len(found) == 2 and isinstance(found[1], int)
    return found if fits else ("nothing", 0)


def same_again(call):
    """Check that a second call answers as the first."""
    first, second = _seen(call), _seen(call)
    if _misshapen(first):
        return None  # `list_and_number` tells
    for (row, got), (_, again) in zip(first, second, strict=True):
        if not same(again, got):
            return Problem(FUNCTION, f"{_words(row)}, a second call does not return what the first returned.")
    return None


PROPERTIES = (list_and_number, clipped_together, arguments_as_they_were, same_again)
