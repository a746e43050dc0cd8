"""Landlock's rules: what may be read, and what lies below it and may not."""

import subprocess
import sys

import pytest

from bpkit.worker import landlock
from bpkit.worker.libc import Unavailable

INSIDE = """
import os, sys
from bpkit.worker import landlock
library, other = sys.argv[1:]
sys.path.append(library)
import first
landlock.enter([library, other])
import second, package.inner
def may(attempt):
    try:
        attempt()
        return True
    except PermissionError:
        return False
import importlib
importlib.invalidate_caches()
import third
print(may(lambda: os.listdir(library)), may(lambda: os.listdir(f"{library}/package")))
print(may(lambda: os.listdir(f"{library}/site-packages")), may(lambda: open(f"{library}/site-packages/mine.py")))
print(may(lambda: open(other)), may(lambda: open(f"{library}/first.py", "a")), may(lambda: open("/etc/hostname")))
"""


@pytest.fixture
def library(tmp_path):
    """Return a folder like a standard library that holds site-packages, as where Python is no virtual environment."""
    try:
        landlock.version()
    except Unavailable as error:
        pytest.skip(str(error))
    root = tmp_path / "library"
    for name in (
        "first",
        "second",
        "third",
        "package/__init__",
        "package/inner",
        "site-packages/mine",
        "test/a",
    ):
        path = root / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def test_what_is_no_part_of_the_library(library):
    """site-packages and the library's own tests are told from it, and a file of such a name is not."""
    (library / "idlelib").touch()
    assert sorted(landlock.not_ours(str(library))) == ["site-packages", "test"]
    assert landlock.not_ours(str(library / "package")) == []
    assert landlock.not_ours(str(library / "first.py")) == []


def test_site_packages_in_the_library_stays_hidden(library, tmp_path):
    """The library can be imported from; what lies in it and is no part of it can be neither listed nor read."""
    (tmp_path / "other").touch()
    program = [sys.executable, "-c", INSIDE, str(library), str(tmp_path / "other")]
    ran = subprocess.run(program, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.split() == ["False", "True", "False", "False", "True", "False", "False"]
