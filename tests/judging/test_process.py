"""Workers that misbehave, seen from the checker: each end is told apart, in time, and leaves nothing."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from bpkit.errors import InfrastructureError
from bpkit.judging.process import Death, WorkerDied, Zygote

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's")

# Student's code that knows the worker from within: it finds the nonce of the request that it answers.
FORGE = """
import os, struct, sys
def header(length):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    return struct.pack("<4sBxxxQI", b"BPK1", 4, frame.f_locals["nonce"], length)
"""
LOOP = "def main():\n    while True: pass"


def death_of(student, source, seconds=10.0):
    """Load a file, call its `main`, which has to kill the worker, and say how that ended."""
    student.load(source)
    with pytest.raises(WorkerDied) as died:
        student.call("main", seconds=seconds)
    assert not student.worker.alive
    return died.value.death


@pytest.mark.parametrize(
    "stubborn",
    ["", "[signal.signal(s, signal.SIG_IGN) for s in range(1, 32) if s not in (9, 17, 19)]"],
    ids=["plainly", "ignoring signals"],
)
def test_a_worker_that_loops_is_killed_at_the_deadline(student, gone, stubborn):
    """An endless loop ends at the deadline, not much later, and whatever signals it ignores."""
    started = time.monotonic()
    source = f"import signal\ndef main():\n    {stubborn or 'pass'}\n    while True: pass"
    assert death_of(student, source, seconds=0.3) == Death("deadline")
    assert 0.3 <= time.monotonic() - started < 5
    assert gone(student.worker.pid)


def test_a_worker_that_swallows_every_exception_is_killed(student, gone):
    """A loop that catches whatever is raised in it ends at the deadline."""
    source = """
        def main():
            while True:
                try:
                    while True: pass
                except BaseException:
                    pass
    """
    assert death_of(student, source, seconds=0.3) == Death("deadline")
    assert gone(student.worker.pid)


@pytest.mark.parametrize("pause", ["", "time.sleep(0.01)"], ids=["fast", "slow"])
def test_the_deadline_holds_against_an_answer_byte_by_byte(student, pause):
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
    assert death_of(student, source, seconds=0.5) == Death("deadline")
    assert time.monotonic() - started < 5


def test_a_worker_that_stops_itself_is_killed_at_the_deadline(student, gone):
    """A stopped process is killed like any other."""
    source = "import os, signal\ndef main(): os.kill(os.getpid(), signal.SIGSTOP)"
    assert death_of(student, source, seconds=0.3) == Death("deadline")
    assert gone(student.worker.pid)


def test_a_request_that_nobody_takes_ends_at_the_deadline(student):
    """The deadline holds for sending as well."""
    student.load("import time\ndef main(x): time.sleep(3600)")
    student.call_and_leave("main", 0)
    with pytest.raises(WorkerDied) as died:
        student.call("main", np.zeros(3 << 20), seconds=0.3)
    assert died.value.death == Death("deadline")


@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="processes cannot be pinned to a processor here"
)
def test_waiting_for_a_processor_does_not_count(student):
    """An answer that would be in time comes too late where others have the processor: it is waited for."""
    student.load(
        "import time\ndef main():\n    end = time.process_time() + 0.5\n    while time.process_time() < end: pass"
    )
    processor = min(os.sched_getaffinity(0))
    os.sched_setaffinity(student.worker.pid, {processor})
    with contextlib.ExitStack() as busy:
        for _ in range(3):
            loop = [sys.executable, "-c", "while True: pass"]
            # A session of its own: systems share a processor among sessions, not among processes.
            other = busy.enter_context(subprocess.Popen(loop, start_new_session=True))
            busy.callback(other.kill)
            os.sched_setaffinity(other.pid, {processor})
        before = time.monotonic()
        student.call("main", seconds=1.5)
        assert time.monotonic() - before > 1.5  # the others were in the way, or this tests nothing


@pytest.mark.parametrize("code", [0, 7])
def test_exit_is_told_with_its_code(student, code):
    """`os._exit` gives no answer; the exit code is told."""
    assert death_of(student, f"import os\ndef main(): os._exit({code})") == Death("exit", code)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM, signal.SIGPIPE])
def test_a_signal_is_told_with_its_number(student, number):
    """A worker that a signal ended is told from one that left by itself."""
    source = f"import os\ndef main(): os.kill(os.getpid(), {int(number)})"
    assert death_of(student, source) == Death("signal", number)


@pytest.mark.parametrize(
    "end", ["pass", "os._exit(1)", "while True: pass"], ids=["killed", "exit", "deadline"]
)
def test_children_of_a_worker_end_with_it(student, runs, gone, end):
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
    student.load(source)
    _, child = student.call("child")
    assert runs(child)
    if end == "pass":
        student.worker.kill()
    else:
        with pytest.raises(WorkerDied):
            student.call("main", seconds=1.0)
    assert gone(child, student.worker.pid)


def test_a_worker_that_closes_the_wire_is_garbled_and_killed(student, gone):
    """A closed wire is noticed at once, not at the deadline, and is not taken for a lack of memory."""
    source = "import os\ndef main():\n    os.close(3)\n    while True: pass"
    started = time.monotonic()
    assert death_of(student, source, seconds=60.0) == Death("garbled")
    assert time.monotonic() - started < 20
    assert gone(student.worker.pid)


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
def test_garbage_on_the_wire_is_garbled(student, gone, garbage):
    """What is no answer to this request is not believed, and ends the worker."""
    source = FORGE + f"def main():\n    {garbage}\n    while True: pass"
    assert death_of(student, source, seconds=60.0) == Death("garbled")
    assert gone(student.worker.pid)


def test_prints_before_the_end_are_kept(student):
    """What was printed before a deadline can still be read."""
    source = "def main():\n    print('before')\n    while True: pass"
    assert death_of(student, source, seconds=0.3) == Death("deadline")
    assert student.worker.take_printed() == "before\n"


def test_a_hundred_megabytes_of_prints_are_cut(student):
    """A flood of prints neither blocks the call nor fills the checker's memory; its size is told."""
    student.load("def main():\n    for _ in range(100): print('x' * (1 << 20), end='')\n    return 1")
    assert student.call("main", seconds=60.0)[1] == 1
    printed = student.worker.take_printed()
    assert len(printed) < 9000
    assert printed.endswith(f"… and {(100 << 20) - 8192:,} more bytes")


def test_an_endless_flood_of_prints_ends_at_the_deadline(student):
    """Reading prints does not hold the checker past the deadline."""
    started = time.monotonic()
    source = "def main():\n    while True: print('x' * 100_000)"
    assert death_of(student, source, seconds=0.5) == Death("deadline")
    assert time.monotonic() - started < 5
    assert student.worker.take_printed().startswith("xxx")


def test_large_arrays_go_both_ways(student):
    """Twenty megabytes arrive there and come back."""
    sent = np.random.default_rng(0).standard_normal(5 << 19)
    student.load("def main(x): return -x")
    assert (student.call("main", sent)[1] == -sent).all()


def test_leaving_the_zygote_leaves_no_process(enrol, runs, gone):
    """Once the zygote is closed, neither it nor any worker runs: idle, busy or just forked."""
    with Zygote(0) as zygote:
        idle, busy, fresh = (enrol(zygote) for _ in range(3))
        idle.load("")
        busy.load(LOOP)
        busy.call_and_leave("main")
        pids = (zygote.pid, *(student.worker.pid for student in (idle, busy, fresh)))
        assert all(map(runs, pids))
    assert gone(*pids)
    zygote.close()  # twice does no harm


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_leaving_a_zygote_that_a_worker_has_harmed_does_not_hang(enrol, gone, number):
    """A worker that stops or kills its zygote does not keep the checker from leaving."""
    with Zygote(0) as zygote:
        student = enrol(zygote)
        student.load("import os\ndef main(number): os.kill(os.getppid(), number)")
        student.call_and_leave("main", int(number))
        assert gone(zygote.pid) if number == signal.SIGKILL else stopped(zygote.pid)
    assert gone(student.worker.pid)


def stopped(pid):
    """Tell whether a process of ours is stopped, or will be soon."""
    return os.WIFSTOPPED(os.waitpid(pid, os.WUNTRACED)[1])


def test_killed_workers_are_reaped(student):
    """A killed worker leaves no zombie: its number is free again."""
    student.worker.kill()
    with pytest.raises(ProcessLookupError):
        os.kill(student.worker.pid, 0)


def test_a_killed_checker_leaves_no_process(tmp_path, runs, gone):
    """After a SIGKILL of the checker itself, its zygote, the workers and their children end."""
    fork = "import os, time\nif not (pid := os.fork()): time.sleep(600)\ndef main(): return pid"
    script = tmp_path / "checker.py"
    script.write_text(
        textwrap.dedent(f"""
            from bpkit.judging.process import Zygote
            from bpkit.worker import wire

            CALL = {{"function": "main", "arguments": (), "keep": None, "echo": False,
                    "layout": "C", "watch": "", "hold": False}}
            zygote = Zygote(0)
            idle, busy = zygote.spawn(), zygote.spawn()
            idle.ask(wire.LOAD, {{"module": "m", "files": {{"m.py": {fork!r}}}}}, 10)
            child = idle.ask(wire.CALL, CALL, 10)[1]["value"]
            busy.ask(wire.LOAD, {{"module": "m", "files": {{"m.py": {LOOP!r}}}}}, 10)
            print(zygote.pid, idle.pid, busy.pid, child, flush=True)
            busy.ask(wire.CALL, CALL, 600)
        """)
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as checker:
        pids = [int(word) for word in checker.stdout.readline().split()]
        assert len(pids) == 4
        assert all(map(runs, pids))
        checker.kill()
    assert gone(*pids)


@LINUX
def test_workers_end_with_a_killed_zygote(enrol, gone):
    """A zygote that is killed takes its workers along, and the checker hears of it."""
    with Zygote(0) as zygote:
        student = enrol(zygote)
        student.load(LOOP)
        student.call_and_leave("main")
        pids = (zygote.pid, student.worker.pid)
        os.kill(zygote.pid, signal.SIGKILL)
        assert gone(*pids)
        with pytest.raises(InfrastructureError, match="try again"):
            zygote.spawn()
        with pytest.raises(InfrastructureError, match="try again"):
            student.worker.kill()


def test_a_zygote_that_cannot_start_says_why(monkeypatch):
    """Where the zygote's program fails, the error holds its last words."""
    monkeypatch.setattr("bpkit.judging.process.COMMAND", (sys.executable, "/nonexistent/zygote.py"))
    with Zygote(0) as zygote, pytest.raises(InfrastructureError, match="No such file"):
        zygote.spawn()
