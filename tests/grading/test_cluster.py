"""A Dask cluster: a real scheduler and worker processes on this machine, and what becomes of those that are killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from bpkit.course import catalog, resources
from bpkit.errors import BpkitError, ClusterError
from bpkit.grading import batch, job
from bpkit.grading.handed import Handed
from bpkit.grading.ledger import Ledger
from bpkit.report.results import Outcome

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
from bpkit.grading import cluster  # noqa: E402 - it says so itself where Dask is missing

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux"),
    # Its own sockets and loops, when a worker was killed; none of ours.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
SECONDS = 120
ONLY = "neuron/relu"


class Running:
    """A scheduler and its workers, as processes that this test started."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
        self.start(
            "scheduler", "--host", self.address, "--no-dashboard", "--no-show", "--dashboard-address", ":0"
        )
        self.client = self.connect()

    def connect(self):
        """Wait for the scheduler."""
        return distributed.Client(self.address, timeout=SECONDS, set_as_default=False)

    def start(self, kind, *options, env=None):
        """Start `dask scheduler` or `dask worker`."""
        with (self.folder / f"{kind}{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", kind, *options],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={
                    **os.environ,
                    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
                    "PYTHONPATH": str(Path(__file__).parent),  # for what stands in for `job.grade`
                    **(env or {}),
                },
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def workers(self, count, *options, threads=1, env=None):
        """Start workers, each without a nanny that would start it again, and wait for all."""
        started = [
            self.start(
                "worker",
                self.address,
                "--no-nanny",
                "--nthreads",
                str(threads),
                "--no-dashboard",
                *options,
                env=env,
            )
            for _ in range(count)
        ]
        before = len(self.client.nthreads())
        self.client.wait_for_workers(before + count, timeout=SECONDS)
        return started

    def close(self):
        """End all of it, and what it started."""
        self.client.close()
        for process in self.processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            finally:
                process.wait()


@pytest.fixture
def running(tmp_path):
    """Return a cluster with a scheduler and no worker yet."""
    (tmp_path / "dask").mkdir()
    found = Running(tmp_path / "dask")
    yield found
    found.close()


@pytest.fixture(scope="module")
def pack():
    """Return the course's own pack."""
    return resources.pack()


@pytest.fixture(scope="module")
def task(pack):
    """Return the task of grading one exercise, at whatever isolation this machine has."""
    return job.task(pack, {ONLY: catalog.find(ONLY)}, 0)


@pytest.fixture(scope="module")
def right(solutions):
    """Return the right answer's text."""
    return (solutions / f"{ONLY}.py").read_text()


def students(right, count):
    """Return submissions, all of them different, and every third wrong."""
    for number in range(count):
        text = right if number % 3 else right.replace("np.maximum", "np.minimum")
        yield Handed(f"s{number:03}", files={f"{ONLY}.py": f"{text}\n# {number}\n"})


def check(results, count):
    """Hold the results of `students` against what they should be."""
    found = {result.student: result for result in results}
    assert len(found) == count
    assert {(result.outcome, result.why) for result in found.values()} == {(Outcome.GRADED, "")}
    for number in range(count):
        assert (found[f"s{number:03}"].score == 3) is bool(number % 3), number


@contextmanager
def watched(folder):
    """Count how often each student is written."""
    written = {}

    class Watched(Ledger):
        def write(self, student, *rest):
            written[student] = written.get(student, 0) + 1
            super().write(student, *rest)

    with Watched(folder) as ledger:
        yield ledger, written


def test_a_worker_is_killed_on_the_way(running, tmp_path, task, pack, right):
    """Each submission is graded, and none is written twice; the cluster is left as it was found."""
    victim, *_ = running.workers(3)
    with watched(tmp_path / "out") as (ledger, written):
        for done, _ in enumerate(
            batch.run(students(right, 60), ledger, task, cluster.pool(running.address, pack))
        ):
            if done == 10:
                victim.kill()
        check(ledger.results(), 60)
    assert set(written.values()) == {1}
    assert len(running.client.nthreads()) == 2
    assert not running.client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks))
    assert not running.client.run_on_scheduler(
        lambda dask_scheduler: [name for name in dask_scheduler.worker_plugins if name.startswith("bpkit")]
    )


def slow(_task, _pack, files):
    """Stand in for `job.grade`: the answer is long, and worth a moment."""
    time.sleep(0.02)
    return Outcome.GRADED, "", files["text"] * 1000


def test_workers_are_killed_with_answers_that_nobody_has_fetched(running, tmp_path):
    """What was graded and got lost with its worker is graded again; Dask's own executor fails here, now and then."""
    (tmp_path / "a.pack").write_bytes(b"the pack")
    victims = running.workers(2)
    executor = cluster.pool(running.address, tmp_path / "a.pack").open()
    try:
        futures = [executor.submit(slow, None, None, {"text": f"{number} "}) for number in range(150)]
        for number, victim in enumerate(victims):
            futures[25 + 40 * number].result(SECONDS)
            victim.kill()
            running.start("worker", running.address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        found = [future.result(SECONDS) for future in futures]
    finally:
        executor.shutdown()
    assert found == [(Outcome.GRADED, "", f"{number} " * 1000) for number in range(150)]


def test_all_workers_are_killed_and_others_come(running, tmp_path, task, pack, right):
    """The pack outlives every worker that had it."""
    first = running.workers(1)
    with watched(tmp_path / "out") as (ledger, written):
        for done, _ in enumerate(
            batch.run(students(right, 20), ledger, task, cluster.pool(running.address, pack))
        ):
            if done == 5:
                first[0].kill()
                running.start("worker", running.address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        check(ledger.results(), 20)
    assert set(written.values()) == {1}


def test_workers_of_several_threads(running, tmp_path, task, pack, right):
    """Threads of one process share what starts workers, and grade one after another."""
    running.workers(1, threads=4)
    with Ledger(tmp_path / "out") as ledger:
        list(batch.run(students(right, 24), ledger, task, cluster.pool(running.address, pack)))
        check(ledger.results(), 24)


def deadly(task, pack, files):
    """Stand in for `job.grade`: one submission ends the whole process, whoever lies beside it."""
    if "kill" in files["text"]:
        os.kill(os.getpid(), signal.SIGKILL)
    assert pack.startswith(b"the pack")
    return Outcome.GRADED, "", f"{task} {files['text']}"


def test_a_submission_that_kills_its_workers(running, tmp_path):
    """It alone is not judged; what lay on the same workers is graded."""
    for _ in range(2):  # with nannies, which start them again
        running.start("worker", running.address, "--nanny", "--nthreads", "1", "--no-dashboard")
    running.client.wait_for_workers(2, timeout=SECONDS)
    (tmp_path / "a.pack").write_bytes(b"the pack")
    here = cluster.pool(running.address, tmp_path / "a.pack")
    executor = here.open()
    try:
        texts = ["fine"] * 6 + ["kill"] + ["fine"] * 6
        futures = [executor.submit(deadly, "task", None, {"text": text}) for text in texts]
        found = [future.result(SECONDS) for future in futures]
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
    assert [outcome for outcome, _, _ in found].count(Outcome.NOT_JUDGED) == 1
    assert found[6][0] is Outcome.NOT_JUDGED
    assert "Every worker of the cluster that graded it was killed, 4 of them" in found[6][1]


def test_the_scheduler_goes_away(running, tmp_path, task, pack, right):
    """The run stops with a sentence, and what was graded is kept."""
    running.workers(1)
    scheduler = running.processes[0]
    with Ledger(tmp_path / "out") as ledger:
        with pytest.raises(ClusterError, match="scheduler went away"):
            for done, _ in enumerate(
                batch.run(students(right, 200), ledger, task, cluster.pool(running.address, pack))
            ):
                if done == 3:
                    scheduler.kill()
        assert 3 < len(ledger.results()) < 200


def test_too_little_isolation_on_a_worker(running, tmp_path, task, pack, right):
    """A machine that cannot confine what it runs stops the run: nobody is graded below what was asked for."""
    running.workers(1)
    with Ledger(tmp_path / "out") as ledger:
        with pytest.raises(BpkitError, match="Isolation level 9 was asked for"):
            list(
                batch.run(
                    students(right, 5), ledger, task._replace(least=9), cluster.pool(running.address, pack)
                )
            )
        assert len(ledger.results()) == 0


def test_nobody_answers(pack, monkeypatch):
    """A wrong address is told in a sentence."""
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(ClusterError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        cluster.pool("tcp://127.0.0.1:1", pack)
    with pytest.raises(ClusterError, match="No Dask scheduler answers at nonsense"):
        cluster.pool("nonsense://", pack)


def test_no_workers(running, pack, monkeypatch):
    """A scheduler without workers is told, and how to start one."""
    monkeypatch.setattr(cluster, "_SECONDS", 0.5)
    with pytest.raises(ClusterError, match="has no workers"):
        cluster.pool(running.address, pack)


def test_another_version(running, pack, monkeypatch, tmp_path):
    """Workers with another version of bpkit are refused, both those that are there and those that join later."""
    fake = tmp_path / "fake" / "backprop_kit-9.dist-info"
    fake.mkdir(parents=True)
    (fake / "METADATA").write_text("Metadata-Version: 2.1\nName: backprop-kit\nVersion: 9\n")
    (worker,) = running.workers(1, env={"PYTHONPATH": str(fake.parent)})
    with pytest.raises(ClusterError, match=r"versions on this cluster differ: here is .*; tcp://.* has 9"):
        cluster.pool(running.address, pack)
    worker.kill()
    deadline = time.monotonic() + SECONDS
    while running.client.nthreads() and time.monotonic() < deadline:
        time.sleep(0.05)
    monkeypatch.setattr("bpkit.__version__", "10")
    running.workers(1)
    executor = cluster.pool(running.address, pack).open()
    try:
        with pytest.raises(ClusterError, match="10 started this run"):
            executor.submit(job.grade, None, None, {}).result(SECONDS)
    finally:
        executor.shutdown()


def test_threads_of_one_process(task, pack, right):
    """Whatever calls `job.grade` from several threads gets the same as from one."""
    files = [handed.files for handed in students(right, 6)]
    found = {}

    def grade(number):
        found[number] = job.grade(task, str(pack), files[number])

    threads = [threading.Thread(target=grade, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert {found[number][0] for number in range(6)} == {Outcome.GRADED}
    assert ['"score": 3' in found[number][2] for number in range(6)] == [False, True, True] * 2


def test_without_dask(tmp_path):
    """Where the extra is missing, the command says how to get it."""
    (tmp_path / "distributed.py").write_text("raise ImportError")
    (tmp_path / "class").mkdir()
    command = [sys.executable, "-m", "bpkit", "grade", "class", "--out", "out", "--isolation", "0"]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    for options, told in (
        (("--scheduler", "tcp://127.0.0.1:1"), "pip install 'backprop-kit[dask]'"),
        (("--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"), "choose one"),
    ):
        (tmp_path / "class" / "anna" / "neuron").mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / "anna" / "neuron" / "relu.py").write_text("")
        ran = subprocess.run(
            [*command, *options],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        assert (ran.returncode, told in ran.stderr, "Traceback" in ran.stderr) == (2, True, False), ran.stderr
