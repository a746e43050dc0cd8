"""Looking exercises up: by id, by chapter, by bare name, and by what was probably meant."""

import re

import pytest

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import UnknownExercise


def suggestions(word):
    """Return what is suggested in place of a word."""
    with pytest.raises(UnknownExercise) as error:
        catalog.select(word)
    text = str(error.value)
    assert repr(word.strip("/")) in text
    found = re.search(r"Did you mean (.*)\?", text)
    return found[1].split(" or ") if found else []


def test_every_spec_file_is_an_exercise():
    """The files are the list: each is found under its path, and nothing else is."""
    files = catalog.source("layers/linear").parents[1].glob("*/*.py")
    paths = {f"{path.parent.name}/{path.stem}" for path in files if not path.name.startswith("_")}
    assert set(catalog.ids()) == paths
    assert len(catalog.ids()) == len(paths) > 20


@pytest.mark.parametrize("exercise_id", catalog.ids())
def test_an_exercise_knows_its_id(exercise_id):
    """The id is the path, and chapter and name are its halves."""
    exercise = catalog.find(exercise_id)
    assert isinstance(exercise, Exercise)
    assert (exercise.id, f"{exercise.chapter}/{exercise.name}") == (exercise_id, exercise_id)
    assert catalog.source(exercise_id).is_file()


def test_chapters_and_exercises_come_in_the_courses_order():
    """Positions decide the order, in the course and in each chapter, and no two are the same."""
    positions = [catalog.chapter(name).position for name in catalog.chapters()]
    assert positions == sorted(set(positions))
    for name in catalog.chapters():
        within = [exercise.position for exercise in catalog.in_chapter(name)]
        assert within == sorted(set(within)), name
    order = [exercise.id for name in catalog.chapters() for exercise in catalog.in_chapter(name)]
    assert list(catalog.ids()) == order


def test_an_id_selects_one_exercise():
    """An id means that exercise, with or without slashes around it."""
    for word in ("layers/linear", "layers/linear/", "/layers/linear"):
        assert [exercise.id for exercise in catalog.select(word)] == ["layers/linear"]


@pytest.mark.parametrize("chapter", catalog.chapters())
def test_a_chapter_selects_its_exercises(chapter):
    """A chapter's name means all of it, in order."""
    assert catalog.select(chapter) == catalog.select(f"{chapter}/") == catalog.in_chapter(chapter)
    assert all(exercise.chapter == chapter for exercise in catalog.select(chapter))


def test_a_bare_name_selects_the_one_exercise_that_has_it():
    """A name without its chapter will do where it is the only one."""
    assert [exercise.id for exercise in catalog.select("adam")] == ["optimizers/adam"]
    assert [exercise.id for exercise in catalog.select("linear")] == ["layers/linear"]


def test_a_chapter_goes_before_an_exercise_of_its_name():
    """`neuron` is a chapter, and an exercise in it: the chapter is meant."""
    assert len(catalog.select("neuron")) > 1
    assert [exercise.id for exercise in catalog.select("neuron/neuron")] == ["neuron/neuron"]


def test_a_bare_name_that_two_exercises_have_is_asked_back(monkeypatch):
    """Where a name is not unique, both are suggested and neither is taken."""
    monkeypatch.setattr(catalog, "ids", lambda: ("layers/linear", "losses/linear", "losses/mse"))
    assert set(suggestions("linear")) == {"layers/linear", "losses/linear"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("layers/liner", "layers/linear"), ("liner", "layers/linear"), ("linaer", "layers/linear"),
        ("Relu", "neuron/relu"), ("layer/linear", "layers/linear"), ("neuron/linear", "layers/linear"),
        ("optimisers", "optimizers"), ("layer", "layers"), ("crossentropy", "losses/cross_entropy"),
        ("neuron/learning-step", "neuron/learning_step"), ("optimizer/adam", "optimizers/adam"),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_what_was_meant(word, meant):
    """A typing error, another chapter, or the singular: what was meant comes first, each once."""
    found = suggestions(word)
    assert meant in found
    assert len(found) == len(set(found)) <= 4


@pytest.mark.parametrize("word", ["xyzzy", "", "/", "a/b/c", "42"])
def test_what_resembles_nothing_gets_no_suggestion(word):
    """A suggestion that nobody could have meant is none."""
    assert suggestions(word) == []


@pytest.mark.parametrize(
    "word",
    [
        "layers/__init__", "optimizers/_torch", "regularization/_mask", "../course/spec",
        "layers/../layers/linear", "layers.linear", "layers/linear.py", "layers/linear\0", "/etc/passwd",
        "layers/linear/x", "specs/layers", "layers/",
    ],
)  # fmt: skip
def test_what_is_no_id_is_not_imported(word):
    """Helpers, dots and paths that lead elsewhere name no exercise."""
    with pytest.raises(UnknownExercise):
        catalog.find(word)
