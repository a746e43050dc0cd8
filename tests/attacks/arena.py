"""Where an attack is run: a grader as a program, things that it could steal or harm, and what became of them."""

import contextlib
import functools
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import safetensors.numpy

from bpkit.reference.pack import open_file

HERE = Path(__file__).parent
CLONE = HERE.parents[1]
NAIVE = -1  # the level below 0
HELPERS = ("arena", "checker", "conftest", "deny", "naive")
ATTACKS = tuple(
    sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HELPERS and "test_" not in path.stem)
)
HONEST = (CLONE / "solutions/layers/linear.py").read_text()
GRADES = '{"attacker": 0, "other": 6}\n'

# For attacks that go around Python: `raw(number, ...)` makes a system call with a few bytes of machine code.
RAW = """
import ctypes, mmap, os
ON_X86 = os.uname().machine == "x86_64"
CODE = "4889f84889f74889d64889ca4d89c24d89c84c8b4c24080f05c3" if ON_X86 else (
    "e80300aae00301aae10302aae20303aae30304aae40305aae50306aa010000d4c0035fd6")
PAGE = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
PAGE.write(bytes.fromhex(CODE))
LONGS = [ctypes.c_long] * 7
RUN = ctypes.CFUNCTYPE(ctypes.c_long, *LONGS)(ctypes.addressof(ctypes.c_char.from_buffer(PAGE)))
KEPT = []
def address(data):
    KEPT.append(ctypes.create_string_buffer(data))
    return ctypes.addressof(KEPT[-1])
def raw(x86_64, aarch64, *arguments):
    return RUN(x86_64 if ON_X86 else aarch64, *arguments, *[0] * (6 - len(arguments)))
"""


class Graded(NamedTuple):
    """What a grader said of one submission; the naive one knows only points."""

    points: int = 0
    max_points: int = 0
    status: str = ""
    output: str = ""
    text: str = ""  # the report for a terminal, and as JSON
    seconds: float = 0.0
    error: int = 0  # the exit code of an error that is nobody's answer


class Run(NamedTuple):
    """What became of one grading: of the attack, of those who came after it, and of the things that lay about."""

    level: int
    place: Path
    graded: tuple[Graded, ...]  # the attack, its follower where it has one, the honest submission
    code: int | None  # the grader's exit code, 0 if it can go on; None where it hung and had to be killed
    out: str
    peak: int  # MiB by which the grader's memory grew
    heard: tuple[str, ...]  # what the test's sockets were sent
    left: tuple[int, ...]  # processes that the grader did not end; they have been killed since

    @property
    def first(self):
        """The attack's own grade; none at all counts as no points."""
        return self.graded[0] if self.graded else Graded()

    @property
    def succeeded(self):
        """Whether whoever started the grader takes the attack for a success, by its last points or its exit code."""
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


@functools.cache
def pack():
    """Return the references of the one exercise that is graded here, as the bytes of a pack."""
    whole = open_file(CLONE / "exercises/course.pack")
    return whole.with_entries(whole.origin, (), ["layers/linear"]).to_bytes()


def needle():
    """Return some bytes of a recorded gradient: who finds them has found the answer."""
    arrays = safetensors.numpy.load(pack())["layers/linear"].tobytes()
    return safetensors.numpy.load(arrays)["0:grad:dW"].tobytes()[:64]


def run(attack, level, place, stage=None):
    """Have an attack (its module) graded at a level, in a folder of its own; level -1 is the naive grader.

    stage: a `Stage`, whose grader is used again and goes on; else the grader is started for this and ends.
    """
    _furnish(place)
    ears = _listen(place)
    files = {"attack.py": attack.SOURCE}
    if hasattr(attack, "FOLLOWER"):
        files["follower.py"] = attack.FOLLOWER
    if level != NAIVE:
        files["honest.py"] = HONEST
    for file, text in files.items():
        (place / file).write_text(_fill(text, place, ears))
    patience = 3.0 if getattr(attack, "HANGS", False) and level < attack.STOPPED_BY else 100.0
    seconds, privileges = getattr(attack, "SECONDS", 1.0), getattr(attack, "PRIVILEGES", "ours")
    grader = stage and stage.grader(level, privileges)
    before = descendants()
    if level == NAIVE:
        grader = Grader(place, "naive.py", str(place), getattr(attack, "KIND", "inside"), *files)
    elif grader is None:
        grader = Grader(place, "checker.py", str(level), privileges)
    grader.ask([str(place), seconds, *files], last=stage is None or level == NAIVE)
    code, out = grader.watch(patience, greets=stage is None and level != NAIVE)
    left = _left(before)
    lines = [*grader.greeting, *_lines(out)]
    graded = tuple(Graded(**line["graded"]) for line in lines if "graded" in line)
    peak = next((line["peak"] for line in lines if "peak" in line), 0)
    proved = next((line["level"] for line in lines if "level" in line), NAIVE)
    assert proved == level, f"the worker was held at level {proved}: {out}"
    heard = _hear(ears)
    if hasattr(attack, "clean"):
        attack.clean()
    return Run(level, place, graded, code, out, peak, heard, left)


class Grader:
    """A grader's process, in a folder whose name tells what it is about, with a secret in its environment."""

    def __init__(self, place, *command):
        here = place / "grading"
        here.mkdir(exist_ok=True)
        environment = {
            **os.environ, "GRADING": "1", "TOKEN": "opensesame",
            "PYTHONPATH": os.pathsep.join(map(os.path.abspath, filter(None, sys.path))),
        }  # fmt: skip
        program = [sys.executable, str(HERE / command[0]), *command[1:]]
        self.greeting = []
        self.process = subprocess.Popen(
            program, cwd=here, env=environment, bufsize=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def ask(self, request, *, last):
        """Send a request."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
        if last:
            self.process.stdin.close()

    def watch(self, patience, until=b'{"done"', greets=False):
        """Return the exit code, 0 where it can go on and None where it hung, and what it wrote.

        greets: its first line tells that it has begun, and patience counts from there.
        """
        code, out = None, b""
        deadline = time.monotonic() + (100.0 if greets else patience)
        goes_on = not self.process.stdin.closed
        # Not until the end of file: what the grader leaves behind may hold its output open.
        while code is None and time.monotonic() < deadline:
            code = self.process.poll()
            while select.select([self.process.stdout], [], [], 0 if code is not None else 0.02)[0]:
                chunk = self.process.stdout.read(1 << 16)
                if not chunk:
                    code = self.process.wait(max(0.1, deadline - time.monotonic()))
                    break
                deadline = deadline if out else min(deadline, time.monotonic() + patience)
                out += chunk
            if goes_on and until in out and out.endswith(b"\n"):
                return 0, out.decode(errors="replace")
        self.end()
        return code, out.decode(errors="replace")

    def end(self):
        """Kill it."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Stage:
    """Graders at work, one for each level: what one attack does to its zygote, the next ones would feel."""

    def __init__(self, place):
        self._place, self._graders = place, {}

    def grader(self, level, privileges):
        """Return the grader at a level; a new one where the last was lost."""
        grader = self._graders.get((level, privileges))
        if grader is None or grader.process.poll() is not None:
            grader = Grader(self._place, "checker.py", str(level), privileges)
            self._graders[level, privileges] = grader
            grader.greeting = _lines(grader.watch(100.0, until=b'{"level"')[1])
        return grader

    def close(self):
        """End them all."""
        for grader in self._graders.values():
            grader.end()


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
    (place / "course.pack").write_bytes(pack())


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
    ears["abstract"].bind("\0" + str(place)[-90:])
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


def _processes():
    """Return every process's state and parent."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):  # to ask glob for the file in it fails where the process ends
        with contextlib.suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            found[int(folder.name)] = (state, int(parent))
    return found


def descendants():
    """Return every process below this one that still runs."""
    processes = _processes()
    found, more = set(), {os.getpid()}
    while more:
        more = {pid for pid, (_, parent) in processes.items() if parent in more}
        found |= more
    return {pid for pid in found if processes[pid][0] not in "ZX"}


def _left(before):
    """Return the processes that the run has left behind, after some patience; kill and reap them."""
    deadline = time.monotonic() + 1.0
    while (left := descendants() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10.0
    while descendants() - before and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid, (state, parent) in _processes().items():
        if state == "Z" and parent == os.getpid():  # an orphan that became ours
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
    return tuple(left)


def _lines(out):
    """Return the JSON objects among a grader's lines."""
    found = []
    for line in out.splitlines():
        with contextlib.suppress(ValueError):
            value = json.loads(line)
            if isinstance(value, dict):
                found.append(value)
    return found
