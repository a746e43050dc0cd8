"""The group of commands. Each is imported when it is called, so that `bpkit --help` is quick."""

from __future__ import annotations

import importlib

import click

from bpkit import __version__
from bpkit.errors import BpkitError

_COMMANDS = {
    "init": "bpkit.cli.init:init",
    "check": "bpkit.cli.check:check",
    "plot": "bpkit.cli.plot:plot",
    "doctor": "bpkit.cli.doctor:doctor",
    "grade": "bpkit.cli.grade:grade",
    "export": "bpkit.cli.export:export",
    "nbgrader": "bpkit.cli.nbgrader:nbgrader",
    "record": "bpkit.cli.record:record",
    "verify": "bpkit.cli.verify:verify",
    "author": "bpkit.cli.author:author",
}


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

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BpkitError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bpkit")
def bpkit() -> None:
    """Learn backpropagation by writing it: `bpkit init DIR`, fill in a stub, `bpkit check`."""
