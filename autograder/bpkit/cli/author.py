"""`bpkit author`."""

from __future__ import annotations

from pathlib import Path

import click

from bpkit import __version__
from bpkit.errors import BadFile


@click.group()
def author() -> None:
    """Write exercises, in a clone, and make what a course is given with."""


@author.command()
def sync() -> None:
    """Cut stubs, record what changed, and renew the README's table."""
    from bpkit.authoring import sync as syncing  # noqa: PLC0415 - imports numpy
    from bpkit.authoring import tree  # noqa: PLC0415

    changed = 0
    for line in syncing.sync(tree.here()):
        changed += 1
        click.echo(line)
    if not changed:
        click.echo("Everything is up to date.")


@author.command()
@click.argument("exercise_id", metavar="CHAPTER/NAME")
def new(exercise_id: str) -> None:
    """Make the two files of a new exercise."""
    from bpkit.authoring import scaffold, tree  # noqa: PLC0415

    for path in scaffold.new(tree.here(), exercise_id):
        click.echo(f"{path} written.")
    click.echo("Fill them in, then: bpkit author sync, bpkit verify " + exercise_id)


@author.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default="autograder.zip",
    show_default=True,
    help="The zip.",
)
@click.option(
    "--pack", "pack_file", type=click.Path(path_type=Path, dir_okay=False), help="References to grade with."
)
@click.option(
    "--only", multiple=True, metavar="ID", help="Grade this exercise or chapter only; may be repeated."
)
@click.option(
    "--wheel",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A wheel of bpkit, to put in: where the package index has none.",
)
@click.option(
    "--requirement",
    default=f"backprop-kit=={__version__}",
    show_default=True,
    help="What pip installs there, without --wheel.",
)
@click.option(
    "--isolation",
    "least",
    type=click.IntRange(0, 3),
    default=2,
    show_default=True,
    help="Refuse to grade below this level.",
)
def gradescope(
    out: Path, pack_file: Path | None, only: tuple[str, ...], wheel: Path | None, requirement: str, least: int
) -> None:
    """Make an autograder for Gradescope: a zip to upload there."""
    from bpkit.authoring import gradescope as making  # noqa: PLC0415
    from bpkit.course import catalog  # noqa: PLC0415
    from bpkit.reference import pack, packs  # noqa: PLC0415 - imports numpy

    exercises = {exercise.id: exercise for word in only or catalog.ids() for exercise in catalog.select(word)}
    path = pack_file or packs.one_file(exercises.values())
    references = pack.open_file(path)
    for exercise in exercises.values():
        references.load(exercise)  # told here, not by the first submission
    content = making.autograder(
        path.read_bytes(),
        tuple(exercises),
        requirement,
        least,
        (wheel.name, wheel.read_bytes()) if wheel else None,
    )
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadFile(f"{out} cannot be written: {error.strerror}.") from error
    points = sum(exercise.points for exercise in exercises.values())
    click.echo(f"{out} written. At Gradescope, give the assignment {points} autograder points.")
