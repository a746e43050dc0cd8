"""What the pictures are drawn from: right numbers from the solutions, and what is left where something is missing."""

import numpy as np
import pytest
from plotcases import FIT

from bpkit.plotting import data, recipes, series

LATER = "def {}(*arguments):\n    raise NotImplementedError()"
OPTIMIZERS = [one.name for one in recipes.OPTIMIZERS if not one.hessian]


def labels(items):
    """Return their labels."""
    return [item.label for item in items]


@pytest.mark.parametrize("kind", data.KINDS)
def test_solutions_leave_no_gap(drawn, kind):
    """From the solutions everything is drawn."""
    assert drawn(kind)
    assert drawn(kind).gaps == ()
    assert list(series.scalars(drawn(kind)))


def test_schedules(drawn):
    """The rates are the schedules' own, at every step."""
    curves = {curve.label: curve.values for curve in drawn("schedules").curves}
    assert list(curves) == ["step_decay", "cosine_decay", "cyclical", "warmup_cosine"]
    steps = np.arange(recipes.SCHEDULE_STEPS)
    np.testing.assert_allclose(curves["step_decay"], 0.1 * 0.5 ** (steps // 30))
    np.testing.assert_allclose(
        curves["cosine_decay"], 0.01 + 0.09 * (1 + np.cos(np.pi * np.minimum(steps / 100, 1))) / 2
    )


def test_losses(drawn):
    """A rate that is too small hardly moves, a right one learns, one that is too large does not; optimizers learn."""
    found = drawn("loss")
    small, right, large = found.rates
    assert found.trainer == "sgd_step"  # there is no fit here
    assert small.values[-1] > 0.7 * small.values[0]
    assert right.values[-1] < 0.1
    assert large.values.max() > 10
    assert large.values[-1] > 1
    assert labels(found.optimizers) == OPTIMIZERS
    assert all(curve.values[-1] < 0.1 for curve in found.optimizers)


@pytest.mark.usefixtures("few")
def test_fit_is_used(student):
    """Where fit is written it takes the steps, and the curve is the one that sgd gives."""
    fitted = data.losses(student({"training/fit.py": FIT}))
    assert fitted.trainer == "fit"
    assert fitted.gaps == ()
    trained = data.losses(student())
    for ours, theirs in zip(fitted.rates, trained.rates, strict=True):
        assert ours.values.shape == (12,)
        np.testing.assert_allclose(ours.values, theirs.values[:12])


@pytest.mark.usefixtures("few")
def test_fit_that_fails(student):
    """A fit that fails is named, and sgd takes its place; one that is not written is not missed."""
    found = data.losses(student({"training/fit.py": "def fit(*a): return a[2], [1.0]"}))
    assert (found.trainer, len(found.rates)) == ("sgd_step", 3)
    assert [gap.exercise for gap in found.gaps] == ["training/fit"]
    assert data.losses(student({"training/fit.py": LATER.format("fit")})).gaps == ()
    asked = data.losses(student({"training/fit.py": LATER.format("fit")}), frozenset({"training/fit"}))
    assert [str(gap) for gap in asked.gaps] == ["training/fit: Not started yet."]


@pytest.mark.usefixtures("few")
def test_some_optimizers(student):
    """What is missing, wrong or fails is left out and named; what is there is drawn."""
    functions = student(
        {
            "optimizers/adam.py": "def adam_step(*a): return 1 / 0",
            "optimizers/momentum.py": LATER.format("momentum_step"),
            "optimizers/adagrad.py": "def adagrad_step(w, *a): return w",
            "optimizers/rmsprop.py": "def rmsprop_step(w, dw, s, lr): return w[:1], s",
        }
    )
    found = data.losses(functions)
    assert labels(found.optimizers) == ["sgd", "nesterov", "adamw"]
    assert [gap.exercise.rpartition("/")[2] for gap in found.gaps] == [
        "momentum",
        "adagrad",
        "rmsprop",
        "adam",
    ]
    assert labels(data.landscape(functions).grounds[0].paths) == ["sgd", "nesterov", "adamw", "newton"]


@pytest.mark.parametrize(
    ("missing", "name"),
    [("backprop/mlp.py", "backprop/mlp"), ("losses/cross_entropy.py", "losses/cross_entropy")],
)
@pytest.mark.usefixtures("few")
def test_no_network(student, solved, missing, name):
    """Without a network there is no loss, and the two surfaces are drawn all the same."""
    functions = student({path: text for path, text in solved.items() if path != missing}, only=True)
    assert not data.losses(functions)
    found = data.landscape(functions)
    assert found.network is None
    assert len(found.grounds[0].paths) == 8
    assert [gap.exercise for gap in found.gaps] == [name]


@pytest.mark.parametrize("kind", data.KINDS)
@pytest.mark.usefixtures("few")
def test_nothing_written(student, kind):
    """Of an empty workspace there is nothing to draw, and each exercise is named once."""
    found = data.KINDS[kind](student(only=True), frozenset())
    assert not found
    names = [gap.exercise for gap in found.gaps]
    assert names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("kind", "chosen", "expected"),
    [
        ("schedules", {"schedules/cyclical"}, ["cyclical"]),
        ("loss", {"optimizers/adam"}, ["adam"]),
        (
            "loss",
            {"optimizers/sgd"},
            ["lr 0.003, too small", "lr 0.3, about right", "lr 10, too large", "sgd"],
        ),
        ("gradients", {"stability/he_init"}, ["stack/relu, He", "relu, He"]),
        ("landscape", {"optimizers/newton"}, ["a long narrow bowl/newton", "a saddle/newton"]),
    ],
)
@pytest.mark.usefixtures("few")
def test_chosen(student, kind, chosen, expected):
    """A picture keeps to the exercises that were named."""
    found = data.KINDS[kind](student(), frozenset(chosen))
    assert list(dict.fromkeys(run for run, _ in series.scalars(found))) == expected


def test_gradients(drawn):
    """Gradients vanish with sigmoid and small weights, explode with large ones, and stay with He's and Xavier's."""
    found = drawn("gradients")
    stack = {curve.label: curve.values for curve in found.stack}
    assert stack["sigmoid, Xavier"][0] < 1e-9 * stack["sigmoid, Xavier"][-1]
    assert 0.1 < stack["relu, He"][0] / stack["relu, He"][-1] < 10
    assert stack["relu, too large"].min() > 1e4
    told = {training.label: training.told for training in found.trainings}
    assert told == {
        "sigmoid, Xavier": "vanishing",
        "tanh, Xavier": "ok",
        "relu, He": "ok",
        "relu, too small": "vanishing",
        "relu, too large": "exploding",
        "tanh, too large": "ok",
    }
    lost = next(training for training in found.trainings if training.label == "relu, too large")
    assert np.isnan(lost.norms[-1]).all()
    assert found.trainings[1].gradients[2][0] == 20
    assert {layer.ndim for _, layers in found.trainings[1].gradients for layer in layers} == {1}


@pytest.mark.usefixtures("few")
def test_stability_is_not_written(student, solved):
    """Before the chapter on stability there are networks with plain starts, and sentences for the rest."""
    own = {path: text for path, text in solved.items() if not path.startswith("stability/")}
    found = data.gradients(student(own, only=True))
    assert labels(found.trainings) == ["relu, too small", "relu, too large", "tanh, too large"]
    assert found.stack == ()
    assert {gap.exercise for gap in found.gaps} == {
        "stability/xavier_init", "stability/he_init", "stability/gradient_norms", "stability/diagnose",
    }  # fmt: skip


@pytest.mark.usefixtures("few")
def test_diagnosis_is_text(student):
    """What diagnose says is cut and plain; what is no text is left out."""
    found = data.gradients(student({"stability/diagnose.py": "def diagnose(n): return '\\n\\u20ac$' * 99"}))
    assert found.trainings[0].told == "\\n\\u20ac$\\n\\u20ac$\\n"
    found = data.gradients(student({"stability/diagnose.py": "def diagnose(n): return 7"}))
    assert found.trainings[0].told == ""
    assert [str(gap) for gap in found.gaps] == ["stability/diagnose: It returned no text."]


def test_landscape(drawn):
    """Newton is there in a step, and stays on the saddle; the others come down; the training lies in its plane."""
    bowl, saddle = drawn("landscape").grounds
    ends = {path.label: path for path in bowl.paths}
    np.testing.assert_allclose(ends["newton"].points[1], 0, atol=1e-12)
    assert all(path.losses[-1] < 0.1 * path.losses[0] for path in bowl.paths)
    away = {path.label: path.points[-1] for path in saddle.paths}
    np.testing.assert_allclose(away.pop("newton"), 0, atol=1e-9)
    assert all(np.linalg.norm(end - [0, 1]) < 0.35 for end in away.values())
    network = drawn("landscape").network
    assert network.paths[0].points[-1].tolist() == [0, 0]
    assert 0.9 < drawn("landscape").share <= 1
    row, column = (np.abs(axis).argmin() for axis in (network.surface.y, network.surface.x))
    assert abs(network.surface.heights[row, column] - network.paths[0].losses[-1]) < 0.05


@pytest.mark.usefixtures("few")
def test_lost_paths(student):
    """Steps to infinity, to NaN and nowhere are drawn as far as they go; the next optimizer shows the network."""
    functions = student(
        {
            "optimizers/sgd.py": "def sgd_step(w, dw, lr): return w + 1e200 * dw",
            "optimizers/momentum.py": "def momentum_step(w, dw, v, lr): return w, v",
            "optimizers/nesterov.py": "def nesterov_step(w, dw, v, lr): return w * float('nan'), v",
        }
    )
    found = data.landscape(functions)
    assert len(found.grounds[0].paths) == len(recipes.OPTIMIZERS)
    assert found.network.paths[0].label == "adagrad"
    assert [gap.exercise for gap in found.gaps] == [
        "optimizers/sgd",
        "optimizers/momentum",
        "optimizers/nesterov",
    ]


@pytest.mark.usefixtures("few")
def test_same_again(student):
    """The same files give the same numbers, bit for bit."""
    once, again = (list(series.scalars(data.gradients(student()))) for _ in range(2))
    for (run, curve), (same, other) in zip(once, again, strict=True):
        assert (run, curve.label) == (same, other.label)
        assert curve.values.tobytes() == other.values.tobytes()
