"""How fast a class is graded, and in how much memory; beside it nbgrader's autograde and `otter run`.

Run with `make bench`; wants a quiet machine. `--quick` is a short form. nbgrader and otter are taken from the path,
or from where BPKIT_BENCH_NBGRADER and BPKIT_BENCH_OTTER say; without them the rest is measured all the same.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import rivals
from classes import ALL, FOUR, folders

BPKIT = [sys.executable, "-m", "bpkit", "grade"]


class Run(NamedTuple):
    """One `bpkit grade`, start and exports included: seconds, those of processors, and peaks of memory in MiB."""

    seconds: float
    cpu: float
    parent: float
    job: float


def grade(submissions: Path, jobs: int, exercises: Sequence[str]) -> Run:
    """Grade a class afresh."""
    out = submissions.parent / "results"
    shutil.rmtree(out, ignore_errors=True)
    only = [word for name in exercises for word in ("--only", name)] if exercises is not ALL else []
    before, started = rivals.busy(), time.perf_counter()
    process = subprocess.Popen(
        [*BPKIT, str(submissions), "--out", str(out), "--jobs", str(jobs), *only],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peaks: dict[int, float] = {}
    while process.poll() is None:  # these figures only grow: what is read last is all but exact
        graders = [pid for pid in _children(process.pid) if "spawn_main" in _words(pid)]
        for pid in (process.pid, *graders):
            peaks[pid] = max(_peak(pid), peaks.get(pid, 0.0))
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"bpkit grade ended with {process.returncode}.")
    parent = peaks.pop(process.pid)
    return Run(seconds, rivals.busy() - before, parent, max(peaks.values()))


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _children(pid: int) -> list[int]:
    # A child belongs to the thread that started it.
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in _read(str(task)).split()]


def _words(pid: int) -> str:
    return _read(f"/proc/{pid}/cmdline")


def _peak(pid: int) -> float:
    lines = _read(f"/proc/{pid}/status").split("\n")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> None:
    """Measure, print the table, and say which aims are met."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--quick", action="store_true", help="60 submissions, and 10 of everything, instead of 500 and 100"
    )
    quick = parser.parse_args().quick
    few, many, whole, theirs = (20, 60, 10, 4) if quick else (50, 500, 100, 10)
    jobs = sorted({1, 2, os.cpu_count() or 1})
    print(f"{os.cpu_count()} processors; load before the start {os.getloadavg()[0]:.2f}")
    print(
        f"{'':50} {'seconds':>8} {'a second':>9} {'CPU ms each':>12} {'parent MiB':>11} {'job MiB':>8} {'load':>5}"
    )
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        large = folders(root / "large/class", many, FOUR)
        small = folders(root / "small/class", few, FOUR)
        everything = folders(root / "everything/class", whole, ALL)
        grade(small, 1, FOUR)  # the disk's cache
        at_few = _line("bpkit, four functions", few, small, 1, FOUR)
        at_many = {number: _line("bpkit, four functions", many, large, number, FOUR) for number in jobs}
        for number in jobs:
            _line(f"bpkit, all {len(ALL)} exercises", whole, everything, number, ALL)
        other = {}
        for rival, measure in (("nbgrader", rivals.nbgrader), ("otter", rivals.otter)):
            program = rivals.find(rival)
            if program is None:
                print(f"{rival} is not installed: not measured.")
                continue
            (root / rival).mkdir()
            other[rival] = measure(program, root / rival, theirs)
            label = f"{rival}, four functions, {theirs} submissions"
            seconds, cpu = other[rival]
            figures = f"{seconds * theirs:8.1f} {1 / seconds:9.2f} {cpu * 1e3:12.0f}"
            print(f"{label:50} {figures} {'':20} {os.getloadavg()[0]:5.1f}", flush=True)
    for rival, least in (("nbgrader", 50), ("otter", 100)):
        if rival in other:
            seconds, cpu = other[rival]
            _aim(f"times {rival}'s rate, with one job", many / at_many[1].seconds * seconds, least)
            _aim(
                f"times {rival}'s rate, with {jobs[-1]} jobs",
                many / at_many[jobs[-1]].seconds * seconds,
                least,
            )
            _aim(f"times less of a processor than {rival}", many / at_many[1].cpu * cpu, least)
    if len(jobs) > 1 and (os.cpu_count() or 1) > 1:
        _aim("times the rate with two jobs instead of one", at_many[1].seconds / at_many[2].seconds, 1.8)
    growth = max(at_many[1].parent / at_few.parent, at_many[1].job / at_few.job)
    _aim(f"times the memory for {many // few} times the submissions", growth, 1.1, most=True)


def _line(label: str, count: int, submissions: Path, jobs: int, exercises: Sequence[str]) -> Run:
    run = grade(submissions, jobs, exercises)
    what = f"{label}, {count} submissions, {jobs} job{'s' if jobs > 1 else ''}"
    speed = f"{run.seconds:8.1f} {count / run.seconds:9.2f} {run.cpu / count * 1e3:12.0f}"
    print(f"{what:50} {speed} {run.parent:11.0f} {run.job:8.0f} {os.getloadavg()[0]:5.1f}", flush=True)
    return run


def _aim(what: str, figure: float, limit: float, *, most: bool = False) -> None:
    met = figure <= limit if most else figure >= limit
    print(
        f"{'met' if met else 'MISSED'}: {figure:.2f} {what} (aim: {'at most' if most else 'at least'} {limit:g})"
    )


if __name__ == "__main__":
    main()
