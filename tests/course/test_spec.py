"""What an exercise's row says, and what follows from it."""

import pytest

from bpkit.course import catalog
from bpkit.course.spec import Case, Exercise, Integers, Normal, Part, Seed

ROW = {
    "title": "T", "position": 1, "points": 6, "cases": (Case("a", x=(5, 3)),),
    "reference": None, "hints": ("1", "2", "3"), "mistakes": {}, "id": "layers/affine",
}  # fmt: skip


def test_an_input_with_a_gradient_makes_a_pair():
    """Naming gradients gives a forward and a backward, which has twice the points."""
    exercise = Exercise(**ROW, gradients_of=("x", "W"))
    assert exercise.parts == (
        Part("affine_forward", "forward", 2, ("y",)),
        Part("affine_backward", "backward", 4, ("dx", "dW")),
    )
    assert exercise.upstream == ("dy",)


def test_names_and_weights_can_be_told():
    """Returned names, gradients' names and the shares of the points can be chosen."""
    exercise = Exercise(
        **ROW, gradients_of=("params",), gradient_names=("grads",), returns=("h", "c"), weights=(1, 1)
    )
    assert exercise.parts == (
        Part("affine_forward", "forward", 3, ("h", "c")),
        Part("affine_backward", "backward", 3, ("grads",)),
    )
    assert exercise.upstream == ("dh", "dc")


def test_without_gradients_it_is_one_function():
    """A function that stands alone has all the points, and its own name or one that is told."""
    assert Exercise(**ROW).parts == (Part("affine", "step", 6, ("y",)),)
    named = Exercise(**ROW, function="adam", returns=("w", "m"))
    assert named.parts == (Part("adam", "step", 6, ("w", "m")),)


def test_chapter_and_name_are_the_ids_halves():
    """The id is split at its slash."""
    assert (Exercise(**ROW).chapter, Exercise(**ROW).name) == ("layers", "affine")


def test_a_case_keeps_its_inputs_in_order():
    """Inputs are arguments: their order is that of the call."""
    case = Case("a", W=(3, 5), x=(7, 3), rng=Seed(5), training=False)
    assert list(case.inputs) == ["W", "x", "rng", "training"]
    assert (case.name, case.compare, case.finite_differences) == ("a", True, True)


def test_an_input_may_be_called_name():
    """The case's own name is positional, so that an input of that name is possible."""
    assert Case("a", name=(3,)).inputs == {"name": (3,)}


@pytest.mark.parametrize("name", ["name", "inputs", "compare", "finite_differences", "other"])
def test_a_case_is_frozen(name):
    """Nothing about a case can be changed, its inputs included."""
    case = Case("a", x=(3,))
    with pytest.raises(AttributeError):
        setattr(case, name, 1)
    with pytest.raises(TypeError):
        case.inputs["x"] = (5,)
    assert case.inputs == {"x": (3,)}


def test_an_exercise_is_frozen():
    """A spec is a value: nobody can give it other points."""
    with pytest.raises(AttributeError):
        Exercise(**ROW).points = 100


def test_a_case_shows_all_that_a_recording_depends_on():
    """A case's text names every field: packs tell versions of an exercise apart by it."""
    cases = [
        Case("a", x=(3,)), Case("b", x=(3,)), Case("a", x=(5,)), Case("a", y=(3,)), Case("a", x=[(3,)]),
        Case("a", x=Normal((3,), std=2.0)), Case("a", x=Integers((3,), 5)), Case("a", compare=False, x=(3,)),
        Case("a", finite_differences=False, x=(3,)), Case("a", x=(3,), p=0.5), Case("a", x=(3,), p=0.25),
    ]  # fmt: skip
    assert len({repr(case) for case in cases}) == len(cases)
    assert repr(Case("a", x=(3,))) == repr(Case("a", x=(3,)))


@pytest.mark.parametrize("exercise_id", catalog.ids())
def test_every_row_of_the_course_adds_up(exercise_id):
    """In each exercise the parts share all points, and what is named has a name once."""
    exercise = catalog.find(exercise_id)
    assert sum(part.points for part in exercise.parts) == exercise.points
    assert all(part.points > 0 for part in exercise.parts)
    assert len({case.name for case in exercise.cases}) == len(exercise.cases)
    for case in exercise.cases:
        assert set(exercise.gradients_of) <= set(case.inputs)
    for unit in exercise.units:
        returned = [name for part in unit.parts for name in part.returns]
        assert len(returned) == len(set(returned))


@pytest.mark.parametrize("points", [1, 2, 3, 5, 7, 10])
@pytest.mark.parametrize("weights", [(1, 1), (1, 2), (2, 3), (3, 1)])
def test_parts_share_all_points_whatever_the_weights(points, weights):
    """Parts have whole points and together all of them, also where the weights do not divide them."""
    pair = Exercise(**ROW | {"points": points}, gradients_of=("x",), weights=weights)
    shares = [part.points for part in pair.parts]
    assert sum(shares) == points
    assert all(type(share) is int for share in shares)
    assert abs(shares[0] - points * weights[0] / sum(weights)) < 1
