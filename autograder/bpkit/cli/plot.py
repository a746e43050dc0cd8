"""`bpkit plot`."""

from __future__ import annotations

from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.errors import BadFile, MissingExtra

if TYPE_CHECKING:
    from bpkit.plotting.series import Series
    from bpkit.student.workspace import Workspace

_FORMATS = ("png", "svg", "pdf")


@click.command()
@click.argument("kind", type=click.Choice(["loss", "gradients", "schedules", "landscape"]))
@click.argument("words", metavar="[ID | CHAPTER | FILE]...", nargs=-1)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to: a .png, .svg or .pdf; by default KIND.png in this folder.",
)
@click.option("--open", "show", is_flag=True, help="Show it.")
@click.option(
    "--tensorboard",
    "board",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the same numbers for TensorBoard too, into this folder.",
)
@click.option(
    "--root", type=click.Path(path_type=Path), help="The workspace; by default the one above this folder."
)
@click.pass_context
def plot(
    context: click.Context,
    kind: str,
    words: tuple[str, ...],
    out: Path | None,
    *,
    show: bool,
    board: Path | None,
    root: Path | None,
) -> None:
    """Draw what your own functions do.

    \b
    loss        a network learning: three learning rates, and each optimizer
    gradients   their norms by layer and over training: vanishing, exploding, or neither
    schedules   learning rates, step by step
    landscape   optimizers on their way across losses, and the loss around a training

    What is not written yet is left out, and named; IDs keep it to these exercises. Exit code: 0, or 1 where there
    is nothing to draw.
    """  # noqa: D301 - \b is click's, for lines that stay as they are
    out = out or Path(f"{kind}.png")
    form = out.suffix.lower().removeprefix(".")
    if form not in _FORMATS:
        raise click.UsageError(
            f"{out} should end in .png, .svg or .pdf, which says what kind of file it is to be."
        )
    _need("matplotlib", "plot", "draws with matplotlib")
    if board:
        _need("tensorboard", "tensorboard", "--tensorboard writes with TensorBoard's own writer")
    from bpkit.judging import process  # noqa: PLC0415 - `bpkit plot --help` needs no numpy
    from bpkit.plotting.data import KINDS  # noqa: PLC0415
    from bpkit.plotting.functions import Functions  # noqa: PLC0415
    from bpkit.student import workspace  # noqa: PLC0415

    here = Path.cwd()
    place = workspace.at(root) if root else workspace.find(here)
    chosen = _chosen(kind, words, place, here)
    with process.start() as launcher, Functions(launcher, workspace.read(place)) as functions:
        series = KINDS[kind](functions, chosen)
    for gap in series.gaps:
        click.echo(gap, err=True)
    if not series:
        click.echo("There is nothing to draw yet: write one of these first.", err=True)
        context.exit(1)
    _write(series, out, form, board and board / kind)
    click.echo(f"{out} is written.")
    if board:
        click.echo(f"{board / kind} is written: tensorboard --logdir {board}")
    if show and click.launch(out.resolve().as_uri()):
        click.echo(f"Nothing could be started to show it. Open {out} yourself.", err=True)


def _need(package: str, extra: str, what: str) -> None:
    if util.find_spec(package) is None:
        raise MissingExtra(
            f"`bpkit plot` {what}, which is not installed here: pip install 'backprop-kit[{extra}]'"
        )


def _chosen(kind: str, words: tuple[str, ...], place: Workspace, here: Path) -> frozenset[str]:
    """Return the ids to keep to; none where none was named."""
    from bpkit.plotting.recipes import drawn  # noqa: PLC0415
    from bpkit.student import workspace  # noqa: PLC0415

    possible = drawn(kind)
    chosen: set[str] = set()
    for word in words:
        meant = {exercise.id for exercise in workspace.select((word,), place, here)} & possible
        if not meant:
            raise click.UsageError(
                f"{word} is not in this picture. `bpkit plot {kind}` draws {', '.join(sorted(possible))}."
            )
        chosen |= meant
    return frozenset(chosen)


def _write(series: Series, out: Path, form: str, board: Path | None) -> None:
    from bpkit.plotting import figures  # noqa: PLC0415 - matplotlib takes a second

    try:
        out.write_bytes(figures.draw(series, form))
    except OSError as error:
        raise BadFile(f"{out} cannot be written: {error.strerror}.") from error
    if board:
        from bpkit.plotting import board as tensorboard  # noqa: PLC0415

        try:
            tensorboard.write(series, board)
        except OSError as error:
            raise BadFile(f"{board} cannot be written: {error.strerror}.") from error
