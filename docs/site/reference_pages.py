"""Pages of reference: the commands, as click has them, and the schemas of the JSON."""

from __future__ import annotations

import html
import json
from importlib import resources

import click

import prose
from bpkit.cli.main import _SECTIONS as SECTIONS
from bpkit.cli.main import bpkit

SCHEMAS_PAGE = "reference/schemas.md"
_WRITTEN_BY = {
    "verdict.v1.json": "`bpkit check --json` writes this.",
    "results.v1.json": "`results.json` of `bpkit grade`, and `bpkit export --format json`.",
    "progress.v1.json": "`progress.json` in a workspace, which `bpkit check` keeps.",
    "workspace.v1.json": "`.bpkit.json` in a workspace, which `bpkit init` and `bpkit upgrade` write.",
    "pack.v1.json": "The one metadata entry of a pack, which `bpkit record` writes.",
}


def commands() -> str:
    """Return the page of all commands."""
    blocks = ["# Commands", prose.said("What `bpkit COMMAND --help` says, on one page.")]
    root = click.Context(bpkit, info_name="bpkit")
    blocks += _command(bpkit, root, 2)
    for title, names in SECTIONS.items():
        blocks.append(f"## {title}")
        for name in names:
            command = bpkit.get_command(root, name)
            if command is None:
                raise LookupError(name)
            blocks += _command(command, click.Context(command, info_name=name, parent=root), 3)
    return "\n\n".join(blocks) + "\n"


def schemas() -> str:
    """Return the page with each schema whole."""
    blocks = [
        "# JSON schemas",
        prose.said("What programs may rely on. A change that breaks them gets another number."),
    ]
    for name, text in schema_files().items():
        file = name.rpartition("/")[2]
        title = json.loads(text)["title"]
        blocks += [
            f"## {title} {{#{anchor(file)}}}",
            prose.said(_WRITTEN_BY[file]),
            f"[{file}]({file})",
            f"```json\n{text.decode().rstrip()}\n```",
        ]
    return "\n\n".join(blocks) + "\n"


def schema_files() -> dict[str, bytes]:
    """Return each schema's file, by its path in the site."""
    folder = resources.files("bpkit.report") / "schema"
    files = sorted(folder.iterdir(), key=lambda file: list(_WRITTEN_BY).index(file.name))
    return {f"reference/{file.name}": file.read_bytes() for file in files}


def anchor(file: str) -> str:
    """Return the anchor of a schema."""
    return file.removesuffix(".json").replace(".", "-")


def _command(command: click.Command, context: click.Context, level: int) -> list[str]:
    """Return a command, and those below it."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    blocks = [f"{'#' * level} `{context.command_path}`", prose.kept(usage), *_help(command.help or "")]
    options = [record for one in command.get_params(context) if (record := one.get_help_record(context))]
    options = [(name, words) for name, words in options if words and "--help" not in name]
    if options:
        blocks.append(_table(options))
    if isinstance(command, click.Group) and command is not bpkit:
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is None:
                raise LookupError(name)
            blocks += _command(below, click.Context(below, info_name=name, parent=context), level + 1)
    return blocks


def _help(text: str) -> list[str]:
    r"""Return a command's help: paragraphs, and what click was told by \b to leave as it is."""
    paragraphs = text.strip().split("\n\n")
    return [
        prose.kept(paragraph[2:]) if paragraph.startswith("\b\n") else prose.said(" ".join(paragraph.split()))
        for paragraph in paragraphs
        if paragraph
    ]


def _table(options: list[tuple[str, str]]) -> str:
    rows = (
        f"<tr><td><code>{_breakable(name)}</code></td><td>{prose.inline(words)}</td></tr>"
        for name, words in options
    )
    return "\n".join(["<table><tbody>", *rows, "</tbody></table>"])


def _breakable(name: str) -> str:
    return html.escape(name, quote=False).replace("|", "|<wbr>")
