"""The courses that are installed: bpkit's own, and packages that offer theirs in the entry point group `bpkit.courses`.

Looking for them costs time, so nobody does who asks for an exercise of bpkit's own by its id. What is wrong with one
of them costs the others nothing: it is left out, and `left_out` says why.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bpkit.course import resources
from bpkit.course.spec import Chapter, Exercise
from bpkit.errors import BadCourse

GROUP = "bpkit.courses"


class Course(NamedTuple):
    """A course: its name, the package that it is, and the folder of that package."""

    name: str
    package: str
    folder: Path

    @property
    def specs(self) -> Path:
        """The folder with the specs, a folder for each chapter."""
        return self.folder / "specs"

    @property
    def exercises(self) -> Path:
        """The folder with what students get."""
        return resources.exercises() if self.package == OWN.package else self.folder / "exercises"

    @property
    def pack(self) -> Path:
        """The recorded references."""
        return self.exercises / resources.PACK_NAME

    @property
    def pack_name(self) -> str:
        """What its pack is called in a workspace."""
        return f"{self.name}.pack"

    @property
    def clone(self) -> Path | None:
        """The root of the clone that it runs from, or None where it was installed as a wheel."""
        if self.package == OWN.package:
            return resources.clone()
        for root in self.folder.parents[:2]:  # the package at the top, or in src/
            if (root / "solutions").is_dir() and (root / "pyproject.toml").is_file():
                return root
        return None

    @property
    def chapter_names(self) -> tuple[str, ...]:
        """Names of the chapters, in no order. Nothing is loaded for it."""
        return tuple(path.parent.name for path in sorted(self.specs.glob("*/__init__.py")))

    def has_chapter(self, name: str) -> bool:
        """Tell whether this is one of its chapters."""
        return name.isidentifier() and (self.specs / name / "__init__.py").is_file()

    def module(self, place: str) -> str:
        """Return the module of a chapter, or of the spec of an id."""
        return f"{self.package}.specs.{place.replace('/', '.')}"

    def ids(self, chapter: str) -> tuple[str, ...]:
        """Return the ids of a chapter's exercises, in no order. Nothing is loaded for it."""
        files = sorted((self.specs / chapter).glob("*.py"))
        return tuple(f"{chapter}/{path.stem}" for path in files if not path.name.startswith("_"))


OWN = Course("course", "bpkit.course", Path(__file__).parent)


def every() -> tuple[Course, ...]:
    """Return bpkit's own course and those that can be used; `BadCourse` where two have a chapter of the same name."""
    found = (OWN, *_sound()[0])
    owners: dict[str, Course] = {}
    for course in found:
        for chapter in course.chapter_names:
            other = owners.setdefault(chapter, course)
            if other is not course:
                raise BadCourse(
                    f"The courses {_named(other)} and {_named(course)} both have a chapter {chapter!r}. "
                    f"Uninstall one of them, or rename the chapter."
                )
    return found


def left_out() -> tuple[str, ...]:
    """Return a sentence for each course that is left out, as far as courses were looked for at all."""
    return _sound()[1] if _sound.cache_info().currsize else ()


def _named(course: Course) -> str:
    return "backprop-kit" if course is OWN else course.name


@cache
def _sound() -> tuple[tuple[Course, ...], tuple[str, ...]]:
    sound: dict[str, Course] = {}
    wrong = []
    for name, package in _offered():
        try:
            course = _loaded(name, package, taken=(OWN.name, *sound))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code
            why = " ".join(str(error).split())
            kind = "" if isinstance(error, BadCourse) else f"{type(error).__name__}: "
            wrong.append(f"The course {name} ({package}) is left out: {kind}{why.rstrip('.')}.")
        else:
            sound[name] = course
    return tuple(sound.values()), tuple(wrong)


def _loaded(name: str, package: str, taken: tuple[str, ...]) -> Course:
    """Return a course whose files can all be loaded. taken: names that it cannot have."""
    if not name.isidentifier() or name in taken:
        raise BadCourse(
            f"its name has to be a word of letters, digits and underscores, and not {' or '.join(taken)}"
        )
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise BadCourse(f"there is no package {package}")
    course = Course(name, package, Path(next(iter(found.submodule_search_locations))))
    if not course.chapter_names:
        raise BadCourse("it has no specs/<chapter>/__init__.py")
    for chapter in course.chapter_names:
        if not isinstance(getattr(importlib.import_module(course.module(chapter)), "CHAPTER", None), Chapter):
            raise BadCourse(f"specs/{chapter}/__init__.py has no CHAPTER")
        for exercise_id in course.ids(chapter):
            spec = importlib.import_module(course.module(exercise_id))
            if not isinstance(getattr(spec, "EXERCISE", None), Exercise):
                raise BadCourse(f"specs/{exercise_id}.py has no EXERCISE")
    made = [f"{exercise_id}.py" for chapter in course.chapter_names for exercise_id in course.ids(chapter)]
    for inside in (*made, resources.PACK_NAME):
        # An author's clone may not have them yet.
        if course.clone is None and not (course.exercises / inside).is_file():
            raise BadCourse(f"it was packaged without exercises/{inside}")
    return course


def _offered() -> list[tuple[str, str]]:
    """Return name and package of each entry point."""
    if not any(map(_mentions_courses, sys.path)):
        return []
    # Takes half as long as a check, which mostly has no use for it.
    from importlib import metadata  # noqa: PLC0415

    return sorted({(point.name, point.module) for point in metadata.entry_points(group=GROUP)})


def _mentions_courses(folder: str) -> bool:
    """Tell whether something that is installed in a folder of Python's path may offer a course."""
    try:
        infos = [path for path in Path(folder).iterdir() if path.name.endswith("-info")]
    except OSError:  # a zip, or nothing at all
        return False
    for path in infos:
        try:
            if GROUP.encode() in (path / "entry_points.txt").read_bytes():
                return True
        except OSError:
            continue
    return False
