"""A student's evening, with the real commands: from the first `bpkit` to the explanation."""

import json
import os
import re

import pytest

from bpkit.course import catalog

WRONG = "dy.sum(axis=0)", "dy.mean(axis=0)"
FIRST = catalog.ids()[0]


@pytest.fixture
def bpkit(student, cli):
    """Return a function that runs bpkit in the workspace and gives its output; the exit code has to be this."""

    def run(*arguments, code=0):
        ran = cli(*arguments, cwd=student.root, env={"COLUMNS": "80"})
        assert (ran.code, ran.err) == (code, "")
        return ran.out

    return run


def words(text):
    """Return a text without its line breaks."""
    return " ".join(text.split())


def test_an_evening(student, bpkit):
    """Where am I, what is next, a wrong answer, hints, the right one, why: each command does its part."""
    assert f"Next: {FIRST}" in bpkit()
    assert bpkit("next").startswith(f"{FIRST}: ")
    assert bpkit("next", "--path") == f"{student.root / FIRST}.py\n"
    assert "linear_backward(dy, cache): 4 points" in bpkit("show", "linear")
    assert "not started" in bpkit("list", "layers/linear")

    student.edit(*WRONG)
    assert "begun, not checked yet" in bpkit("list", "linear")
    refused = bpkit("explain", "linear", code=1)
    assert "waits until yours has passed" in words(refused)
    assert "einsum" not in refused

    bpkit("check", "linear", code=1)
    assert "Checked last: layers/linear (not right yet)" in bpkit()
    first = bpkit("hint")
    assert "Hint 1 of 3" in first
    assert "Hint 2 of 3" not in first
    assert "db is averaged over the batch." in first
    assert "line 16: db = dy.mean(axis=0)" in first
    assert "Hint 2 of 3" in bpkit("hint", "layers/linear")
    assert "Hint 3 of 3" not in bpkit("hint", "linear", "--again")
    assert "That is all of them." in bpkit("hint", "layers/linear.py")

    student.save(student.right)
    assert "changed since the last check" in bpkit("list", "layers")
    bpkit("check", "linear")
    assert re.search(r"✓ linear +Linear layer +6 of 6  passed", bpkit("list", "layers"))
    assert "it needs no hint" in words(bpkit("hint", "linear"))
    assert "np.einsum" in bpkit("explain", "linear")
    entry = json.loads((student.root / "progress.json").read_text())["exercises"]["layers/linear"]
    assert (entry["checks"], entry["hints"], entry["status"], entry["points"]) == (2, 3, "passed", 6)


def test_outside_a_workspace(tmp_path, cli):
    """Alone it tells how to begin; commands that need a workspace say so."""
    ran = cli(cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "bpkit init course" in ran.out
    for command in (("list",), ("next",), ("show", "linear"), ("hint",), ("upgrade",), ("reset", "linear")):
        ran = cli(*command, cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "There is no workspace in" in ran.err


@pytest.mark.parametrize("command", ["show", "hint", "explain", "reset"])
def test_wrong_names(student, cli, command):
    """A slip of the hand is answered with what was meant, a chapter with its list."""
    ran = cli(command, "layers/liner", cwd=student.root)
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean layers/linear" in ran.err
    ran = cli(command, "layers", cwd=student.root)
    assert (ran.code, ran.out) == (2, "")
    assert "`bpkit list layers` shows them" in words(ran.err)


def test_a_hint_before_any_check(student, cli):
    """Without an exercise, and before any check, a hint asks which one."""
    ran = cli("hint", cwd=student.root)
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing has been checked here yet." in ran.err


def test_reading_changes_nothing(student, bpkit):
    """Commands that show write nothing, and neither do checks that are not a student's own."""
    student.edit(*WRONG)
    bpkit("check", "linear", code=1)
    before = student.snapshot(), (student.root / "progress.json").read_bytes()
    for command in (
        (),
        ("list",),
        ("show", "linear"),
        ("next",),
        ("hint", "--again"),
        ("upgrade", "--dry-run"),
    ):
        bpkit(*command)
    for extra in ("--json", "--format=json", "--format=github", "--pack=course.pack"):
        bpkit("check", "linear", extra, code=1)
    assert (student.snapshot(), (student.root / "progress.json").read_bytes()) == before


@pytest.mark.parametrize("damage", [None, b"{", b"\xff"])
def test_lost_progress(student, bpkit, damage):
    """Losing the progress costs the history: the next check brings the rest back."""
    student.save(student.right)
    bpkit("check", "linear")
    path = student.root / "progress.json"
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert "begun, not checked yet" in bpkit("list", "linear")
    bpkit("check", "linear")
    assert "passed" in bpkit("list", "linear")


def test_where_progress_cannot_be_kept(student, bpkit):
    """A check does not fail because of it, and says so in one line; all hints are shown then."""
    (student.root / "progress.json").mkdir()
    student.save(student.right)
    told = bpkit("check", "linear").splitlines()[-1]
    assert told.startswith("Your progress is not kept: ")
    assert "Hint 3 of 3" in bpkit("hint", "linear")


def test_reset(student, cli):
    """A reset asks first, keeps the old file under a name that no check reads, and can be told not to ask."""
    student.save("def broken(:\n")
    ran = cli("reset", "linear", cwd=student.root)  # nobody there to answer
    assert ran.code == 1
    assert (student.root / "layers/linear.py").read_text() == "def broken(:\n"
    ran = cli("reset", "linear", "--yes", cwd=student.root)
    assert (ran.code, ran.err) == (0, "")
    (copy,) = (student.root / "layers").glob("linear.py.*")
    assert f"layers{os.sep}{copy.name}" in words(ran.out)
    assert copy.read_text() == "def broken(:\n"
    assert [name for name, *_ in student.check("linear").findings] == ["not_started", "not_started"]
    assert "fresh stub already" in cli("reset", "linear", cwd=student.root).out


def test_upgrade(student, bpkit):
    """An upgrade puts back what is missing and is done then."""
    (student.root / "neuron/relu.py").unlink()
    assert "Would be added:\n  neuron/relu.py" in bpkit("upgrade", "--dry-run")
    assert not (student.root / "neuron/relu.py").exists()
    assert "New:\n  neuron/relu.py" in bpkit("upgrade")
    assert bpkit("upgrade") == "Everything is up to date.\n"


def test_the_courses_own_folder(clone):
    """In a clone's exercises nothing is written; who wants to is told how."""
    for command in (("check", "relu"), ("hint", "relu")):
        clone.run(*command)
    for command in (("upgrade",), ("reset", "relu", "--yes")):
        assert "`bpkit init DIR`" in clone.run(*command).err
    assert list(clone.root.rglob("progress.json")) + list(clone.root.rglob(".bpkit.json")) == []


def test_lines_for_an_editor(student, bpkit):
    """`--format vscode` ends with a line that a problem matcher reads, and keeps the progress."""
    student.edit(*WRONG)
    last = bpkit("check", "--format", "vscode", "linear", code=1).splitlines()[-1]
    assert last.startswith("layers/linear.py:12: error: linear_backward: db has the right shape")
    assert "not right yet" in bpkit("list", "linear")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_terminals_without_unicode(student, cli, encoding):
    """Where marks cannot be shown, plain ones stand for them."""
    for command in ((), ("list",), ("show", "linear"), ("next",)):
        ran = cli(*command, cwd=student.root, env={"PYTHONIOENCODING": encoding}, encoding=encoding)
        assert (ran.code, ran.err) == (0, "")
        assert "?" not in ran.out


SHELLS = {
    "bash": ({"COMP_WORDS": "bpkit {} {}", "COMP_CWORD": "2"}, "plain,{}"),
    "zsh": ({"COMP_WORDS": "bpkit {} {}", "COMP_CWORD": "2"}, "plain\n{}\n_"),
    "fish": ({"COMP_WORDS": "bpkit {} ", "COMP_CWORD": "{1}"}, "plain,{}"),
}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("command", ["check", "hint", "show", "reset", "explain", "list"])
def test_completion(tmp_path, cli, shell, command):
    """Every shell completes exercises, chapters and names."""
    asked, answer = SHELLS[shell]
    env = {name: text.format(command, "lay") for name, text in asked.items()}
    found = cli(cwd=tmp_path, env={**env, "_BPKIT_COMPLETE": f"{shell}_complete"})
    assert (found.code, found.err) == (0, "")
    assert answer.format("layers") in found.out
    assert answer.format("layers/linear") in found.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(tmp_path, cli, shell):
    """Each script says where it belongs, and is the shell's own language as far as that shell is here."""
    ran = cli("completion", shell, cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("# ")
    assert f"bpkit completion {shell}" in ran.out.splitlines()[0]
    assert f"{shell}_complete" in ran.out
