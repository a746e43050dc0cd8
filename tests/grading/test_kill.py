"""`bpkit grade` as a process that is killed, at any moment, and started again: nothing is lost, nothing done twice.

`make kills` is the long form, with fifty. Linux only, like the command.
"""

import csv
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from bpkit.authoring.mutants import mutants
from bpkit.grading import ledger
from bpkit.grading.ledger import Ledger
from bpkit.worker import libc

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

KILLS = int(os.environ.get("BPKIT_KILLS", "4"))
EXERCISES = ("neuron/relu", "layers/linear")
STUDENTS = 40
SECONDS = 100  # the machine may be slow; nothing here takes a tenth of it
PR_SET_CHILD_SUBREAPER = 36
# Writes down whatever is written to the ledger, in the same transaction as the result.
LOG = """
CREATE TABLE log (student TEXT NOT NULL);
CREATE TRIGGER noting AFTER INSERT ON results BEGIN INSERT INTO log VALUES (new.student); END;
"""


@pytest.fixture(scope="module")
def submissions(tmp_path_factory, solutions):
    """Return a folder of submissions: solutions and known mistakes, no two alike."""
    root = tmp_path_factory.mktemp("class")
    rng = random.Random(1)
    for number in range(STUDENTS):
        for exercise_id in EXERCISES:
            solution = (solutions / f"{exercise_id}.py").read_text()
            text = rng.choice([solution, *mutants(solution, exercise_id).values()])
            path = root / f"student{number:02}" / f"{exercise_id}.py"
            path.parent.mkdir(parents=True)
            path.write_text(f"{text}\n# {number}\n")
    return root


class Family:
    """The processes that come from a test, orphans too: they are given to us, and not to init."""

    def __init__(self):
        self.before = self.alive()

    @staticmethod
    def alive():
        """Return the ids and command lines of all processes below this one that are not mere zombies."""
        parents, words = {}, {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                words[int(folder.name)] = (folder / "cmdline").read_text()
            except (OSError, UnicodeDecodeError):
                continue
            if state not in "ZX":
                parents[int(folder.name)] = int(parent)
        found, more = set(), {os.getpid()}
        while more:
            more = {pid for pid, parent in parents.items() if parent in more} - found
            found |= more
        return {pid: words[pid] for pid in found}

    def new(self, word=""):
        """Return the ids of those that were not there before and have a word in their command line."""
        return {pid for pid, words in self.alive().items() if pid not in self.before and word in words}

    def left(self):
        """Return those that are still there when all have had time to end."""
        deadline = time.monotonic() + 30
        while (pids := self.new()) and time.monotonic() < deadline:
            time.sleep(0.01)  # nobody tells us when somebody else's child ends
        return pids


@pytest.fixture
def family():
    """Return the processes that a test starts; it must leave none."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)
    started = Family()
    yield started
    left = started.left()
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 0)
    assert not left, "processes were left behind"


class Ended(NamedTuple):
    """How a run ended by itself."""

    code: int
    out: str
    err: str


class Grading:
    """The same command again and again, on one folder of results."""

    def __init__(self, submissions, out):
        self.out = out
        only = [word for exercise_id in EXERCISES for word in ("--only", exercise_id)]
        self.command = [
            sys.executable, "-m", "bpkit", "grade", str(submissions), "--out", str(out), "--jobs", "2", *only,
        ]  # fmt: skip

    def start(self):
        """Start it as a shell does: a process group of its own, which Ctrl-C reaches as a whole."""
        return subprocess.Popen(
            self.command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self):
        """Run it to its end."""
        return finish(self.start())

    def note_writes(self):
        """Make the ledger, empty, with a log of what is written to it."""
        with Ledger(self.out):
            pass
        connection = sqlite3.connect(self.out / ledger.FILE)
        connection.executescript(LOG)
        connection.close()

    def written(self):
        """Return how often each student's result was written."""
        connection = sqlite3.connect(self.out / ledger.FILE)
        students = connection.execute("SELECT student FROM log").fetchall()
        connection.close()
        return Counter(student for (student,) in students)

    def done(self):
        """Return how many results the ledger holds."""
        if not (self.out / ledger.FILE).exists():
            return 0
        with ledger.read(self.out) as results:
            return len(results)

    def wait_for(self, process, count):
        """Wait until the ledger holds so many results."""
        deadline = time.monotonic() + SECONDS
        while self.done() < count:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)  # SQLite tells nobody

    def outcome(self):
        """Return all that is to be the same after any run: ledger, table, and names of files."""
        connection = sqlite3.connect(self.out / ledger.FILE)
        rows = connection.execute("SELECT * FROM results ORDER BY student").fetchall()
        connection.close()
        files = {path.relative_to(self.out).as_posix() for path in self.out.rglob("*") if path.is_file()}
        return (
            [(*row[:-1], without_seconds(json.loads(row[-1]))) for row in rows],
            list(csv.reader((self.out / "grades.csv").read_text("utf-8-sig").splitlines())),
            files - {f"{ledger.FILE}-wal", f"{ledger.FILE}-shm"},
        )


def without_seconds(value):
    """Return JSON data without how long anything took."""
    if isinstance(value, dict):
        return {key: without_seconds(inner) for key, inner in value.items() if key != "seconds"}
    return [without_seconds(inner) for inner in value] if isinstance(value, list) else value


def finish(process):
    """Wait for a process and what it says."""
    try:
        out, err = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    return Ended(process.returncode, out, err)


@pytest.fixture(scope="module")
def undisturbed(submissions, tmp_path_factory):
    """Return the outcome of a run that nobody disturbs, and the seconds it took."""
    grading = Grading(submissions, tmp_path_factory.mktemp("undisturbed"))
    began = time.monotonic()
    ended = grading.run()
    seconds = time.monotonic() - began
    assert (ended.code, complaints(ended)) == (0, "")
    assert ended.out.startswith(f"{STUDENTS} graded. ")
    return grading.outcome(), seconds


@pytest.fixture
def grading(submissions, tmp_path):
    """Return the command with an empty folder of results."""
    return Grading(submissions, tmp_path / "results")


def test_killed_at_any_moment(submissions, undisturbed, tmp_path, family):
    """The same command goes on where it was: the same results, nothing written twice, nobody left, the lock free."""
    expected, seconds = undisturbed
    rng = random.Random()
    kills = rounds = 0
    interrupted = Counter()
    while kills < KILLS:
        rounds += 1
        grading = Grading(submissions, tmp_path / str(rounds))
        grading.note_writes()
        before, code = 0, None
        while code is None:
            process = grading.start()
            try:
                code = process.wait(rng.uniform(0, 1.1 * seconds) if kills < KILLS else SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate(timeout=SECONDS)  # ends when the last of its family has
                kills += 1
                with Ledger(grading.out) as book:  # it is ours at once
                    now = len(book.results())
                interrupted["grading" if before < now < STUDENTS else "another moment"] += 1
                assert now >= before
                before = now
        ended = finish(process)
        assert not [(result.student, result.why) for result in ledger.read(grading.out) if result.why]
        unchanged = f" ({before} of them before, and unchanged)" if before else ""
        assert (ended.code, complaints(ended)) == (0, "")
        assert ended.out.startswith(f"{STUDENTS} graded{unchanged}. ")
        assert grading.outcome() == expected
        assert set(grading.written().values()) == {1}
        assert not family.left()
    print(f"{kills} kills in {rounds} rounds: {dict(interrupted)}")  # noqa: T201 - for the long form's reader


def test_two_at_once(grading, undisturbed, family):
    """The second says so and stops; the first does not notice."""
    first = grading.start()
    grading.wait_for(first, 1)
    main = {first.pid}
    os.kill(first.pid, signal.SIGSTOP)  # so that it is there as long as we need it
    second = grading.run()
    os.kill(first.pid, signal.SIGCONT)
    assert (second.code, second.out) == (2, "")
    assert second.err == (
        f"Error: Another bpkit grade is writing to {grading.out}. Wait for it, or name another folder with --out.\n"
    )
    assert finish(first).code == 0
    assert grading.outcome() == undisturbed[0]
    assert not family.left() - main


@pytest.mark.parametrize("after", [0, 10])
def test_ctrl_c(grading, undisturbed, family, after):
    """It says that what was graded is kept, leaves no process, and the same command goes on."""
    process = grading.start()
    if after:
        grading.wait_for(process, after)
    else:  # the moment when jobs start
        deadline = time.monotonic() + SECONDS
        while not family.new("spawn_main"):
            assert time.monotonic() < deadline
    os.killpg(process.pid, signal.SIGINT)
    ended = finish(process)
    assert (ended.code, ended.out) == (130, "")
    assert ended.err == "Stopped. What was graded is kept: the same command goes on where it was.\n"
    assert not family.left()
    kept = grading.done()
    assert after <= kept < STUDENTS
    assert f"({kept} of them before" in grading.run().out or not kept
    assert grading.outcome() == undisturbed[0]


def test_ctrl_c_while_an_answer_takes_for_ever(tmp_path, family):
    """Nobody waits for what is being graded: answers that never return would take minutes yet."""
    text = "def relu_forward(x):\n    while True:\n        pass\n"
    for student in "abcdefgh":
        (tmp_path / "class" / student / "neuron").mkdir(parents=True)
        (tmp_path / "class" / student / "neuron/relu.py").write_text(text)
    process = Grading(tmp_path / "class", tmp_path / "results").start()
    deadline = time.monotonic() + SECONDS
    while len(family.new("zygote")) < 4:  # two jobs, and a worker for each
        assert time.monotonic() < deadline
    os.killpg(process.pid, signal.SIGINT)
    ended = finish(process)
    assert (ended.code, ended.out) == (130, "")
    assert ended.err.startswith("Stopped. ")
    assert ended.err.count("\n") == 1
    with ledger.read(tmp_path / "results") as results:
        assert len(results) < 8


def test_ctrl_c_while_results_are_written(grading, undisturbed, family):
    """The end of a run can be stopped like the rest of it."""
    assert grading.run().code == 0
    page = grading.out / "results.json"
    page.unlink()
    process = grading.start()
    deadline = time.monotonic() + SECONDS
    while not page.exists():  # written after grades.csv, and before each student's feedback
        assert process.poll() is None
        assert time.monotonic() < deadline
    os.killpg(process.pid, signal.SIGINT)
    ended = finish(process)
    assert (ended.code, ended.out) == (130, "")
    assert ended.err.startswith("Stopped. ")
    assert "Traceback" not in ended.err
    assert not family.left()
    assert grading.run().code == 0
    assert grading.outcome() == undisturbed[0]


def complaints(ended):
    """Return what a run wrote to stderr, but for how far it was now and then, which a slow one says."""
    return re.sub(rf"\d+ of {STUDENTS}, .*\n", "", ended.err)


@pytest.mark.parametrize("whose", ["spawn_main", "zygote"])
def test_a_job_that_is_killed(grading, undisturbed, family, whose):
    """A job, or the program that runs answers for it: either costs a retry, and no submission."""
    grading.note_writes()
    process = grading.start()
    grading.wait_for(process, 3)
    victims = family.new(whose)
    assert victims
    os.kill(min(victims), signal.SIGKILL)
    ended = finish(process)
    assert (ended.code, complaints(ended)) == (0, "")
    assert ended.out.startswith(f"{STUDENTS} graded. ")
    assert grading.outcome() == undisturbed[0]
    assert set(grading.written().values()) == {1}
    assert not family.left()
