"""What a student's words mean on the command line: a workspace, an exercise; and how a shell completes them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from click.shell_completion import CompletionItem

from bpkit.errors import NoWorkspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from bpkit.course.spec import Exercise
    from bpkit.judging.standing import Standing
    from bpkit.student.workspace import Workspace

    Command = TypeVar("Command", bound=Callable[..., object])


def root_option(command: Command) -> Command:
    """Give a command the option --root."""
    return click.option(
        "--root", type=click.Path(path_type=Path), help="The workspace; by default the one above this folder."
    )(command)


def exercise_argument(*, required: bool = True) -> Callable[[Command], Command]:
    """Give a command the argument that names one exercise."""
    return click.argument(
        "word", metavar="ID" if required else "[ID]", required=required, shell_complete=complete
    )


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete chapters, ids and names; else the shell goes on with files."""
    del ctx, param
    from bpkit.course import catalog  # noqa: PLC0415

    found = [CompletionItem(word) for word in catalog.words() if word.startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]


def workspace(root: Path | None, words: tuple[str, ...] = ()) -> Workspace:
    """Return the workspace that --root names, or the one that a word's file or this folder lies in."""
    from bpkit.student import workspace as workspaces  # noqa: PLC0415

    return workspaces.at(root) if root else workspaces.find(_start(words, Path.cwd()))


def own_workspace(root: Path | None, words: tuple[str, ...] = ()) -> Workspace:
    """Return the workspace, to write in; `NoWorkspace` where it is the course's."""
    place = workspace(root, words)
    if place.of_the_course:
        raise NoWorkspace(
            f"{place.root} is the course itself, and nobody's workspace. Make one with `bpkit init DIR`."
        )
    return place


def exercise(word: str, place: Workspace) -> Exercise:
    """Return the one exercise that a word means."""
    from bpkit.student import workspace as workspaces  # noqa: PLC0415

    found = workspaces.select((word,), place, Path.cwd())
    if len(found) != 1:
        raise click.UsageError(
            f"{word} is a chapter with {len(found)} exercises. Name one: `bpkit list {word}` shows them."
        )
    return found[0]


def relative(standing: Standing) -> Standing:
    """Return the same with its path as one would type it here."""
    return standing._replace(path=shown(Path(standing.path)))


def shown(path: Path) -> str:
    """Return a path as one would type it here: relative where it lies below this folder."""
    here = Path.cwd()
    if path.is_relative_to(here):
        return str(path.relative_to(here))
    return os.path.relpath(path, here) if path.is_relative_to(here.parent) else str(path)


def _start(words: tuple[str, ...], here: Path) -> Path:
    """Return the folder from which to look upwards: that of a file or chapter which is named by its path."""
    for word in words:
        path = (here / word).resolve()
        if word.endswith(".py") and path.exists():
            return path.parent
        if path.is_dir():
            return path
    return here
