"""A course of one's own: made in a clone, built, installed beside bpkit's wheel in a fresh environment, checked with."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="recording and verifying need PyTorch")

ROOT = Path(__file__).parents[2]
RIGHT = """\
import numpy as np


def gain_forward(x, gain):
    return x * gain, (x, gain)


def gain_backward(dy, cache):
    x, gain = cache
    return dy * gain, (dy * x).sum(axis=0)
"""


class Environment:
    """A virtual environment without pip, which borrows what this one has, but for bpkit."""

    def __init__(self, folder):
        self.folder, self.python = folder, folder / "bin/python"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        packages = next(folder.glob("lib/python*/site-packages"))
        # Behind its own packages. Editable ones of ours stay ours, since only a site folder's .pth files are read.
        (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")

    def install(self, *what):
        """Install these, and nothing that they need."""
        pip = [sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--disable-pip-version-check", *what], check=True)

    def bpkit(self, *words, cwd):
        """Run this environment's bpkit; return the exit code, the output and the errors."""
        clean = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        # Not python -m: that would find whatever lies in the current folder, a course's clone too.
        command = [self.folder / "bin/bpkit", *words]
        ran = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout, ran.stderr


def build(root, out):
    """Build a wheel and return its path."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", out, root], check=True, capture_output=True
    )
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build bpkit's wheel once."""
    return build(ROOT, tmp_path_factory.mktemp("bpkit"))


@pytest.fixture(scope="module")
def author(tmp_path_factory, wheel):
    """Return an author's environment, and the course's clone: synced, and installed from there."""
    folder = tmp_path_factory.mktemp("author")
    shutil.copytree(Path(__file__).parent / "sounds", folder / "sounds")
    environment = Environment(folder / "env")
    environment.install(wheel)
    environment.install("--editable", folder / "sounds")
    done = "sounds/exercises/signals/gain.py cut\nsignals/gain recorded\n"
    assert environment.bpkit("author", "sync", cwd=folder / "sounds") == (0, done, "")
    return environment, folder / "sounds"


@pytest.fixture(scope="module")
def student(tmp_path_factory, wheel, author):
    """Return a student's environment with both wheels, and a workspace."""
    folder = tmp_path_factory.mktemp("student")
    environment = Environment(folder / "env")
    environment.install(wheel, build(author[1], folder / "dist"))
    code, _, errors = environment.bpkit("init", "ws", cwd=folder)
    assert (code, errors) == (0, "")
    return environment, folder / "ws"


def test_the_course_is_proved_from_its_clone(author):
    """Verify looks at the course of the folder it is run in, and at nothing of bpkit's own."""
    environment, clone = author
    proved = "1 exercise, 2 known mistakes, 2 of them rejected and named; no problems.\n"
    assert environment.bpkit("verify", cwd=clone) == (0, proved, "")
    assert environment.bpkit("verify", "signals/gain", cwd=clone / "solutions") == (0, proved, "")
    assert environment.bpkit("author", "sync", cwd=clone)[1] == "Everything is up to date.\n"


def test_verify_finds_what_is_wrong_in_the_course(author, tmp_path):
    """A file that nothing accounts for, and a chapter without a lesson, are told by their paths in the clone."""
    environment, clone = author
    lesson, stray = clone / "sounds/exercises/signals/README.md", clone / "solutions/signals/old.py"
    lesson.rename(tmp_path / "lesson")
    stray.write_text("")
    try:
        code, told, _ = environment.bpkit("verify", cwd=clone)
    finally:
        (tmp_path / "lesson").rename(lesson)
        stray.unlink()
    assert code == 1
    assert told.splitlines()[:2] == [
        "solutions/signals/old.py: nothing accounts for this file.",
        "signals: the lesson sounds/exercises/signals/README.md is missing.",
    ]


def test_references_of_both_courses_in_one_pack(author, tmp_path):
    """A pack on other inputs holds exercises of several courses, and names the mistakes of those in a clone."""
    environment, clone = author
    out = tmp_path / "exam.pack"
    code, told, _ = environment.bpkit(
        "record", "gain", "neuron/relu", "--seed", "7", "--out", str(out), cwd=clone
    )
    assert (code, told.count("Without the solutions no mistake")) == (0, 1)
    assert environment.bpkit("init", "ws", cwd=tmp_path)[0] == 0
    (tmp_path / "ws/signals/gain.py").write_text(RIGHT.replace("sum(", "mean("))
    code, told, _ = environment.bpkit(
        "check", "gain", "relu", "--pack", str(out), "--root", "ws", cwd=tmp_path
    )
    assert (code, "0 of 2 exercises pass" in told, "dgain is averaged over the samples." in told) == (
        1,
        True,
        True,
    )


def test_the_wheel_holds_no_solution(author, tmp_path):
    """Stubs, lessons, specs and the pack are in it."""
    with zipfile.ZipFile(build(author[1], tmp_path)) as archive:
        names = {name for name in archive.namelist() if "dist-info" not in name}
        assert not any(b"# MISTAKE" in archive.read(name) for name in names)
    assert names == {
        "sounds/__init__.py",
        "sounds/exercises/course.pack",
        "sounds/exercises/signals/README.md",
        "sounds/exercises/signals/gain.py",
        "sounds/specs/__init__.py",
        "sounds/specs/signals/__init__.py",
        "sounds/specs/signals/gain.py",
    }


def test_a_student_learns_with_both_courses(student):
    """The stub is not started, a known mistake is named, a right answer passes, and bpkit's own go on as before."""
    environment, root = student
    assert {"course.pack", "sounds.pack"} <= {path.name for path in root.iterdir()}
    code, told, errors = environment.bpkit("list", cwd=root)
    assert (code, errors) == (0, "")
    assert told.index("neuron:") < told.index("signals: Signals")
    code, told, errors = environment.bpkit("check", "gain", cwd=root)
    assert (code, "gain_backward: not started (0 of 4)" in told, errors) == (1, True, "")
    (root / "signals/gain.py").write_text(RIGHT.replace("sum(", "mean("))
    code, told, errors = environment.bpkit("check", "signals/gain.py", cwd=root)
    assert (code, "dgain is averaged over the samples." in told, errors) == (1, True, "")
    (root / "signals/gain.py").write_text(RIGHT)
    code, told, errors = environment.bpkit("check", "signals", "layers/linear", cwd=root)
    assert (code, errors) == (1, "")
    assert "✓ signals/gain · Gain (6 of 6 points)" in told
    assert "1 of 2 exercises pass, 6 of 12 points." in told


@pytest.mark.skipif(sys.platform != "linux", reason="grading needs Linux")
def test_a_class_is_graded_with_both_courses(student, tmp_path):
    """Without a pack of the instructor's own, each exercise is graded with its course's."""
    environment, _ = student
    (tmp_path / "class/ada/signals").mkdir(parents=True)
    (tmp_path / "class/ada/signals/gain.py").write_text(RIGHT)
    words = ("grade", "class", "--out", "out", "--only", "gain", "--only", "relu", "--isolation", "0")
    code, told, errors = environment.bpkit(*words, cwd=tmp_path)
    assert code == 0, told + errors
    assert ",6," in (tmp_path / "out/grades.csv").read_text()


def test_courses_that_cannot_be_used_are_left_out(student):
    """One sentence names each of them; bpkit's own course and the sound one work."""
    environment, root = student
    packages = next(environment.folder.glob("lib/python*/site-packages"))
    made = []
    for name, spec in (("torn", "1 / 0\n"), ("bare", "\n"), ("gone", None)):
        info = packages / f"{name}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (info / "entry_points.txt").write_text(f"[bpkit.courses]\n{name} = {name}\n")
        made.append(info)
        if spec is not None:
            (packages / name / "specs/chapter").mkdir(parents=True)
            (packages / name / "specs/chapter/__init__.py").write_text(spec)
            made.append(packages / name)
    try:
        code, told, errors = environment.bpkit("list", cwd=root)
        own = environment.bpkit("check", "neuron/relu", cwd=root)
    finally:
        for folder in made:
            shutil.rmtree(folder)
    assert (code, "signals: Signals" in told) == (0, True)
    assert errors.splitlines() == [
        "The course bare (bare) is left out: specs/chapter/__init__.py has no CHAPTER.",
        "The course gone (gone) is left out: there is no package gone.",
        "The course torn (torn) is left out: ZeroDivisionError: division by zero.",
    ]
    assert (own[0], own[2]) == (1, ""), "who asks for bpkit's own exercise looks for no other course"


def test_two_courses_with_a_chapter_of_the_same_name(student):
    """Nobody can tell which is meant: both are named."""
    environment, root = student
    packages = next(environment.folder.glob("lib/python*/site-packages"))
    chapter = packages / "sounds/specs/layers"
    shutil.copytree(packages / "sounds/specs/signals", chapter)
    shutil.copytree(packages / "sounds/exercises/signals", packages / "sounds/exercises/layers")
    try:
        code, told, errors = environment.bpkit("list", cwd=root)
    finally:
        shutil.rmtree(chapter)
        shutil.rmtree(packages / "sounds/exercises/layers")
    assert (code, told) == (2, "")
    assert errors == (
        "Error: The courses backprop-kit and sounds both have a chapter 'layers'. Uninstall one of them, or rename "
        "the chapter.\n"
    )


def test_a_clone_that_is_not_installed_is_told(student, author, tmp_path):
    """In a course's clone nothing is ever done to another course."""
    environment, _ = student
    code, _, errors = environment.bpkit("author", "sync", cwd=author[1])
    assert code == 2
    assert errors == (
        f"Error: {author[1]} is the course sounds, but it is not installed from there: run `pip install -e "
        f"{author[1]}`, with a folder solutions/ in it.\n"
    )
    code, _, errors = environment.bpkit("author", "sync", cwd=tmp_path)
    assert (code, "run it from a clone" in errors) == (2, True)
