"""`bpkit hint` and `bpkit explain`: help before an exercise passes, and the reasons after."""

from __future__ import annotations

from pathlib import Path

import click

from bpkit.cli import places
from bpkit.cli.text import say
from bpkit.errors import BadFile


@click.command()
@places.exercise_argument(required=False)
@click.option("--again", is_flag=True, help="Show the hints that are open, and open none.")
@places.root_option
def hint(word: str | None, root: Path | None, *, again: bool) -> None:
    """Open the next of three hints; without ID for the exercise that was checked last.

    The first one points at the mistake that the last check found.
    """
    from bpkit.judging.standing import State  # noqa: PLC0415
    from bpkit.report import pointers, screen  # noqa: PLC0415
    from bpkit.student import progress, standings  # noqa: PLC0415

    place = places.workspace(root, (word,) if word else ())
    kept, columns = progress.read(place), screen.width()
    word = word or kept.last
    if word is None:
        raise click.UsageError(
            "Nothing has been checked here yet. Name an exercise: `bpkit list` shows them."
        )
    exercise = places.exercise(word, place)
    entry = kept.of(exercise.id)
    if not again and standings.read(place)[exercise.id].state is State.PASSED:
        say(pointers.passes(exercise, columns))
        return
    opened, why_not = entry.hints, ""
    if not again:
        try:
            opened = progress.open_hint(place, exercise.id)
        except BadFile as error:
            opened, why_not = 0, str(error)
        if not opened:  # nobody is to be left without the next one
            opened = len(exercise.hints)
            why_not = f"All hints, because it cannot be kept which are open. {why_not}"
    source = place.root / f"{exercise.id}.py"
    text = source.read_text(encoding="utf-8-sig", errors="replace") if source.is_file() else ""
    more = opened > entry.hints
    say(pointers.hints(exercise, opened, entry.found, text, columns, new=more))
    if why_not:
        say(click.style(why_not.strip(), dim=True))


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
