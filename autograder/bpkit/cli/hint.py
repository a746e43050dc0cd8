"""`bpkit hint` and `bpkit explain`: help before an exercise passes, and the reasons after."""

from __future__ import annotations

from pathlib import Path

import click

from bpkit.cli import places
from bpkit.cli.text import say


@click.command()
@places.exercise_argument(required=False)
@click.option("--again", is_flag=True, help="Show the hints that are open, and open none.")
@places.root_option
def hint(word: str | None, root: Path | None, *, again: bool) -> None:
    """Open the next of three hints; without ID for the exercise that was checked last.

    The first one points at the mistake that the last check found.
    """
    from bpkit.report import pointers, screen  # noqa: PLC0415
    from bpkit.student import hints, progress  # noqa: PLC0415

    place = places.workspace(root, (word,) if word else ())
    word = word or progress.read(place).last
    if word is None:
        raise click.UsageError(
            "Nothing has been checked here yet. Name an exercise: `bpkit list` shows them."
        )
    exercise = places.exercise(word, place)
    opened = hints.read(place, exercise) if again else hints.open_next(place, exercise)
    columns = screen.width()
    say(pointers.hints(exercise, opened, columns) if opened else pointers.passes(exercise, columns))


@click.command()
@places.exercise_argument()
@places.root_option
@click.pass_context
def explain(context: click.Context, word: str, root: Path | None) -> None:
    """Explain an exercise that has passed: why, another way to write it, what PyTorch does.

    Exit code 1 where it has not passed yet.
    """
    from bpkit.report import screen, statement  # noqa: PLC0415
    from bpkit.student import progress  # noqa: PLC0415

    place = places.workspace(root, (word,))
    exercise = places.exercise(word, place)
    if not progress.read(place).of(exercise.id).passed:
        say(statement.not_yet(exercise, screen.width()))
        context.exit(1)
    say(statement.explanation(exercise, screen.width()))
