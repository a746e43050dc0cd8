"""Looks exercises up: the files under each course's `specs/` are the only list there is."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from bpkit.course import courses, spec
from bpkit.course.courses import OWN, Course
from bpkit.errors import BadCourse, UnknownExercise


@cache
def chapters() -> tuple[str, ...]:
    """Names of the chapters, in the courses' order: bpkit's own is the first."""
    return tuple(name for course in courses.every() for name in chapters_of(course))


@cache
def chapters_of(course: Course) -> tuple[str, ...]:
    """Names of one course's chapters, in its order."""
    return tuple(sorted(course.chapter_names, key=lambda name: (chapter(name).position, name)))


@cache
def chapter(name: str) -> spec.Chapter:
    """Return the chapter of this name."""
    found: spec.Chapter = importlib.import_module(course_of(name).module(name)).CHAPTER
    return found


def is_chapter(name: str) -> bool:
    """Tell whether this is a chapter's name. Other courses are looked for only where it is none of bpkit's own."""
    return name.isidentifier() and any(course.has_chapter(name) for course in _one_by_one())


def course_of(place: str) -> Course:
    """Return the course that has a chapter, given by its name or by an exercise's id; `UnknownExercise` if none has."""
    name = place.partition("/")[0]
    for course in _one_by_one():
        if course.has_chapter(name):
            return course
    raise UnknownExercise(_no_such(place))


def by_course(exercises: Iterable[spec.Exercise]) -> dict[Course, list[spec.Exercise]]:
    """Return the exercises of each course that has any of them."""
    found: dict[Course, list[spec.Exercise]] = {}
    for exercise in exercises:
        found.setdefault(course_of(exercise.id), []).append(exercise)
    return found


def solutions() -> list[Path]:
    """Return the folders with the solutions of the courses that run from a clone."""
    return [course.clone / "solutions" for course in courses.every() if course.clone]


@cache
def ids() -> tuple[str, ...]:
    """Ids of every exercise, chapter by chapter, in the courses' order."""
    return tuple(exercise.id for name in chapters() for exercise in in_chapter(name))


@cache
def ids_of(course: Course) -> tuple[str, ...]:
    """Ids of one course's exercises, in its order."""
    return tuple(exercise.id for name in chapters_of(course) for exercise in in_chapter(name))


@cache
def in_chapter(name: str) -> tuple[spec.Exercise, ...]:
    """All exercises of one chapter, in order."""
    exercises = map(_load, course_of(name).ids(name))
    return tuple(sorted(exercises, key=lambda exercise: (exercise.position, exercise.id)))


def find(exercise_id: str) -> spec.Exercise:
    """Return the exercise with this id; `UnknownExercise` suggests the nearest one."""
    chapter_name, _, name = exercise_id.partition("/")
    plain = chapter_name.isidentifier() and name.isidentifier() and not name.startswith("_")
    if plain and source(exercise_id).is_file():
        return _load(exercise_id)
    raise UnknownExercise(_no_such(exercise_id))


def select(word: str) -> tuple[spec.Exercise, ...]:
    """Return the exercises that one word means: an id, a chapter, or a name that only one exercise has."""
    word = word.strip("/")
    if is_chapter(word):
        return in_chapter(word)
    if "/" not in word:
        named = [exercise_id for exercise_id in ids() if exercise_id.endswith(f"/{word}")]
        if len(named) == 1:
            return (find(named[0]),)
    return (find(word),)


def words() -> tuple[str, ...]:
    """Return every word that `select` knows: chapters, ids, and names that only one exercise has.

    No spec of bpkit's own is loaded for it.
    """
    found = [
        exercise_id
        for course in courses.every()
        for name in course.chapter_names
        for exercise_id in course.ids(name)
    ]
    names = [exercise_id.partition("/")[2] for exercise_id in found]
    chapter_names = dict.fromkeys(exercise_id.partition("/")[0] for exercise_id in found)
    return (
        *chapter_names,
        *found,
        *(name for name in names if names.count(name) == 1 and name not in chapter_names),
    )


def source(exercise_id: str) -> Path:
    """Return the path of an exercise's spec file."""
    return course_of(exercise_id).specs / f"{exercise_id}.py"


def stub(exercise_id: str) -> Path:
    """Return the path of an exercise's stub; `BadCourse` where its course has none."""
    path = course_of(exercise_id).exercises / f"{exercise_id}.py"
    if not path.is_file():
        raise BadCourse(f"The course has no {path}: its author has to run `bpkit author sync`.")
    return path


@cache
def _load(exercise_id: str) -> spec.Exercise:
    module = importlib.import_module(course_of(exercise_id).module(exercise_id))
    exercise: spec.Exercise = module.EXERCISE
    return exercise._replace(id=exercise_id)


def _one_by_one() -> Iterator[Course]:
    """Yield bpkit's own course before others are looked for."""
    yield OWN
    yield from courses.every()


def _no_such(word: str) -> str:
    import difflib  # noqa: PLC0415 - only a slip of the hand pays for this import

    known = {name: name for name in (*chapters(), *ids())}
    known |= {exercise_id.partition("/")[2]: exercise_id for exercise_id in ids()}
    near = list(dict.fromkeys(known[name] for name in difflib.get_close_matches(word, known, n=5)))[:3]
    near += [
        exercise_id for exercise_id in ids() if exercise_id.split("/")[1] == word.rsplit("/", maxsplit=1)[-1]
    ]
    suggestion = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    return f"There is no exercise or chapter {word!r}.{suggestion}"
