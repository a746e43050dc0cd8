"""Whole exercises: what right and wrong submissions earn, and what is found in them."""

import numpy as np
import pytest

from bpkit.authoring.mutants import mutants
from bpkit.course import catalog, resources
from bpkit.judging.judge import judge, judge_all
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
DROPOUT_THREE_TIMES = """
import numpy as np

def dropout_forward(x, p, rng, training=True):
    mask = (rng.random(x.shape) >= p) / (1 - p) if training else np.ones(x.shape)
    return x * mask, mask

def dropout_backward(dy, cache):
    return 3 * dy * cache
"""
STUB = """
def linear_backward(dy, cache):
    raise NotImplementedError()
"""
FORWARD_POINTS, BACKWARD_POINTS = 2, 4


def found(verdict, part):
    """Return the checks that found something in a part, remarks apart."""
    return {finding.check for finding in verdict.parts[part].findings if finding.status is not Status.PASSED}


def remarks(verdict, part):
    """Return the checks that had a remark on a part."""
    return {finding.check for finding in verdict.parts[part].findings if finding.status is Status.PASSED}


def mistakes(verdict):
    """Return the known mistakes that were named."""
    return {finding.mistake for part in verdict.parts for finding in part.findings if finding.mistake}


RIGHT = {
    "as in the solution": FORWARD + BACKWARD,
    "loops": """
        def linear_forward(x, W, b):
            y = np.zeros((len(x), len(b)))
            for n in range(y.shape[0]):
                for m in range(y.shape[1]):
                    y[n, m] = sum(x[n, d] * W[d, m] for d in range(W.shape[0])) + b[m]
            return y, {"x": x, "W": W}
        def linear_backward(dy, cache):
            x, W = cache["x"], cache["W"]
            dx, dW, db = np.zeros_like(x), np.zeros_like(W), np.zeros(W.shape[1])
            for n, d, m in np.ndindex(*x.shape, len(db)):
                dx[n, d] += dy[n, m] * W[d, m]
                dW[d, m] += dy[n, m] * x[n, d]
            for row in dy:
                db += row
            return dx, dW, db
    """,
    "einsum and a list": """
        def linear_forward(x, W, b):
            return np.einsum("nd,dm->nm", x, W) + b[None], [x, W]
        def linear_backward(dy, cache):
            x, W = cache
            return [np.einsum("nm,dm->nd", dy, W), np.einsum("nd,nm->dm", x, dy), np.einsum("nm->m", dy)]
    """,
    "a closure": """
        def linear_forward(x, W, b):
            return x @ W + b, lambda dy: (dy @ W.T, x.T @ dy, dy.sum(0))
        def linear_backward(dy, cache):
            return cache(dy)
    """,
    "a layer that stores its gradients": """
        class Linear:
            def __init__(self, W, b):
                self.W, self.b = W, b
            def forward(self, x):
                self.x = x
                return x @ self.W + self.b
            def backward(self, dy):
                self.dW, self.db = self.x.T @ dy, dy.sum(axis=0)
                return dy @ self.W.T
        def linear_forward(x, W, b):
            layer = Linear(W, b)
            return layer.forward(x), layer
        def linear_backward(dy, layer):
            dx = layer.backward(dy)
            return dx, layer.dW, layer.db
    """,
    "Fortran order and views": """
        def linear_forward(x, W, b):
            return np.asfortranarray(x @ W + b), (np.asfortranarray(x), W[:, ::-1])
        def linear_backward(dy, cache):
            x, W = cache
            return (W[:, ::-1] @ dy.T).T, (dy.T @ x).T, dy[::-1].sum(axis=0)
    """,
    "callable objects and defaults": """
        import functools
        class Forward:
            def __call__(self, x, W, b, scale=1.0):
                return x @ W * scale + b, (x, W)
        linear_forward = Forward()
        def general(dy, cache, *, axis):
            x, W = cache
            return dy @ W.T, x.T @ dy, dy.sum(axis=axis)
        linear_backward = functools.partial(general, axis=0)
    """,
    "another sum's last bit": """
        def linear_forward(x, W, b):
            return sum(np.outer(x[:, d], W[d]) for d in reversed(range(len(W)))) + b, (x, W)
    """ + BACKWARD.replace("\n", "\n        "),
}  # fmt: skip


@pytest.mark.parametrize("source", RIGHT.values(), ids=RIGHT)
def test_right_submissions_earn_everything(verdict_on, source):
    """However it is written, what computes the right values passes, without a finding."""
    verdict = verdict_on(source)
    assert (verdict.status, verdict.points, verdict.max_points) == (Status.PASSED, 6, 6)
    assert not any(part.findings for part in verdict.parts)


def test_functions_of_another_file_are_used(verdict_on):
    """A submission may import its own files."""
    others = {"layers/tools.py": "def affine(x, W, b): return x @ W + b"}
    source = FORWARD.replace("x @ W + b", "affine(x, W, b)") + BACKWARD
    assert verdict_on("from layers.tools import affine\n" + source, others=others).points == 6


def test_a_right_submission_passes_the_same_way_twice(verdict_on):
    """A verdict depends on the submission alone, but for the seconds that it took."""
    source = FORWARD + BACKWARD.replace("dy.sum(axis=0)", "dy.mean(axis=0)")
    first, second = verdict_on(source), verdict_on(source)
    assert first._replace(seconds=0) == second._replace(seconds=0)
    assert first.seconds > 0


@pytest.mark.parametrize("exercise_id", ["layers/linear", "neuron/relu", "optimizers/adam"])
def test_every_known_mistake_is_rejected_and_named(verdict_on, solutions, exercise_id):
    """Each known mistake loses points, and it alone is named."""
    solution = (solutions / f"{exercise_id}.py").read_text()
    for mistake, source in mutants(solution, exercise_id).items():
        verdict = verdict_on(source, exercise_id)
        assert verdict.points < verdict.max_points, mistake
        assert mistakes(verdict) == {mistake}


def test_two_mistakes_are_both_named(verdict_on):
    """Mistakes in two gradients of one backward are told apart."""
    backward = BACKWARD.replace("x.T @ dy", "x.T @ dy / len(x)").replace("dy.sum(axis=0)", "dy[0]")
    assert mistakes(verdict_on(FORWARD + backward)) == {"weights-averaged", "bias-first-row"}


def test_an_unknown_mistake_is_located_and_not_named(verdict_on):
    """A mistake that nobody has described is told by the array and the place."""
    verdict = verdict_on(FORWARD + BACKWARD.replace("x.T @ dy,", "x.T @ dy + 1e-3,"))
    (finding,) = verdict.parts[1].findings
    assert (finding.check, finding.array, finding.where, finding.mistake) == ("values", "dW", "all", None)
    assert finding.case == "a batch"
    assert finding.facts["also"] == ("a wider batch", "one example")
    assert finding.facts["right"] == ["dx", "db"]


# The verdict matrix: does the forward match the reference, and the backward the forward?


def test_right_forward_wrong_backward(verdict_on):
    """The forward earns its points, the backward none."""
    verdict = verdict_on(FORWARD + BACKWARD.replace("dy @ W.T", "-dy @ W.T"))
    assert (verdict.status, verdict.points) == (Status.FAILED, FORWARD_POINTS)
    assert (found(verdict, 0), found(verdict, 1)) == (set(), {"values"})


def test_wrong_forward_and_a_backward_that_is_right_for_it(verdict_on):
    """The backward earns its points, and a remark says whose derivative it is."""
    source = (FORWARD + BACKWARD).replace("x @ W + b", "3 * (x @ W + b)")
    source = source.replace("x, W = cache", "x, W = cache; dy = 3 * dy")
    verdict = verdict_on(source)
    assert (verdict.status, verdict.points) == (Status.FAILED, BACKWARD_POINTS)
    assert (found(verdict, 0), found(verdict, 1)) == ({"values"}, set())
    assert remarks(verdict, 1) == {"right_for_own_forward"}


def test_wrong_forward_and_a_backward_that_is_right_for_the_exercise(verdict_on):
    """The reference's gradients earn their points whatever the forward does."""
    verdict = verdict_on((FORWARD + BACKWARD).replace("x @ W + b", "3 * (x @ W + b)"))
    assert (verdict.status, verdict.points) == (Status.FAILED, BACKWARD_POINTS)
    assert remarks(verdict, 1) == {"right_as_pytorch"}


def test_wrong_forward_and_wrong_backward(verdict_on):
    """Where neither witness is content, the forward is to be mended first."""
    source = (FORWARD + BACKWARD).replace("x @ W + b", "3 * (x @ W + b)").replace("x.T @ dy", "x.T @ dy * 2")
    verdict = verdict_on(source)
    assert (verdict.status, verdict.points) == (Status.FAILED, 0)
    assert found(verdict, 1) == {"values", "mend_forward"}


# What no witness is asked about.


@pytest.mark.parametrize(
    ("wrong", "part", "check", "fact"),
    [
        (("return x @ W + b", "x += 0.5; return x @ W + b"), 0, "mutation", {"argument": "x"}),
        (("return x @ W + b", "b[0] = -b[0]; return x @ W + b"), 0, "mutation", {"argument": "b"}),
        (("return dy @ W.T", "dy *= 2; return dy @ W.T / 2"), 1, "mutation", {"argument": "dy"}),
        (("x @ W + b", "x @ W + b + np.random.normal()"), 0, "repeatable", {}),
        (("x @ W + b,", "(x @ W + b).astype(np.float32),"), 0, "dtype", {"dtype": "float32"}),
        (("dy @ W.T,", "(dy @ W.T).astype('f4'),"), 1, "dtype", {"dtype": "float32"}),
        (("x @ W + b,", "(x @ W + b).T,"), 0, "shape", {"shape": (7, 5)}),
        (("dy.sum(axis=0)", "dy.sum(axis=0, keepdims=True)"), 1, "shape", {"shape": (1, 7)}),
        (("dy.sum(axis=0)", "dy.sum()"), 1, "shape", {"shape": ()}),
        (("dy @ W.T", "dy @ W.T * np.nan"), 1, "finite", {"kinds": ["nan"]}),
        (("x @ W + b", "x @ W + b * np.inf"), 0, "finite", {"kinds": ["inf"]}),
        (("x @ W + b, (x, W)", "x @ W + b"), 0, "pair", {"got": "one array of shape (5, 7)"}),
        (("x @ W + b, (x, W)", "None, (x, W)"), 0, "none", {"array": "y"}),
        (("return dy @ W.T, x.T @ dy, dy", "dy @ W.T, x.T @ dy, dy"), 1, "no_tuple", {"got": "None"}),
        (("dy @ W.T, x.T @ dy, dy.sum(axis=0)", "dy @ W.T, x.T @ dy"), 1, "count", {"got": 2}),
        (("x.T @ dy,", "'text',"), 1, "no_array", {"array": "dW"}),
        (("x.T @ dy,", "None,"), 1, "none", {"array": "dW"}),
        (("backward(dy, cache)", "backward(dy, x, W)"), 1, "signature", {"signature": "(dy, x, W)"}),
        (("linear_backward", "linear_back"), 1, "name", {"names": ["linear_forward", "linear_back"]}),
        (("x.T @ dy", "x @ dy"), 1, "exception", {"type": "ValueError"}),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_what_breaks_the_contract_is_found_in_its_part(verdict_on, wrong, part, check, fact):
    """Each way to break the contract has its own finding, in the function that does it."""
    verdict = verdict_on((FORWARD + BACKWARD).replace(*wrong))
    finding = next(finding for finding in verdict.parts[part].findings if finding.check == check)
    assert finding.status is not Status.PASSED
    assert {key: finding.facts[key] for key in fact} == fact
    assert verdict.parts[part].points == 0
    assert verdict.parts[1 - part].points == 0 or not found(verdict, 1 - part)


def test_a_stub_is_not_started(verdict_on):
    """Untouched stubs are not started; a forward alone earns its points."""
    untouched = verdict_on(STUB.replace("backward(dy, cache)", "forward(x, W, b)") + STUB)
    assert (untouched.status, untouched.points) == (Status.NOT_STARTED, 0)
    assert [part.status for part in untouched.parts] == [Status.NOT_STARTED] * 2
    half = verdict_on(FORWARD + STUB)
    assert [part.status for part in half.parts] == [Status.PASSED, Status.NOT_STARTED]
    assert half.points == FORWARD_POINTS


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("raise ValueError", Status.CRASHED), ("while True: pass", Status.TIMED_OUT),
        ("bytearray(10 << 30)", Status.OUT_OF_MEMORY), ("import os; os._exit(1)", Status.CRASHED),
        ("raise NotImplementedError", Status.NOT_STARTED), ("return None", Status.BAD_RETURN),
    ],
)  # fmt: skip
def test_a_backward_without_its_forward_is_blocked(verdict_on, body, status):
    """Where the forward gives nothing, the backward waits for it: that is no finding against it."""
    verdict = verdict_on(f"def linear_forward(x, W, b):\n    {body}\n" + BACKWARD, seconds=0.5)
    assert [part.status for part in verdict.parts] == [status, Status.BLOCKED]
    assert found(verdict, 1) == {"forward_first"}
    assert verdict.points == 0


def test_a_file_that_cannot_be_loaded_fails_every_part(zygote, pack, verdict_on):
    """A syntax error, or no file at all, is told for each function."""
    assert [found(verdict_on("def f(:"), part) for part in (0, 1)] == [{"syntax"}] * 2
    exercise = catalog.find("layers/linear")
    missing = judge(zygote, Submission({}), exercise, pack.load(exercise))
    assert [found(missing, part) for part in (0, 1)] == [{"file_missing"}] * 2
    assert (missing.status, missing.max_points) == (Status.NOT_STARTED, 6)


def test_warnings_and_prints_cost_nothing(verdict_on):
    """NumPy's warnings become a remark, and prints of the first case are shown."""
    noisy = FORWARD.replace("    return", "    print('shape', x.shape); np.log(0 * x)\n    return")
    verdict = verdict_on("print('import')\n" + noisy + BACKWARD)
    assert (verdict.status, verdict.points) == (Status.PASSED, 6)
    assert remarks(verdict, 0) == {"warning"}
    assert verdict.output == "import\nshape (5, 3)\n"


def test_a_convention_at_zero_is_the_references_to_settle(verdict_on):
    """At a kink finite differences say nothing: the reference's convention is what counts."""
    relu = """
        def relu_forward(z): return np.maximum(z, 0), z
        def relu_backward(da, z): return da * (z >= 0)
    """
    verdict = verdict_on(relu, "neuron/relu")
    assert (verdict.points, mistakes(verdict)) == (1, {"one-at-zero"})
    assert verdict_on(relu.replace(">=", ">"), "neuron/relu").points == 3


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("return w - lr * dw", None), ("w -= lr * dw; return w", "mutation"), ("w -= lr * dw", "none"),
        ("return w + lr * dw", "values"), ("return (w - lr * dw,)", "no_array"), ("return w", "values"),
        ("return w - lr * dw + np.random.normal() * 1e-9", "repeatable"),
        ("raise NotImplementedError", "not_started"),
        ("global sgd_step; sgd_step = None; return w - lr * dw", "repeatable"),
    ],
)  # fmt: skip
def test_a_step_is_judged_by_its_values(verdict_on, body, check):
    """A function that stands alone goes through the same contract."""
    verdict = verdict_on(f"def sgd_step(w, dw, lr):\n    {body}", "optimizers/sgd")
    assert check in found(verdict, 0) if check else verdict.points == 3


def test_several_exercises_have_one_score(zygote, pack):
    """A verdict on several exercises adds their points; its exit code tells whether all passed."""
    exercises = [catalog.find(exercise_id) for exercise_id in ("optimizers/sgd", "layers/linear")]
    step = "def sgd_step(w, dw, lr): return w - lr * dw"
    files = {"layers/linear.py": FORWARD + BACKWARD, "optimizers/sgd.py": step}
    whole = judge_all(zygote, Submission(files), exercises, pack, 0)
    assert [exercise.id for exercise in whole.exercises] == ["optimizers/sgd", "layers/linear"]
    assert (whole.score, whole.max_score, whole.exit_code) == (9, 9, 0)
    part = judge_all(zygote, Submission({**files, "layers/linear.py": FORWARD + STUB}), exercises, pack, 0)
    assert (part.score, part.max_score, part.exit_code) == (5, 9, 1)


def test_what_is_right_in_one_case_and_wrong_in_another_is_not_called_right(verdict_on):
    """That an array is right counts over all cases."""
    backward = BACKWARD.replace("dy.sum(axis=0)", "dy.sum(axis=0) * (1 + (len(dy) == 1))").replace(
        "dy @ W.T", "-dy @ W.T"
    )
    verdict = verdict_on(FORWARD + backward)
    told = {finding.array: finding.facts["right"] for finding in verdict.parts[1].findings}
    assert told == {"dx": ["dW"], "db": ["dW"]}


def test_the_same_line_that_stops_in_every_case_is_one_finding(verdict_on):
    """Texts that tell each case's sizes do not make several findings of one error."""
    verdict = verdict_on(FORWARD.replace("x @ W", "x @ W.T") + BACKWARD)
    (finding,) = (finding for finding in verdict.parts[0].findings)
    assert (finding.check, len(finding.facts["also"])) == ("exception", 2)


def test_wrong_arrays_come_with_the_right_ones(verdict_on, pack):
    """A finding about numbers holds what was returned beside what was recorded; one about shapes does not."""
    source = FORWARD + BACKWARD.replace("x.T @ dy, dy.sum(axis=0)", "2 * (x.T @ dy), dy")
    dw, db = [finding for finding in verdict_on(source).parts[1].findings if finding.status is Status.FAILED]
    recording = pack.load(catalog.find("layers/linear"))[0]
    assert (dw.check, dw.case) == ("values", recording.case.name)
    right = recording.gradients["dW"]
    assert (dw.compared.expected == right).all()
    assert dw.compared.returned == pytest.approx(2 * right)
    assert dw.compared.tolerance == pytest.approx(1e-6 * abs(right).max())
    assert (db.check, db.compared) == ("shape", None)


def test_nan_comes_with_the_right_array(verdict_on):
    """Which elements are NaN can be shown."""
    source = FORWARD.replace("return x @ W + b", "return (x @ W + b) / (x[:, :1] > 9)") + BACKWARD
    finding = next(found for found in verdict_on(source).parts[0].findings if found.check == "finite")
    assert finding.compared.returned.shape == finding.compared.expected.shape
    assert not np.isfinite(finding.compared.returned).any()


def test_a_gradient_without_a_reference_comes_with_finite_differences(zygote):
    """Where chance is in the output, the right array is the derivative of the student's own forward."""
    exercise = catalog.find("regularization/dropout")
    [recorded, *_] = open_file(resources.pack()).load(exercise)
    rows = {**recorded.inputs, "x": recorded.inputs["x"][:5]}  # few enough to be looked at one by one
    recording = recorded._replace(inputs=rows, upstream=tuple(up[:5] for up in recorded.upstream))
    submission = Submission({"regularization/dropout.py": DROPOUT_THREE_TIMES})
    [finding] = [
        found
        for found in judge(zygote, submission, exercise, (recording,)).parts[1].findings
        if found.check == "gradient"
    ]
    assert finding.compared.expected.any()
    assert finding.compared.returned == pytest.approx(3 * finding.compared.expected, rel=1e-4)
