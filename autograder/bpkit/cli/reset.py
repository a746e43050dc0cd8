"""`bpkit reset` and `bpkit upgrade`: fresh files in a workspace, and nothing lost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bpkit.cli import places
from bpkit.cli.text import say
from bpkit.errors import BadFile


@click.command()
@places.exercise_argument()
@click.option("--yes", is_flag=True, help="Do not ask.")
@places.root_option
def reset(word: str, root: Path | None, *, yes: bool) -> None:
    """Put a fresh stub in an exercise's place; your file is kept beside it, with the date in its name."""
    from bpkit.student import reset as resetting  # noqa: PLC0415

    place = places.own_workspace(root, (word,))
    exercise = places.exercise(word, place)
    path = places.shown(place.root / f"{exercise.id}.py")
    if not resetting.is_needed(place, exercise.id):
        say(f"{path} is a fresh stub already.")
        return
    if not yes:
        click.confirm(f"Put a fresh stub in place of {path}? (A copy of yours is kept.)", abort=True)
    try:
        copy = resetting.reset(place, exercise.id, datetime.now().astimezone())
    except OSError as error:
        raise BadFile(f"{error.filename or path} cannot be written: {error.strerror}.") from error
    say(f"{path} is a fresh stub." + (f" What it held is in {places.shown(copy)}." if copy else ""))


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@places.root_option
def upgrade(root: Path | None, *, dry_run: bool) -> None:
    """Bring a newer course into this workspace: stubs, lessons and references.

    Exercises that you have begun stay as they are.
    """
    from bpkit.report import screen, upgrading  # noqa: PLC0415
    from bpkit.student import upgrade as upgrades  # noqa: PLC0415

    place = places.own_workspace(root)
    steps = upgrades.plan(place)
    if not dry_run:
        try:
            steps = upgrades.apply(place, steps, datetime.now().astimezone())
        except OSError as error:
            raise BadFile(
                f"{error.filename or place.root} cannot be written: {error.strerror}. Run it again when that is mended; "
                "nothing is lost."
            ) from error
    told = [(step.change.value, step.path, step.copy) for step in steps]
    say(upgrading.told(told, screen.width(), dry_run=dry_run))
