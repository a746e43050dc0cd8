"""Real bpkit processes on a workspace of their own: how they are started, and what they must leave alone."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

import bpkit
from bpkit.report.data import SCHEMA_FILE
from warm import Ran, Warm

CLONE = Path(__file__).parents[2]
# What a student must never get to see: our own files and Python's way of telling an error.
OURS = (str(Path(bpkit.__file__).parent), "site-packages", "Traceback", "serve.py", "importlib", "<frozen")
SECONDS = 300  # the machine may be slow; nothing here takes a tenth of it

RIGHT = '''\
"""Linear layer: y = x W + b"""

import numpy as np


def linear_forward(x, W, b):
    y = x @ W + b
    cache = (x, W)
    return y, cache


def linear_backward(dy, cache):
    x, W = cache
    dx = dy @ W.T
    dW = x.T @ dy
    db = dy.sum(axis=0)
    return dx, dW, db
'''


def start(*arguments, cwd, env=None):
    """Start bpkit with pipes for its output."""
    return subprocess.Popen(
        [sys.executable, "-m", "bpkit", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def finish(process, encoding="utf-8"):
    """Wait for a process that `start` started."""
    try:
        out, err = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    return Ran(process.returncode, out.decode(encoding), err.decode(encoding))


@pytest.fixture(scope="session")
def quick(tmp_path_factory):
    """Return what runs bpkit from a process that has imported numpy and click before."""
    packages = ("click", "numpy", "safetensors.numpy", "rich.console")
    runner = Warm(tmp_path_factory.mktemp("quick"), "bpkit", *packages, seconds=SECONDS)
    yield runner
    runner.close()


# What Python looks at when it starts.
AT_START = ("PYTHON", "LC_", "LANG")


@pytest.fixture(scope="session")
def cli(quick):
    """Return a function that runs bpkit to its end."""

    def run(*arguments, cwd, env=None, encoding="utf-8"):
        if any(name.startswith(AT_START) for name in env or ()):
            return finish(start(*arguments, cwd=cwd, env=env), encoding)
        return quick(*arguments, cwd=cwd, env=env)

    return run


@pytest.fixture(scope="session")
def warm(tmp_path_factory):
    """Return what runs bpkit as `cli` does, but has imported PyTorch before."""
    pytest.importorskip("torch", reason="recording and verifying need PyTorch")
    # Its optimizers import torch._dynamo.
    runner = Warm(tmp_path_factory.mktemp("warm"), "bpkit", "torch._dynamo", seconds=SECONDS)
    yield runner
    runner.close()


def snapshot(root):
    """Return everything about a folder that a check could change: names, modes, times, contents.

    But for the progress, and the time at which the folder got it.
    """
    found = {}
    for path in (root, *root.rglob("*")):
        if path == root / "progress.json":
            continue
        state = path.lstat()
        if path == root:
            found["."] = state.st_mode
            continue
        content = path.read_bytes() if path.is_file() else None
        found[path.relative_to(root).as_posix()] = (state.st_mode, state.st_mtime_ns, content)
    return found


class Judged(NamedTuple):
    """What one check said: on the terminal (but for the isolation, its last line), and as JSON."""

    code: int
    text: str
    data: dict[str, Any]
    seconds: float

    @property
    def exercise(self):
        """The first exercise's JSON."""
        return self.data["exercises"][0]

    @property
    def findings(self):
        """Every finding of the first exercise that is more than a remark, as (check, status, array)."""
        return [
            (finding["check"], finding["status"], finding["array"])
            for part in self.exercise["parts"]
            for finding in part["findings"]
            if finding["status"] != "passed"
        ]

    def part(self, name):
        """One function's JSON."""
        return next(part for part in self.exercise["parts"] if part["name"] == name)


class Student:
    """A workspace, and the student who edits and checks it."""

    right = RIGHT

    def __init__(self, root, home, cli):
        self.root, self.home, self.cli, self.env = root, home, cli, {}

    def save(self, text, path="layers/linear.py"):
        """Write a file of the workspace."""
        (self.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    def edit(self, old, new):
        """Write the right linear layer with one thing changed."""
        self.save(RIGHT)
        self.change(old, new)

    def change(self, old, new, path="layers/linear.py"):
        """Change one thing in a file that is there."""
        text = (self.root / path).read_text()
        assert text.count(old) == 1, (old, text)
        self.save(text.replace(old, new), path)

    def snapshot(self):
        """Return everything in the workspace but the progress."""
        return snapshot(self.root)

    def check(self, *arguments):
        """Check once, for the terminal and as JSON; hold both to what every check has to keep."""
        before = snapshot(self.root)
        self.home.mkdir(parents=True, exist_ok=True)
        report = self.home.with_name("report.json")
        report.unlink(missing_ok=True)
        env = {"HOME": str(self.home), "TMPDIR": str(self.home), **self.env}
        began = time.monotonic()
        ran = self.cli("check", *arguments, "--report", report, cwd=self.root, env=env)
        seconds = time.monotonic() - began
        assert snapshot(self.root) == before, "a check wrote to the workspace"
        assert list(self.home.iterdir()) == [], "a check left files behind"
        assert ran.err == ""
        written = report.read_text(encoding="utf-8")
        assert [ours for ours in OURS if ours in ran.out + written] == []
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", ran.out), "control characters reach the terminal"
        data = json.loads(written)
        jsonschema.validate(data, json.loads(SCHEMA_FILE.read_text()), jsonschema.Draft202012Validator)
        text, told, _ = ran.out.rpartition(f"Isolation level {data['isolation']}: ")
        assert told, "every report tells the isolation"
        return Judged(ran.code, text, data, seconds)


@pytest.fixture(scope="session")
def fresh_workspace(tmp_path_factory, cli):
    """Return a workspace as `bpkit init` makes it, to be copied and never changed."""
    folder = tmp_path_factory.mktemp("init")
    made = cli("init", "workspace", cwd=folder)
    assert (made.code, made.err) == (0, "")
    return folder / "workspace"


@pytest.fixture
def student(tmp_path, fresh_workspace, cli):
    """Return a student with a workspace of their own, all stubs, in a path with a space."""
    root = tmp_path / "my workspace"
    shutil.copytree(fresh_workspace, root)
    return Student(root, tmp_path / "home", cli)


@pytest.fixture(scope="session")
def clone_files(tmp_path_factory, warm):
    """Return a small clone, in step with itself: neuron/relu and layers/sample. To be copied only."""
    root = tmp_path_factory.mktemp("clone") / "bpkit"
    for name in ("autograder", "solutions", "exercises"):
        shutil.copytree(CLONE / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(CLONE / name, root)
    for folder in (root / "solutions", root / "exercises", root / "autograder/bpkit/course/specs"):
        for path in folder.glob("*/*.py"):
            if not path.name.startswith("_") and path != folder / "neuron/relu.py":
                path.unlink()
    env = {"PYTHONPATH": str(root / "autograder")}
    for command in (("new", "layers/sample"), ("sync",)):
        ran = warm("author", *command, cwd=root, env=env)
        assert (ran.code, ran.err) == (0, "")
    return root


class Clone:
    """A copy of the small clone, and the author who works in it."""

    solution = "solutions/layers/sample.py"
    stub = "exercises/layers/sample.py"
    spec = "autograder/bpkit/course/specs/layers/sample.py"

    def __init__(self, root, warm):
        self.root, self.warm = root, warm

    def run(self, *arguments):
        """Run the clone's own bpkit."""
        return self.warm(*arguments, cwd=self.root, env={"PYTHONPATH": str(self.root / "autograder")})

    def edit(self, path, old, new):
        """Replace a piece of text in a file, which has to hold it once."""
        text = (self.root / path).read_text()
        assert text.count(old) == 1, (path, old, text)
        (self.root / path).write_text(text.replace(old, new))

    def verify(self, *words):
        """Verify and return the exit code and the lines."""
        ran = self.run("verify", *words)
        assert ran.err == ""
        return ran.code, ran.out.splitlines()

    def sync(self):
        """Sync, which has to work, and return its lines."""
        ran = self.run("author", "sync")
        assert (ran.code, ran.err) == (0, "")
        return ran.out.splitlines()


@pytest.fixture
def clone(tmp_path, clone_files, warm):
    """Return a small clone of one's own."""
    root = tmp_path / "bpkit"
    shutil.copytree(clone_files, root)
    return Clone(root, warm)
