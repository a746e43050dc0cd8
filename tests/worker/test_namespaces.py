"""The worker's own root: what it shows, and that nothing of it can be changed."""

import json
import os
import subprocess
import sys

import pytest

from bpkit.worker import libc, namespaces

INSIDE = """
import encodings.idna, json, os, socket, sys
from bpkit.worker import namespaces
library, mine, single = sys.argv[1:]
namespaces.enter([library, mine, single])
def fails(attempt):
    try:
        attempt()
    except OSError:
        return True
    return False
print(json.dumps({
    "library": sorted(os.listdir(library)),
    "site-packages": os.listdir(f"{library}/site-packages"),
    "mine": os.listdir(mine),
    "single": open(single).read(),
    "tests": os.listdir(f"{library}/test"),
    "beside": os.listdir(os.path.dirname(single)),
    "root": os.listdir("/"),
    "writes": [place for place in ("/", library, f"{library}/site-packages", f"{library}/test", mine)
               if not fails(lambda: open(f"{place}/new", "w"))],
    "host": os.uname().nodename,
    "online": not fails(lambda: socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), 1)),
}))
"""


@pytest.fixture
def place(tmp_path):
    """Return a folder with a library that holds site-packages, a package in it, and a file beside another."""
    for name in ("library/os.py", "library/site-packages/numpy/a.py", "library/site-packages/torch/b.py",
                 "library/test/t.py", "files/single", "files/secret"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    try:
        namespaces.available([str(tmp_path)])
    except libc.Unavailable as error:
        pytest.skip(str(error))
    return tmp_path


def test_a_root_of_its_own(place):
    """It shows the paths that were named and nothing beside them, read-only, under another name and without a network."""
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        paths = [str(place / name) for name in ("library", "library/site-packages/numpy", "files/single")]
        environment = {**os.environ, "PORT": str(listener.getsockname()[1])}
        program = [sys.executable, "-c", INSIDE, *paths]
        ran = subprocess.run(program, capture_output=True, text=True, check=False, env=environment)
    assert ran.stderr == ""
    assert json.loads(ran.stdout) == {
        "library": ["os.py", "site-packages", "test"],
        "site-packages": ["numpy"],
        "mine": ["a.py"],
        "single": "files/single",
        "tests": [],
        "beside": ["single"],
        "root": [place.parts[1]],
        "writes": [],
        "host": "worker",
        "online": False,
    }


def test_a_try_leaves_this_process_as_it_is(place):
    """Trying is done in a child: this process keeps its root and its name."""
    name = os.uname().nodename
    namespaces.available([str(place)])
    assert (place / "files/secret").exists()
    assert os.uname().nodename == name


def test_a_try_that_fails_says_why(place):
    """A path that is not there, or a root that cannot be made, is a reason."""
    with pytest.raises(libc.Unavailable, match="no namespaces"):
        namespaces.available([str(place / "missing\0")])
