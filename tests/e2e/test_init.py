"""`bpkit init`: what it copies, what it leaves alone, and where it cannot."""

import json
import os
import re
from pathlib import Path

import pytest

from bpkit.course import catalog, lessons

EXERCISES = Path(__file__).parents[2] / "exercises"


def content(root):
    """Return every file's bytes, by its path, but for what is hidden."""
    found = (path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file())
    return {
        inside.as_posix(): (root / inside).read_bytes()
        for inside in found
        if not any(part == "__pycache__" or part.startswith(".") for part in inside.parts)
    }


def test_tasks_for_an_editor(tmp_path, cli):
    """VS Code gets its tasks, in a file that only has comments beyond JSON; somebody's own tasks stay."""
    cli("init", "course", cwd=tmp_path)
    tasks = tmp_path / "course/.vscode/tasks.json"
    lines = [line for line in tasks.read_text().splitlines() if not line.startswith("//")]
    pattern = json.loads("\n".join(lines))["tasks"][0]["problemMatcher"]["pattern"]
    found = re.fullmatch(pattern["regexp"], "layers/linear.py:14: error: linear_backward: db is wrong")
    places = [found[pattern[name]] for name in ("file", "line", "severity")]
    assert places == ["layers/linear.py", "14", "error"]
    tasks.write_text("{}")
    assert cli("init", "course", cwd=tmp_path).out == "course: nothing is missing.\n"
    assert tasks.read_text() == "{}"


def test_a_new_workspace(tmp_path, cli):
    """A new workspace holds every stub, every lesson with its pictures, and the pack, and the next step is told."""
    ran = cli("init", "course", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    made = content(tmp_path / "course")
    texts = {f"{chapter}/README.md" for chapter in catalog.chapters()}
    pictures = {
        f"{chapter}/{picture.path}"
        for chapter in catalog.chapters()
        for picture in lessons.pictures(made[f"{chapter}/README.md"].decode())
    }
    stubs = {f"{exercise_id}.py" for exercise_id in catalog.ids()}
    assert "neuron/saturation.svg" in pictures
    assert made.keys() == stubs | texts | pictures | {"course.pack"}
    assert made == content(EXERCISES)
    assert f"course: {len(made) + 1} files written." in ran.out
    assert "Next: cd course, read neuron/README.md, fill in neuron/weighted_sum.py" in ran.out


def test_the_next_step_works(tmp_path, cli):
    """What init says to do next can be done, word for word."""
    next_step = cli("init", "course", cwd=tmp_path).out.splitlines()[-1]
    assert next_step.endswith(", bpkit check weighted_sum")
    assert (tmp_path / "course/neuron/README.md").is_file()
    assert (tmp_path / "course/neuron/weighted_sum.py").is_file()
    ran = cli("check", "weighted_sum", cwd=tmp_path / "course")
    assert "not started" in ran.out


def test_into_a_deep_folder_with_spaces(tmp_path, cli):
    """Folders on the way are made."""
    assert cli("init", "a/deep folder/ünder here", cwd=tmp_path).code == 0
    assert content(tmp_path / "a/deep folder/ünder here") == content(EXERCISES)


def test_files_can_be_written(tmp_path, cli):
    """A student may write every file, however the course was installed."""
    cli("init", "course", cwd=tmp_path)
    assert all(path.stat().st_mode & 0o200 for path in (tmp_path / "course").rglob("*"))


def test_again(tmp_path, cli):
    """A second init changes nothing where nothing is missing, not even a time."""
    cli("init", "course", cwd=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "course").rglob("*")}
    ran = cli("init", "course", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "course: nothing is missing.\n")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "course").rglob("*")} == before


def test_again_with_answers(tmp_path, cli):
    """A second init restores missing files, names changed ones, and leaves all that is there alone."""
    root = tmp_path / "course"
    cli("init", root, cwd=tmp_path)
    (root / "neuron/relu.py").write_text("mine\n")
    (root / "layers/linear.py").write_text("")
    (root / "notes.txt").write_text("also mine\n")
    (root / "losses/mse.py").unlink()
    (root / "course.pack").unlink()
    ran = cli("init", ".", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    assert ".: 2 files written." in ran.out
    kept = "Left as they are, because they differ from the course's: layers/linear.py, neuron/relu.py."
    assert kept in ran.out
    expected = content(EXERCISES)
    expected |= {"neuron/relu.py": b"mine\n", "layers/linear.py": b"", "notes.txt": b"also mine\n"}
    assert content(root) == expected


def test_into_a_folder_with_other_things(tmp_path, cli):
    """A folder that holds other things gets the course beside them."""
    (tmp_path / "README.md").write_text("my own page\n")
    assert cli("init", ".", cwd=tmp_path).code == 0
    assert (tmp_path / "README.md").read_text() == "my own page\n"
    assert (tmp_path / "layers/linear.py").is_file()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("file", "'file' is a file"),
        ("file/below", "file/below cannot be written: Not a directory."),
    ],
)
def test_into_a_file(tmp_path, cli, name, words):
    """A place that is a file, or below one, is refused by its name, and the file stays as it is."""
    (tmp_path / "file").write_text("precious\n")
    ran = cli("init", name, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert (tmp_path / "file").read_text() == "precious\n"


@pytest.mark.parametrize("name", ["layers", "layers/linear.py"])
def test_something_in_the_way(tmp_path, cli, name):
    """A file where a folder belongs, or a folder where a file belongs, is named."""
    root = tmp_path / "course"
    if name == "layers":
        root.mkdir()
        (root / name).write_text("precious\n")
    else:
        (root / name).mkdir(parents=True)
    ran = cli("init", root, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert f"{root / name}" in ran.err
    assert "cannot be written" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_into_a_place_that_may_not_be_written(tmp_path, cli):
    """A folder without the right to write is refused by its name."""
    (tmp_path / "locked").mkdir(mode=0o555)
    ran = cli("init", "locked/course", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "locked/course cannot be written: Permission denied." in ran.err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc")
def test_into_a_file_system_that_takes_no_files(tmp_path, cli):
    """A place that nobody can write to, root included, is refused by its name."""
    ran = cli("init", "/proc/course", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "/proc/course cannot be written: " in ran.err
    assert "Traceback" not in ran.err


def test_without_a_folder(tmp_path, cli):
    """Without a folder nothing is made, and the usage is shown."""
    ran = cli("init", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "Missing argument 'DIR'" in ran.err
    assert list(tmp_path.iterdir()) == []
