"""Words, places and files that bpkit cannot use: one clear sentence, exit code 2, and nothing of ours."""

import os

import pytest


def refused(ran, *words):
    """Hold a refusal to what every one has to keep: exit code 2, one error, no verdict, no traceback."""
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err.count("Error: ") == 1
    assert [word for word in words if word not in ran.err] == []
    return True


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("layers/liner", "Did you mean layers/linear"),
        ("linaer", "Did you mean layers/linear"),
        ("sigmoidd", "Did you mean neuron/sigmoid?"),
        ("layer", "Did you mean layers"),
        ("losses/softmax", "layers/softmax"),
        ("Adam", "Did you mean optimizers/adam"),
    ],
)
def test_unknown_id_with_a_suggestion(student, cli, word, suggestion):
    """A slip in an id is answered with the id that was meant."""
    assert refused(cli("check", word, cwd=student.root), f"no exercise or chapter '{word}'", suggestion)


@pytest.mark.parametrize("word", ["quantum", "", "../../etc/passwd", "a\x1b[31mb", "é"])
def test_unknown_id_without_a_suggestion(student, cli, word):
    """What is like no id is refused without a guess, and cannot steer the terminal."""
    ran = cli("check", word, cwd=student.root)
    assert refused(ran, "There is no exercise or chapter")
    assert "Did you mean" not in ran.err
    assert "\x1b" not in ran.err


def test_unknown_id_among_others(student, cli):
    """One unknown id stops the whole check: a verdict about half of what was asked would be taken for all."""
    ran = cli("check", "linear", "nosuch", "--json", cwd=student.root)
    assert refused(ran, "There is no exercise or chapter 'nosuch'.")


def test_no_workspace(tmp_path, cli):
    """Outside a workspace, the error says so, and how to make one."""
    ran = cli("check", cwd=tmp_path)
    assert refused(ran, f"There is no workspace in {tmp_path} or above it", "`bpkit init DIR`", "--root")


def test_root_that_is_no_folder(tmp_path, cli):
    """A root that is not there is told by its name."""
    assert refused(cli("check", "--root", "nowhere", cwd=tmp_path), "nowhere is not a folder.")


def test_root_that_is_no_workspace(tmp_path, cli):
    """A folder with none of the chapters is refused, with how to make a workspace of it."""
    ran = cli("check", "--root", tmp_path, cwd=tmp_path)
    assert refused(ran, "holds none of the course's chapters", f"`bpkit init {tmp_path}`")


def test_workspace_without_its_pack(student, cli):
    """A workspace whose pack was deleted is told so; the remedy works and leaves the student's file alone."""
    student.save(student.right)
    (student.root / "course.pack").unlink()
    ran = cli("check", "linear", cwd=student.root)
    assert refused(ran, "has exercises in it, but its course.pack is missing", f"`bpkit init {student.root}`")
    assert cli("init", student.root, cwd=student.root).code == 0
    assert student.check("linear").code == 0


@pytest.mark.parametrize("word", ["layers/linear", "linear", "layers/linear.py"])
def test_missing_file(student, word):
    """An exercise whose file is gone is told by the file's name, with how to get it back."""
    (student.root / "layers/linear.py").unlink()
    judged = student.check(word)
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "not_started", 0)
    assert judged.findings == [("file_missing", "not_started", None)] * 2
    assert "There is no file layers/linear.py here. `bpkit init .` in the workspace" in judged.text


def test_missing_file_comes_back(student, cli):
    """What the message about a missing file says to do, works."""
    (student.root / "layers/linear.py").unlink()
    assert cli("init", ".", cwd=student.root).code == 0
    assert student.check("linear").exercise["status"] == "not_started"


def test_folder_in_place_of_the_file(student):
    """A folder with an exercise's name is no file."""
    (student.root / "layers/linear.py").unlink()
    (student.root / "layers/linear.py").mkdir()
    assert student.check("linear").findings == [("file_missing", "not_started", None)] * 2


def test_file_that_is_no_exercise(student, cli):
    """A Python file of the student's own is no exercise, and is not called one that is missing."""
    student.save("print('mine')", "layers/mine.py")
    ran = cli("check", "layers/mine.py", cwd=student.root)
    assert refused(ran, "There is no exercise or chapter 'layers/mine'")


def test_file_of_another_workspace(student, tmp_path, cli):
    """A file outside the workspace that was named is refused: its neighbours would be the wrong ones."""
    other = tmp_path / "linear.py"
    other.write_text(student.right)
    ran = cli("check", other, "--root", student.root, cwd=tmp_path)
    assert refused(ran, f"{other} is not in the workspace {student.root}", "--root")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable_file(student, cli):
    """A file that may not be read is told by its name."""
    (student.root / "layers/linear.py").chmod(0)
    assert refused(cli("check", "linear", cwd=student.root), "layers/linear.py cannot be read: Permission")


def test_far_too_large_file(student, cli):
    """A Python file of several megabytes is no exercise, and is refused before it is read."""
    student.save("#" * (2 << 20), "layers/data.py")
    ran = cli("check", "linear", cwd=student.root)
    assert refused(ran, "layers/data.py is larger than 1 MiB")


def test_far_too_many_files(student, cli):
    """A folder with thousands of Python files is not the workspace that was meant."""
    folder = student.root / "everything"
    folder.mkdir()
    for number in range(1001):
        (folder / f"{number}.py").touch()
    assert refused(cli("check", "linear", cwd=student.root), "more than 1000 Python files")


def test_virtual_environment_in_the_workspace(student):
    """A virtual environment, a cache and an editor's files in the workspace are not the student's work."""
    student.save(student.right)
    for folder, marker in (("venv", "pyvenv.cfg"), (".idea", "x.xml"), ("layers/__pycache__", "linear.pyc")):
        (student.root / folder).mkdir()
        (student.root / folder / marker).touch()
        (student.root / folder / "large.py").write_text("#" * (2 << 20))
    (student.root / "layers" / "._linear.py").write_bytes(b"\xff\xfe")
    assert student.check("linear").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--fresh", "--pack", "course.pack"), "--fresh records anew and --pack reads a file: choose one."),
        (("--seed", "3"), "--seed and --device belong to --fresh."),
        (("--device", "cpu"), "--seed and --device belong to --fresh."),
        (("--seed", "-1", "--fresh"), "-1 is not in the range"),
        (("--seed", "x", "--fresh"), "'x' is not a valid integer"),
        (("--device", "tpu", "--fresh"), "'tpu' is not one of 'cpu', 'cuda'"),
        (("--jsn",), "No such option"),
    ],
)
def test_usage(student, cli, arguments, words):
    """Options that do not go together, or do not exist, are refused with the way to help."""
    ran = cli("check", "linear", *arguments, cwd=student.root)
    assert refused(ran, words, "Try 'bpkit check --help' for help.")


def test_unknown_command(tmp_path, cli):
    """A command that does not exist is refused by its name."""
    assert refused(cli("chek", cwd=tmp_path), "No such command 'chek'", "Try 'bpkit --help' for help.")


def test_fresh_without_torch(student, tmp_path, cli):
    """Where PyTorch is not installed, --fresh says how to get it, and that a plain check needs none."""
    (tmp_path / "torch.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'torch'\", name='torch')\n"
    )
    ran = cli("check", "linear", "--fresh", cwd=student.root, env={"PYTHONPATH": str(tmp_path)})
    assert refused(ran, "pip install 'backprop-kit[torch]'", "A plain `bpkit check` works without it.")


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"torch/lib/x.so": ""}, "most of it is missing"),
        (
            {"torch/__init__.py": "raise OSError('libcudart.so.12: cannot open')"},
            "libcudart.so.12: cannot open",
        ),
        ({"torch/__init__.py": "import torch._C"}, "No module named 'torch._C'"),
    ],
    ids=["a folder is left", "a library is missing", "half is missing"],
)
def test_pytorch_is_broken(student, cli, tmp_path, files, why):
    """What needs it says in a sentence why it cannot be had; the rest works."""
    for path, text in files.items():
        (tmp_path / "broken" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "broken" / path).write_text(text)
    # An empty folder counts only where no whole package follows it on the path.
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.machinery, sys\n"
        "find = importlib.machinery.PathFinder.find_spec\n"
        "def found(name, path=None, target=None):\n"
        f"    return find(name, [{str(tmp_path / 'broken')!r}] if name == 'torch' else path, target)\n"
        "importlib.machinery.PathFinder.find_spec = found\n"
    )
    env = {"PYTHONPATH": str(tmp_path)}
    for command in (("check", "linear", "--fresh"), ("record", "sgd", "--out", tmp_path / "x.pack")):
        ran = cli(*command, cwd=student.root, env=env)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert f"PyTorch is there and cannot be imported: {why}. Install it again" in ran.err
    doctor = cli("doctor", cwd=student.root, env=env)
    assert (doctor.code, doctor.err) == (0, "")
    assert f"torch cannot be imported: {why}\n" in doctor.out
    student.save(student.right)
    assert cli("check", "linear", cwd=student.root, env=env).code == 0
