"""The author's folders in a clone, and which files belong in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bpkit.course import catalog, courses, lessons, resources
from bpkit.course.courses import OWN, Course
from bpkit.course.lessons import LESSON
from bpkit.errors import BadCourse

ANSWER = "ANSWER.md"


@dataclass(frozen=True)
class Tree:
    """A course's clone: solutions are written by hand, exercises are cut from them."""

    root: Path
    course: Course = OWN

    @property
    def solutions(self) -> Path:
        """The folder with the solutions."""
        return self.root / "solutions"

    @property
    def exercises(self) -> Path:
        """The folder with what students get."""
        return self.root / "exercises" if self.course is OWN else self.course.exercises

    def shown(self, path: Path) -> str:
        """Return a path as it is called in the clone."""
        return path.relative_to(self.root).as_posix()

    @property
    def pack(self) -> Path:
        """The recorded references."""
        return self.exercises / resources.PACK_NAME

    @property
    def readme(self) -> Path:
        """The page with the table of exercises."""
        return self.root / "README.md"

    def readme_text(self) -> str:
        """Return that page's text; empty where there is none."""
        return self.readme.read_text(encoding="utf-8") if self.readme.is_file() else ""

    def solution(self, exercise_id: str) -> str:
        """Return the text of a solution; `BadCourse` where there is none."""
        path = self.solutions / f"{exercise_id}.py"
        if not path.is_file():
            raise BadCourse(f"{exercise_id}: there is no solutions/{exercise_id}.py.")
        return path.read_text(encoding="utf-8")

    def strays(self) -> list[str]:
        """Return the files in `solutions/` and `exercises/` that nothing accounts for."""
        sources = {f"{exercise_id}.py" for exercise_id in catalog.ids_of(self.course)}
        chapters = catalog.chapters_of(self.course)
        texts = {LESSON, *(f"{chapter}/{LESSON}" for chapter in chapters)}
        pictures = {
            f"{chapter}/{path}" for chapter in chapters for path in lessons.beside(self.exercises / chapter)
        }
        answers = {f"{chapter}/{ANSWER}" for chapter in chapters if catalog.chapter(chapter).question}
        found = []
        for folder, allowed in (
            (self.solutions, sources | answers),
            (self.exercises, sources | texts | pictures | {resources.PACK_NAME}),
        ):
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if path.is_file() and "__pycache__" not in inside.parts and inside.as_posix() not in allowed:
                    found.append(self.shown(path))
        return found


def here() -> Tree:
    """Return the clone of the course that the current folder lies in, or else bpkit's own.

    `BadCourse` where that course is not installed from there, or bpkit's own without a clone.
    """
    for root in (Path.cwd(), *Path.cwd().parents):
        if (name := _course_in(root)) is not None:
            for course in courses.every():
                if course.name == name and course.clone is not None and course.clone.samefile(root):
                    return Tree(course.clone, course)
            if any(sentence.startswith(f"The course {name} ") for sentence in courses.left_out()):
                raise BadCourse(f"The course {name} has to be mended before anything can be made of it.")
            raise BadCourse(
                f"{root} is the course {name}, but it is not installed from there: "
                f"run `pip install -e {root}`, with a folder solutions/ in it."
            )
    return of_clone()


def _course_in(root: Path) -> str | None:
    """Return the name of the course that a folder's pyproject.toml offers."""
    try:
        with (root / "pyproject.toml").open("rb") as file:
            project = tomllib.load(file).get("project", {})
    except OSError:
        return None
    except tomllib.TOMLDecodeError as error:
        raise BadCourse(f"{root / 'pyproject.toml'} is no TOML: {error}.") from error
    return next(iter(project.get("entry-points", {}).get(courses.GROUP, {})), None)


def of_clone() -> Tree:
    """Return the clone that this package runs from; `BadCourse` where it was installed without one."""
    root = resources.clone()
    if root is None:
        raise BadCourse(
            "This needs the course's sources: run it from a clone, installed with `pip install -e .`."
        )
    return Tree(root)
