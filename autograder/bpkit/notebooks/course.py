"""Makes a course folder for nbgrader, and brings its source notebooks up to date."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bpkit.authoring.tree import ANSWER
from bpkit.course import catalog, lessons
from bpkit.course.lessons import LESSON
from bpkit.course.spec import Exercise
from bpkit.errors import BadFile
from bpkit.notebooks import assignment
from bpkit.notebooks.assignment import Materials

CONFIG = "nbgrader_config.py"

_CONFIG = """\
# Made by `bpkit nbgrader init`, and yours from now on: bpkit does not write it again.
from bpkit.notebooks import preprocessors

c = get_config()  # noqa: F821 - nbgrader's

c.CourseDirectory.course_id = {name!r}

# What students wrote is judged by bpkit in confined processes; no kernel starts. Without this line nbgrader runs the
# notebooks itself: honest ones get the same scores, and nothing is kept from the others.
preprocessors.use(c)

# Grade with references that students have not seen: `bpkit record --seed 2027 --out exam.pack`, once, with PyTorch.
# c.Judge.pack = "exam.pack"

# Grade only where student code can be confined at least so well (see `bpkit doctor`).
# c.Judge.isolation = 2
"""


class Built(NamedTuple):
    """What was done: paths in the course's folder, by what became of them."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    edited: tuple[str, ...]  # by hand, and therefore left alone


def together(built: Iterable[Built]) -> Built:
    """Return what was done for several courses as one."""
    return Built(*(tuple(itertools.chain(*paths)) for paths in zip(Built((), (), ()), *built, strict=True)))


def init(folder: Path, exercises: Sequence[Exercise], solutions: Path | None) -> Built:
    """Make a course: nbgrader's configuration, where there is none, and the notebooks."""
    path = folder / CONFIG
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists()
        if fresh:
            path.write_text(_CONFIG.format(name=folder.resolve().name), encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}.") from error
    built = build(folder, exercises, solutions)
    return built._replace(written=((CONFIG,) if fresh else ()) + built.written)


def build(
    folder: Path, exercises: Iterable[Exercise], solutions: Path | None, *, force: bool = False
) -> Built:
    """Write the notebooks, and the pictures beside them, that are not as they should be.

    solutions: the folder with them; without it, source notebooks have stubs where these would be. force: write also
    what was edited by hand.
    """
    chosen: dict[str, list[Exercise]] = {}
    for exercise in exercises:
        chosen.setdefault(exercise.chapter, []).append(exercise)
    written, unchanged, edited = [], [], []
    for chapter, members in chosen.items():
        for inside, content, is_edited in _files(folder, chapter, _build(chapter, members, solutions)):
            path = folder / inside
            try:
                old = path.read_bytes() if path.exists() else None
                if old == content:
                    unchanged.append(inside)
                elif old is not None and not force and is_edited(old):
                    edited.append(inside)
                else:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                    written.append(inside)
            except OSError as error:
                raise BadFile(f"{path} cannot be written: {error.strerror}.") from error
    return Built(tuple(written), tuple(unchanged), tuple(edited))


class _Assignment(NamedTuple):
    """A chapter's notebook, and the pictures that its lesson shows."""

    notebook: str
    pictures: Mapping[str, bytes]


def _build(chapter: str, exercises: Sequence[Exercise], solutions: Path | None) -> _Assignment:
    materials = _materials(chapter, exercises, solutions)
    return _Assignment(assignment.build(chapter, exercises, materials), materials.pictures)


def _files(
    folder: Path, chapter: str, made: _Assignment
) -> Iterator[tuple[str, bytes, Callable[[bytes], bool]]]:
    """Yield each file by its path in the course, and what tells whether somebody has edited the one there.

    Pictures lie beside the notebook, and nbgrader carries them along: JupyterLab shows no SVG from inside a notebook.
    """
    inside = f"source/{chapter}/{chapter}.ipynb"
    path = folder / inside
    old = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    known = assignment.picture_digests(old)
    yield inside, made.notebook.encode(), lambda old: assignment.is_edited(old.decode(errors="replace"))
    for name, content in made.pictures.items():
        yield f"source/{chapter}/{name}", content, partial(_has_changed, known.get(name))


def _has_changed(wrote: str | None, old: bytes) -> bool:
    return assignment.picture_digest(old) != wrote


def present(folder: Path) -> tuple[Exercise, ...]:
    """Return the exercises that the course's notebooks have; `BadFile` where it is no course."""
    if not (folder / CONFIG).is_file():
        raise BadFile(f"{folder} has no {CONFIG}. `bpkit nbgrader init {folder}` makes a course.")
    found: list[Exercise] = []
    for chapter in catalog.chapters():
        path = folder / f"source/{chapter}/{chapter}.ipynb"
        if path.is_file():
            found += assignment.chosen(path.read_text(encoding="utf-8", errors="replace"), chapter)
    return tuple(found)


def _materials(chapter: str, exercises: Sequence[Exercise], solutions: Path | None) -> Materials:
    folder = catalog.course_of(chapter).exercises / chapter
    lesson = (folder / LESSON).read_text(encoding="utf-8") if (folder / LESSON).is_file() else ""
    pictures = lessons.beside(folder)
    if solutions is None:
        sources = {one.id: catalog.stub(one.id).read_text(encoding="utf-8") for one in exercises}
        return Materials(sources, lesson, "", pictures)
    sources = {}
    for exercise in exercises:
        path = solutions / f"{exercise.id}.py"
        if not path.is_file():
            raise BadFile(f"{exercise.id}: there is no {path}.")
        sources[exercise.id] = path.read_text(encoding="utf-8")
    answer = solutions / chapter / ANSWER
    text = answer.read_text(encoding="utf-8") if answer.is_file() else ""
    return Materials(sources, lesson, text, pictures)
