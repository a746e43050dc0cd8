"""Finds a workspace, reads it, and makes one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bpkit.course import catalog, courses, resources
from bpkit.course.courses import Course
from bpkit.course.spec import Exercise
from bpkit.errors import BadFile, NotInWorkspace, NoWorkspace, UnknownExercise
from bpkit.judging.runner import Submission
from bpkit.student import files, shipped

_MAX_FILES, _MAX_BYTES = 1000, 1 << 20
_NOT_COPIED = ("__pycache__",)
TASKS = ".vscode/tasks.json"


class Workspace(NamedTuple):
    """A folder with exercise files in chapters."""

    root: Path

    def pack_of(self, course: Course) -> Path:
        """Return a course's pack: the workspace's own, or else the course's."""
        own = self.root / course.pack_name
        return own if own.exists() else course.pack

    @property
    def of_the_course(self) -> bool:
        """Whether this is a clone's own folder, or the installed course: nobody's, so that nothing is kept in it."""
        root, folders = self.root.resolve(), ("exercises", "solutions", "specs")
        # Of bpkit's clone, or of another course's package, which has the specs beside the exercises.
        of_a_clone = root.name in folders and sum((root.parent / name).is_dir() for name in folders) > 1
        return of_a_clone or root == resources.exercises().resolve()


def find(start: Path) -> Workspace:
    """Return the workspace at or above a folder; in a clone, its `exercises/`."""
    for folder in (start, *start.parents):
        for candidate in (folder, folder / resources.exercises().name):
            if (candidate / resources.PACK_NAME).is_file():
                return Workspace(candidate)
    for folder in (start, *start.parents):
        if any((folder / f"{exercise_id}.py").is_file() for exercise_id in catalog.ids()):
            raise NoWorkspace(
                f"{folder} has exercises in it, but its {resources.PACK_NAME} is missing. `bpkit init {folder}` puts "
                "it back and leaves your files alone."
            )
    raise NotInWorkspace(
        f"There is no workspace in {start} or above it. Make one with `bpkit init DIR` and go there, or name one "
        "with --root."
    )


def at(root: Path) -> Workspace:
    """Return the workspace that somebody named."""
    if not root.is_dir():
        raise NoWorkspace(f"{root} is not a folder.")
    if not any(path.is_dir() and catalog.is_chapter(path.name) for path in _own_first(root)):
        raise NoWorkspace(
            f"{root} holds none of the course's chapters. `bpkit init {root}` makes a workspace of it."
        )
    return Workspace(root)


def _own_first(root: Path) -> list[Path]:
    """Return what is in a folder, bpkit's own chapters first: they are known without looking for other courses."""
    return sorted(root.iterdir(), key=lambda path: not courses.OWN.has_chapter(path.name))


def select(words: tuple[str, ...], workspace: Workspace, start: Path) -> tuple[Exercise, ...]:
    """Return the exercises that the words mean, each once: ids, chapters, names, or paths of files.

    No word means all. start: the folder that relative paths count from.
    """
    if not words:
        return tuple(exercise for chapter in catalog.chapters() for exercise in catalog.in_chapter(chapter))
    chosen: dict[str, Exercise] = {}
    for word in words:
        for exercise in _meant(word, workspace, start):
            chosen[exercise.id] = exercise
    return tuple(chosen.values())


def _meant(word: str, workspace: Workspace, start: Path) -> tuple[Exercise, ...]:
    path = (start / word).resolve()
    inside = path.relative_to(root) if path.is_relative_to(root := workspace.root.resolve()) else None
    if word.endswith(".py"):
        if inside is None:
            raise UnknownExercise(
                f"{word} is not in the workspace {workspace.root}. Name its folder with --root."
            )
        return (catalog.find(inside.with_suffix("").as_posix()),)
    if word and inside == Path() and path.is_dir():
        return select((), workspace, start)
    if inside is not None and path.is_dir() and catalog.is_chapter(inside.as_posix()):
        return catalog.in_chapter(inside.as_posix())
    return catalog.select(word)


def read(workspace: Workspace) -> Submission:
    """Read every Python file of the workspace: exercises may use earlier ones and helpers of one's own."""
    texts: dict[str, str | None] = {}
    for path in sorted(python_files(workspace.root)):
        inside = path.relative_to(workspace.root)
        try:
            size = path.stat().st_size
        except FileNotFoundError:  # an editor may be saving it this very moment
            continue
        if len(texts) == _MAX_FILES or size > _MAX_BYTES:
            raise NoWorkspace(
                f"{workspace.root} does not look like a workspace: {inside} is larger than 1 MiB, or one of more than "
                f"{_MAX_FILES} Python files."
            )
        try:
            texts[inside.as_posix()] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            texts[inside.as_posix()] = None
        except FileNotFoundError:
            continue
        except OSError as error:
            raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    return Submission(texts)


def python_files(root: Path) -> Iterator[Path]:
    """Yield the paths of the Python files in a workspace, in no order."""
    for folder, inner, names in os.walk(root):
        here = Path(folder)
        inner[:] = [name for name in inner if not _is_foreign(here / name)]
        for name in names:
            if name.endswith(".py") and not name.startswith(".") and (here / name).is_file():
                yield here / name


def _is_foreign(folder: Path) -> bool:
    """Tell whether a folder holds no work of the student's: hidden, a cache, or a virtual environment."""
    return folder.name.startswith(".") or folder.name in _NOT_COPIED or (folder / "pyvenv.cfg").exists()


class Made(NamedTuple):
    """What `make` did: files written, and files that were there already and stayed as they were."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def course_files() -> Iterator[tuple[str, Path]]:
    """Yield each file that a workspace is made of, by its path there, and where its course has it."""
    for course in courses.every():
        source = course.exercises
        for path in sorted(source.rglob("*")):
            inside = path.relative_to(source)
            if not path.is_file() or any(part in _NOT_COPIED for part in inside.parts):
                continue
            if path == course.pack:
                yield course.pack_name, path
            elif course is courses.OWN or course.has_chapter(inside.parts[0]):
                yield inside.as_posix(), path


def make(folder: Path) -> Made:
    """Copy stubs, lessons and pack out of the courses into a folder. What is there already stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    written, kept, digests = [], [], {}
    for inside, path in course_files():
        target = folder / inside
        content = path.read_bytes()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write(target, content)  # the contents alone: an installed package may be read-only
            written.append(inside)
        elif target.read_bytes() != content:
            kept.append(inside)
            continue
        digests[inside] = files.fingerprint(content)
    if write_tasks(folder):
        written.append(TASKS)
    shipped.add(folder, digests)
    return Made(tuple(written), tuple(kept))


def write_tasks(folder: Path) -> bool:
    """Write the tasks for VS Code, unless there are some; tell whether that was done."""
    target = folder / TASKS
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write(target, Path(__file__).with_name("tasks.json").read_bytes())
    return True
