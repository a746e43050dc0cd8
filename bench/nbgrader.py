"""What a submission takes in `nbgrader autograde`: judged by bpkit, and run by nbgrader with a kernel.

Run with `make bench`; wants a quiet machine. `--quick` is a short form. nbgrader is taken from the path, or from where
BPKIT_BENCH_NBGRADER says.
"""

from __future__ import annotations

import argparse
import ast
import csv
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from classes import answers
from rivals import Taken, find, run

from bpkit.course import catalog

LAYERS = tuple(exercise.id for exercise in catalog.in_chapter("layers"))
OURS = "preprocessors.use(c)\n"


def course(program: str, folder: Path, count: int) -> Path:
    """Make a course with the chapter of layers, and what a class hands in."""
    run(sys.executable, folder, "-m", "bpkit", "nbgrader", "init", "course", "--exercises", "layers")
    root = folder / "course"
    run(program, root, "generate_assignment", "layers")
    released = (root / "release/layers/layers.ipynb").read_text()
    for number, files in enumerate(answers(count, LAYERS)):
        path = root / f"submitted/student{number:03}/layers/layers.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(_handed_in(released, files))
    return root


def _handed_in(released: str, files: Mapping[str, str]) -> str:
    functions = {
        node.name: ast.get_source_segment(text, node)
        for text in files.values()
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "").rpartition("-")[2]
        if name in functions:
            cell["source"] = functions[name]
    return json.dumps(notebook)


def autograde(program: str, root: Path, count: int) -> Taken:
    """Return what a submission takes when warm: a run of all less a run of one."""
    one = run(program, root, "autograde", "layers", "--force", "--student", "student000")
    every = run(program, root, "autograde", "layers", "--force")
    return Taken(*((whole - first) / (count - 1) for whole, first in zip(every, one, strict=True)))


def scores(program: str, root: Path) -> dict[str, str]:
    """Return each student's score."""
    run(program, root, "export", "--to", "grades.csv")
    with (root / "grades.csv").open(newline="") as file:
        return {row["student_id"]: row["score"] for row in csv.DictReader(file)}


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="5 submissions instead of 20")
    count = 5 if parser.parse_args().quick else 20
    program = find("nbgrader")
    if program is None:
        print("nbgrader is not installed: not measured.")
        return
    print(f"{os.cpu_count()} processors; load before the start {os.getloadavg()[0]:.2f}")
    label = f"nbgrader autograde, {count} submissions of layers"
    print(f"{label:50} {'seconds each':>13} {'CPU s each':>11} {'load':>5}")
    taken, given = {}, {}
    with tempfile.TemporaryDirectory() as name:
        root = course(program, Path(name), count)
        config = root / "nbgrader_config.py"
        text = config.read_text()
        for kind, lines in (("with bpkit", text), ("plain, with a kernel", text.replace(OURS, ""))):
            config.write_text(lines)
            taken[kind] = autograde(program, root, count)
            given[kind] = scores(program, root)
            seconds, cpu = taken[kind]
            print(f"{kind:50} {seconds:13.2f} {cpu:11.2f} {os.getloadavg()[0]:5.1f}", flush=True)
    if given["with bpkit"] != given["plain, with a kernel"]:
        raise SystemExit("The two give different scores.")
    ours, plain = taken.values()
    print(
        f"{plain.seconds / ours.seconds:.1f} times plain nbgrader's rate, "
        f"{plain.cpu / ours.cpu:.1f} times less of a processor; the scores are the same."
    )


if __name__ == "__main__":
    main()
