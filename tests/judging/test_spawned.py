"""Workers where there is no zygote, as on macOS and Windows: the same ends, in time, and nothing is left."""

import sys
import time

import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.judging import process, spawned
from bpkit.judging.judge import judge
from bpkit.judging.process import Death, WorkerDied
from bpkit.judging.runner import Submission
from bpkit.judging.spawned import Spawner
from bpkit.reference.pack import open_file

LOOP = "def main():\n    while True: pass"


@pytest.fixture(scope="module")
def spawner():
    """Keep one spawner for these tests."""
    with Spawner() as started:
        yield started


@pytest.fixture
def student(spawner, enrol):
    """Return a student's worker."""
    return enrol(spawner)


def death_of(student, source, seconds):
    """Load a file, call its `main`, which has to kill the worker, and say how that ended."""
    student.load(source)
    with pytest.raises(WorkerDied) as died:
        student.call("main", seconds=seconds)
    assert not student.worker.alive
    return died.value.death


@pytest.mark.parametrize(
    "source",
    [
        LOOP,
        "def main():\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        "def main():\n    while True: print('x' * 100_000)",
    ],
    ids=["loop", "swallows", "prints"],
)
def test_the_deadline_holds(student, gone, source):
    """What goes on for ever ends at the deadline, not much later."""
    began = time.monotonic()
    assert death_of(student, source, 0.5) == Death("deadline")
    assert 0.5 <= time.monotonic() - began < 20
    assert gone(student.worker.pid)


def test_a_request_that_nobody_takes_ends_at_the_deadline(student):
    """The deadline holds for sending as well."""
    student.load("import time\ndef main(x): time.sleep(3600)")
    student.call_and_leave("main", 0)
    with pytest.raises(WorkerDied) as died:
        student.call("main", np.zeros(3 << 20), seconds=0.5)
    assert died.value.death == Death("deadline")


def test_prints_that_come_late_are_told_with_their_answer(student, monkeypatch):
    """What was printed before an answer belongs to it, also where the answer is here first."""
    chunks = spawned._chunks

    def slow(pipe):
        for chunk in chunks(pipe):
            if pipe is student.worker.process.stderr:
                time.sleep(0.2)
            yield chunk

    monkeypatch.setattr(spawned, "_chunks", slow)
    with Spawner() as started:
        student.worker = started.spawn()
        student.load("import os\nprint('größer')\ndef main(): os.write(2, b'at'); print('last'); return 3")
        assert student.call("main")[1] == 3
        assert student.worker.take_printed() == "größer\natlast\n"
        assert student.call("main")[1] == 3
        assert student.worker.take_printed() == "atlast\n"


def test_what_a_worker_printed_before_it_died_is_told(student):
    """Its last words count."""
    student.load("import os\ndef main(): print('last words'); os._exit(1)")
    with pytest.raises(WorkerDied):
        student.call("main")
    assert student.worker.take_printed() == "last words\n"


def test_who_closes_what_prints_go_to_holds_nobody_up(student):
    """The marks do not come then, and are not waited for again."""
    student.load("import os\ndef main(): os.close(2); os.close(1); return 3")
    assert student.call("main")[1] == 3
    began = time.monotonic()
    assert (student.worker.take_printed(), student.worker.take_printed()) == ("", "")
    assert time.monotonic() - began < 20


def test_the_start_does_not_count(enrol, tmp_path, monkeypatch):
    """A Python that takes longer to start than an answer may take is no answer that came too late."""
    slow = tmp_path / "slow.py"
    slow.write_text(
        f"import os, sys, time\ntime.sleep(2)\nos.execv(sys.executable, [*{process.COMMAND!r}, *sys.argv[1:]])"
    )
    monkeypatch.setattr(spawned, "COMMAND", (sys.executable, str(slow)))
    with Spawner() as started:
        student = enrol(started)
        student.load("def main(): return 3", seconds=1.0)
        assert student.call("main", seconds=1.0)[1] == 3


@pytest.mark.parametrize("code", [0, 7])
def test_exit_is_told_with_its_code(student, code):
    """`os._exit` gives no answer; the exit code is told."""
    assert death_of(student, f"import os\ndef main(): os._exit({code})", 60.0) == Death("exit", code)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals that end a process")
def test_a_signal_is_told_with_its_number(student):
    """A worker that a signal ended is told from one that left by itself."""
    source = "import os, signal\ndef main(): os.kill(os.getpid(), signal.SIGSEGV)"
    assert death_of(student, source, 60.0) == Death("signal", 11)


@pytest.mark.parametrize(
    "source",
    ["os.closerange(3, 64)", "[os.write(fd, b'garbage, ' * 10) for fd in wires()]"],
    ids=["closed", "text"],
)
def test_a_wire_that_is_closed_or_holds_no_answer(student, gone, source):
    """It is noticed at once, not at the deadline, and the worker ends."""
    began = time.monotonic()
    text = f"""
import os, stat
def wires():
    return [fd for fd in range(3, 32) if pipe(fd)]
def pipe(fd):
    try:
        os.write(fd, b"")
        return stat.S_ISFIFO(os.fstat(fd).st_mode)
    except OSError:
        return False
def main():
    {source}
    while True: pass
"""
    assert death_of(student, text, 60.0) == Death("garbled")
    assert time.monotonic() - began < 30
    assert gone(student.worker.pid)


def test_prints_are_kept_and_cut(student):
    """What is printed comes back, and of a flood its beginning and its size."""
    student.load("def main(text, times):\n    for _ in range(times): print(text, end='')\n    return 1")
    student.call("main", "little", 1)
    assert student.worker.take_printed() == "little"
    student.call("main", "x" * (1 << 20), 20, seconds=60.0)
    kept, more, count = student.worker.take_printed().partition("\n… and ")
    assert more
    assert set(kept) == {"x"}
    assert len(kept) + int(count.removesuffix(" more bytes").replace(",", "")) == 20 << 20


def test_large_arrays_go_both_ways(student):
    """Twenty megabytes arrive there and come back."""
    sent = np.random.default_rng(0).standard_normal(5 << 19)
    student.load("def main(x): return -x")
    assert (student.call("main", sent, seconds=60.0)[1] == -sent).all()


def test_leaving_leaves_no_process(enrol, runs, gone):
    """Once it is closed no worker runs: idle, busy, or the one that is kept ready."""
    with Spawner() as spawner:
        idle, busy = (enrol(spawner) for _ in range(2))
        idle.load("")
        busy.load(LOOP)
        busy.call_and_leave("main")
        pids = [worker.pid for worker in spawner._workers]
        assert len(pids) == 3
        assert all(map(runs, pids))
    assert gone(*pids)
    spawner.close()  # twice does no harm


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no zygote")
def test_it_judges_as_a_zygote_does(spawner, zygote, solutions):
    """Right, wrong, crashed, incomplete: the verdicts are the same but for the time that they took."""
    pack = open_file(catalog.course_of("layers/linear").pack)
    exercise = catalog.find("layers/linear")._replace(seconds=5.0)
    right = (solutions / "layers/linear.py").read_text(encoding="utf-8")
    wrong = right.replace("db = dy.sum(axis=0)", "db = dy.mean(axis=0)")
    crash = right.replace("db = dy.sum(axis=0)", "db = dy.sum(axis=7)")
    assert len({right, wrong, crash}) == 3
    for source in (right, wrong, crash, "import numpy as np\n"):
        submission = Submission({"layers/linear.py": source})
        one, other = (
            judge(launcher, submission, exercise, pack.load(exercise)) for launcher in (spawner, zygote)
        )
        assert repr(one._replace(seconds=0.0)) == repr(other._replace(seconds=0.0))


def test_the_real_python_on_windows(monkeypatch):
    """A virtual environment's python.exe there starts another process, for which the worker's job has no room."""
    assert spawned._command() == process.COMMAND
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "_base_executable", "C:\\Python\\python.exe")
    assert spawned._command() == ("C:\\Python\\python.exe", *process.COMMAND[1:])
    monkeypatch.setattr(sys, "_base_executable", "")
    assert spawned._command() == process.COMMAND
