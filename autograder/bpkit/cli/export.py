"""`bpkit export`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.cli.nbgrader import need_nbgrader
from bpkit.cli.text import count
from bpkit.errors import BadFile

if TYPE_CHECKING:
    from bpkit.course.spec import Exercise
    from bpkit.notebooks.gradebook import Written
    from bpkit.report.exports.options import Options
    from bpkit.report.results import Result


_GRADEBOOK = "nbgrader"  # no files: it goes into a database, which is somewhere else


class _Formats(click.Choice[str]):
    """The formats' names, which are looked up only where somebody exports."""

    def __init__(self) -> None:
        from bpkit.report.exports.formats import FORMATS  # noqa: PLC0415 - imports what an export needs

        super().__init__([*FORMATS, _GRADEBOOK])


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--format", "names", type=_Formats(), multiple=True, required=True, help="May be repeated.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to; RESULTS unless told."
)
@click.option(
    "--assignment",
    help='Its name in Canvas and Moodle, "Backpropagation" unless told; in nbgrader, the only one to write to.',
)
@click.option(
    "--gradebook",
    metavar="ADDRESS",
    help="nbgrader's: a path, sqlite:///gradebook.db, or postgresql://USER@HOST/DATABASE.",
)
def export(
    results: Path, names: tuple[str, ...], out: Path | None, assignment: str | None, gradebook: str | None
) -> None:
    """Write the results of `bpkit grade` in other formats. RESULTS is its folder; nothing is graded again."""
    from bpkit.grading import ledger  # noqa: PLC0415
    from bpkit.grading.job import exercises_of  # noqa: PLC0415
    from bpkit.report.exports.options import Options  # noqa: PLC0415

    if (_GRADEBOOK in names) != (gradebook is not None):
        raise click.UsageError("--format nbgrader and --gradebook ADDRESS go together.")
    options = Options(identity=os.environ)
    if assignment is not None:
        options = options._replace(assignment=assignment)
    with ledger.read(results) as found:
        exercises = exercises_of(found)
        if gradebook is not None:
            need_nbgrader()
            from bpkit.notebooks import gradebook as gradebooks  # noqa: PLC0415 - imports nbgrader

            _tell(gradebooks.write(gradebook, found, exercises, assignment or ""))
        files = [name for name in names if name != _GRADEBOOK]
        written = write(found, exercises, out or results, files, options)
    if files:
        click.echo(
            f"{count(len(written), 'file')} written to {out or results}: {', '.join(_shown(written))}."
        )


def write(
    results: Sequence[Result],
    exercises: Mapping[str, Exercise],
    folder: Path,
    names: Sequence[str],
    options: Options | None = None,
) -> list[str]:
    """Write these formats below a folder; return the files' paths in it."""
    from bpkit.report.exports.formats import FORMATS  # noqa: PLC0415

    written = []
    for name in names:
        for file in FORMATS[name].write(results, exercises, options):
            path = folder / file.path
            # Whole or not at all: whoever reads meanwhile sees the old one or the new one.
            beside = path.with_name(f".{path.name}.new")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                beside.write_bytes(file.content)
                os.replace(beside, path)  # noqa: PTH105
            except OSError as error:
                raise BadFile(f"{path} cannot be written: {error.strerror}.") from error
            written.append(file.path)
    return written


def _tell(written: Written) -> None:
    from bpkit.report.exports.summary import OUTCOMES  # noqa: PLC0415

    extras = []
    if written.added:
        extras.append(f"{written.added} of them new in it")
    if written.open:
        extras.append(f"{count(written.open, 'function')} of theirs not judged, which a person has to grade")
    click.echo(
        f"Scores of {count(written.students, 'student')} written to {written.gradebook}"
        f"{': ' + ', '.join(extras) if extras else ''}."
    )
    left_out = [f"{OUTCOMES[outcome]} {number}" for outcome, number in sorted(written.left_out.items())]
    if written.unstarted:
        left_out.append(f"nothing started {written.unstarted}")
    if left_out:
        click.echo(f"For others nothing was written: {', '.join(left_out)}.")
    if written.missing:
        click.echo(f"Not in the gradebook, and left out: {', '.join(_shown(written.missing))}.")


def _shown(paths: Sequence[str]) -> list[str]:
    return [*paths[:4], *(["…"] if len(paths) > 4 else [])]
