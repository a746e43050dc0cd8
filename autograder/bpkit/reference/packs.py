"""The packs of several courses, together: each is opened when an exercise of its course is asked for."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from bpkit.course import catalog
from bpkit.course.courses import OWN, Course
from bpkit.course.spec import Exercise
from bpkit.reference.pack import Pack, Recording, joined, open_file


class Packs:
    """The recordings of exercises of any course. path_of: tells where a course's pack lies."""

    def __init__(self, path_of: Callable[[Course], Path]) -> None:
        self._path_of = path_of
        self._open: dict[Course, Pack] = {}

    def load(self, exercise: Exercise) -> tuple[Recording, ...]:
        """Return the exercise's cases; `BadPack` where they are missing, altered, or of another version."""
        course = catalog.course_of(exercise.id)
        if course not in self._open:
            self._open[course] = open_file(self._path_of(course))
        return self._open[course].load(exercise)


class Backed:
    """The recordings of a pack that may lack what its exercises build on; that comes from the courses' own packs.

    asked: the exercises that are to be judged. What the pack lacks of these is an error.
    """

    def __init__(self, pack: Pack, asked: Iterable[Exercise], own: Packs) -> None:
        self._pack, self._own = pack, own
        self._here = {*pack.ids, *(exercise.id for exercise in asked)}

    def load(self, exercise: Exercise) -> tuple[Recording, ...]:
        """Return the exercise's cases; `BadPack` where they are missing, altered, or of another version."""
        return (self._pack if exercise.id in self._here else self._own).load(exercise)


def completed(path: Path, exercises: Iterable[Exercise]) -> Path:
    """Return a pack's file with what it lacks of what these exercises build on, from the courses' own packs."""
    asked = list(exercises)
    pack = open_file(path)
    lacking = {need for exercise in asked for need in exercise.needs} - {exercise.id for exercise in asked}
    lacking -= set(pack.ids)
    if not lacking:
        return path
    for course, members in catalog.by_course(map(catalog.find, sorted(lacking))).items():
        own = open_file(course.pack)
        pack = pack.beside(own.with_entries(own.origin, (), [member.id for member in members]))
    content = pack.to_bytes()
    # Two packs may have the same name, in two folders.
    whole = Path(_folder().name) / f"{hashlib.sha256(content).hexdigest()[:16]}.pack"
    whole.write_bytes(content)
    return whole


def one_file(exercises: Iterable[Exercise]) -> Path:
    """Return a file with the recordings of these exercises, and of those that they need.

    Of one course it is the course's own pack; of several, a file that is there until this process ends.
    """
    places = {place for exercise in exercises for place in (exercise.id, *exercise.needs)}
    found = {catalog.course_of(place) for place in places}
    return _one_file(tuple(sorted(found)))


@cache
def _one_file(courses: tuple[Course, ...]) -> Path:
    if len(courses) < 2:
        return (courses or (OWN,))[0].pack
    path = Path(_folder().name) / f"{'-'.join(course.name for course in courses)}.pack"
    path.write_bytes(joined(open_file(course.pack) for course in courses).to_bytes())
    return path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="bpkit-")  # removed when Python ends
