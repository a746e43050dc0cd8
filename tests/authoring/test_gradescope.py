"""The autograder for Gradescope: unpacked and run as there, but in a folder of this machine."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest

from bpkit.authoring.gradescope import autograder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Gradescope's machines are Linux")


class Machine:
    """A folder that stands for /autograder, with the zip unpacked and bpkit installed."""

    def __init__(self, root):
        self.root = root
        self.results = root / "results" / "results.json"
        (root / "submission" / "layers").mkdir(parents=True)
        (root / "bin").mkdir()
        self.bpkit = root / "bin" / "bpkit"
        self.bpkit.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bpkit "$@"\n')
        self.bpkit.chmod(0o755)

    def make(self, *options):
        """Make the zip and unpack it, with the files' modes, as Gradescope does."""
        ran = subprocess.run(
            [self.bpkit, "author", "gradescope", "--out", self.root / "autograder.zip", *options],
            cwd=self.root, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        with zipfile.ZipFile(self.root / "autograder.zip") as archive:
            for entry in archive.infolist():
                archive.extract(entry, self.root / "source")
                (self.root / "source" / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
        return ran.stdout

    def run(self):
        """Run the autograder; return its exit code and the results, None where there are none."""
        self.results.unlink(missing_ok=True)
        env = {**os.environ, "AUTOGRADER_ROOT": str(self.root), "BPKIT": str(self.bpkit)}
        ran = subprocess.run(
            [self.root / "source" / "run_autograder"],
            env=env,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.returncode, json.loads(self.results.read_text()) if self.results.exists() else None


@pytest.fixture
def machine(tmp_path):
    """Return a machine of Gradescope's."""
    return Machine(tmp_path / "auto grader")


def test_a_submission_is_graded(machine, solutions):
    """A right answer earns its points, a stub none, and a submission with a link in it is refused by name."""
    told = machine.make("--only", "layers/linear", "--only", "neuron/relu", "--isolation", "0")
    assert "give the assignment 9 autograder points" in told
    answer = machine.root / "submission" / "layers" / "linear.py"
    answer.write_text((solutions / "layers/linear.py").read_text())
    code, results = machine.run()
    assert (code, results["score"]) == (0, 6)
    assert [(test["max_score"], test["status"]) for test in results["tests"]][:2] == [
        (2, "passed"),
        (4, "passed"),
    ]
    assert sum(test["max_score"] for test in results["tests"]) == 9
    answer.write_text("def linear_forward(x, W, b):\n    raise NotImplementedError()\n")
    assert machine.run()[1]["score"] == 0
    answer.unlink()
    answer.symlink_to("/etc/passwd")
    code, results = machine.run()
    assert (code, results["score"], results["extra_data"]["bpkit"]["outcome"]) == (0, 0, "refused")


def test_no_grade_where_the_autograder_fails(machine, solutions):
    """Where nothing can be graded there is no results.json, so that Gradescope records no 0."""
    machine.make("--only", "layers/linear", "--isolation", "0")
    answer = machine.root / "submission" / "layers" / "linear.py"
    answer.write_text((solutions / "layers/linear.py").read_text())
    (machine.root / "source" / "course.pack").write_bytes(b"damaged")
    assert machine.run() == (2, None)


def test_what_is_in_the_zip():
    """The same makes the same bytes; programs can be run, names are quoted, and a shell can read both scripts."""
    wheel = ("backprop_kit-1-py3-none-any.whl", b"a wheel")
    made = [autograder(b"pack", ("a/b",), "x; rm -rf /", 2, wheel=given) for given in (None, wheel, wheel)]
    assert made[1] == made[2]
    for content, requirement in zip(made, ("'x; rm -rf /'", f"./{wheel[0]}"), strict=False):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in archive.infolist()}
            assert modes.pop("setup.sh") == modes.pop("run_autograder") == 0o755
            assert modes.pop("course.pack") == 0o644
            assert set(modes) == ({wheel[0]} if "whl" in requirement else set())
            assert f"version-check {requirement}\n" in archive.read("setup.sh").decode()
            assert "--isolation 2 --only a/b ||" in archive.read("run_autograder").decode()
            for name in ("setup.sh", "run_autograder"):
                subprocess.run(["bash", "-n"], input=archive.read(name), check=True)
