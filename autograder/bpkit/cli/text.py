"""Small words for the commands, and how they are said."""

from __future__ import annotations

import os
import shutil
import sys

import click


def count(number: int, noun: str) -> str:
    """Return "1 file" or "3 files"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def say(text: str, *, fit: bool = False) -> None:
    """Print a text in the characters and colours that the terminal has. fit: break its long lines there."""
    from bpkit.report import screen  # noqa: PLC0415 - `bpkit --help` needs none of it

    if fit and sys.stdout.isatty():
        text = screen.fit(text, shutil.get_terminal_size().columns)
    if text:
        # https://no-color.org: any value but an empty one.
        click.echo(screen.encodable(text), color=False if os.environ.get("NO_COLOR") else None)
