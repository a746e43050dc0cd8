"""`bpkit plot`: what it writes and says, and its exit codes."""

import shutil

import pytest
from click.testing import CliRunner

from bpkit.cli import plot as command
from bpkit.cli.main import bpkit

pytest.importorskip("matplotlib", reason="pictures need matplotlib")


@pytest.fixture
def solved(student, solutions):
    """Return the student, who has solved a few exercises."""
    for name in ("schedules/cosine_decay", "schedules/cyclical", "optimizers/sgd", "optimizers/adam"):
        shutil.copy(solutions / f"{name}.py", student.root / f"{name}.py")
    return student


def test_writes_into_this_folder(solved, cli):
    """Without --out the picture is named for its kind; what is missing is named, and the rest is drawn."""
    ran = cli("plot", "schedules", cwd=solved.root)
    assert (ran.code, ran.out) == (0, "schedules.png is written.\n")
    assert ran.err.splitlines() == [
        "schedules/step_decay: Not started yet.",
        "schedules/warmup_cosine: Not started yet.",
    ]
    picture = (solved.root / "schedules.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    again = cli("plot", "schedules", "--out", "again.PNG", cwd=solved.root)
    assert again.code == 0
    assert (solved.root / "again.PNG").read_bytes() == picture


def test_keeps_to_what_is_named(solved, cli, tmp_path):
    """An id, from elsewhere, in another format, and for TensorBoard."""
    pytest.importorskip("tensorboard", reason="needs TensorBoard")
    ran = cli(
        "plot", "schedules", "cosine_decay", "--root", solved.root, "--out", "a.svg", "--tensorboard", "board",
        cwd=tmp_path,
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "a.svg is written.",
        "board/schedules is written: tensorboard --logdir board",
    ]
    assert (tmp_path / "a.svg").read_bytes().startswith(b"<?xml")
    assert [run.name for run in (tmp_path / "board" / "schedules").iterdir()] == ["cosine_decay"]


def test_landscape_without_a_network(solved, cli):
    """Two optimizers are enough for a landscape."""
    ran = cli("plot", "landscape", "sgd", "adam", "--out", "l.pdf", cwd=solved.root)
    assert (ran.code, ran.out) == (0, "l.pdf is written.\n")
    assert ran.err.splitlines() == ["backprop/mlp: Not started yet."]
    assert (solved.root / "l.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_to_draw(student, cli):
    """Where nothing is written yet there is no picture, a sentence, and exit code 1."""
    ran = cli("plot", "loss", cwd=student.root)
    assert (ran.code, ran.out) == (1, "")
    assert "backprop/mlp: Not started yet." in ran.err
    assert ran.err.splitlines()[-1].startswith("There is nothing to draw yet")
    assert not (student.root / "loss.png").exists()


def test_endless_loop(solved, cli):
    """A schedule that never ends is named, and the others are drawn."""
    solved.save("def cyclical(step, *arguments):\n    while True:\n        pass\n", "schedules/cyclical.py")
    ran = cli("plot", "schedules", cwd=solved.root)
    assert ran.code == 0
    assert "schedules/cyclical: No answer within" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("schedules", "--out", "a.gif"), ".png, .svg or .pdf"),
        (("schedules", "--out", "a"), ".png, .svg or .pdf"),
        (("histogram",), "'histogram' is not one of"),
        (("schedules", "layers/linear"), "`bpkit plot schedules` draws schedules/cosine_decay, "),
        (("schedules", "cosine_dekay"), "Did you mean schedules/cosine_decay"),
        (("schedules", "--out", "nowhere/a.png"), "cannot be written: No such file"),
        (("schedules", "--root", "nowhere"), "is not a folder"),
    ],
)
def test_wrong_use(solved, cli, arguments, said):
    """Wrong use is told in a sentence, with exit code 2."""
    ran = cli("plot", *arguments, cwd=solved.root)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("package", "arguments", "extra"),
    [("matplotlib", (), "plot"), ("tensorboard", ("--tensorboard", "board"), "tensorboard")],
)
def test_extra_is_missing(monkeypatch, package, arguments, extra):
    """Without the package there is one sentence, which names the extra."""
    monkeypatch.setattr(command.util, "find_spec", lambda name: None if name == package else name)
    ran = CliRunner().invoke(bpkit, ["plot", "schedules", *arguments])
    assert ran.exit_code == 2
    assert f"pip install 'backprop-kit[{extra}]'" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_open(solved, monkeypatch):
    """--open shows the picture, and says so where that does not work."""
    shown = []
    monkeypatch.setattr(command.click, "launch", lambda address: shown.append(address) or 1)
    monkeypatch.chdir(solved.root)
    ran = CliRunner().invoke(bpkit, ["plot", "schedules", "cyclical", "--open"])
    assert ran.exit_code == 0
    assert shown == [(solved.root / "schedules.png").resolve().as_uri()]
    assert "Open schedules.png yourself." in ran.stderr
