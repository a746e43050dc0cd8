"""`bpkit record`."""

from __future__ import annotations

from pathlib import Path

import click

from bpkit.cli.text import count
from bpkit.errors import BadFile


@click.command()
@click.argument("words", metavar="[ID | CHAPTER]...", nargs=-1)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The inputs' seed.")
@click.option(
    "--device",
    type=click.Choice(["cpu", "cuda"]),
    default="cpu",
    show_default=True,
    help="Where PyTorch computes.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default="course.pack",
    show_default=True,
    help="The pack's file.",
)
@click.option(
    "--solutions",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with the solutions, whose known mistakes are recorded too; in a clone it is found.",
)
def record(words: tuple[str, ...], seed: int, device: str, out: Path, solutions: Path | None) -> None:
    """Ask PyTorch for the references and write a pack, for `bpkit check --pack`."""
    from bpkit.authoring import record as recording  # noqa: PLC0415 - imports torch
    from bpkit.course import catalog  # noqa: PLC0415
    from bpkit.judging import process  # noqa: PLC0415

    if not out.parent.is_dir():  # told before the work, not after it
        raise BadFile(f"{out} cannot be written: there is no folder {out.parent}.")
    chosen = words or catalog.ids()
    exercises = {exercise.id: exercise for word in chosen for exercise in catalog.select(word)}
    without = [] if solutions else [own for own in catalog.by_course(exercises.values()) if not own.clone]
    with process.start() as launcher:
        pack = (
            recording.record(exercises.values(), launcher, seed=seed, device=device, solutions=solutions)
            if solutions
            else recording.record_with_own(exercises.values(), launcher, seed=seed, device=device)
        )
    try:
        out.write_bytes(pack.to_bytes())
    except OSError as error:
        raise BadFile(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(
        f"{out}: {count(len(exercises), 'exercise')}, seed {seed}, torch {pack.origin.torch} on {device}."
    )
    for own in without:
        of = "" if own.name == "course" else f" of {own.name}"
        click.echo(
            f"Without the solutions{of} no mistake is recorded, so none will be named. Use a clone, or --solutions."
        )
