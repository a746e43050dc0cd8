"""`bpkit grade`."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bpkit.grading.batch import Pool, Step

_LEAST = 2  # below it, what a submission reads is a matter of trust
_WRITTEN = ("csv", "json", "page", "html", "markdown", "junit")


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the results."
)
@click.option(
    "--pack", "pack_file", type=click.Path(path_type=Path, dir_okay=False), help="References to grade with."
)
@click.option(
    "--only", multiple=True, metavar="ID", help="Grade this exercise or chapter only; may be repeated."
)
@click.option(
    "--roster",
    "roster_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="CSV file of the class: names, and who handed in nothing.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that grade. As many as processors unless told."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Grade on a Dask cluster: tcp://HOST:PORT of its scheduler."
)
@click.option(
    "--isolation",
    "least",
    type=click.IntRange(0, 3),
    default=_LEAST,
    show_default=True,
    help="Refuse to grade below this level.",
)
@click.option(
    "--solutions",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder with the solutions, which stand in for earlier exercises that a student's later ones use and that "
    "do not pass. A clone's own unless told.",
)
@click.option("--regrade", is_flag=True, help="Grade also what has not changed.")
@click.pass_context
def grade(
    context: click.Context,
    submissions: Path,
    out: Path,
    pack_file: Path | None,
    only: tuple[str, ...],
    roster_file: Path | None,
    jobs: int | None,
    scheduler: str | None,
    least: int,
    solutions: Path | None,
    *,
    regrade: bool,
) -> None:
    """Grade a class: SUBMISSIONS is a folder of folders or archives, one a student, or one archive of them.

    What was graded before and has not changed is not graded again: after a stop, the same command goes on where it was.
    Exit code: 0 all was graded or refused, 2 wrong use, 3 something could not be judged, 4 too little isolation.
    """
    if sys.platform != "linux":
        raise click.UsageError("bpkit grade needs Linux, which alone can confine what it runs.")
    if jobs and scheduler:
        raise click.UsageError("--jobs grades here and --scheduler on a cluster: choose one.")
    from rich.console import Console  # noqa: PLC0415 - `bpkit --help` needs none of these

    from bpkit.cli import progress  # noqa: PLC0415
    from bpkit.cli.export import write  # noqa: PLC0415
    from bpkit.course import catalog  # noqa: PLC0415
    from bpkit.grading import batch, intake, job, roster  # noqa: PLC0415
    from bpkit.grading.ledger import Ledger  # noqa: PLC0415
    from bpkit.reference import packs  # noqa: PLC0415
    from bpkit.report.results import Outcome  # noqa: PLC0415

    try:
        exercises = {found.id: found for word in only or catalog.ids() for found in catalog.select(word)}
        chosen = exercises.values()
        pack = packs.completed(pack_file, chosen) if pack_file else packs.one_file(chosen)
        folders = [solutions] if solutions else catalog.solutions()
        task = job.task(pack, exercises, least, *folders)  # before anything is written: is all there?
        students = roster.read(roster_file) if roster_file else None
        handed = intake.find(submissions, students)
        pool = _pool(scheduler, jobs, pack)
        with Ledger(out) as ledger:
            seen: set[str] = set()
            with contextlib.closing(batch.run(handed, ledger, task, pool, regrade=regrade)) as steps:
                tally = progress.show(_noting(seen, steps), len(handed), Console(stderr=True))
            if students is not None:
                for step in batch.note_absent(roster.absent(students, seen), ledger):
                    tally.add(step)
            write(ledger.results(), exercises, out, _WRITTEN)
    except KeyboardInterrupt:
        click.echo("Stopped. What was graded is kept: the same command goes on where it was.", err=True)
        context.exit(130)
    click.echo(f"{tally}. {out / 'index.html'} shows the class; grades.csv and feedback/ lie beside it.")
    context.exit(3 if tally.outcomes[Outcome.NOT_JUDGED] else 0)


def _pool(scheduler: str | None, jobs: int | None, pack: Path) -> Pool:
    if scheduler:
        from bpkit.grading import cluster  # noqa: PLC0415 - Dask takes a second to import, if it is there

        return cluster.pool(scheduler, pack)
    from bpkit.grading import local  # noqa: PLC0415

    return local.pool(jobs or os.cpu_count() or 1, pack)


def _noting(seen: set[str], steps: Iterable[Step]) -> Iterator[Step]:
    """Pass steps on, and note whose they are."""
    for step in steps:
        seen.add(step.student)
        yield step
