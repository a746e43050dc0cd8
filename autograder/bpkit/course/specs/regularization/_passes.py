"""What dropout must satisfy where there is no chance in it: evaluation, the backward, nothing or everything dropped."""

from bpkit.course.spec import Problem, Seed
from bpkit.course.specs.regularization._draws import (
    BACKWARD,
    BLOCK,
    CLOSE,
    FORWARD,
    MATRIX,
    WITHIN,
    _all_or_nothing,
    _check,
    _dropped,
    _forward,
    _in_words,
    _inputs,
    _near,
    _same_for_all,
    _shrunk,
)


@_check
def evaluation_lets_through(call):
    """With training=False, y is x, whatever p and rng are."""
    import numpy as np

    x = _inputs(MATRIX)
    for p in (0.3, 1.0):
        y = _forward(call, x, p, 9, False)[0]
        if not _near(y, x):
            at = tuple(int(i) for i in np.argwhere(np.abs(y - x) > CLOSE)[0])
            message = f"With training=False and p = {p}, x{list(at)} = {x[at]:.6g} became {y[at]:.6g}."
            return Problem(FORWARD, message, "y", _wrong_evaluation(call, x, y, p))
    without = call("without_rng", x, 0.3)
    if isinstance(without, str):
        message = f"With training=False and rng=None, {FORWARD} stops with {without[:200].rstrip('.')}."
        return Problem(FORWARD, message, "y", "rng-at-evaluation")
    return None


def _wrong_evaluation(call, x, y, p):
    if p == 1:
        return None if y.any() or not _dropped(call, 0.5, 9).any() else "dropped-at-evaluation"
    if (y == 0).any():
        return "dropped-at-evaluation" if _dropped(call, 0.5, 9).any() else "flag-inverted"
    if _shrunk(y, x, p):
        return "scaled-at-evaluation"
    return "scaled-up-at-evaluation" if _near(y, x / (1 - p)) else None


@_check
def backward_follows_forward(call):
    """In training, the backward drops and scales dy as its own forward dropped and scaled x."""
    return _backward_problem(call, MATRIX) or _backward_problem(call, BLOCK, 0.3, False)


def _backward_problem(call, shape, p=0.6, training=True):
    """Compare dx with dy * (y / x), which is right for any forward that multiplies x by something.

    Between the two runs another forward, with this p and training: neither is for this backward to know.
    """
    import numpy as np

    x = _inputs(shape)
    y, cache = _forward(call, x, 0.3, 12, True)
    later, _ = _forward(call, _inputs(shape, sign=-1), p, 13, training)
    dy = np.random.default_rng(14).standard_normal(shape)
    dx = np.asarray(call(BACKWARD, dy, cache))
    if dx.shape != shape or dx.dtype.kind != "f":
        return Problem(BACKWARD, f"x has shape {shape}, dx is {_in_words(dx)}.", "dx")
    factor = y / x
    if _same(dx, dy * factor):
        return None
    if not np.isfinite(dx).all():
        return Problem(BACKWARD, "dx holds NaN or infinity, and neither y nor dy does.", "dx")
    if training and _same(dx, dy * later / -x):
        message = (
            "Of two forwards, the first one's cache gives the second one's mask. Keep the mask in the cache."
        )
        return Problem(BACKWARD, message, "dx")
    if _same(np.asarray(call(BACKWARD, dy, _forward(call, x, 0.3, 12, True)[1])), dy * factor):
        message = f"Once another forward has run, with p = {p} and training={training}, the first one's cache gives another dx. "
        return Problem(BACKWARD, message + "Keep all that the backward needs in the cache.", "dx")
    wrong = ~np.isclose(dx, dy * factor, CLOSE, CLOSE)
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    message = f"The forward multiplied x{list(at)} by {factor[at]:.6g}. dy{list(at)} = {dy[at]:.6g} became {dx[at]:.6g}."
    again = np.asarray(call(BACKWARD, dy, cache))
    redrawn = not np.array_equal(dx == 0, again == 0)
    mistake = "new-mask" if redrawn else _wrong_gradient(dx, dy, y, factor)
    return Problem(BACKWARD, message, "dx", mistake)


def _same(a, b):
    import numpy as np

    scale = np.max(np.abs(b)) or 1.0
    return bool(np.all(np.abs(a - b) <= CLOSE * scale))


def _wrong_gradient(dx, dy, y, factor):
    """Return the mistake by which dy became dx, where the forward multiplied by `factor`."""
    import numpy as np

    kept = factor != 0
    scale = float(np.abs(factor).max()) or 1.0
    known = {
        "mask-forgotten": dy * scale,
        "dy-passed-on": dy,
        "scale-forgotten": dy * kept,
        "scale-twice": dy * kept * scale**2,
        "scale-undone": dy * kept / scale,
        "dropped-gets-gradient": dy * ~kept * scale,
        "dy-ignored": factor,
        "output-for-mask": dy * y,
    }
    for mistake, array in known.items():
        if _same(dx, array):
            return mistake
    passed = dx != 0
    another = not _all_or_nothing(passed) and not np.array_equal(passed, kept)
    redrawn = another and (_same(dx, dy * passed * scale) or _same(dx, dy * passed))
    return "new-mask" if redrawn else None


@_check
def zeros_in_x(call):
    """Where x is 0, as after a relu, the backward still knows which elements were kept."""
    import numpy as np

    if _backward_problem(call, MATRIX):
        return None  # `backward_follows_forward` tells
    mask = _dropped(call, 0.3, 15)
    if _same_for_all(mask):
        return None  # too few draws to compare their shares; `each_by_itself` tells
    cache = _forward(call, np.zeros(MATRIX), 0.3, 15)[1]
    dx = np.asarray(call(BACKWARD, np.ones(MATRIX), cache))
    blocked = float((dx == 0).mean())
    if np.isfinite(dx).all() and abs(blocked - mask.mean()) <= 2 * WITHIN:
        return None
    message = f"With p = 0.3 and x all zeros, dx is 0 at a share of {blocked:.3f} of the elements."
    if not np.isfinite(dx).all():
        message = "With x all zeros, dx holds NaN or infinity."
    return Problem(BACKWARD, message, "dx", "mask-from-output")


@_check
def nothing_dropped(call):
    """With p = 0, no element is dropped."""
    dropped = _dropped(call, 0.0, 19)
    if not dropped.any() or dropped.mean() > WITHIN:
        return None  # where many are, the recorded case tells
    message = f"With p = 0, {int(dropped.sum())} of {dropped.size} elements are dropped."
    return Problem(FORWARD, message, "y")


@_check
def everything_dropped(call):
    """With p = 1, y and dx are 0 and never NaN."""
    import numpy as np

    x = _inputs((7, 5))
    _forward(call, x, 0.3, 16)  # finite at an ordinary p
    y, cache = call(FORWARD, x, 1.0, Seed(16), True)
    dx = call(BACKWARD, np.ones(x.shape), cache)
    for part, name, output in ((FORWARD, "y", y), (BACKWARD, "dx", dx)):
        array = np.asarray(output)
        if array.dtype.kind == "f" and np.isnan(array).any():
            return Problem(part, f"With p = 1, {name} holds NaN.", name, "nan-at-one")
    return None  # any other number is the recorded case's to tell
