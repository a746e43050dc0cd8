"""Where an attack is run: a grader as a program of its own, things that it could steal or harm, and what became of them."""

import contextlib
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import safetensors.numpy

HERE = Path(__file__).parent
CLONE = HERE.parents[1]
NAIVE = -1  # the level below 0
HELPERS = ("arena", "checker", "conftest", "naive")
ATTACKS = tuple(
    sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HELPERS and "test_" not in path.stem)
)
HONEST = (CLONE / "solutions/layers/linear.py").read_text()
GRADES = '{"attacker": 0, "other": 6}\n'

# For attacks that go around Python: `raw(number, ...)` makes a system call with a few bytes of machine code.
RAW = '''
import ctypes, mmap, os
ON_X86 = os.uname().machine == "x86_64"
CODE = "4889f84889f74889d64889ca4d89c24d89c84c8b4c24080f05c3" if ON_X86 else (
    "e80300aae00301aae10302aae20303aae30304aae40305aae50306aa010000d4c0035fd6")
PAGE = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
PAGE.write(bytes.fromhex(CODE))
LONGS = [ctypes.c_long] * 7
RUN = ctypes.CFUNCTYPE(ctypes.c_long, *LONGS)(ctypes.addressof(ctypes.c_char.from_buffer(PAGE)))
def address(data):
    KEPT.append(ctypes.create_string_buffer(data))
    return ctypes.addressof(KEPT[-1])
KEPT = []
def raw(x86_64, aarch64, *arguments):
    return RUN(x86_64 if ON_X86 else aarch64, *arguments, *[0] * (6 - len(arguments)))
'''


class Graded(NamedTuple):
    """What a grader said of one submission; the naive one knows only points."""

    points: int = 0
    max_points: int = 0
    status: str = ""
    output: str = ""
    text: str = ""  # the report for a terminal
    seconds: float = 0.0
    error: int = 0  # the exit code of an error that is nobody's answer


class Run(NamedTuple):
    """What became of one grading: of the attack, of those who came after it, and of the things that lay about."""

    level: int
    place: Path
    graded: tuple[Graded, ...]  # the attack, its follower where it has one, the honest submission
    code: int | None  # the grader's exit code; None where it hung and had to be killed
    out: str
    peak: int  # MiB by which the grader's memory grew
    heard: tuple[str, ...]  # what the test's sockets were sent
    left: tuple[int, ...]  # processes that outlived the grader; they have been killed since

    @property
    def first(self):
        """The attack's own grade; none at all counts as no points."""
        return self.graded[0] if self.graded else Graded()

    @property
    def succeeded(self):
        """Whether whoever started the grader takes the attack for a success: by its last points, or the exit code."""
        if self.level == NAIVE:
            points = bool(self.graded) and self.graded[-1].points == self.graded[-1].max_points
            return self.code == 0 or points
        return self.first.max_points > 0 and self.first.points == self.first.max_points

    @property
    def no_verdict(self):
        """Whether the attack kept the grader from saying anything about it."""
        return not self.graded or self.first.error != 0

    def said(self, word):
        """Whether the attack could tell something: what it prints is how it reports."""
        return word in (self.out if self.level == NAIVE else self.first.output)

    def follower_said(self, word):
        """Whether the submission after the attack printed something."""
        return word in (self.out if self.level == NAIVE else self.graded[1].output)


def load(name):
    """Import an attack's file."""
    return importlib.import_module(name)


def needle():
    """Return some bytes of a recorded gradient: who finds them has found the answer."""
    arrays = safetensors.numpy.load_file(CLONE / "exercises/course.pack")
    return arrays["layers/linear:0:grad:dW"].tobytes()[:64]


def descendants():
    """Return every process below this one that still runs."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            parents[int(path.parent.name)] = (state, int(parent))
    found, more = set(), {os.getpid()}
    while more:
        more = {pid for pid, (_, parent) in parents.items() if parent in more}
        found |= more
    return {pid for pid in found if parents[pid][0] not in "ZX"}


def run(attack, level, place):
    """Have an attack (its module) graded at a level, in a folder of its own; level -1 is the naive grader."""
    _furnish(place)
    ears = _listen(place)
    source = _fill(attack.SOURCE, place, ears)
    files = {"attack.py": source}
    if hasattr(attack, "FOLLOWER"):
        files["follower.py"] = _fill(attack.FOLLOWER, place, ears)
    if level != NAIVE:
        files["honest.py"] = HONEST
    for file, text in files.items():
        (place / file).write_text(text)
    if level == NAIVE:
        command = ["naive.py", str(place), getattr(attack, "KIND", "inside"), *files]
    else:
        privileges = getattr(attack, "PRIVILEGES", "ours")
        seconds = getattr(attack, "SECONDS", 1.0)
        command = ["checker.py", str(place), str(level), privileges, str(seconds), *files]
    hangs = getattr(attack, "HANGS", False) and level < attack.STOPPED_BY
    before = descendants()
    code, out = _watch(command, place, 3.0 if hangs else 100.0)
    left = _left(before)
    lines = _lines(out)
    graded = tuple(Graded(**line["graded"]) for line in lines if "graded" in line)
    peak = next((line["peak"] for line in lines if "peak" in line), 0)
    proved = next((line["level"] for line in lines if "level" in line), NAIVE)
    assert proved == level, f"the worker was held at level {proved}: {out}"
    heard = _hear(ears)
    if hasattr(attack, "clean"):
        attack.clean()
    return Run(level, place, graded, code, out, peak, heard, left)


def _fill(source, place, ears):
    """Tell the attacker everything: an attack must not fail for want of a path."""
    hidden = bytes(byte ^ 0xFF for byte in needle()).hex()  # so that it does not find its own copy
    words = {
        "@PLACE@": str(place), "@CLONE@": str(CLONE), "@NEEDLE@": hidden,
        "@TCP@": str(ears["tcp"].getsockname()[1]), "@UDP@": str(ears["udp"].getsockname()[1]),
        "@PACKAGES@": str(Path(safetensors.numpy.__file__).parents[1]),
    }  # fmt: skip
    for word, value in words.items():
        source = source.replace(word, value)
    return source


def _furnish(place):
    (place / "other").mkdir()
    (place / "other/linear.py").write_text(HONEST)
    (place / "grades.json").write_text(GRADES)
    (place / "link").symlink_to("other/linear.py")
    shutil.copy(CLONE / "exercises/course.pack", place / "course.pack")


def _listen(place):
    ears = {
        "tcp": socket.socket(),
        "udp": socket.socket(type=socket.SOCK_DGRAM),
        "unix": socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
        "abstract": socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
    }
    ears["tcp"].bind(("127.0.0.1", 0))
    ears["tcp"].listen()
    ears["udp"].bind(("127.0.0.1", 0))
    home = os.open(place, os.O_RDONLY)  # a socket's path may have no more than 107 characters
    ears["unix"].bind(f"/proc/self/fd/{home}/socket")
    os.close(home)
    ears["abstract"].bind(f"\0{place}"[:100])
    for ear in ears.values():
        ear.setblocking(False)
    return ears


def _hear(ears):
    heard = []
    for kind, ear in ears.items():
        with contextlib.suppress(BlockingIOError):
            if kind == "tcp":
                ear.accept()[0].close()
            else:
                ear.recv(100)
            heard.append(kind)
        ear.close()
    return tuple(heard)


def _watch(command, place, patience):
    """Run a grader; return its exit code, None where it had to be killed, and what it wrote."""
    here = place / "grading"
    here.mkdir()
    environment = {
        **os.environ, "GRADING": "1", "TOKEN": "opensesame", "PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path))),
    }  # fmt: skip
    program = [sys.executable, str(HERE / command[0]), *command[1:]]
    grader = subprocess.Popen(
        program, cwd=here, env=environment, bufsize=0,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    code, out = None, b""
    deadline = time.monotonic() + patience
    # Not until the end of file: what the grader leaves behind may hold its output open.
    while code is None and time.monotonic() < deadline:
        code = grader.poll()
        while select.select([grader.stdout], [], [], 0 if code is not None else 0.02)[0]:
            chunk = grader.stdout.read(1 << 16)
            if not chunk:
                code = grader.wait(max(0.1, deadline - time.monotonic()))
                break
            out += chunk
    grader.kill()
    grader.wait()
    grader.stdout.close()
    return code, out.decode(errors="replace")


def _left(before):
    """Return the processes that the run has left behind, after some patience, and kill them."""
    deadline = time.monotonic() + 1.0
    while (left := descendants() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10.0
    while descendants() - before and time.monotonic() < deadline:
        time.sleep(0.02)
    _reap()
    return tuple(left)


def _reap():
    """Reap the orphans that became ours."""
    for pid in _zombies():
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _zombies():
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if state == "Z" and int(parent) == os.getpid():
                found.append(int(path.parent.name))
    return found


def _lines(out):
    """Return the JSON objects among a grader's lines."""
    found = []
    for line in out.splitlines():
        with contextlib.suppress(ValueError):
            value = json.loads(line)
            if isinstance(value, dict):
                found.append(value)
    return found
