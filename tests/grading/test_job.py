"""Grading one submission: what is kept for the next, what is tried again, and what stops a run."""

import json
import os
import signal
import subprocess
import sys

import pytest

from bpkit.course import catalog, resources
from bpkit.errors import BadPack, InfrastructureError, IsolationTooLow
from bpkit.grading import job
from bpkit.grading.job import Task
from bpkit.judging import isolation
from bpkit.report.results import Outcome, Result

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

RELU, LINEAR = "neuron/relu", "layers/linear"


@pytest.fixture
def task():
    """Return the task of grading relu here; what it keeps is put away."""
    yield job.task(resources.pack(), {RELU: catalog.find(RELU)}, 0)
    for kept in tuple(job._kept):
        job._forget(kept)


@pytest.fixture
def files(solutions):
    """Return a submission that is right."""
    return {f"{RELU}.py": (solutions / f"{RELU}.py").read_text()}


def verdict(answer):
    """Return the verdict of an answer that is one, without the seconds."""
    outcome, why, text = answer
    assert (outcome, why) == (Outcome.GRADED, "")
    data = json.loads(text)
    for exercise in data["exercises"]:
        del exercise["seconds"]
    return data


def test_a_submission_is_graded(task, files):
    """A right one earns its points, an empty one none."""
    right = verdict(job.grade(task, str(resources.pack()), files))
    assert (right["schema"], right["score"], right["max_score"]) == ("bpkit/verdict/v1", 3, 3)
    assert verdict(job.grade(task, str(resources.pack()), {}))["score"] == 0


def test_a_pack_as_bytes(task, files):
    """A pack that came over the wire gives the same verdict as one that lies here."""
    here = verdict(job.grade(task, str(resources.pack()), files))
    job._forget(task)
    assert verdict(job.grade(task, resources.pack().read_bytes(), files)) == here


def test_what_is_kept(task, files, gone):
    """The next submission of a run finds its launcher; that of another run has one of its own."""
    job.grade(task, str(resources.pack()), files)
    first = job._kept[task].launcher
    job.grade(task, str(resources.pack()), {})
    assert job._kept[task].launcher is first
    pid = first.pid
    other = task._replace(exercises=(RELU, LINEAR))
    assert verdict(job.grade(other, str(resources.pack()), files))["max_score"] == 9
    assert list(job._kept) == [other]
    assert gone(pid)


def test_a_launcher_that_dies(task, files):
    """What it ran is graded all the same, with another."""
    job.grade(task, str(resources.pack()), files)
    first = job._kept[task].launcher
    os.kill(first.pid, signal.SIGKILL)
    assert verdict(job.grade(task, str(resources.pack()), files))["score"] == 3
    assert job._kept[task].launcher is not first


def test_a_launcher_that_always_dies(task, files, monkeypatch):
    """The submission is not judged, and the reason is told."""
    tries = []

    def die(*arguments):
        tries.append(arguments)
        raise InfrastructureError("It died.")

    monkeypatch.setattr(job.judge, "judge_all", die)
    assert job.grade(task, str(resources.pack()), files) == (Outcome.NOT_JUDGED, "It died.", "")
    assert len(tries) == 2
    assert not job._kept


def test_too_little_isolation(task, files, monkeypatch, gone):
    """Nothing is graded, and what was started for it ends: before a run, and in a job."""
    started = []

    def prove(launcher):
        started.append(launcher.pid)
        return isolation.Proof(1, (), (), "no Landlock")

    monkeypatch.setattr(isolation, "prove", prove)
    with pytest.raises(IsolationTooLow, match=r"level 2 was asked for.* offers 1.*no Landlock") as raised:
        job.task(resources.pack(), {RELU: catalog.find(RELU)}, 2)
    assert raised.value.exit_code == 4
    with pytest.raises(IsolationTooLow):
        job.grade(task._replace(least=2), str(resources.pack()), files)
    assert not job._kept
    assert len(started) == 2
    assert gone(*started)


def test_a_pack_that_is_none(tmp_path):
    """It is told before anything is graded."""
    path = tmp_path / "course.pack"
    path.write_text("nothing")
    with pytest.raises(BadPack):
        job.task(path, {RELU: catalog.find(RELU)}, 0)


def test_a_task_tells_packs_apart(task, pack_bytes, tmp_path):
    """Another pack is another task; the same one under another name is the same."""
    relu = {RELU: catalog.find(RELU)}
    same, other = tmp_path / "same.pack", tmp_path / "other.pack"
    same.write_bytes(resources.pack().read_bytes())
    other.write_bytes(pack_bytes)
    assert job.task(same, relu, 0) == task
    assert job.task(other, relu, 0) != task


def test_exercises_of_results():
    """They come in the course's order, and those that nobody was graded on are left out."""
    verdicts = [{"exercises": [{"id": LINEAR}]}, {"exercises": [{"id": RELU}]}, None]
    results = [Result("a", "", Outcome.GRADED, "", found) for found in verdicts]
    expected = [exercise_id for exercise_id in catalog.ids() if exercise_id in {RELU, LINEAR}]
    assert list(job.exercises_of(results)) == expected


@pytest.mark.parametrize(("parent", "code"), [("os.getppid()", 7), ("0", 0)])
def test_a_job_is_not_left_behind(parent, code):
    """A job whose parent was gone before it could ask to be told ends; another one does not hear Ctrl-C."""
    text = (
        "import os, signal; from bpkit.grading import job; "
        f"job.start({parent}); os.kill(os.getpid(), signal.SIGINT); os._exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", text], check=False).returncode == code


def test_a_task_travels(task):
    """It is plain data: a cluster's workers get it by pickle."""
    import pickle

    assert pickle.loads(pickle.dumps(task)) == task
    assert isinstance(task, Task)


def test_solutions_stand_in_for_what_an_exercise_uses():
    """They are part of the task: with others, everything is graded again."""
    neuron = {"neuron/neuron": catalog.find("neuron/neuron")}
    with_solutions = job.task(resources.pack(), neuron, 0, resources.clone() / "solutions")
    assert [name for name, _ in with_solutions.stand_ins] == ["neuron/weighted_sum", "neuron/sigmoid"]
    assert job.task(resources.pack(), neuron, 0) != with_solutions
    uses = (
        "from neuron.sigmoid import sigmoid_forward, sigmoid_backward\n\n\n"
        "def neuron_forward(x, w, b):\n    a, inner = sigmoid_forward(x @ w + b)\n    return a, (x, w, inner)\n\n\n"
        "def neuron_backward(da, cache):\n    x, w, inner = cache\n    dz = sigmoid_backward(da, inner)\n"
        "    return dz[:, None] * w, x.T @ dz, dz.sum()\n"
    )
    files = {"neuron/neuron.py": uses, "neuron/sigmoid.py": "def sigmoid_forward(z):\n    return z, z\n"}
    found = verdict(job.grade(with_solutions, str(resources.pack()), files))
    assert found["score"] == found["max_score"]
    assert "stood in" in found["exercises"][0]["parts"][0]["findings"][0]["message"]
    job.close()
