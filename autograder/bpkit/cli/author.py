"""`bpkit author`."""

from __future__ import annotations

import click


@click.group()
def author() -> None:
    """Write exercises: for authors, in a clone."""


@author.command()
def sync() -> None:
    """Cut stubs, record what changed, and renew the README's table."""
    from bpkit.authoring import sync as syncing  # noqa: PLC0415 - imports numpy
    from bpkit.authoring import tree  # noqa: PLC0415

    changed = 0
    for line in syncing.sync(tree.of_clone()):
        changed += 1
        click.echo(line)
    if not changed:
        click.echo("Everything is up to date.")


@author.command()
@click.argument("exercise_id", metavar="CHAPTER/NAME")
def new(exercise_id: str) -> None:
    """Make the two files of a new exercise."""
    from bpkit.authoring import scaffold, tree  # noqa: PLC0415

    for path in scaffold.new(tree.of_clone(), exercise_id):
        click.echo(f"{path} written.")
    click.echo("Fill them in, then: bpkit author sync, bpkit verify " + exercise_id)
