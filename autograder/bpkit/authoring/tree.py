"""The author's folders in a clone, and which files belong in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bpkit.course import catalog, resources
from bpkit.errors import BadCourse

LESSON = "README.md"
ANSWER = "ANSWER.md"


@dataclass(frozen=True)
class Tree:
    """A clone: solutions are written by hand, exercises are cut from them."""

    root: Path

    @property
    def solutions(self) -> Path:
        """The folder with the solutions."""
        return self.root / "solutions"

    @property
    def exercises(self) -> Path:
        """The folder with what students get."""
        return self.root / "exercises"

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
        sources = {f"{exercise_id}.py" for exercise_id in catalog.ids()}
        lessons = {LESSON, *(f"{chapter}/{LESSON}" for chapter in catalog.chapters())}
        answers = {
            f"{chapter}/{ANSWER}" for chapter in catalog.chapters() if catalog.chapter(chapter).question
        }
        found = []
        for folder, allowed in (
            (self.solutions, sources | answers),
            (self.exercises, sources | lessons | {resources.PACK_NAME}),
        ):
            for path in sorted(folder.rglob("*")):
                inside = path.relative_to(folder)
                if path.is_file() and "__pycache__" not in inside.parts and inside.as_posix() not in allowed:
                    found.append(path.relative_to(self.root).as_posix())
        return found


def of_clone() -> Tree:
    """Return the clone that this package runs from; `BadCourse` where it was installed without one."""
    root = resources.clone()
    if root is None:
        raise BadCourse(
            "This needs the course's sources: run it from a clone, installed with `pip install -e .`."
        )
    return Tree(root)
