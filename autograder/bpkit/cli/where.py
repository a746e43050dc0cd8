"""`bpkit` alone, `bpkit list`, `bpkit show` and `bpkit next`: where a student is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.cli import places
from bpkit.cli.text import say
from bpkit.errors import NotInWorkspace

if TYPE_CHECKING:
    from bpkit.judging.standing import Standing


def overview() -> None:
    """Show where one is, what is next, and how to go on."""
    from bpkit.report import listing, screen  # noqa: PLC0415
    from bpkit.student import progress, standings  # noqa: PLC0415

    try:
        place = places.workspace(None)
    except NotInWorkspace:
        say(listing.outside(str(Path.cwd()), screen.width()))
        return
    found = standings.read(place)
    last = progress.read(place).last
    upcoming = standings.upcoming(found)
    say(
        listing.here(
            str(place.root),
            list(found.values()),
            found[last] if last else None,
            places.relative(upcoming) if upcoming else None,
            screen.width(),
        )
    )


@click.command("list")
@click.argument("words", metavar="[CHAPTER]...", nargs=-1, shell_complete=places.complete)
@places.root_option
def list_exercises(words: tuple[str, ...], root: Path | None) -> None:
    """List the exercises: which pass, how many points they have, and what they need."""
    from bpkit.course import catalog  # noqa: PLC0415
    from bpkit.report import listing, screen  # noqa: PLC0415
    from bpkit.student import standings, workspace  # noqa: PLC0415

    place = places.workspace(root, words)
    found = standings.read(place)
    chosen = [found[exercise.id] for exercise in workspace.select(words, place, Path.cwd())]
    names = {standing.exercise.chapter for standing in chosen}
    chapters = {name: catalog.chapter(name) for name in catalog.chapters() if name in names}
    say(listing.course(chapters, chosen, screen.width()))


@click.command()
@places.exercise_argument()
@places.root_option
def show(word: str, root: Path | None) -> None:
    """Show an exercise: its statement, its functions, its file."""
    from bpkit.student import standings  # noqa: PLC0415

    place = places.workspace(root, (word,))
    _show(standings.read(place)[places.exercise(word, place).id])


@click.command("next")
@click.option(
    "--path", "only_path", is_flag=True, help='Print the file\'s path only: code "$(bpkit next --path)".'
)
@places.root_option
@click.pass_context
def next_exercise(context: click.Context, root: Path | None, *, only_path: bool) -> None:
    """Show the next exercise that does not pass. Exit code 1 where all do."""
    from bpkit.report import listing, screen  # noqa: PLC0415
    from bpkit.student import standings  # noqa: PLC0415

    upcoming = standings.upcoming(standings.read(places.workspace(root)))
    if upcoming is None:
        click.echo(listing.WELL_DONE, err=only_path)
        context.exit(1)
    if only_path:
        click.echo(os.fsencode(upcoming.path))  # as the system knows it, whatever this terminal can show
        return
    _show(upcoming)
    say(
        "\n"
        + "\n".join(screen.fill(listing.how_to_go_on(places.relative(upcoming), shown=True), screen.width()))
    )


def _show(standing: Standing) -> None:
    from bpkit.course import catalog  # noqa: PLC0415
    from bpkit.report import screen, statement  # noqa: PLC0415

    stub = catalog.stub(standing.exercise.id).read_text(encoding="utf-8")
    say(statement.show(places.relative(standing), stub, screen.width()))
