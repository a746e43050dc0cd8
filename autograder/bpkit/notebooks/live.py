"""`bpkit.check` in a student's notebook: judges the functions as they were last run, and shows the verdict.

The judging is `bpkit check` in a process of its own. The notebook's kernel only sends the text of its cells there, and
whatever was done to NumPy or to Python in it changes nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bpkit.course import catalog
from bpkit.errors import BpkitError, InfrastructureError, UnknownExercise
from bpkit.grading import cells
from bpkit.report import widget

_ANSWERED = {0, 1, 3}  # exit codes of `bpkit check` with a verdict


class NoVerdict(Exception):
    """There is no verdict, for a reason that the text tells."""

    def _render_traceback_(self) -> list[str]:
        # IPython shows this instead of a traceback through this file, which would help nobody.
        return [f"bpkit: {self}"]


def check(exercise_id: str, function: str = "") -> int:
    """Judge an exercise, or one function of it, as the notebook has it; show the verdict and return the points.

    `NoVerdict`, with a sentence that says why, where nothing could be judged.
    """
    try:
        exercise = catalog.find(exercise_id)
        functions = [part.function for part in exercise.parts]
        if function and function not in functions:
            raise UnknownExercise(f"{exercise_id} has no {function!r}, but {' and '.join(functions)}.")
        text = cells.as_run(_history(), functions)
        judged = _judge(exercise_id, text)
    except BpkitError as error:
        raise NoVerdict(str(error)) from None
    _show(widget.html(judged, exercise, function), widget.text(judged, exercise, function))
    points = [part["points"] for part in judged["parts"] if function in ("", part["name"])]
    if None in points:
        raise NoVerdict(
            "This could not be judged, which is not your fault. It costs you nothing: tell your instructor."
        )
    return sum(points)


def _shell() -> Any:
    if "IPython" in sys.modules:  # where it is not loaded, this is no notebook
        from IPython.core.getipython import get_ipython  # noqa: PLC0415

        return get_ipython()
    return None


def _history() -> Sequence[str]:
    """Return the text of the cells that were run, first one first."""
    shell = _shell()
    if shell is None:
        raise BpkitError("bpkit.check works in a notebook. For files there is the command `bpkit check`.")
    return [text for text in shell.history_manager.input_hist_raw if isinstance(text, str)]


def _judge(exercise_id: str, text: str) -> Mapping[str, Any]:
    try:
        ran = _checked(exercise_id, text)
    except OSError as error:
        raise InfrastructureError(f"The checker cannot be started: {error.strerror or error}.") from error
    try:
        judged: Mapping[str, Any] = json.loads(ran.stdout)["exercises"][0]
    except (ValueError, LookupError, TypeError):
        judged = {}
    if ran.returncode not in _ANSWERED or not judged:
        said = ran.stderr.strip().rpartition("\n")[2].removeprefix("Error: ")
        raise InfrastructureError(
            said or f"The checker ended with exit code {ran.returncode} and no verdict."
        )
    return judged


def _checked(exercise_id: str, text: str) -> subprocess.CompletedProcess[str]:
    """Run `bpkit check` on a workspace of one file, or none where there is no text."""
    with tempfile.TemporaryDirectory(prefix="bpkit-") as name:
        path = Path(name, f"{exercise_id}.py")
        path.parent.mkdir(parents=True)
        if text:
            path.write_bytes(text.encode(errors="replace"))
        # -P: a file of the student's called numpy.py, or bpkit.py, is not imported for the real one.
        bpkit = (sys.executable, "-P", "-m", "bpkit")
        return subprocess.run(  # noqa: S603 - our own command
            [*bpkit, "check", exercise_id, "--root", name, "--json", "--arrays"],
            cwd=name, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip


def _show(page: str, text: str) -> None:
    from IPython.display import display  # noqa: PLC0415

    # Not printed: what a cell writes to stderr costs all points in plain nbgrader.
    display({"text/html": page, "text/plain": text}, raw=True)
