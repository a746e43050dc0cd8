"""Pairs whose functions depend on each other in ways that they should not, and witnesses that differ."""

import pytest

from bpkit.course import catalog
from bpkit.judging.judge import judge
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Status
from bpkit.reference.pack import open_file

FORWARD = """
def linear_forward(x, W, b):
    return x @ W + b, (x, W)
"""
BACKWARD = """
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
"""
FORWARD_POINTS = 2


def found(verdict, part):
    """Return the checks that found something in a part, remarks apart."""
    return {finding.check for finding in verdict.parts[part].findings if finding.status is not Status.PASSED}


@pytest.mark.parametrize("factor", [2.0, 1.0001])
@pytest.mark.parametrize("witness", ["PyTorch", "finite differences"])
def test_witnesses_that_contradict_each_other_are_the_graders_error(zygote, pack, witness, factor):
    """A pack that is wrong costs nobody points: nothing is judged, and the exit code says so."""
    exercise = catalog.find("layers/linear")
    own = factor if witness == "PyTorch" else 1.0
    backward = BACKWARD.replace("x.T @ dy", f"x.T @ dy * {own}")
    recordings = tuple(
        recording._replace(gradients={**recording.gradients, "dW": recording.gradients["dW"] * factor})
        for recording in pack.load(exercise)
    )
    verdict = judge(zygote, Submission({"layers/linear.py": FORWARD + backward}), exercise, recordings)
    assert verdict.parts[0].status == Status.PASSED
    assert found(verdict, 1) == {"contradiction"}
    assert verdict.status == Status.NOT_JUDGED
    assert verdict.parts[1].findings[0].facts["for"] == witness
    assert (verdict.points, verdict.open_points, verdict.parts[1].points) == (2, 4, None)


def test_a_backward_that_works_once_on_a_cache(verdict_on):
    """A backward that uses its cache up, or adds to what it keeps, gives something else the second time."""
    used_up = FORWARD.replace("(x, W)", "[W, x]") + BACKWARD.replace("= cache", "= cache.pop(), cache.pop()")
    added = (
        FORWARD.replace("(x, W)", "[x, W, 0]")
        + """
def linear_backward(dy, cache):
    x, W, _ = cache
    cache[2] += dy.sum(axis=0)
    return dy @ W.T, x.T @ dy, cache[2]
"""
    )
    for source, array in ((used_up, None), (added, "db")):
        verdict = verdict_on(source)
        assert (verdict.points, found(verdict, 1)) == (FORWARD_POINTS, {"backward_repeatable"})
        assert verdict.parts[1].findings[0].array == array


@pytest.mark.parametrize(
    ("keep", "take"),
    [("SAVED[0] = x, W", "SAVED[0]"), ("linear_forward.saved = x, W", "linear_forward.saved")],
)
def test_a_global_in_place_of_the_cache(verdict_on, keep, take):
    """A backward that looks at the last forward instead of its cache is told so, and is no grader's error."""
    forward = FORWARD.replace("    return", f"    {keep}\n    return").replace("(x, W)\n", "None\n")
    verdict = verdict_on("SAVED = {}" + forward + BACKWARD.replace("= cache", f"= {take}"))
    assert (verdict.points, found(verdict, 1)) == (FORWARD_POINTS, {"cache_not_own"})


GLOBAL_NUMBER = """
import numpy as np

def l2_penalty_forward(w, weight_decay):
    global kept
    kept = weight_decay
    return weight_decay / 2 * np.sum(w * w), w

def l2_penalty_backward(dloss, cache):
    return dloss * kept * cache
"""
GLOBAL_FLAG = """
import numpy as np

def dropout_forward(x, p, rng, training=True):
    global kept
    kept = training
    factors = (rng.random(x.shape) >= p) / (1 - p) if training and p < 1 else np.full(x.shape, 0.0 if training else 1.0)
    return x * factors, factors

def dropout_backward(dy, cache):
    return dy * cache if kept else dy
"""


@pytest.mark.parametrize(
    ("exercise_id", "source"),
    [("regularization/l2_penalty", GLOBAL_NUMBER), ("regularization/dropout", GLOBAL_FLAG)],
)
def test_a_global_number_or_flag_in_place_of_the_cache(zygote, solutions, exercise_id, source):
    """The other forward has other numbers and flags, too."""
    exercise = catalog.find(exercise_id)
    course = open_file(solutions.parent / "exercises" / "course.pack")
    verdict = judge(zygote, Submission({f"{exercise_id}.py": source}), exercise, course.load(exercise))
    assert found(verdict, 0) == set()
    assert "cache_not_own" in found(verdict, 1)


def test_a_buffer_that_the_next_forward_overwrites(verdict_on):
    """A cache that shares its memory with the next forward's is told so."""
    keep = "    kept = SAVED.setdefault(x.shape, x.copy()); kept[:] = x\n    return"
    forward = FORWARD.replace("    return", keep)
    verdict = verdict_on("SAVED = {}" + forward.replace("(x, W)\n", "(kept, W)\n") + BACKWARD)
    assert (verdict.points, found(verdict, 1)) == (FORWARD_POINTS, {"cache_not_own"})


def test_a_forward_that_ends_the_worker_later_is_not_held_against_the_backward(verdict_on):
    """Whichever call of the forward ends the worker, the backward is never blamed for the lost cache."""
    for call in (1, 2, 3, 4, 8):
        count = f"    CALLS.append(1)\n    if len(CALLS) == {call}: __import__('os')._exit(1)\n    return"
        verdict = verdict_on("CALLS = []" + FORWARD.replace("    return", count) + BACKWARD)
        assert found(verdict, 1) <= {"forward_first"}, call


@pytest.mark.parametrize(
    ("write", "argument"),
    [("x *= 2", "x"), ("W += 1; W -= 0.5", "W"), ("cache[2][:] = 0", "y")],
)
def test_a_backward_that_writes_through_its_cache(verdict_on, write, argument):
    """A cache may hold the caller's own arrays, but the backward must not write into them."""
    forward = FORWARD.replace("return x @ W + b, (x, W)", "y = x @ W + b; return y, (x, W, y)")
    body = f"x, W = cache[:2]; result = dy @ W.T, x.T @ dy, dy.sum(axis=0); {write}; return result"
    verdict = verdict_on(forward + f"def linear_backward(dy, cache):\n    {body}")
    assert "cache_mutation" in found(verdict, 1)
    assert (verdict.points, found(verdict, 0)) == (FORWARD_POINTS, set())
    named = {finding.check: finding.facts for finding in verdict.parts[1].findings}["cache_mutation"]
    assert named["argument"] == argument


def test_a_cache_may_hold_the_callers_arrays_and_copies_of_them(verdict_on):
    """Holding the inputs, and writing into a copy, is no mutation."""
    backward = BACKWARD.replace("= cache\n", "= (array.copy() for array in cache); x *= 2; x /= 2\n")
    assert verdict_on(FORWARD + backward).points == 6


def test_a_backward_that_is_right_for_the_recorded_upstream_only(verdict_on, pack):
    """What is not proportional to the upstream gradient is wrong, though the recorded one does not show it."""
    recorded = [float(case.upstream[0][0, 0]) for case in pack.load(catalog.find("layers/linear"))]
    only = f"dy * (1.0 if dy[0, 0] in {recorded} else 1.1)"
    verdict = verdict_on(FORWARD + BACKWARD.replace("dy @ W.T", f"({only}) @ W.T"))
    assert (verdict.points, found(verdict, 1)) == (FORWARD_POINTS, {"not_proportional"})
    assert {finding.array for finding in verdict.parts[1].findings} == {"dx"}


@pytest.mark.parametrize("bent", ["np.clip(dy, -50, 50)", "np.maximum(dy, -90)", "dy + 1e-7 * dy**2"])
def test_a_backward_that_bends_large_upstream_gradients(verdict_on, bent):
    """A clip that the usual gradients never reach, or a square that is too small to be seen beside them."""
    verdict = verdict_on(FORWARD + BACKWARD.replace("dy.sum", f"({bent}).sum"))
    assert (verdict.points, found(verdict, 1)) == (FORWARD_POINTS, {"not_proportional"})
    assert {finding.array for finding in verdict.parts[1].findings} == {"db"}


@pytest.mark.parametrize(
    "y",
    [
        "np.float64((x.astype('f4') @ W.astype('f4') + b.astype('f4')))", "np.round(x @ W + b, 9)",
        "np.round(x @ W + b, 7)", "np.float64(np.float32(x @ W + b))",
    ],
)  # fmt: skip
def test_a_forward_that_moves_in_steps_is_no_graders_error(verdict_on, y):
    """Rounding that stays below the tolerance hides the slope, and costs nothing."""
    verdict = verdict_on(FORWARD.replace("x @ W + b", y) + BACKWARD)
    assert (verdict.status, verdict.points) == (Status.PASSED, 6)


@pytest.mark.parametrize("number", ["float(np.float32(weight_decay / 2 * (w * w).sum()))", "np.float32(1)"])
def test_a_loss_in_float32_is_no_graders_error(zygote, number):
    """A loss that is one float32 number, with the dtype hidden by `float`, is judged by the reference."""
    from bpkit.authoring.record import record

    exercise = catalog.find("regularization/l2_penalty")
    pack = record([exercise], zygote, seed=3, device="cpu", solutions=None)
    source = f"""import numpy as np
def l2_penalty_forward(w, weight_decay):
    return {number}, (w, weight_decay)
def l2_penalty_backward(dloss, cache):
    return dloss * cache[1] * cache[0]
"""
    submission = Submission({f"{exercise.id}.py": source})
    verdict = judge(zygote, submission, exercise, pack.load(exercise))
    assert verdict.status is not Status.NOT_JUDGED
    assert verdict.parts[1].status is Status.PASSED
    assert (verdict.parts[0].status is Status.PASSED) == number.startswith("float")


@pytest.mark.parametrize("limit", [18, 20, 25])
def test_a_forward_that_is_right_to_the_last_digit_that_counts(verdict_on, limit):
    """Where sigmoid is 1 up to 1e-9, a clip before it is hardly seen: whatever the verdict is, it is no contradiction."""
    verdict = verdict_on(
        f"""
        def sigmoid_forward(z):
            a = 1 / (1 + np.exp(-np.clip(z, -{limit}, {limit})))
            return a, a

        def sigmoid_backward(da, a):
            return da * a * (1 - a)
        """,
        "neuron/sigmoid",
    )
    assert verdict.status is not Status.NOT_JUDGED
