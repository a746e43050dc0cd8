"""Drawing a case's inputs: the same numbers for the same seed, and what each kind of input becomes."""

import numpy as np
import pytest

from bpkit.course.spec import Bernoulli, Case, Exercise, Given, Integers, Normal, Seed, Uniform
from bpkit.reference import inputs, trees

CASE = Case(
    "all kinds",
    x=(5, 3), far=Normal((7,), mean=10.0, std=0.1), p=Uniform((1000,), 0.25, 0.5),
    target=Integers((1000,), 5), label=Bernoulli((1000,)),
    zero=Given(((0.0, 1.5), (2.0, -1.0))), ids=Given((1, 0)),
    params=[((3, 7), (7,)), ((7, 2), Given((0.0, 0.0)))], scale=(), rng=Seed(5), lr=0.1, t=3, training=False,
)  # fmt: skip


def exercise(name="layers/affine", cases=(CASE,)):
    """Return an exercise with these cases."""
    return Exercise("T", 1, 6, cases, None, ("", "", ""), {}, id=name)


def drawn(seed=0, index=0, case=CASE, name="layers/affine"):
    """Draw the inputs of one case."""
    return inputs.draw(case, inputs.generator(exercise(name), index, seed))


def numbers(given):
    """Return all arrays of some inputs in one."""
    arrays = [leaf for tree in given.values() for leaf in trees.arrays(tree, "").values()]
    return np.concatenate([np.ravel(array) for array in arrays])


def test_the_same_seed_gives_the_same_inputs():
    """Inputs depend on nothing but seed, exercise and case: they are the same bit for bit."""
    assert numbers(drawn()).tobytes() == numbers(drawn()).tobytes()


@pytest.mark.parametrize("change", [{"seed": 1}, {"index": 1}, {"name": "layers/other"}])
def test_another_seed_exercise_or_case_gives_other_inputs(change):
    """Each of the three changes the numbers."""
    assert drawn(**change)["x"].shape == (5, 3)
    assert not (drawn(**change)["x"] == drawn()["x"]).any()


def test_inputs_keep_their_order_and_form():
    """What comes out has the names, the order, the nesting and the types of the case."""
    given = drawn()
    assert list(given) == list(CASE.inputs)
    assert isinstance(given["params"], list)
    assert [type(layer) for layer in given["params"]] == [tuple, tuple]
    assert [[leaf.shape for leaf in layer] for layer in given["params"]] == [[(3, 7), (7,)], [(7, 2), (2,)]]
    assert all(leaf.dtype == np.float64 for leaf in trees.arrays(given["params"], "").values())


def test_numbers_flags_and_seeds_pass_as_they_are():
    """What is no array of the pack is handed on unchanged, in its own type."""
    given = drawn()
    assert [given[name] for name in ("rng", "lr", "t", "training")] == [Seed(5), 0.1, 3, False]
    assert [type(given[name]) for name in ("rng", "lr", "t", "training")] == [Seed, float, int, bool]


def test_a_drawn_scalar_is_a_python_float():
    """An input without axes is passed as people pass it: a number."""
    assert type(drawn()["scale"]) is float


def test_each_kind_has_its_range():
    """Mean and spread, bounds and classes are those that the case says."""
    given = drawn()
    assert np.abs(given["far"] - 10.0).max() < 1.0
    assert given["p"].min() >= 0.25
    assert given["p"].max() < 0.5
    assert given["p"].max() - given["p"].min() > 0.24
    assert (given["target"].dtype, set(given["target"])) == (np.int64, {0, 1, 2, 3, 4})
    assert (given["label"].dtype, set(given["label"])) == (np.float64, {0.0, 1.0})
    assert 0.4 < given["label"].mean() < 0.6


def test_given_numbers_keep_their_type():
    """Spelled-out numbers arrive as they stand: floats as float64, whole numbers as int64."""
    given = drawn()
    assert (given["zero"].dtype, given["zero"].tolist()) == (np.float64, [[0.0, 1.5], [2.0, -1.0]])
    assert (given["ids"].dtype, given["ids"].tolist()) == (np.int64, [1, 0])


def test_an_input_added_at_the_end_leaves_the_others():
    """Inputs are drawn in order, so a new one changes none before it."""
    longer = Case("longer", x=(5, 3), W=(3, 7))
    assert (drawn(case=longer)["x"] == drawn()["x"]).all()


def test_the_layout_spells_every_shape_out():
    """A bare tuple of sizes means normal numbers, at any depth; nothing else is touched."""
    layout = inputs.layout(CASE)
    assert layout["x"] == Normal((5, 3))
    assert layout["scale"] == Normal(())
    assert layout["params"] == [(Normal((3, 7)), Normal((7,))), (Normal((7, 2)), Given((0.0, 0.0)))]
    assert (layout["rng"], layout["target"]) == (Seed(5), Integers((1000,), 5))
    assert type(layout["rng"]) is Seed


@pytest.mark.parametrize(
    "leaf", [Normal((3,)), Uniform((3,)), Integers((3,), 2), Bernoulli((3,)), Given((1.0,))]
)
def test_what_is_drawn_is_told_from_what_is_passed(leaf):
    """Arrays of the pack are told from seeds, numbers and flags."""
    assert inputs.is_drawn(leaf)
    assert not any(map(inputs.is_drawn, (Seed(5), 0.5, 3, True, None, "relu")))


def test_a_scalar_upstream_is_away_from_nothing_and_one():
    """An upstream scalar is never near 0, 1 or -1, where a forgotten factor would not show."""
    rng = np.random.default_rng(0)
    values = [inputs.draw_upstream((), rng, index) for index in range(500)]
    assert all(type(value) is float for value in values)
    assert all(1.25 <= abs(value) <= 2.0 for value in values)
    assert {value > 0 for value in values} == {True, False}


def test_an_upstream_array_has_the_outputs_shape():
    """An upstream gradient is normal numbers, not ones."""
    value = inputs.draw_upstream((50, 30), np.random.default_rng(0), 0)
    assert value.shape == (50, 30)
    assert abs(value.mean()) < 0.1
    assert abs(value.std() - 1) < 0.1


@pytest.mark.parametrize(
    ("value", "kind"),
    [(np.array(1.5), float), (np.array(3), int), (np.zeros(1), np.ndarray), (np.zeros(0), np.ndarray)],
)
def test_only_arrays_without_axes_become_numbers(value, kind):
    """An array with one entry stays an array."""
    assert type(inputs.plain(value)) is kind


def test_leaves_are_named_by_their_place():
    """A tree's leaves have names, by which one can be replaced; named tuples are leaves."""
    tree = [(1.0, Seed(2)), [3.0]]
    assert dict(trees.leaves(tree, "p")) == {"p[0][0]": 1.0, "p[0][1]": Seed(2), "p[1][0]": 3.0}
    changed = trees.replace(tree, "p", {"p[0][1]": 7.0, "q[0][0]": 8.0})
    assert changed == [(1.0, 7.0), [3.0]]
    assert trees.transform(type, tree) == [(float, Seed), [float]]
    assert tree == [(1.0, Seed(2)), [3.0]]


def test_only_floats_are_arrays_to_differentiate():
    """Class ids, flags and texts have no gradient; floats and float arrays have."""
    tree = [np.zeros(2), 1.5, np.arange(3), 4, True, "x", np.float32(2)]
    assert list(trees.arrays(tree, "p")) == ["p[0]", "p[1]"]
