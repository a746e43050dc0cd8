"""What students run, as on Windows and on macOS: without what Linux or POSIX has, in a folder with a space and an umlaut.

`elsewhere.py` says what of the two systems is there, and what is not.
"""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bpkit.course import catalog

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes away what Linux has")

ELSEWHERE = Path(__file__).parent / "elsewhere.py"
COURSE = "mein Kurs ü"
SECONDS = 120
# Text is read and written as UTF-8 by name: Windows' own encoding is another one.
STRICT = ("-X", "warn_default_encoding", "-W", "error::EncodingWarning")


def command(system, *words):
    """Return the command that runs bpkit as on this system."""
    return [sys.executable, *STRICT, ELSEWHERE, system, *map(str, words)]


def run(system, *words, cwd, typed=""):
    """Run bpkit as on this system; return its exit code and what it wrote."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        command(system, *words), cwd=cwd, env=env, input=typed, capture_output=True, encoding="utf-8", check=False,
        timeout=SECONDS,
    )  # fmt: skip
    return ran.returncode, ran.stdout, ran.stderr


@pytest.fixture(scope="module", params=["windows", "macos"])
def system(request):
    """Name the system."""
    return request.param


@pytest.fixture(scope="module")
def course(tmp_path_factory, system):
    """Return a workspace that was made there, never to be changed."""
    folder = tmp_path_factory.mktemp(system)
    code, told, errors = run(system, "init", COURSE, cwd=folder)
    assert (code, errors) == (0, "")
    assert f"Next: cd {COURSE}," in told
    return folder / COURSE


@pytest.fixture
def root(tmp_path, course):
    """Return a workspace of the test's own."""
    return Path(shutil.copytree(course, tmp_path / COURSE))


@pytest.fixture
def solution(solutions):
    """Return the text of layers/linear's solution."""
    return (solutions / "layers/linear.py").read_text(encoding="utf-8")


def test_they_lack_what_they_should():
    """The pretence holds: the modules cannot be imported, the functions are gone, /proc is not there."""
    program = f"""
import sys
sys.path.insert(0, {str(ELSEWHERE.parent)!r})
import elsewhere
elsewhere.take_away(sys.argv[1])
import os, select, signal
for name in elsewhere.MODULES[sys.argv[1]]:
    try:
        __import__(name)
    except ImportError:
        pass
    else:
        raise SystemExit(f"{{name}} can be imported")
try:
    open("/proc/self/maps")
except FileNotFoundError:
    print(hasattr(os, "fork"), hasattr(signal, "SIGKILL"), hasattr(select, "poll"), hasattr(os, "memfd_create"))
"""
    for name, told in (("windows", "False False False False\n"), ("macos", "True True True False\n")):
        ran = subprocess.run(
            [sys.executable, "-c", program, name], capture_output=True, text=True, check=False
        )
        assert (ran.stdout, ran.stderr) == (told, "")


def test_the_whole_loop(system, root, solution):
    """Look, hint, check, mend, explain, begin again, upgrade: each command works, and without a word on standard error."""

    def bpkit(*words, code=0, typed=""):
        ended, told, errors = run(system, *words, cwd=root, typed=typed)
        assert (ended, errors) == (code, ""), (words, told, errors)
        return told

    assert "Next: neuron/weighted_sum" in bpkit()
    assert f"0 of {len(catalog.ids())} exercises pass" in bpkit("list")
    assert "linear_backward(dy, cache): 4 points" in bpkit("show", "linear")
    assert bpkit("next", "--path").strip() == str(root / "neuron/weighted_sum.py")
    assert "Hint 1 of 3" in bpkit("hint", "linear")
    assert "linear_forward: not started" in bpkit("check", "linear", code=1)
    (root / "layers/linear.py").write_text(
        solution.replace("db = dy.sum(axis=0)", "db = dy.mean(axis=0)"), encoding="utf-8"
    )
    told = bpkit("check", "linear", code=1)
    assert "db is averaged over the batch." in told
    assert "Isolation level 0: a process of its own." in told
    assert "db" in bpkit("hint", "linear")
    (root / "layers/linear.py").write_text(solution, encoding="utf-8")
    assert "linear_backward: passed (4 of 4)" in bpkit("check", Path("layers/linear.py"))
    assert "torch.nn.functional.linear" in bpkit("explain", "linear")
    assert "Put a fresh stub in place of layers/linear.py?" in bpkit("reset", "linear", typed="y\n")
    assert "not started" in bpkit("check", "linear", code=1)
    assert bpkit("upgrade").strip() == "Everything is up to date."
    assert "isolation level 0: a process of its own" in bpkit("doctor")
    assert "_bpkit_completion" in bpkit("completion", "fish")
    # What was kept meanwhile can be read anywhere.
    kept = json.loads((root / "progress.json").read_text(encoding="utf-8"))
    assert kept["exercises"]["layers/linear"]["checks"] == 4


@pytest.mark.parametrize(
    ("source", "status", "said"),
    [
        ("raise ValueError('ü')\n", "crashed", "ValueError: ü"),
        ("import os\nos._exit(3)\n", "crashed", ""),
        (
            "print('größer')\nimport numpy as np\ndef linear_forward(x, W, b): return x @ W + b, x\n",
            "crashed",
            "größer",
        ),
        ("import numpy as np\ndef linear_forward(x, W, b):\n    while True: pass\n", "timed_out", ""),
    ],
    ids=["raises", "exits", "incomplete", "loops"],
)
def test_what_goes_wrong_is_told(system, root, source, status, said):
    """A file that raises, ends Python, lacks a function or never ends has its verdict as anywhere."""
    (root / "layers/linear.py").write_text(source, encoding="utf-8")
    code, told, errors = run(system, "check", "linear", "--json", cwd=root)
    assert (code, errors) == (1, "")
    (judged,) = json.loads(told)["exercises"]
    assert status in {judged["status"], *(part["status"] for part in judged["parts"])}
    assert said in json.dumps(judged, ensure_ascii=False)
    assert json.loads(told)["isolation"] == 0


def test_every_solution_passes(tmp_path, solutions, course, system):
    """The whole course can be solved where most is missing, and a chapter where the same programs run and less is."""
    root = Path(shutil.copytree(course, tmp_path / COURSE))
    shutil.copytree(solutions, root, dirs_exist_ok=True)
    words, count = ((), len(catalog.ids())) if system == "windows" else (("training",), 4)
    code, told, errors = run(system, "check", *words, cwd=root)
    assert (code, errors) == (0, ""), "\n".join(line for line in told.splitlines() if "✓" not in line)
    assert f"{count} of {count} exercises pass" in told


def test_a_level_that_is_not_there_is_refused(system, root):
    """Who asks for isolation is told that it takes Linux."""
    code, _, errors = run(system, "check", "linear", "--isolation", "1", cwd=root)
    assert code == 4
    assert "they need Linux" in errors


def test_grading_is_refused_in_a_sentence(system, root):
    """`bpkit grade` is for Linux, and says so."""
    code, _, errors = run(system, "grade", ".", "--out", "out", cwd=root)
    assert code != 0
    assert "Linux" in errors
    assert "Traceback" not in errors


def test_watch_without_a_terminal(system, root, solution):
    """Keys come line by line, with Enter; that is said, and q ends it."""
    (root / "layers/linear.py").write_text(solution, encoding="utf-8")
    with subprocess.Popen(
        command(system, "watch", "linear"), cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as watching:  # fmt: skip
        shown = ""
        try:
            for line in watching.stdout:
                shown += line
                if "It passes." in line:
                    break
            _, errors = watching.communicate("q\n", timeout=SECONDS)
        finally:
            watching.kill()
    assert (watching.returncode, errors) == (0, "")
    assert "Keys, each with Enter: h hint" in shown


def read_until(fd, done):
    """Return what a terminal shows until that is so."""
    shown, deadline = b"", time.monotonic() + SECONDS
    while not done(shown):
        assert time.monotonic() < deadline, shown
        if select.select([fd], [], [], 0.1)[0]:
            shown += os.read(fd, 1 << 16)
    return shown


def test_watch_on_a_terminal_without_modes(tmp_path, course, solution):
    """A terminal of which only lines can be had: the screen says that each key takes Enter, and q ends it."""
    pseudo = pytest.importorskip("pty")
    root = Path(shutil.copytree(course, tmp_path / COURSE))
    (root / "layers/linear.py").write_text(solution, encoding="utf-8")
    ours, theirs = pseudo.openpty()
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    with subprocess.Popen(
        command("bare", "watch", "linear"), cwd=root, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    ) as watching:
        try:
            shown = read_until(ours, lambda shown: b"It passes" in shown)
            os.write(ours, b"q\n")
            shown += read_until(ours, lambda _: watching.poll() is not None)
        finally:
            watching.kill()
            os.close(theirs)
            os.close(ours)
    text = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", shown.decode("utf-8"))
    assert watching.returncode == 0, text
    assert "each with Enter" in text
    assert "Traceback" not in text
