"""The packs of several courses, together: each is opened when an exercise of its course is asked for."""

from __future__ import annotations

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
