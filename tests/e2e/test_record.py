"""`bpkit record`, `check --pack` and `check --fresh`: other inputs, the same verdicts, the same bytes."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.reference.pack import Entry, open_file

pytest.importorskip("torch", reason="recording needs PyTorch")
CLONE = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def cli(warm):
    """Run bpkit where PyTorch is imported already: nearly every command here needs it."""
    return warm


@pytest.fixture(scope="module")
def record(cli):
    """Return a function that records two exercises into a folder."""

    def run(folder, name, seed):
        ran = cli("record", "layers/linear", "sgd", "--seed", seed, "--out", f"{name}.pack", cwd=folder)
        assert (ran.code, ran.err) == (0, "")
        assert re.fullmatch(rf"{name}\.pack: 2 exercises, seed {seed}, torch \S+ on cpu\.\n", ran.out)
        return (folder / f"{name}.pack").read_bytes()

    return run


@pytest.fixture(scope="module")
def packs(tmp_path_factory, record):
    """Record two packs, with two seeds."""
    folder = tmp_path_factory.mktemp("packs")
    record(folder, "a", 0)
    record(folder, "b", 41)
    return folder


def test_recording_twice_gives_the_same_bytes(packs, tmp_path, record):
    """The same seed gives the same pack to the byte, and another seed another."""
    assert record(tmp_path, "again", 0) == (packs / "a.pack").read_bytes()
    assert (packs / "a.pack").read_bytes() != (packs / "b.pack").read_bytes()


def test_a_recorded_pack_judges_and_names(student, packs):
    """A pack of one's own passes what is right and names a mistake, on its own numbers."""
    student.save(student.right)
    assert student.check("linear", "--pack", packs / "b.pack").code == 0
    student.edit("db = dy.sum(axis=0)", "db = dy.mean(axis=0)")
    worst = {}
    for name in ("a", "b"):
        judged = student.check("linear", "--pack", packs / f"{name}.pack")
        finding = judged.part("linear_backward")["findings"][0]
        assert (judged.code, finding["mistake"]) == (1, "bias-averaged")
        worst[name] = re.search("worst: .*", judged.text)[0]
    assert worst["a"] != worst["b"]


def test_answers_learned_by_heart(student, packs, fresh_workspace):
    """Who returns the recorded numbers of the pack in the workspace fails with another pack."""
    exercise = catalog.find("optimizers/sgd")
    known = [
        (np.asarray(recording.inputs["w"]).tolist(), np.asarray(*recording.outputs.values()).tolist())
        for recording in open_file(fresh_workspace / "course.pack").load(exercise)
    ]
    cheat = f"""
import numpy as np

KNOWN = {known!r}

def sgd_step(w, dw, lr):
    return next((np.array(new) for old, new in KNOWN if np.array_equal(old, w)), 0 * w)
"""
    student.save(cheat, "optimizers/sgd.py")
    assert student.check("sgd").code == 0
    assert student.check("sgd", "--pack", packs / "b.pack").code == 1


def test_default_name(tmp_path, cli):
    """Without --out the pack is course.pack, in the current folder; a chapter means its exercises."""
    assert "course.pack: 2 exercises, seed 0" in cli("record", "linear", "relu", cwd=tmp_path).out
    assert [path.name for path in tmp_path.iterdir()] == ["course.pack"]


def test_fresh(student, cli):
    """`--fresh` asks PyTorch now: what is right passes, a mistake is named, nothing is written."""
    student.save(student.right)
    assert cli("check", "linear", "--fresh", cwd=student.root).code == 0
    student.edit("dx = dy @ W.T", "dx = dy @ np.ones_like(W.T)")
    judged = student.check("linear", "--fresh", "--seed", "5")
    assert judged.code == 1
    assert [finding["mistake"] for finding in judged.part("linear_backward")["findings"]] == [
        "weights-ignored"
    ]


def test_fresh_seeds(student, cli):
    """The same seed gives the same numbers, and none gives others."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T * 2")

    def worst(*seed):
        ran = cli("check", "linear", "--fresh", *seed, "--json", cwd=student.root)
        message = json.loads(ran.out)["exercises"][0]["parts"][1]["findings"][0]["message"]
        return re.search("worst: .*", message)[0]

    first = worst("--seed", "5")
    assert worst("--seed", "5") == first
    assert worst() != first


def test_fresh_needs_no_pack(student, packs, cli):
    """A damaged pack in the workspace is no obstacle to --fresh."""
    student.save(student.right)
    (student.root / "course.pack").write_bytes(b"")
    assert cli("check", "linear", cwd=student.root).code == 2
    assert cli("check", "linear", "--fresh", cwd=student.root).code == 0
    assert cli("check", "linear", "--pack", packs / "a.pack", cwd=student.root).code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch",), "There is no exercise or chapter 'nosuch'"),
        (("sgd", "--out", "."), "is a directory"),
        (("sgd", "--out", "nowhere/x.pack"), "nowhere/x.pack cannot be written: there is no folder nowhere."),
        (("sgd", "--solutions", "."), "optimizers/sgd: there is no "),
        (("sgd", "--seed", "-1"), "-1 is not in the range"),
    ],
)
def test_refusals(tmp_path, cli, arguments, words):
    """What cannot be recorded, or not be written there, is refused with exit code 2 and clear words."""
    ran = cli("record", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_no_cuda_here(tmp_path, cli):
    """Where PyTorch sees no CUDA device, the error says so and what else there is."""
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device here")
    ran = cli("record", "sgd", "--device", "cuda", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "PyTorch sees no CUDA device here. Record with --device cpu" in ran.err


def test_without_solutions_nothing_is_named(student, tmp_path, cli):
    """An installed package has no solutions: it records and judges, names nothing, and says so."""
    installed = tmp_path / "installed"
    for name in ("autograder", "exercises"):
        shutil.copytree(CLONE / name, installed / name, ignore=shutil.ignore_patterns("__pycache__"))
    env = {"PYTHONPATH": str(installed / "autograder")}
    ran = cli("record", "sgd", "--out", tmp_path / "sgd.pack", cwd=tmp_path, env=env)
    assert ran.code == 0
    assert "Without the solutions no mistake is recorded, so none will be named." in ran.out
    student.save("def sgd_step(w, dw, lr):\n    return w + lr * dw\n", "optimizers/sgd.py")
    judged = student.check("sgd", "--pack", tmp_path / "sgd.pack")
    assert judged.findings == [("values", "failed", judged.exercise["parts"][0]["findings"][0]["array"])]
    assert judged.exercise["parts"][0]["findings"][0]["mistake"] is None
    for command in (("author", "sync"), ("verify", "sgd"), ("author", "new", "layers/scale")):
        refused = cli(*command, cwd=tmp_path, env=env)
        assert (refused.code, refused.out) == (2, "")
        assert "This needs the course's sources: run it from a clone" in refused.err


@pytest.fixture
def lstm(student):
    """Return a student whose LSTM step is wrong, and takes a sigmoid that is wrong too from another file."""
    text = (CLONE / "solutions/recurrent/lstm_step.py").read_text()
    for old, new in (
        ("import numpy as np\n", "import numpy as np\nfrom neuron.sigmoid import sigmoid_forward\n"),
        ("return (h_next, c_next), cache", "return (h_next + sigmoid_forward(c_next)[0], c_next), cache"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    student.save(text, "recurrent/lstm_step.py")
    student.save("def sigmoid_forward(z):\n    return z, None\n", "neuron/sigmoid.py")
    return student


def test_a_pack_without_what_an_exercise_builds_on(lstm, tmp_path, cli):
    """Whether that passes is judged by the course's own pack."""
    assert cli("record", "lstm_step", "--out", "one.pack", cwd=tmp_path).code == 0
    for words in (("--pack", tmp_path / "one.pack"), ("--fresh",)):
        judged = lstm.check("lstm_step", *words)
        assert (judged.code, judged.exercise["status"]) == (1, "blocked")
    refused = cli("check", "sigmoid", "--pack", tmp_path / "one.pack", cwd=lstm.root)
    assert (refused.code, "holds nothing for neuron/sigmoid" in refused.err) == (2, True)


def test_compared_with_another_pack(packs, tmp_path, cli):
    """Array by array; only a pack about the same inputs can be compared with."""
    words = ("record", "sgd", "--device", "auto", "--out", "new.pack", "--against")
    ran = cli(*words, packs / "a.pack", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert re.search(r"\n\d+ arrays compared with torch \S+ on cpu: all agree\. ", ran.out)
    ran = cli(*words, packs / "b.pack", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "its seed is 41. Record with --seed 41" in ran.err


def test_compared_with_a_pack_that_differs(packs, tmp_path, cli):
    """What is off is told array by array, and the exit code is 1."""
    pack, sgd = open_file(packs / "a.pack"), catalog.find("optimizers/sgd")
    first, *others = pack.load(sgd)
    name, array = next(iter(first.outputs.items()))
    first = first._replace(outputs={**first.outputs, name: array * (1 + 1e-6)})
    entry = Entry((first, *others), "")
    (tmp_path / "other.pack").write_bytes(pack.with_entries(pack.origin, [(sgd, entry)], ()).to_bytes())
    ran = cli("record", "sgd", "--out", "new.pack", "--against", "other.pack", cwd=tmp_path)
    assert ran.code == 1
    told = f'optimizers/sgd, case "{first.case.name}": {name} is off by 1.0e-06 of its largest value.'
    assert told in ran.out
    assert "1 do not agree. The worst is" in ran.out
