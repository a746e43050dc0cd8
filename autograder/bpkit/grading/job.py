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
from bpkit.reference.pack import Pack, Recording, open_file
from bpkit.report import data
from bpkit.report.results import Outcome, Result
from bpkit.worker import libc

_ATTEMPTS = 2  # a launcher that breaks is started again, once


class Task(NamedTuple):
    """What every submission of a run is graded for.

    pack_digest: of the pack's bytes. exercises: ids, in order. least: the isolation level below which nothing is graded.
    stand_ins: ids and solutions of what these exercises may use, for where a student's own does not pass.
    """

    pack_digest: str
    exercises: tuple[str, ...]
    least: int
    stand_ins: tuple[tuple[str, str], ...] = ()


def task(pack: Path, exercises: Mapping[str, Exercise], least: int, *solutions: Path) -> Task:
    """Return the task of grading these exercises here; an error where pack or isolation will not do for it.

    solutions: folders that have those of what these exercises use.
    """
    needed = _with_needs(exercises)
    _load(open_file(pack), needed)
    with process.start() as launcher:
        isolation.require(isolation.prove(launcher), least)
    paths = {other: folder / f"{other}.py" for folder in solutions for other in _used(exercises)}
    texts = tuple(
        (other, path.read_text(encoding="utf-8")) for other, path in paths.items() if path.is_file()
    )
    return Task(hashlib.sha256(pack.read_bytes()).hexdigest(), tuple(exercises), least, texts)


def _used(exercises: Mapping[str, Exercise]) -> list[str]:
    return list(dict.fromkeys(other for exercise in exercises.values() for other in exercise.needs))


def _with_needs(exercises: Mapping[str, Exercise]) -> dict[str, Exercise]:
    return {**exercises, **{other: catalog.find(other) for other in _used(exercises)}}


def exercises_of(results: Iterable[Result]) -> dict[str, Exercise]:
    """Return the exercises that results are about, in the course's order."""
    ids = {judged["id"] for result in results if result.verdict for judged in result.verdict["exercises"]}
    return {exercise_id: catalog.find(exercise_id) for exercise_id in catalog.ids() if exercise_id in ids}


class _Grader(NamedTuple):
    launcher: Launcher
    level: int
    exercises: Mapping[str, Exercise]
    recordings: Mapping[str, tuple[Recording, ...]]

    def load(self, exercise: Exercise) -> tuple[Recording, ...]:
        """Return an exercise's recordings."""
        return self.recordings[exercise.id]


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


def grade(
    task: Task, pack: str | bytes, files: Mapping[str, str | None], *, arrays: bool = False
) -> tuple[Outcome, str, str]:
    """Return the outcome, why it is not a verdict, and the verdict as JSON text (schema bpkit/verdict/v1).

    pack: its path, or its bytes where this runs on another machine. arrays: with what wrong arrays hold.
    """
    why = ""
    with _one_at_a_time:
        for _ in range(_ATTEMPTS):
            try:
                grader = _grader(task, pack)
                verdict = judge.judge_all(
                    grader.launcher,
                    Submission(files),
                    grader.exercises.values(),
                    grader,
                    grader.level,
                    dict(task.stand_ins),
                )
                return (
                    Outcome.GRADED,
                    "",
                    json.dumps(data.to_data(verdict, dict(grader.exercises), arrays=arrays)),
                )
            except InfrastructureError as error:
                why = str(error)
                _forget(task)
    return Outcome.NOT_JUDGED, why, ""


def close() -> None:
    """End what is kept for the next submission."""
    for task in tuple(_kept):
        _forget(task)


def _grader(task: Task, pack: str | bytes) -> _Grader:
    if task not in _kept:
        for other in tuple(_kept):
            _forget(other)
        launcher = process.start()
        try:
            proof = isolation.prove(launcher)
            isolation.require(proof, task.least)
            exercises = {exercise_id: catalog.find(exercise_id) for exercise_id in task.exercises}
            recordings = _recordings(pack, _with_needs(exercises))
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
