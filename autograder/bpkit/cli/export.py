"""`bpkit export`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.cli.text import count
from bpkit.errors import BadFile

if TYPE_CHECKING:
    from bpkit.course.spec import Exercise
    from bpkit.report.exports.options import Options
    from bpkit.report.results import Result


class _Formats(click.Choice[str]):
    """The formats' names, which are looked up only where somebody exports."""

    def __init__(self) -> None:
        from bpkit.report.exports.formats import FORMATS  # noqa: PLC0415 - imports what an export needs

        super().__init__(list(FORMATS))


@click.command()
@click.argument("results", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--format", "names", type=_Formats(), multiple=True, required=True, help="May be repeated.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to; RESULTS unless told."
)
@click.option(
    "--assignment", default="Backpropagation", show_default=True, help="Its name in Canvas and Moodle."
)
def export(results: Path, names: tuple[str, ...], out: Path | None, assignment: str) -> None:
    """Write the results of `bpkit grade` in other formats. RESULTS is its folder; nothing is graded again."""
    from bpkit.grading import ledger  # noqa: PLC0415
    from bpkit.grading.job import exercises_of  # noqa: PLC0415
    from bpkit.report.exports.options import Options  # noqa: PLC0415

    with ledger.read(results) as found:
        written = write(
            found,
            exercises_of(found),
            out or results,
            names,
            Options(assignment=assignment, identity=os.environ),
        )
    click.echo(f"{count(len(written), 'file')} written to {out or results}: {', '.join(_shown(written))}.")


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


def _shown(paths: Sequence[str]) -> list[str]:
    return [*paths[:4], *(["…"] if len(paths) > 4 else [])]
