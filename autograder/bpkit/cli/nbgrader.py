"""`bpkit nbgrader`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.errors import BadFile

if TYPE_CHECKING:
    from bpkit.course.courses import Course
    from bpkit.course.spec import Exercise
    from bpkit.notebooks.course import Built

_SOLUTIONS = click.option(
    "--solutions",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder with the solutions, for the source notebooks; a clone's own unless told.",
)


@click.group()
def nbgrader() -> None:
    """Give the course as nbgrader assignments."""


@nbgrader.command()
@click.argument("folder", metavar="COURSE", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--exercises",
    "words",
    multiple=True,
    metavar="ID",
    help="This exercise or chapter only; may be repeated.",
)
@_SOLUTIONS
def init(folder: Path, words: tuple[str, ...], solutions: Path | None) -> None:
    """Make a course for nbgrader: its configuration, and a source notebook for each chapter."""
    need_nbgrader()
    from bpkit.course import catalog  # noqa: PLC0415 - `bpkit --help` needs no numpy
    from bpkit.notebooks import course  # noqa: PLC0415

    named = [exercise for word in words for exercise in catalog.select(word)]
    ids = {exercise.id for exercise in named} or set(catalog.ids())
    chosen = [catalog.find(exercise_id) for exercise_id in catalog.ids() if exercise_id in ids]
    built = [
        course.init(folder, members, solutions or _of_clone(own))
        for own, members in catalog.by_course(chosen).items()
    ]
    _tell(folder, course.together(built))
    chapters = list(dict.fromkeys(exercise.chapter for exercise in chosen))
    click.echo(f"Next: cd {folder}, then nbgrader generate_assignment {chapters[0]}")


@nbgrader.command()
@click.argument(
    "folder",
    metavar="[COURSE]",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    required=False,
)
@click.option("--force", is_flag=True, help="Write also what was edited by hand.")
@_SOLUTIONS
def build(folder: Path, *, force: bool, solutions: Path | None) -> None:
    """Bring the source notebooks of a course up to date."""
    need_nbgrader()
    from bpkit.course import catalog  # noqa: PLC0415 - `bpkit --help` needs no numpy
    from bpkit.notebooks import course  # noqa: PLC0415 - imports numpy

    exercises: tuple[Exercise, ...] = course.present(folder)
    built = [
        course.build(folder, members, solutions or _of_clone(own), force=force)
        for own, members in catalog.by_course(exercises).items()
    ]
    _tell(folder, course.together(built))


def _tell(folder: Path, built: Built) -> None:
    for path in built.written:
        click.echo(f"{folder / path} written.")
    for path in built.edited:
        click.echo(
            f"{folder / path} was edited by hand, and is left as it is. `bpkit nbgrader build --force` replaces it."
        )
    if not built.written and not built.edited:
        click.echo("Everything is up to date.")


def _of_clone(course: Course) -> Path | None:
    if course.clone is None:
        package = "bpkit" if course.name == "course" else course.name
        click.echo(
            f"Solutions are not installed with {package}: the source notebooks have stubs in their place.",
            err=True,
        )
    return course.clone / "solutions" if course.clone else None


def need_nbgrader() -> None:
    """Raise `BadFile` where nbgrader is not installed."""
    from importlib.util import find_spec  # noqa: PLC0415

    if find_spec("nbgrader") is None:
        raise BadFile("nbgrader is not installed. Install it with: pip install 'backprop-kit[nbgrader]'")
