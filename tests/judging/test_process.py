"""Workers that misbehave, seen from the checker: each is told apart, ends in time, and leaves nothing behind."""

import importlib.util
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
from bpkit.errors import InfrastructureError
from bpkit.judging.process import Death, WorkerDied, Zygote
from bpkit.worker import wire

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc, or needs PR_SET_PDEATHSIG")

# Student's code that knows the worker from within: it finds the nonce of the request that it answers.
FORGE = """
import os, struct, sys
def header(length):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    return struct.pack("<4sBxxxQI", b"BPK1", 4, frame.f_locals["nonce"], length)
"""


@pytest.fixture
def worker(zygote):
    """Return a worker of the shared zygote."""
    started = zygote.spawn()
    yield started
    if started.alive:
        started.kill()


def load(worker, source, **others):
    """Load a submission of main.py and others, named by their path without the ending."""
    files = {"main.py": textwrap.dedent(source)}
    files |= {f"{name.replace('__', '/')}.py": text for name, text in others.items()}
    return worker.ask(wire.LOAD, {"module": "main", "files": files}, 10.0)


def call(worker, function, *arguments, seconds=10.0):
    """Call a function of main.py; return the kind of the answer and its value."""
    request = {"function": function, "arguments": arguments, "keep": None, "echo": False}
    kind, answer = worker.ask(wire.CALL, request, seconds)
    return kind, answer["value"] if kind == wire.RETURNED else answer


def death_of(worker, source, seconds=10.0):
    """Load a file, call its `main`, which has to kill the worker, and say how that ended."""
    load(worker, source)
    with pytest.raises(WorkerDied) as died:
        call(worker, "main", seconds=seconds)
    assert not worker.alive
    return died.value.death


def runs(pid):
    """Tell whether a process runs; one that waits to be reaped does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return sys.platform != "linux"


def gone(*pids, seconds=20.0):
    """Tell whether all of these processes have ended, or do so soon."""
    deadline = time.monotonic() + seconds
    while any(map(runs, pids)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)  # no one tells us when another process's child ends
    return True


@pytest.mark.parametrize(
    "stubborn",
    ["", "[signal.signal(s, signal.SIG_IGN) for s in range(1, 32) if s not in (9, 17, 19)]"],
    ids=["plainly", "ignoring signals"],
)
def test_a_worker_that_loops_is_killed_at_the_deadline(worker, stubborn):
    """An endless loop ends at the deadline, not much later, and whatever signals it ignores."""
    started = time.monotonic()
    source = f"import signal\ndef main():\n    {stubborn or 'pass'}\n    while True: pass"
    assert death_of(worker, source, seconds=0.3) == Death("deadline")
    assert 0.3 <= time.monotonic() - started < 5
    assert gone(worker.pid)


def test_a_worker_that_swallows_every_exception_is_killed(worker):
    """A loop that catches whatever is raised in it ends at the deadline."""
    source = """
        def main():
            while True:
                try:
                    while True: pass
                except BaseException:
                    pass
    """
    assert death_of(worker, source, seconds=0.3) == Death("deadline")
    assert gone(worker.pid)


@pytest.mark.parametrize("pause", ["", "time.sleep(0.01)"], ids=["fast", "slow"])
def test_the_deadline_holds_against_an_answer_byte_by_byte(worker, pause):
    """An answer that trickles in does not move the deadline."""
    source = FORGE + textwrap.dedent(f"""
        import time
        def main():
            os.write(3, header(30 << 20))
            while True:
                os.write(3, b"x")
                {pause}
    """)
    started = time.monotonic()
    assert death_of(worker, source, seconds=0.5) == Death("deadline")
    assert time.monotonic() - started < 5


def test_a_worker_that_stops_itself_is_killed_at_the_deadline(worker):
    """A stopped process is killed like any other."""
    source = "import os, signal\ndef main(): os.kill(os.getpid(), signal.SIGSTOP)"
    assert death_of(worker, source, seconds=0.3) == Death("deadline")
    assert gone(worker.pid)


def test_a_worker_that_reads_no_request_is_killed_at_the_deadline(worker):
    """The deadline holds for sending as well: a request that nobody takes does not block."""
    load(worker, "import time\ndef main(x): time.sleep(3600)")
    request = {"function": "main", "arguments": (0,), "keep": None, "echo": False}
    worker._send(wire.frame(wire.CALL, 1, wire.encode(request)), time.monotonic() + 5)
    with pytest.raises(WorkerDied) as died:
        call(worker, "main", np.zeros(3 << 20), seconds=0.3)
    assert died.value.death == Death("deadline")


@pytest.mark.parametrize("code", [0, 7])
def test_exit_is_told_with_its_code(worker, code):
    """`os._exit` gives no answer; the exit code is told."""
    assert death_of(worker, f"import os\ndef main(): os._exit({code})") == Death("exit", code)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGPIPE])
def test_a_signal_is_told_with_its_number(worker, number):
    """A worker that a signal ended is told from one that left by itself."""
    source = f"import os\ndef main(): os.kill(os.getpid(), {int(number)})"
    assert death_of(worker, source) == Death("signal", number)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [("SystemExit(3)", "SystemExit"), ("MemoryError()", "MemoryError"), ("NotImplementedError()", "NotImplementedError")],
)
def test_what_is_raised_is_answered_and_the_worker_lives(worker, raised, kind):
    """An exception is an answer, `SystemExit` too: the next call is served by the same worker."""
    load(worker, f"def main(): raise {raised}\ndef again(): return 5")
    answer, failure = call(worker, "main")
    assert answer == wire.RAISED
    assert kind in failure["kinds"]
    assert call(worker, "again") == (wire.RETURNED, 5)


@pytest.mark.parametrize("take", ["bytearray(10 << 30)", "np.ones(10 << 27)", "[0] * (10 << 27)"])
def test_ten_gigabytes_are_refused(worker, take):
    """An allocation beyond the limit raises `MemoryError` in the worker, which lives on."""
    load(worker, f"import numpy as np\ndef main(): return len({take})\ndef again(): return 5")
    answer, failure = call(worker, "main")
    assert (answer, failure["kinds"]) == (wire.RAISED, ["MemoryError"])
    assert call(worker, "again") == (wire.RETURNED, 5)


def test_many_small_allocations_end_as_well(worker):
    """Memory that is taken bit by bit meets the same limit."""
    source = "import numpy as np\ndef main():\n    kept = []\n    while True: kept.append(np.zeros(1 << 20))"
    load(worker, source)
    answer, failure = call(worker, "main")
    assert (answer, failure["kinds"]) == (wire.RAISED, ["MemoryError"])


def test_an_exception_that_cannot_be_shown_is_still_answered(worker):
    """An exception whose `__str__` raises is an answer all the same."""
    source = """
        class Mean(Exception):
            def __str__(self): raise RuntimeError("no text")
        def main(): raise Mean
    """
    load(worker, source)
    answer, failure = call(worker, "main")
    assert (answer, failure["type"]) == (wire.RAISED, "RuntimeError")


@pytest.mark.parametrize("end", ["pass", "os._exit(1)", "while True: pass"], ids=["killed", "exit", "deadline"])
def test_children_of_a_worker_end_with_it(worker, end):
    """A child process that stays in the worker's group is killed with the worker, however that ends."""
    source = f"""
        import os, time
        def child():
            pid = os.fork()
            if pid == 0:
                while True: time.sleep(60)
            return pid
        def main():
            {end}
    """
    load(worker, source)
    _, child = call(worker, "child")
    assert runs(child)
    if end == "pass":
        worker.kill()
    else:
        with pytest.raises(WorkerDied):
            call(worker, "main", seconds=1.0)
    assert gone(child, worker.pid)


def test_a_worker_that_closes_the_wire_is_garbled_and_killed(worker):
    """A closed wire is noticed at once, not at the deadline, and is not taken for a lack of memory."""
    source = "import os\ndef main():\n    os.close(3)\n    while True: pass"
    started = time.monotonic()
    assert death_of(worker, source, seconds=60.0) == Death("garbled")
    assert time.monotonic() - started < 20
    assert gone(worker.pid)


@pytest.mark.parametrize(
    "garbage",
    [
        "os.write(3, b'garbage, ' * 10)",
        "os.write(3, struct.pack('<4sBxxxQI', b'BPK1', 4, 12345, 1) + b'N')",
        "os.write(3, header(0xffffffff))",
        "os.write(3, header(4) + b'ABCD')",
        "os.write(3, header(0))",
        "os.write(3, header(20).replace(b'BPK1\\x04', b'BPK1\\x09') + b'N' * 20)",
        "print('on the wire', file=os.fdopen(3, 'w'))",
    ],
    ids=["text", "another nonce", "4 GB", "no value", "nothing", "no such kind", "print"],
)
def test_garbage_on_the_wire_is_garbled(worker, garbage):
    """What is no answer to this request is not believed, and ends the worker."""
    source = FORGE + f"def main():\n    {garbage}\n    while True: pass"
    assert death_of(worker, source, seconds=60.0) == Death("garbled")
    assert gone(worker.pid)


def test_prints_are_captured_in_order(worker):
    """Prints to both streams arrive in order, and each call's are its own."""
    source = """
        import os, sys
        print("import")
        def main(word):
            print(word, "∂")
            print("error", file=sys.stderr)
            os.write(1, b"raw \\xff\\n")
    """
    load(worker, source)
    assert worker.take_printed() == "import\n"
    call(worker, "main", "one")
    assert worker.take_printed() == "one ∂\nerror\nraw \ufffd\n"
    assert worker.take_printed() == ""
    call(worker, "main", "two")
    assert worker.take_printed().startswith("two")


def test_a_hundred_megabytes_of_prints_are_cut(worker):
    """A flood of prints neither blocks the call nor fills the checker's memory; its size is told."""
    load(worker, "def main():\n    for _ in range(100): print('x' * (1 << 20), end='')\n    return 1")
    assert call(worker, "main", seconds=30.0) == (wire.RETURNED, 1)
    printed = worker.take_printed()
    assert len(printed) < 9000
    assert printed.endswith(f"… and {(100 << 20) - 8192:,} more bytes")


def test_an_endless_flood_of_prints_ends_at_the_deadline(worker):
    """Reading prints does not hold the checker past the deadline."""
    started = time.monotonic()
    source = "def main():\n    while True: print('x' * 100_000)"
    assert death_of(worker, source, seconds=0.5) == Death("deadline")
    assert time.monotonic() - started < 5
    assert worker.take_printed().startswith("xxx")


def test_closed_output_does_no_harm(worker):
    """A worker that closes its output still answers."""
    load(worker, "import os\ndef main():\n    os.close(1); os.close(2)\n    return 5")
    assert call(worker, "main") == (wire.RETURNED, 5)
    assert call(worker, "main")[0] == wire.RAISED  # there is no 1 to close any more
    assert worker.alive


def test_standard_input_is_empty(worker):
    """`input()` fails at once instead of waiting for someone to type."""
    load(worker, "import sys\ndef main(): return sys.stdin.read()\ndef ask(): return input()")
    assert call(worker, "main") == (wire.RETURNED, "")
    answer, failure = call(worker, "ask")
    assert (answer, failure["type"]) == (wire.RAISED, "EOFError")


def test_modules_of_a_workspace_import_each_other(worker):
    """Files import each other as packages, with and without an __init__.py, relatively and absolutely."""
    source = """
        import numpy as np
        from layers.linear import double
        from layers import linear
        import tools.deep.inside as inside
        def main(x): return double(x) + inside.ONE + linear.TWO
    """
    others = {
        "layers__linear": "from .constants import TWO\nfrom tools import THREE\ndef double(x): return x * TWO",
        "layers__constants": "TWO = 2.0",
        "tools____init__": "THREE = 3.0",
        "tools__deep__inside": "ONE = 1.0",
    }
    load(worker, source, **others)
    _, value = call(worker, "main", np.arange(3.0))
    assert value.tolist() == [3.0, 5.0, 7.0]


def test_a_neighbour_that_is_not_utf8_is_an_import_error(worker):
    """Importing a file whose text could not be read says which file it is."""
    answer, failure = load(worker, "import other", other=None)
    assert (answer, failure["type"]) == (wire.RAISED, "ImportError")
    assert "other.py" in failure["message"]


@pytest.mark.parametrize("name", ["torch", "pytest", "safetensors", "hypothesis", "bpkit", "numpy.no_such"])
def test_only_numpy_and_the_standard_library_can_be_imported(worker, name):
    """What is installed here beside numpy cannot be imported there."""
    assert name == "numpy.no_such" or importlib.util.find_spec(name), f"{name} is not installed: proves nothing"
    answer, failure = load(worker, f"import {name}")
    assert (answer, failure["type"]) == (wire.RAISED, "ModuleNotFoundError")


def test_numpy_and_the_standard_library_can_be_imported(worker):
    """The parts of numpy that are loaded late, and the standard library, are there."""
    source = """
        import numpy.fft, numpy.linalg, numpy.testing, dataclasses, functools, itertools, math, typing, json
        def main(): return numpy.__version__
    """
    load(worker, source)
    assert call(worker, "main") == (wire.RETURNED, np.__version__)


def test_the_environment_is_not_inherited(monkeypatch):
    """Nothing of the checker's environment can be read in a worker."""
    monkeypatch.setenv("BPKIT_SECRET", "token")
    with Zygote() as zygote:
        worker = zygote.spawn()
        load(worker, "import os\ndef main(): return sorted(os.environ)")
        _, names = call(worker, "main")
    assert "PATH" in names
    assert not {"BPKIT_SECRET", "HOME", "PYTHONPATH"} & set(names)


@LINUX
def test_only_four_file_descriptors_are_open(worker, zygote):
    """A worker holds its three streams and the wire: no other worker's, and not the zygote's socket."""
    other = zygote.spawn()
    load(worker, "import os\ndef main(): return sorted(map(int, os.listdir('/proc/self/fd')))")
    _, numbers = call(worker, "main")
    other.kill()
    assert numbers[:4] == [0, 1, 2, 3]
    assert len(numbers) == 5  # and the folder that is being listed


def test_files_get_no_bytes(worker, tmp_path):
    """A worker cannot write into a file, even where it may open one."""
    source = """
        def main(path):
            with open(path, "wb", buffering=0) as file: file.write(b"x")
    """
    load(worker, source)
    assert call(worker, "main", str(tmp_path / "file"))[0] == wire.RAISED
    assert not (tmp_path / "file").exists() or (tmp_path / "file").stat().st_size == 0


def test_large_arrays_go_both_ways(worker):
    """Twenty megabytes arrive there and come back."""
    sent = np.random.default_rng(0).standard_normal(5 << 19)
    load(worker, "def main(x): return -x")
    _, value = call(worker, "main", sent)
    assert (value == -sent).all()


def start_busy(worker):
    """Make a worker loop, without waiting for its answer."""
    load(worker, "def main():\n    while True: pass")
    request = {"function": "main", "arguments": (), "keep": None, "echo": False}
    worker._send(wire.frame(wire.CALL, 1, wire.encode(request)), time.monotonic() + 5)


def test_leaving_the_zygote_leaves_no_process():
    """Once the zygote is closed, neither it nor any worker runs, idle, busy or just forked."""
    with Zygote() as zygote:
        idle, busy, fresh = zygote.spawn(), zygote.spawn(), zygote.spawn()
        load(idle, "")
        start_busy(busy)
        pids = (zygote.pid, idle.pid, busy.pid, fresh.pid)
        assert all(map(runs, pids))
    assert gone(*pids)
    zygote.close()  # twice does no harm


def test_killed_workers_are_reaped(zygote):
    """A killed worker leaves no zombie: its number is free again."""
    worker = zygote.spawn()
    worker.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)


def test_a_killed_checker_leaves_no_process(tmp_path):
    """After a SIGKILL of the checker itself, its zygote, workers and their children end."""
    script = tmp_path / "checker.py"
    script.write_text(
        "import os, sys, time\n"
        "from bpkit.judging.process import Zygote\n"
        "from bpkit.worker import wire\n"
        "FORK = 'import os, time\\nif (child := os.fork()) == 0:\\n    while True: time.sleep(60)\\n"
        "def main(): return child'\n"
        "CALL = {'function': 'main', 'arguments': (), 'keep': None, 'echo': False}\n"
        "zygote = Zygote()\n"
        "idle, busy = zygote.spawn(), zygote.spawn()\n"
        "idle.ask(wire.LOAD, {'module': 'm', 'files': {'m.py': FORK}}, 10)\n"
        "child = idle.ask(wire.CALL, CALL, 10)[1]['value']\n"
        "busy.ask(wire.LOAD, {'module': 'm', 'files': {'m.py': 'def main():\\n    while True: pass'}}, 10)\n"
        "print(zygote.pid, idle.pid, busy.pid, child, flush=True)\n"
        "busy.ask(wire.CALL, CALL, 600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as checker:
        pids = [int(word) for word in checker.stdout.readline().split()]
        assert len(pids) == 4
        assert all(map(runs, pids))
        checker.kill()
    assert gone(*pids)


@LINUX
def test_workers_end_with_a_killed_zygote():
    """A zygote that is killed takes its workers along, and the checker hears of it."""
    with Zygote() as zygote:
        worker = zygote.spawn()
        start_busy(worker)
        pids = (zygote.pid, worker.pid)
        os.kill(zygote.pid, signal.SIGKILL)
        assert gone(*pids)
        with pytest.raises(InfrastructureError, match="try again"):
            zygote.spawn()


def test_a_zygote_that_cannot_start_says_why(monkeypatch):
    """Where the zygote's program fails, the error holds its last words."""
    monkeypatch.setattr("bpkit.judging.process._PROGRAM", Path("/nonexistent/zygote.py"))
    with Zygote() as zygote, pytest.raises(InfrastructureError, match="zygote.py"):
        zygote.spawn()
