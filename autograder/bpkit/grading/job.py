"""Grades one submission: the function that local jobs and a cluster's workers run.

A process that has graded one keeps what starts workers, the proof of their isolation and the recordings for the
next. That is the only state, and nothing of a submission stays in it.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import InfrastructureError
from bpkit.judging import isolation, judge, process
from bpkit.judging.process import Launcher
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Verdict
from bpkit.reference.pack import Pack, Recording, open_file
from bpkit.report import data
from bpkit.report.results import Outcome, Result
from bpkit.worker import libc

_ATTEMPTS = 2  # a launcher that breaks is started again, once


class Task(NamedTuple):
    """What every submission of a run is graded for.

    pack_digest: of the pack's bytes. exercises: ids, in order. least: the isolation level below which nothing is graded.
    """

    pack_digest: str
    exercises: tuple[str, ...]
    least: int


def task(pack: Path, exercises: Mapping[str, Exercise], least: int) -> Task:
    """Return the task of grading these exercises here; an error where pack or isolation will not do for it."""
    _load(open_file(pack), exercises)
    with process.start() as launcher:
        isolation.require(isolation.prove(launcher), least)
    return Task(hashlib.sha256(pack.read_bytes()).hexdigest(), tuple(exercises), least)


def exercises_of(results: Iterable[Result]) -> dict[str, Exercise]:
    """Return the exercises that results are about, in the course's order."""
    ids = {judged["id"] for result in results if result.verdict for judged in result.verdict["exercises"]}
    return {exercise_id: catalog.find(exercise_id) for exercise_id in catalog.ids() if exercise_id in ids}


class _Grader(NamedTuple):
    launcher: Launcher
    level: int
    exercises: Mapping[str, Exercise]
    recordings: Mapping[str, tuple[Recording, ...]]


_kept: dict[Task, _Grader] = {}
# A Dask worker may run several threads, and a launcher speaks with one at a time. A launcher for each thread gains
# little, since they share Python's lock: more processes are the way, not more threads.
_one_at_a_time = threading.Lock()


def start(parent: int) -> None:
    """Prepare a local job's process: it ends with whoever started it, who alone hears Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # `local` blocked it until here
    if sys.platform == "linux":
        libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was gone before that
            os._exit(0)


def grade(task: Task, pack: str | bytes, files: Mapping[str, str | None]) -> tuple[Outcome, str, str]:
    """Return the outcome, why it is not a verdict, and the verdict as JSON text (schema bpkit/verdict/v1).

    pack: its path, or its bytes where this runs on another machine.
    """
    why = ""
    with _one_at_a_time:
        for _ in range(_ATTEMPTS):
            try:
                grader = _grader(task, pack)
                verdict = _judged(grader, files)
                return Outcome.GRADED, "", json.dumps(data.to_data(verdict, dict(grader.exercises)))
            except InfrastructureError as error:
                why = str(error)
                _forget(task)
    return Outcome.NOT_JUDGED, why, ""


def close() -> None:
    """End what is kept for the next submission."""
    for task in tuple(_kept):
        _forget(task)


def _judged(grader: _Grader, files: Mapping[str, str | None]) -> Verdict:
    submission = Submission(files)
    found = tuple(
        judge.judge(grader.launcher, submission, exercise, grader.recordings[exercise.id])
        for exercise in grader.exercises.values()
    )
    return Verdict(found, grader.level)


def _grader(task: Task, pack: str | bytes) -> _Grader:
    if task not in _kept:
        for other in tuple(_kept):
            _forget(other)
        launcher = process.start()
        try:
            proof = isolation.prove(launcher)
            isolation.require(proof, task.least)
            exercises = {exercise_id: catalog.find(exercise_id) for exercise_id in task.exercises}
            recordings = _recordings(pack, exercises)
        except BaseException:
            launcher.close()
            raise
        _kept[task] = _Grader(launcher, proof.level, exercises, recordings)
    return _kept[task]


def _forget(task: Task) -> None:
    grader = _kept.pop(task, None)
    if grader is not None:
        grader.launcher.close()


def _recordings(pack: str | bytes, exercises: Mapping[str, Exercise]) -> dict[str, tuple[Recording, ...]]:
    if isinstance(pack, str):
        return _load(open_file(Path(pack)), exercises)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "course.pack"
        path.write_bytes(pack)
        return _load(open_file(path), exercises)


def _load(pack: Pack, exercises: Mapping[str, Exercise]) -> dict[str, tuple[Recording, ...]]:
    return {exercise_id: pack.load(exercise) for exercise_id, exercise in exercises.items()}
