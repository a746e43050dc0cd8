"""The built wheel, in an empty environment, with the source tree out of the way."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from bpkit.course import catalog

ROOT = Path(__file__).parents[2]
SECRETS = (b"BEGIN SOLUTION", b"# MISTAKE")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build wheel and sdist once."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, ROOT], check=True, capture_output=True)
    return out


def test_the_wheel_holds_stubs_lessons_and_pack_and_no_solution(built):
    """No file of the wheel holds a solution's or a mistake's code."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        course = [name for name in names if name.startswith("bpkit/course/exercises/")]
        assert {"course.pack", "linear.py", "README.md", "saturation.svg"} <= {
            name.rpartition("/")[2] for name in course
        }
        assert {"bpkit/course/specs/training/_digits.npz", "bpkit/course/specs/training/DIGITS.md"} <= set(
            names
        )
        for name in names:
            if not name.startswith("bpkit/authoring/"):  # which handles the markers
                assert not any(secret in wheel.read(name) for secret in SECRETS), name


def test_the_sdist_holds_no_solution(built):
    """Students unpack sdists too."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = [member.name.partition("/")[2] for member in sdist.getmembers()]
    assert "pyproject.toml" in names
    assert not [name for name in names if name.startswith(("solutions", "tests", "docs"))]


def test_the_wheel_alone_makes_a_workspace_and_checks_it(built, tmp_path):
    """Init and check run from the wheel: a stub is not started, a right answer passes."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "env"], check=True)
    wheel = next(built.glob("*.whl"))
    pip = [tmp_path / "env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", ROOT / "constraints.txt", wheel], check=True)

    def bpkit(*words: str) -> subprocess.CompletedProcess[str]:
        # Nothing of this environment, and far from the source tree.
        clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        command = [tmp_path / "env/bin/bpkit", *words]
        return subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)

    assert bpkit("init", "ws").returncode == 0
    found = bpkit("check", "--root", "ws")
    assert found.returncode == 1, found.stderr
    assert f"0 of {len(catalog.ids())} exercises pass" in found.stdout
    (tmp_path / "ws/neuron/weighted_sum.py").write_text((ROOT / "docs/demo/weighted_sum.py").read_text())
    found = bpkit("check", "weighted_sum", "--root", "ws")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "3 of 3 points" in found.stdout
    assert "torch" not in bpkit("check", "--fresh", "sgd", "--root", "ws").stdout
    assert "pip install" in bpkit("record", "sgd").stderr
