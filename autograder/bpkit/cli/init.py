"""`bpkit init`."""

from __future__ import annotations

from pathlib import Path

import click

from bpkit.cli.text import count, say
from bpkit.errors import BadFile


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Copy the exercises, lessons and references into DIR.

    Files that are there already stay as they are; missing ones are put back.
    """
    from bpkit.student import workspace  # noqa: PLC0415 - `bpkit --help` imports nothing heavy

    try:
        made = workspace.make(folder)
    except OSError as error:
        raise BadFile(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    say(
        f"{folder}: {count(len(made.written), 'file')} written."
        if made.written
        else f"{folder}: nothing is missing."
    )
    if made.kept:
        say(f"Left as they are, because they differ from the course's: {', '.join(made.kept)}.")
    if made.written:
        say(
            f"Next: cd {folder}, read neuron/README.md, fill in neuron/weighted_sum.py, bpkit check weighted_sum"
        )
