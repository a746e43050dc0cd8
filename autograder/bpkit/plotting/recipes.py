"""How the course's functions are called for a picture: the only module here that knows exercises by their ids."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, NamedTuple

FIT = "training/fit"
MLP = "backprop/mlp"
LINEAR = "layers/linear"
LOSS = "losses/cross_entropy"
SGD = "optimizers/sgd"
NORMS = "stability/gradient_norms"
DIAGNOSE = "stability/diagnose"


class Schedule(NamedTuple):
    """A schedule and what follows `step` in its arguments."""

    exercise: str
    arguments: tuple[float, ...]
    call: str

    @property
    def name(self) -> str:
        """The second half of the id, and the function's name."""
        return self.exercise.rpartition("/")[2]


SCHEDULES = (
    Schedule("schedules/step_decay", (0.1, 30, 0.5), "lr 0.1, halved every 30 steps"),
    Schedule("schedules/cosine_decay", (0.1, 100, 0.01), "lr 0.1, to 0.01 at step 100"),
    Schedule("schedules/cyclical", (0.02, 0.1, 20), "from 0.02 to 0.1 in 20 steps, and back"),
    Schedule("schedules/warmup_cosine", (0.1, 15, 100), "lr 0.1, 15 steps of warmup, 0 at step 100"),
)
SCHEDULE_STEPS = 120  # some past the end, where a schedule is to stay as it is


class Optimizer(NamedTuple):
    """An optimizer: how many arrays it keeps between steps, and a learning rate for each ground.

    counts: it is told the number of the step. hessian: it wants second derivatives, and no learning rate.
    """

    exercise: str
    state: int
    network: float
    bowl: float
    saddle: float
    counts: bool = False
    hessian: bool = False

    @property
    def name(self) -> str:
        """The second half of the id."""
        return self.exercise.rpartition("/")[2]


OPTIMIZERS = (
    Optimizer(SGD, 0, network=0.3, bowl=0.07, saddle=0.15),
    Optimizer("optimizers/momentum", 1, network=0.1, bowl=0.02, saddle=0.03),
    Optimizer("optimizers/nesterov", 1, network=0.1, bowl=0.02, saddle=0.03),
    Optimizer("optimizers/adagrad", 1, network=0.05, bowl=0.5, saddle=0.3),
    Optimizer("optimizers/rmsprop", 1, network=0.01, bowl=0.05, saddle=0.03),
    Optimizer("optimizers/adam", 2, network=0.02, bowl=0.2, saddle=0.1, counts=True),
    Optimizer("optimizers/adamw", 2, network=0.02, bowl=0.2, saddle=0.1, counts=True),
    Optimizer("optimizers/newton", 0, network=0, bowl=0, saddle=0, hessian=True),
)

RATES = MappingProxyType({"too small": 0.003, "about right": 0.3, "too large": 10.0})


class Start(NamedTuple):
    """An activation, and weights to start from: a function of the student's, or normal numbers of this spread."""

    activation: str
    init: str
    spread: float
    label: str

    @property
    def uses(self) -> frozenset[str]:
        """The exercises that it is made of."""
        return frozenset({f"neuron/{self.activation}", *([self.init] if self.init else [])})


XAVIER, HE = "stability/xavier_init", "stability/he_init"
# The spread is in units of 1 / sqrt(fan_in), which keeps a linear layer's signal at its size.
STARTS = (
    Start("sigmoid", XAVIER, 0, "sigmoid, Xavier"),
    Start("tanh", XAVIER, 0, "tanh, Xavier"),
    Start("relu", HE, 0, "relu, He"),
    Start("relu", "", 0.4, "relu, too small"),
    Start("relu", "", 3.0, "relu, too large"),
    Start("tanh", "", 4.0, "tanh, too large"),
)


def drawn(kind: str) -> frozenset[str]:
    """Return the exercises that a kind of picture can be told to keep to."""
    optimizers = {optimizer.exercise for optimizer in OPTIMIZERS}
    choices: dict[str, Any] = {
        "loss": {FIT, *optimizers} - {optimizer.exercise for optimizer in OPTIMIZERS if optimizer.hessian},
        "gradients": {NORMS}.union(*(start.uses for start in STARTS)),
        "schedules": {schedule.exercise for schedule in SCHEDULES},
        "landscape": optimizers,
    }
    return frozenset(choices[kind])
