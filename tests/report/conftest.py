"""A fixed verdict with something of everything, as judging would give it."""

import pytest

from bpkit.course import catalog
from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict

FRAME = {"path": "optimizers/sgd.py", "line": 7, "function": "sgd_step", "text": "return w - lr * du"}


def finding(check, status, array=None, mistake=None, **facts):
    """Return a finding in the first case of two."""
    return Finding(check, status, "a batch", array, mistake, facts={"also": ("one example",), **facts})


PASSED = ExerciseVerdict(
    "neuron/relu",
    "Rectified linear unit",
    Status.PASSED,
    0.0123456,
    (
        PartVerdict("relu_forward", Status.PASSED, 1, 1, ()),
        PartVerdict("relu_backward", Status.PASSED, 2, 2, ()),
    ),
)
WORST = {"expected_shape": (5, 3), "shape": (5, 3), "index": (4, 0), "expected": 2.0, "got": -0.25}
FAILED = ExerciseVerdict(
    "layers/linear",
    "Linear layer",
    Status.FAILED,
    0.25,
    (
        PartVerdict(
            "linear_forward",
            Status.PASSED,
            2,
            2,
            (finding("warning", Status.PASSED, warning="RuntimeWarning: overflow encountered in exp"),),
        ),
        PartVerdict(
            "linear_backward",
            Status.FAILED,
            0,
            4,
            (
                finding("warning", Status.PASSED, warning="RuntimeWarning: overflow encountered in exp"),
                finding(
                    "values", Status.FAILED, "dx", right=["db"], inputs="x (5, 3), W (3, 7)", **WORST
                )._replace(where="row 4", max_error=1.125),
                finding(
                    "shape", Status.FAILED, "dW", "weights-transposed", shape=(7, 3), expected_shape=(3, 7)
                ),
            ),
        ),
    ),
    "step 1\n\x1b[31mstep 2\n",
)
CRASHED = ExerciseVerdict(
    "optimizers/sgd",
    "Stochastic gradient descent",
    Status.CRASHED,
    0.5,
    (
        PartVerdict(
            "sgd_step",
            Status.CRASHED,
            0,
            3,
            (
                finding(
                    "exception",
                    Status.CRASHED,
                    type="NameError",
                    message="name 'du' is not defined",
                    frames=[FRAME],
                ),
            ),
        ),
    ),
)
NOT_STARTED = ExerciseVerdict(
    "optimizers/adam",
    "Adam",
    Status.NOT_STARTED,
    0.001,
    (PartVerdict("adam_step", Status.NOT_STARTED, 0, 6, (finding("not_started", Status.NOT_STARTED),)),),
)


@pytest.fixture(scope="session")
def exercises():
    """Return the exercises of the verdict, by id."""
    return {exercise_id: catalog.find(exercise_id) for exercise_id in catalog.ids()}


@pytest.fixture(scope="session")
def parts():
    """Return each exercise's verdict alone."""
    return {"passed": PASSED, "failed": FAILED, "crashed": CRASHED, "not_started": NOT_STARTED}


@pytest.fixture(scope="session")
def verdict(parts):
    """Return a verdict about four exercises."""
    return Verdict(tuple(parts.values()), 1)
