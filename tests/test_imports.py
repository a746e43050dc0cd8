"""Cheap start: what a command must not import, looked up in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bpkit.cli.author import author
from bpkit.cli.main import _COMMANDS, _SECTIONS, bpkit
from bpkit.cli.nbgrader import nbgrader

HEAVY = (
    "numpy",
    "torch",
    "nbgrader",
    "nbformat",
    "dask",
    "distributed",
    "matplotlib",
    "safetensors",
    "rich",
    "watchfiles",
    "tensorboard",
    "sqlite3",
    "importlib.metadata",
    "multiprocessing",
    "asyncio",
)
PROGRAM = f"""
import atexit, json, sys
atexit.register(lambda: sys.stderr.write(json.dumps([name for name in {HEAVY} if name in sys.modules])))
from bpkit.__main__ import main
main()
"""


def imported(*arguments, cwd, **env):
    """Run bpkit with these arguments; return which heavy packages it imported, and its exit code."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return json.loads(ended.stderr.splitlines()[-1]), ended.returncode


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        *((command, "--help") for command in _COMMANDS),
        *(("author", command, "--help") for command in author.commands),
        *(("nbgrader", command, "--help") for command in nbgrader.commands),
    ],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(tmp_path, arguments):
    """Help and version import no numpy, no torch, no nbgrader, and nothing of the standard library that is slow."""
    assert imported(*arguments, cwd=tmp_path) == ([], 0)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0), (("list",), 0), (("show", "linear"), 0), (("next",), 0), (("hint", "linear"), 0),
        (("explain", "linear"), 1), (("reset", "linear"), 0), (("upgrade",), 0), (("completion", "fish"), 0),
    ],
)  # fmt: skip
def test_a_students_commands_import_nothing_heavy(tmp_path, arguments, code):
    """Where am I, what is next, a hint: none of them needs numpy, and outside a workspace as little."""
    assert imported(*arguments, cwd=tmp_path)[0] == []
    assert imported("init", ".", cwd=tmp_path)[1] == 0
    assert imported(*arguments, cwd=tmp_path) == ([], code)


def test_help_imports_no_command(tmp_path):
    """Help knows its commands without importing them, so that it is quick."""
    program = PROGRAM.replace(str(HEAVY), "sorted(sys.modules)")
    ended = subprocess.run(
        [sys.executable, "-c", program, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(ended.stderr))
    ours = {name for name in loaded if name.startswith("bpkit")}
    assert ours == {"bpkit", "bpkit.__main__", "bpkit.cli", "bpkit.cli.main", "bpkit.errors"}
    assert not loaded & {"shutil", "click.shell_completion"}


@pytest.mark.parametrize("columns", ["", "0", "40", "66", "200"])
def test_help_is_as_wide_as_clicks_own(monkeypatch, columns):
    """Help finds out how wide the terminal is without what click uses for that, and comes to the same."""
    monkeypatch.setenv("COLUMNS", columns)
    clicks = click.Group.get_help(bpkit, click.Context(bpkit, info_name="bpkit"))
    assert bpkit.get_help(click.Context(bpkit, info_name="bpkit")) == clicks


def test_help_shows_every_command():
    """Every command is in one section of the help."""
    listed = [name for commands in _SECTIONS.values() for name in commands]
    assert sorted(listed) == sorted(_COMMANDS)


@pytest.mark.parametrize("words", ["bpkit ", "bpkit check lin", "bpkit hint ", "bpkit check --"])
def test_completion_imports_nothing_heavy(tmp_path, words):
    """Who presses the tab key waits for no numpy and for no specs."""
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    assert imported(cwd=tmp_path, _BPKIT_COMPLETE="bash_complete", **asked) == ([], 0)


def test_check_imports_what_it_needs(tmp_path):
    """A check imports numpy and safetensors, and neither torch nor anything of notebooks or clusters."""
    exercises = Path(__file__).parents[1] / "exercises"
    assert imported("check", "neuron/relu", "--root", exercises, cwd=tmp_path) == (
        ["numpy", "safetensors"],
        1,
    )


def test_init_imports_no_torch(tmp_path):
    """Making a workspace needs no torch, and works without it."""
    found, code = imported("init", "workspace", cwd=tmp_path)
    assert code == 0
    assert "torch" not in found


def test_fresh_imports_torch(tmp_path):
    """Only --fresh imports torch: the look at sys.modules sees it when it is there."""
    pytest.importorskip("torch", reason="--fresh needs PyTorch")
    exercises = Path(__file__).parents[1] / "exercises"
    found, code = imported("check", "neuron/relu", "--fresh", "--root", exercises, cwd=tmp_path)
    assert code == 1
    assert "torch" in found
