"""`bpkit watch`."""

from __future__ import annotations

import os
import queue
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.cli import early, places

if TYPE_CHECKING:
    from bpkit.student.watch import Event


@click.command()
@click.argument("word", metavar="[ID]", default="", shell_complete=places.complete)
@places.root_option
@click.option("--arrays/--no-arrays", default=True, help="Whether to show small pictures of wrong arrays.")
@click.pass_context
def watch(context: click.Context, word: str, root: Path | None, *, arrays: bool) -> None:
    """Check an exercise whenever it is saved.

    With ID, that exercise; else the one whose file is saved, beginning with the first that has not passed. Keys: h hint,
    n next, l list, Enter check again, ? help, q quit.
    """
    from bpkit.report.watching import Screen  # noqa: PLC0415 - `bpkit watch --help` needs no numpy
    from bpkit.student import changes, checks, keys, signals, workspace  # noqa: PLC0415
    from bpkit.student import watch as student  # noqa: PLC0415

    with early.take() as launcher:
        here = Path.cwd()
        place = places.workspace(root, (word,) if word else ())
        record = student.Kept(place)
        chosen = workspace.select((word,), place, here) if word else (student.first(record.statuses()),)
        if len(chosen) != 1:
            raise click.UsageError(
                f"{word} is more than one exercise: name one, or none to follow what you save."
            )
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        with signals.told(events.put):
            checker = checks.Checker(place, launcher, events.put)
            watcher = changes.Watcher(place.root, events.put)
            typed = keys.start(events.put)
            screen = Screen(
                _write, _size, lambda: time.strftime("%H:%M:%S"), lines=typed.lines, every=changes.EVERY,
                pictures=arrays,
            )  # fmt: skip
            try:
                loop = student.Watch(place, chosen[0], checker, screen, record, pinned=bool(word))
                code = student.run(loop, events, typed, signals.stop_here)
            finally:
                typed.close()
                checker.close()
                watcher.close()
    context.exit(code)


def _write(text: str) -> None:
    # https://no-color.org: any value but an empty one. What clears the screen is no colour.
    if os.environ.get("NO_COLOR"):
        start = text[: text.rfind("\x1b[H") + 3] if "\x1b[H" in text else ""
        text = start + click.unstyle(text[len(start) :])
    click.echo(text, nl=False)


def _size() -> os.terminal_size | None:
    """Return the terminal's size, or None where the output is no terminal that can be cleared."""
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return None
    try:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        columns, rows = 0, 0
    return os.terminal_size((columns or 80, rows or 24))
