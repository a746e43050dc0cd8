"""Which exercises the words of `bpkit check` mean, from where they are said."""

import json
import shutil

import pytest

from bpkit.course import catalog

LAYERS = [exercise.id for exercise in catalog.in_chapter("layers")]


@pytest.fixture
def ids(cli):
    """Return a function that gives the ids that a check looked at."""

    def run(*words, cwd, code=1):
        ran = cli("check", "--json", *words, cwd=cwd)
        assert (ran.code, ran.err) == (code, "")
        return [exercise["id"] for exercise in json.loads(ran.out)["exercises"]]

    return run


@pytest.mark.parametrize(
    "word",
    ["layers/linear", "linear", "layers/linear.py", "./layers/linear.py", "layers/../layers/linear.py"],
)
def test_one_exercise(student, ids, word):
    """An exercise is named by its id, its bare name, or its file."""
    assert ids(word, cwd=student.root) == ["layers/linear"]


@pytest.mark.parametrize(
    "word", ["linear.py", "linear", "layers/linear", "../layers/linear.py", "./linear.py"]
)
def test_from_a_chapters_folder(student, ids, word):
    """Inside a chapter, a file's path counts from there, and ids are what they are everywhere."""
    assert ids(word, cwd=student.root / "layers") == ["layers/linear"]


def test_by_absolute_path_from_elsewhere(student, tmp_path, ids):
    """An absolute path leads to its workspace from anywhere, as does --root."""
    assert ids(student.root / "layers/linear.py", cwd=tmp_path) == ["layers/linear"]
    assert ids(student.root / "layers", cwd=tmp_path) == LAYERS
    assert ids("linear", "--root", student.root, cwd=tmp_path) == ["layers/linear"]
    assert ids("linear", "--root", student.root.name, cwd=tmp_path) == ["layers/linear"]


@pytest.mark.parametrize("word", ["layers", "layers/", "./layers"])
def test_a_chapter(student, ids, word):
    """A chapter means its exercises, in the course's order."""
    assert ids(word, cwd=student.root) == LAYERS


def test_everything(student, ids):
    """No word means every exercise, and so does the workspace's own folder."""
    assert ids(cwd=student.root / "layers") == list(catalog.ids())
    assert ids(".", cwd=student.root) == list(catalog.ids())
    assert ids(".", cwd=student.root / "layers") == LAYERS


def test_several_words(student, ids):
    """Several words are taken in their order, each exercise once."""
    found = ids("relu", "layers", "linear", "neuron/relu.py", cwd=student.root)
    assert found == ["neuron/relu", *LAYERS]


def test_from_a_clones_root(clone, ids):
    """In a clone, the workspace is its exercises/, from its root and from any folder beside it."""
    for folder in (clone.root, clone.root / "autograder", clone.root / "solutions" / "neuron"):
        assert ids("neuron/relu", cwd=folder) == ["neuron/relu"]
    assert clone.run("check", "--root", "solutions").code == 0


def test_a_link_to_a_workspace(student, tmp_path, ids):
    """A workspace, and a file in it, may be reached through links."""
    (tmp_path / "link").symlink_to(student.root)
    assert ids("linear", cwd=tmp_path / "link") == ["layers/linear"]
    assert ids("link/layers/linear.py", cwd=tmp_path) == ["layers/linear"]


def test_a_moved_workspace(student, tmp_path, ids):
    """A workspace may be moved: nothing in it knows where it was."""
    shutil.move(student.root, tmp_path / "elsewhere")
    assert ids("linear", cwd=tmp_path / "elsewhere") == ["layers/linear"]
