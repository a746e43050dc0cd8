"""From the worker to the verdict: nothing on the way is executed, grows without bounds, hangs on or takes blame for itself."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import arena
import pytest

import bpkit
from bpkit.course import catalog
from bpkit.errors import InfrastructureError
from bpkit.judging.judge import judge
from bpkit.judging.process import HIGHEST, Zygote
from bpkit.judging.runner import Session, Submission
from bpkit.reference.pack import open_file
from bpkit.worker import wire

linux = pytest.mark.skipif(sys.platform != "linux", reason="the levels and /proc are Linux's")
PACKAGE = Path(bpkit.__file__).parent
CHECKERS = (
    "judging",
    "reference",
    "report",
    "student",
    "course",
    "cli",
    "worker/wire.py",
    "worker/zygote.py",
)
FILES = sorted(
    path
    for place in CHECKERS
    for path in ((PACKAGE / place).rglob("*.py") if "." not in place else [PACKAGE / place])
)
FORBIDDEN_MODULES = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "yaml",
    "code",
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_ATTRIBUTES = {"load": ("np", "numpy", "torch"), "fromfile": ("np", "numpy"), "loadtxt": ("np", "numpy"),
                        "genfromtxt": ("np", "numpy"), "memmap": ("np", "numpy")}  # fmt: skip


# What the course itself brings, and no student: programs of a spec's own for PyTorch, and images in the package.
OF_THE_COURSE = {
    "course/specs/backprop/autograd.py": ["exec"],
    "course/specs/training/_images.py": ["allow_pickle", "np.load"],
}


def offences(source):
    """Return what a file uses that executes or unpacks what it reads."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                found += [name.name for name in names if name.name.partition(".")[0] in FORBIDDEN_MODULES]
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in FORBIDDEN_MODULES:
                found.append(module)
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
                found.append(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in FORBIDDEN_ATTRIBUTES.get(
                name, ()
            ):
                found.append(f"{owner}.{name}")
            case ast.keyword(arg="allow_pickle"):
                found.append("allow_pickle")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_checker_executes_nothing_that_it_reads(path):
    """No pickle, no `np.load`, no eval and no exec in anything that the checker imports."""
    allowed = OF_THE_COURSE.get(path.relative_to(PACKAGE).as_posix(), [])
    assert sorted(offences(path.read_text())) == sorted(allowed)


def test_two_execs_in_the_worker():
    """A student's file, and the course's harness for it, are executed in the worker and by no other module."""
    found = {
        path.relative_to(PACKAGE).as_posix(): sorted(offences(path.read_text()))
        for path in PACKAGE.rglob("*.py")
    }
    assert {path: names for path, names in found.items() if names} == {
        "worker/serve.py": ["compile", "compile", "exec", "exec"],
        **OF_THE_COURSE,
    }


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from pickle import loads", "import os, marshal", "eval('1')", "x = [exec('1')]", "np.load(f)",
     "from numpy import load as f\nnp.load(f)", "__import__('os')", "f(allow_pickle=True)", "torch.load(f)"],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(source):
    """The search itself would notice."""
    assert offences(source)


# ---- nothing stays behind

STUBBORN = """
import signal
for number in set(range(1, 32)) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
def main():
    while True:
        try:
            while True: pass
        except BaseException:
            pass
"""
CHECKER = f"""
import sys
from bpkit.judging.process import Zygote
from bpkit.worker import wire
call = {{"function": "main", "arguments": (), "keep": None, "echo": False, "layout": "C", "watch": "", "hold": False}}
zygote = Zygote(most=int(sys.argv[1]))
idle, fresh, busy = zygote.spawn(), zygote.spawn(), zygote.spawn()
for worker in (idle, busy):
    worker.ask(wire.LOAD, {{"module": "m", "files": {{"m.py": {STUBBORN!r}}}}}, 10)
print("ready", flush=True)
busy.ask(wire.CALL, call, 600)
"""


def python(*arguments, **more):
    """Start Python with the paths that this one has."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path)))}
    return subprocess.Popen([sys.executable, *arguments], env=environment, text=True, **more)


@linux
@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_a_killed_checker_leaves_no_process(level, at, gone):
    """After a SIGKILL of the checker nothing runs, at any level, also not a worker that ignores signals and loops."""
    before = arena.descendants()
    with python("-c", CHECKER, str(at(level)), stdout=subprocess.PIPE) as checker:
        assert checker.stdout.readline() == "ready\n"
        time.sleep(0.1)  # until the busy one is busy
        started = arena.descendants() - before
        assert len(started) >= 5  # the checker, its zygote, three workers
        checker.kill()
    assert gone(*started, seconds=10.0)


@linux
@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_a_checker_that_is_asked_to_end_leaves_no_process(level, at, gone):
    """The same after Ctrl-C."""
    before = arena.descendants()
    with python("-c", CHECKER, str(at(level)), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as checker:
        assert checker.stdout.readline() == "ready\n"
        started = arena.descendants() - before
        checker.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in checker.stderr.read()
    assert gone(*started, seconds=10.0)


# ---- a dead zygote is nobody's fault

EXERCISE = "layers/linear"


@linux
@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_a_zygote_that_dies_between_calls(level, at):
    """The next call is an error of the machinery, and no failure of the student's."""
    source = "def f(): return 5"
    with (
        Zygote(most=at(level)) as zygote,
        pytest.raises(InfrastructureError, match="Nothing was judged") as raised,
    ):
        with Session(zygote, Submission({f"{EXERCISE}.py": source}), EXERCISE, 5.0) as session:
            assert session.call("f", ()).value == 5
            os.kill(zygote.pid, signal.SIGKILL)
            session.call("f", ())
    assert raised.value.exit_code == 3


@linux
@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_a_zygote_that_dies_during_a_call(level, at):
    """The call in progress is no failure of the student's either, although its worker dies with the zygote."""
    pack = open_file(arena.CLONE / "exercises/course.pack")
    with Zygote(most=at(level)) as zygote:
        zygote.spawn().kill()
        killer = python("-c", f"import os, time\ntime.sleep(0.7)\nos.kill({zygote.pid}, 9)")
        exercise = catalog.find(EXERCISE)._replace(seconds=20.0)
        source = "import time\ndef linear_forward(x, W, b): time.sleep(15)"
        with pytest.raises(InfrastructureError, match="Nothing was judged"):
            judge(zygote, Submission({f"{EXERCISE}.py": source}), exercise, pack.load(exercise))
        killer.wait()


@pytest.fixture
def workspace(tmp_path):
    """Return a workspace with an honest linear layer."""
    for name in ("layers", "neuron"):
        shutil.copytree(arena.CLONE / "exercises" / name, tmp_path / name)
    (tmp_path / "course.pack").write_bytes(arena.pack())
    (tmp_path / f"{EXERCISE}.py").write_text(arena.HONEST)
    return tmp_path


def check(workspace, *words, before=(), **more):
    """Run `bpkit check`; return its exit code, output and errors."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = python(*before, "-m", "bpkit", "check", EXERCISE, *words, cwd=workspace, **pipes, **more)
    return process


@linux
def test_the_command_says_that_nobody_was_judged(workspace):
    """`bpkit check` whose zygote is killed exits with 3, and prints neither a verdict nor points."""
    sleeping = "import time\ndef linear_forward(x, W, b): time.sleep(4)"
    (workspace / f"{EXERCISE}.py").write_text(sleeping)
    process = check(workspace)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # until there is a zygote with a worker
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        if children and Path(f"/proc/{children[0]}/task/{children[0]}/children").read_text():
            break
        time.sleep(0.02)
    os.kill(int(children[0]), signal.SIGKILL)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (3, "")
    assert "Nothing was judged; try again." in err


# ---- the level that was asked for

MISSING = {  # what the machine lacks: system calls by number, and the level that is left
    "seccomp": ({"x86_64": 317, "aarch64": 277}, 0),
    "Landlock": ({"x86_64": 444, "aarch64": 444}, 1),
    "namespaces": ({"x86_64": 272, "aarch64": 97}, 2),
}


@linux
def test_the_highest_level_is_asked_for_and_had(workspace, at):
    """`bpkit check --isolation 3` passes where the kernel has it all, and names the level."""
    at(HIGHEST)
    process = check(workspace, "--isolation", "3")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "Isolation level 3" in out


@linux
@pytest.mark.parametrize("what", MISSING)
def test_a_level_that_is_not_to_be_had_is_refused(workspace, at, what):
    """Where the kernel lacks something, asking for it exits with 4 and says what is missing; not asking takes the rest."""
    numbers, level = MISSING[what]
    at(level + 1)
    deny = (str(arena.HERE / "deny.py"), str(numbers[os.uname().machine]))
    asking = check(workspace, "--isolation", str(level + 1), before=deny)
    out, err = asking.communicate(timeout=60)
    assert (asking.returncode, out) == (4, "")
    assert f"Isolation level {level + 1} was asked for, and this machine offers {level}." in err
    assert f"What is missing: level {level + 1}: no {what}" in err
    content = check(workspace, "--isolation", str(level), before=deny)
    out, err = content.communicate(timeout=60)
    assert (content.returncode, err) == (0, "")
    assert f"Isolation level {level}" in out


# ---- whatever is sent, the checker stays small and quick

LIES = {
    "an array of another size": "(4, {'value': np.zeros(4_000_000), 'arguments': None, 'warnings': []})",
    "an array of bytes": "(4, {'value': np.zeros(32_000_000, np.uint8), 'arguments': None, 'warnings': []})",
    "large arguments": "(4, {'value': np.zeros((5, 7)), 'arguments': [np.zeros(3_900_000)], 'warnings': []})",
    "an array of kinds": "(5, {**RAISED, 'kinds': np.zeros(32_000_000, np.uint8)})",
    "an array of frames": "(5, {**RAISED, 'frames': np.zeros((10_000_000, 3), np.uint8)})",
    "an array of names": "(6, {'reason': 'missing', 'names': np.zeros(32_000_000, np.uint8)})",
    "texts that swell": "(5, {**RAISED, 'kinds': ['\\N{GRINNING FACE}' + 'x' * 4_000_000 for _ in range(7)]})",
    "a message of lines": "(5, {**RAISED, 'message': '\\n' * 900_000})",
    "many frames": "(5, {**RAISED, 'frames': [('layers/linear.py', 1, 'f')] * 4_900})",
    "many lists": "(4, {'value': [[] for _ in range(19_000)], 'arguments': None, 'warnings': []})",
    "many warnings": "(4, {'value': np.zeros((5, 7)), 'arguments': None, 'warnings': ['w' * 90] * 9_000})",
}
LIAR = """
import os, sys
import numpy as np
RAISED = {{"type": "E", "kinds": [], "message": "", "frames": [], "syntax": None, "code_before": False}}
def forge(kind, value):
    frame, wire = sys._getframe(), sys.modules["bpkit_worker.wire"]
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    left = memoryview(wire.frame(kind, frame.f_locals["nonce"], wire.encode(value)))
    while left:
        left = left[os.write(3, left):]
    os._exit(0)
def linear_forward(x, W, b):
    forge(*{lie})
linear_backward = lambda dy, cache: linear_forward(dy, dy, dy)
"""


@linux
@pytest.mark.parametrize("lie", LIES)
def test_lies_do_not_swell_the_checker(lie, at, tmp_path):
    """The checker takes up tens of MiB at most, its report stays short, and it has a verdict at once."""
    liar = SimpleNamespace(SOURCE=LIAR.format(lie=LIES[lie]), STOPPED_BY=1, SECONDS=20.0)
    run = arena.run(liar, at(1), tmp_path)
    assert (run.code, run.first.error, run.first.points) == (0, 0, 0)
    assert run.peak < 80
    assert len(run.first.text) < 100_000
    assert run.first.seconds < 30
    assert run.graded[-1].points == 6


# ---- what a worker can see of where it is

FINGERPRINT = r"""
import os, resource, signal, sys
def main():
    names, frame = [], sys._getframe()
    while frame:
        names.append((frame.f_code.co_filename, frame.f_code.co_name, sorted(frame.f_locals)))
        frame = frame.f_back
    return repr((
        sorted(os.environ.items()), sys.argv, getattr(sys, "orig_argv", None), sys.flags, sys.path, os.getcwd(),
        sorted(sys.modules), sorted(map(type, sys.meta_path), key=repr), names, __name__, __file__,
        [number for number in range(2048) if opened(number)], os.getuid(), os.getgid(), os.uname(),
        [resource.getrlimit(number) for number in range(16)],
        sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])), [signal.getsignal(number) for number in range(1, 32)],
        sys.stdin.read(), sys.getrecursionlimit(), sorted(vars(sys.modules["__main__"])),
    ))
def opened(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False
"""
LOOKER = f"""
import os, sys
from bpkit.judging.process import Zygote
from bpkit.worker import wire
kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(int(sys.argv[2]))]
with Zygote(most=int(sys.argv[1])) as zygote:
    worker = zygote.spawn()
    worker.ask(wire.LOAD, {{"module": "layers.linear", "files": {{"layers/linear.py": {FINGERPRINT!r}}}}}, 10)
    call = {{"function": "main", "arguments": (), "keep": None, "echo": False, "layout": "C", "watch": "", "hold": False}}
    answer = worker.ask(wire.CALL, call, 10)[1]
    print(answer.get("value", answer))
"""


@linux
@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_a_check_and_a_grading_look_the_same_from_within(level, at, tmp_path):
    """Where, how and for what the checker was started shows nowhere in a worker's process.

    What shows are facts of the machine: where Python and numpy are installed, the user's number, limits, the
    kernel, and below level 3 the machine's name. At levels 0 and 1 /proc shows the checker's command line as well.
    """
    seen = []
    for number, word in enumerate(("check", "grade")):
        folder = tmp_path / word
        folder.mkdir()
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path))),
        }
        ran = subprocess.run(
            [sys.executable, "-c", LOOKER, str(at(level)), str(7 * number), word], cwd=folder, text=True, check=True,
            capture_output=True, env=environment | {"BPKIT": word, "CI": word}, pass_fds=[],
        )  # fmt: skip
        seen.append(re.sub(r"0x[0-9a-f]+", "", ran.stdout))
    assert len(seen[0]) > 1000
    assert seen[0] == seen[1]
    assert wire.MAGIC.decode() not in seen[0]
