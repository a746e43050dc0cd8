"""`bpkit check`."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bpkit.cli import early, places
from bpkit.cli.text import say
from bpkit.errors import BadFile

if TYPE_CHECKING:
    from bpkit.course.spec import Exercise
    from bpkit.judging.judge import Loaded
    from bpkit.judging.process import Launcher
    from bpkit.judging.runner import Submission
    from bpkit.judging.verdict import Status, Verdict
    from bpkit.reference.pack import Pack
    from bpkit.student.workspace import Workspace


@click.command()
@click.argument("words", metavar="[ID | CHAPTER | FILE]...", nargs=-1, shell_complete=places.complete)
@places.root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "vscode"]),
    help="How to print it; github: with annotations, and a job summary; vscode: with a line for each problem.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json: one JSON object.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a page too, with pictures of the arrays that are wrong.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the JSON object to a file too, whatever is printed.",
)
@click.option("--open", "show", is_flag=True, help="Show that page in the browser.")
@click.option(
    "--arrays/--no-arrays",
    default=None,
    help="What wrong arrays hold: in JSON, where asked for; as text, a small picture, where not declined.",
)
@click.option(
    "--pack", "pack_file", type=click.Path(path_type=Path), help="References other than the workspace's own."
)
@click.option("--fresh", is_flag=True, help="Ask PyTorch now, on new inputs, instead of a pack.")
@click.option(
    "--seed", type=click.IntRange(0), help="With --fresh: the inputs' seed; by default a random one."
)
@click.option(
    "--device",
    type=click.Choice(["cpu", "cuda", "auto"]),
    help="With --fresh: where PyTorch computes; auto takes a GPU where there is one.",
)
@click.option(
    "--isolation", "least", type=click.IntRange(0, 3), default=0, help="The least isolation level to accept."
)
@click.pass_context
def check(
    context: click.Context,
    words: tuple[str, ...],
    root: Path | None,
    form: str | None,
    *,
    page: Path | None,
    report_file: Path | None,
    show: bool,
    as_json: bool,
    arrays: bool | None,
    pack_file: Path | None,
    fresh: bool,
    seed: int | None,
    device: str | None,
    least: int,
) -> None:
    """Check exercises and say which mistake it is.

    Exit code: 0 all pass, 1 not all pass, 2 wrong use, 3 a fault of the checker's, 4 too little isolation.
    """
    if fresh and pack_file:
        raise click.UsageError("--fresh records anew and --pack reads a file: choose one.")
    if not fresh and (seed is not None or device):
        raise click.UsageError("--seed and --device belong to --fresh.")
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} exclude each other.")
    as_json = as_json or form == "json"
    if arrays and form == "github":
        raise click.UsageError("--arrays belongs to --json and to text: GitHub has no room for them.")
    from bpkit.judging import isolation, judge  # noqa: PLC0415 - `bpkit check --help` needs no numpy
    from bpkit.reference import pack, packs  # noqa: PLC0415
    from bpkit.student import workspace  # noqa: PLC0415

    with early.take() as launcher:
        here = Path.cwd()
        place = places.workspace(root, words)
        exercises = workspace.select(words, place, here)
        submission = workspace.read(place)
        own = packs.Packs(place.pack_of)
        references: Loaded = own
        if fresh:
            recorded = _recorded(exercises, launcher, seed, device or "cpu")
            references = packs.Backed(recorded, exercises, own)
        elif pack_file:
            references = packs.Backed(pack.open_file(pack_file), exercises, own)
        proof = isolation.prove(launcher)
        isolation.require(proof, least)
        verdict = judge.judge_all(launcher, submission, exercises, references, proof.level)
    known = {exercise.id: exercise for exercise in exercises}
    _print(verdict, known, "json" if as_json else form, arrays=arrays)
    for_a_person = form in (None, "text", "vscode") and not as_json
    counts = for_a_person and not (fresh or pack_file)
    if counts and len(exercises) == 1:
        _offer(place, exercises[0], verdict.exercises[0].status, words, root)
    if report_file:
        _write(report_file, f"{_json(verdict, known, arrays=arrays)}\n")
    if page or show:
        _paint(verdict, known, page, show=show)
    if form == "github":
        _annotate(verdict, known, submission, place)
    elif form == "vscode":
        from bpkit.report import vscode  # noqa: PLC0415

        say(vscode.lines(verdict, known, submission.files))
    if counts:
        _keep(place, verdict, submission)
    context.exit(verdict.exit_code)


def _recorded(exercises: tuple[Exercise, ...], launcher: Launcher, seed: int | None, device: str) -> Pack:
    """Ask PyTorch now, and say what it cannot repeat."""
    from bpkit.authoring import record  # noqa: PLC0415 - imports torch
    from bpkit.cli.record import say_loose  # noqa: PLC0415

    with record.indeterminate() as loose:
        recorded = record.fresh(exercises, launcher, seed=seed, device=device)
    say_loose(loose)
    return recorded


def _print(
    verdict: Verdict, exercises: dict[str, Exercise], form: str | None, *, arrays: bool | None
) -> None:
    if form == "json":
        click.echo(_json(verdict, exercises, arrays=arrays))
        return
    from bpkit.report import terminal  # noqa: PLC0415

    pictures = 0 if arrays is False or form == "github" else shutil.get_terminal_size().columns
    say(terminal.render(verdict, exercises, pictures), fit=True)


def _json(verdict: Verdict, exercises: dict[str, Exercise], *, arrays: bool | None) -> str:
    from bpkit.report import data  # noqa: PLC0415

    return data.to_json(verdict, exercises, arrays=bool(arrays))


def _offer(
    place: Workspace, exercise: Exercise, status: Status, words: tuple[str, ...], root: Path | None
) -> None:
    """Say how to get a hint, where one is left that may help."""
    from bpkit.student import hints  # noqa: PLC0415

    if hints.wanted(place, exercise, status):
        word = words[0] if len(words) == 1 and words[0].endswith(".py") else exercise.id
        where = ["--root", str(root)] if root else []
        say(click.style(f"Stuck? bpkit hint {shlex.join([word, *where])}", dim=True))


def _paint(verdict: Verdict, exercises: dict[str, Exercise], page: Path | None, *, show: bool) -> None:
    """Write the page, and open it where that is wanted."""
    import tempfile  # noqa: PLC0415 - few checks draw pictures

    from bpkit.report import check_page, data  # noqa: PLC0415

    if page is None:
        with tempfile.NamedTemporaryFile(prefix="bpkit-", suffix=".html", delete=False) as file:
            page = Path(file.name)  # left for the browser, which reads it after we have ended
    _write(page, check_page.write(data.to_data(verdict, exercises, arrays=True), exercises))
    if show and click.launch(page.resolve().as_uri()):
        click.echo(f"No browser could be started. Open {page} yourself.", err=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}.") from error


def _keep(place: Workspace, verdict: Verdict, submission: Submission) -> None:
    """Keep the progress. A workspace that cannot be written is no reason to fail."""
    from bpkit.student import progress  # noqa: PLC0415

    try:
        progress.record(place, verdict, submission)
    except BadFile as error:
        say(click.style(f"Your progress is not kept: {error}", dim=True))


def _annotate(
    verdict: Verdict, exercises: dict[str, Exercise], submission: Submission, place: Workspace
) -> None:
    """Print the commands that GitHub reads, and add to the job's summary where there is one."""
    from bpkit.report import github  # noqa: PLC0415

    root, repository = place.root.resolve(), Path(os.environ.get("GITHUB_WORKSPACE") or ".").resolve()
    folder = root.relative_to(repository).as_posix() if root.is_relative_to(repository) else root.as_posix()
    lines = github.commands(verdict, exercises, submission.files, "" if folder == "." else folder)
    if lines:
        click.echo(lines.encode())  # GitHub reads UTF-8, whatever this terminal is said to be
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(github.job_summary(verdict, exercises))
        except OSError as error:
            raise BadFile(f"{path} cannot be written: {error.strerror}.") from error
