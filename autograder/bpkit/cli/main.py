"""The group of commands. Each is imported when it is called, so that `bpkit --help` is quick."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from bpkit import __version__
from bpkit.errors import BpkitError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = {
    "init": "bpkit.cli.init:init",
    "list": "bpkit.cli.where:list_exercises",
    "show": "bpkit.cli.where:show",
    "next": "bpkit.cli.where:next_exercise",
    "check": "bpkit.cli.check:check",
    "watch": "bpkit.cli.watch:watch",
    "hint": "bpkit.cli.hint:hint",
    "explain": "bpkit.cli.hint:explain",
    "reset": "bpkit.cli.reset:reset",
    "upgrade": "bpkit.cli.reset:upgrade",
    "completion": "bpkit.cli.completion:completion",
    "plot": "bpkit.cli.plot:plot",
    "doctor": "bpkit.cli.doctor:doctor",
    "grade": "bpkit.cli.grade:grade",
    "export": "bpkit.cli.export:export",
    "nbgrader": "bpkit.cli.nbgrader:nbgrader",
    "record": "bpkit.cli.record:record",
    "verify": "bpkit.cli.verify:verify",
    "author": "bpkit.cli.author:author",
}
# What `bpkit --help` says of each. To ask the commands themselves would import them all.
_SECTIONS = {
    "Learn": {
        "init": "Make a workspace: exercises, lessons, references.",
        "list": "List the exercises and how each stands.",
        "show": "Show an exercise.",
        "next": "Show the next exercise that does not pass.",
        "check": "Check exercises and say which mistake it is.",
        "watch": "Check an exercise whenever it is saved.",
        "hint": "Open the next of three hints.",
        "explain": "Explain an exercise that has passed.",
        "reset": "Begin an exercise again; yours is kept.",
        "upgrade": "Bring a newer course into the workspace.",
        "plot": "Draw what your functions do.",
        "completion": "Make the shell complete exercises.",
        "doctor": "Show versions and the isolation level.",
    },
    "Teach": {
        "grade": "Grade a class.",
        "export": "Write a class's results in other formats.",
        "nbgrader": "Give the course as nbgrader assignments.",
    },
    "Write exercises": {
        "record": "Ask PyTorch for references on other inputs.",
        "verify": "Prove the course.",
        "author": "New exercises, stubs, autograders.",
    },
}


def _width() -> int:
    """Return how wide click would make its help; it asks shutil, whose import is a tenth of the time of `--help`."""
    try:
        columns = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size().columns
    except (ValueError, OSError):  # no number, no terminal
        columns = 80
    return max(50, min(columns, 80) - 2)


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def get_help(self, ctx: click.Context) -> str:
        ctx.terminal_width = _width()
        return super().get_help(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        for title, commands in _SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - see above

        known = {name: text for commands in _SECTIONS.values() for name, text in commands.items()}
        found = [
            CompletionItem(name, help=text) for name, text in known.items() if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BpkitError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        finally:
            if "bpkit.course.courses" in sys.modules:  # `bpkit --help` has not looked for courses
                from bpkit.course import courses  # noqa: PLC0415

                for sentence in courses.left_out():
                    click.echo(sentence, err=True)


@click.group(cls=_Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bpkit")
@click.pass_context
def bpkit(context: click.Context) -> None:
    """Learn backpropagation by writing it: `bpkit init DIR`, fill in a stub, `bpkit check`.

    Without a command: where you are, and what is next.
    """
    if context.invoked_subcommand is None:
        from bpkit.cli.where import overview  # noqa: PLC0415

        overview()
