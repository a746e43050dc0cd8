"""`bpkit verify`."""

from __future__ import annotations

import os

import click

from bpkit.cli.text import count


@click.command()
@click.argument("words", metavar="[ID | CHAPTER]...", nargs=-1)
@click.option(
    "--jobs", type=click.IntRange(min=1), help="In so many processes. As many as processors unless told."
)
@click.pass_context
def verify(context: click.Context, words: tuple[str, ...], jobs: int | None) -> None:
    """Prove the course: stubs fail, solutions pass, every known mistake is caught and named.

    For authors, in a clone, with PyTorch. Exit code 1 where anything is wrong, with a line for each. Mistakes that
    return the same arrays cannot be told apart; they are listed, and cost nothing.
    """
    from bpkit.authoring import tree  # noqa: PLC0415 - imports numpy
    from bpkit.authoring import verify as proof  # noqa: PLC0415
    from bpkit.course import catalog  # noqa: PLC0415

    clone = tree.here()
    ids = words or catalog.ids_of(clone.course)
    chosen = {exercise.id: exercise for word in ids for exercise in catalog.select(word)}
    tally, wrong = proof.Tally(), 0
    for problem in proof.verify(
        clone, list(chosen.values()), tally, whole=not words, jobs=jobs or os.cpu_count() or 1
    ):
        wrong += 1
        click.echo(problem)
    for pair in tally.alike:
        click.echo(pair)
    click.echo(
        f"{count(tally.exercises, 'exercise')}, {count(tally.mistakes, 'known mistake')}, {tally.named} of them "
        f"rejected and named; {count(wrong, 'problem') if wrong else 'no problems'}."
    )
    context.exit(1 if wrong else 0)
