"""`bpkit record`."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.cli.text import count
from bpkit.errors import BadFile

if TYPE_CHECKING:
    from bpkit.course.spec import Exercise
    from bpkit.reference.pack import Pack


@click.command()
@click.argument("words", metavar="[ID | CHAPTER]...", nargs=-1)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="The inputs' seed.")
@click.option(
    "--device",
    type=click.Choice(["cpu", "cuda", "auto"]),
    default="cpu",
    show_default=True,
    help="Where PyTorch computes; auto takes a GPU where there is one.",
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
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Compare with another pack of the same seed, such as one from the CPU, array by array.",
)
@click.pass_context
def record(
    context: click.Context,
    words: tuple[str, ...],
    seed: int,
    device: str,
    out: Path,
    solutions: Path | None,
    against: Path | None,
) -> None:
    """Ask PyTorch for the references and write a pack, for `bpkit check --pack`.

    Exit code 1 where --against finds arrays that differ by more than 1e-9 of their largest value.
    """
    from bpkit.authoring import record as recording  # noqa: PLC0415 - imports torch
    from bpkit.course import catalog  # noqa: PLC0415
    from bpkit.judging import process  # noqa: PLC0415
    from bpkit.reference import agreement  # noqa: PLC0415
    from bpkit.reference import pack as packs  # noqa: PLC0415

    other = packs.open_file(against) if against else None
    if other:
        agreement.require_seed(other, seed)
    if not out.parent.is_dir():  # told before the work, not after it
        raise BadFile(f"{out} cannot be written: there is no folder {out.parent}.")
    chosen = words or catalog.ids()
    exercises = {exercise.id: exercise for word in chosen for exercise in catalog.select(word)}
    without = [] if solutions else [own for own in catalog.by_course(exercises.values()) if not own.clone]
    with recording.indeterminate() as loose, process.start() as launcher:
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
        f"{out}: {count(len(exercises), 'exercise')}, seed {seed}, torch {pack.origin.torch} on {pack.origin.device}."
    )
    say_loose(loose)
    for own in without:
        of = "" if own.name == "course" else f" of {own.name}"
        click.echo(
            f"Without the solutions{of} no mistake is recorded, so none will be named. Use a clone, or --solutions."
        )
    if other and not _compare(pack, other, exercises.values()):
        context.exit(1)


def _compare(pack: Pack, other: Pack, exercises: Iterable[Exercise]) -> bool:
    """Say how far two packs are apart; return whether they agree."""
    from bpkit.reference import agreement  # noqa: PLC0415 - only where two packs are compared

    found = [
        (exercise.id, one) for exercise in exercises for one in agreement.of_packs(pack, other, exercise)
    ]
    if not found:
        return True
    apart = [(place, one) for place, one in found if one.share > agreement.AGREE]
    for place, one in apart:
        click.echo(f'{place}, case "{one.case}": {one.array} {_off(one.share)}.')
    place, worst = max(found, key=lambda pair: pair[1].share)
    click.echo(
        f"{count(len(found), 'array')} compared with torch {other.origin.torch} on {other.origin.device}: "
        f"{'all agree' if not apart else f'{len(apart)} do not agree'}. "
        + (
            f'The worst is {worst.array} of {place}, case "{worst.case}", which {_off(worst.share)}.'
            if worst.share
            else "They are equal to the last bit."
        )
    )
    return not apart


def say_loose(operations: Collection[str]) -> None:
    """Say on standard error which operations are not repeatable to the last bit on this device."""
    if operations:
        click.echo(
            f"PyTorch has no deterministic form of {', '.join(sorted(operations))} on this device: "
            "recording again may differ in the last digits.",
            err=True,
        )


def _off(share: float) -> str:
    return (
        "is of another shape or kind" if math.isinf(share) else f"is off by {share:.1e} of its largest value"
    )
