"""The built wheel, in an empty environment, with the source tree out of the way."""

import os
import re
import shutil
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


def regions():
    """Yield the code of each solution and of each mistake, without what is too short to be told from anything else."""
    for path in (ROOT / "solutions").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r"BEGIN SOLUTION\n(.*?)\n *### END SOLUTION", text, re.DOTALL):
            code = [line for line in found.splitlines() if line.strip() and "# MISTAKE" not in line]
            if len(code) > 2:
                yield path.name, "\n".join(code).encode()


def test_no_archive_holds_the_code_of_a_solution(built):
    """However it might have got there: no file of wheel or sdist has a solution's lines in it."""
    contents = {}
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        contents |= {f"wheel {name}": wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        contents |= {
            f"sdist {one.name}": sdist.extractfile(one).read() for one in sdist.getmembers() if one.isfile()
        }
    solved = list(regions())
    assert len(solved) > 50
    assert [
        (name, where)
        for where, content in contents.items()
        for name, code in solved
        if code in content.replace(b"\r\n", b"\n")
    ] == []


def test_the_sdist_holds_no_solution(built):
    """Students unpack sdists too."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        files = {member.name.partition("/")[2]: member for member in sdist.getmembers() if member.isfile()}
        for name, member in files.items():
            if not name.startswith("autograder/bpkit/authoring/"):  # which handles the markers
                assert not any(secret in sdist.extractfile(member).read() for secret in SECRETS), name
    assert {"pyproject.toml", "LICENSE", "NOTICE", "CITATION.cff", "CHANGELOG.md"} <= set(files)
    assert {name.partition("/")[0] for name in files if "/" in name} == {"autograder", "exercises"}


def test_the_sdist_makes_the_same_wheel(built, tmp_path):
    """What pip builds from the sdist is what a clone builds: `built` has the former, the latter is made here."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    one, other = (contents(next(folder.glob("*.whl"))) for folder in (built, tmp_path))
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def contents(wheel):
    """Return a wheel's files."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_the_wheel_says_of_itself(built):
    """Typed, licensed, with the notice that the digits' licence asks for, and with at most six packages to install."""
    files = contents(next(built.glob("*.whl")))
    assert files["bpkit/py.typed"] == b""
    info = next(name for name in files if name.endswith(".dist-info/METADATA")).rpartition("/")[0]
    assert files[f"{info}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert b"CC BY 4.0" in files[f"{info}/licenses/NOTICE"]
    said = files[f"{info}/METADATA"].decode().partition("\n\n")[0].split("\n")
    assert "License-Expression: Apache-2.0 AND CC-BY-4.0" in said
    needed = [line for line in said if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert 0 < len(needed) <= 6
    assert not [line for line in needed if "torch" in line]


@pytest.fixture(scope="module")
def bpkit(built, tmp_path_factory):
    """Install the wheel in an empty environment; return a function that runs a program of it far from the sources."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    pip = [folder / "env/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", ROOT / "constraints.txt", next(built.glob("*.whl"))], check=True)

    def run(*words, program="bpkit"):
        # Nothing of this environment.
        clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        command = [folder / "env/bin" / program, *words]
        return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)

    assert run("init", "ws").returncode == 0
    run.root = folder / "ws"
    return run


def test_nothing_else_is_there(bpkit):
    """Neither PyTorch nor the sources of this clone: what is tested is what is installed."""
    program = "import importlib.util, sys, bpkit; print(importlib.util.find_spec('torch'), sys.prefix in bpkit.__file__)"
    assert bpkit("-I", "-c", program, program="python").stdout == "None True\n"


def test_the_wheel_alone_makes_a_workspace_and_checks_it(bpkit):
    """A stub is not started, a right answer passes, and what needs PyTorch says so."""
    found = bpkit("check", "--root", "ws")
    assert found.returncode == 1, found.stderr
    assert f"0 of {len(catalog.ids())} exercises pass" in found.stdout
    shutil.copy(ROOT / "docs/demo/weighted_sum.py", bpkit.root / "neuron/weighted_sum.py")
    found = bpkit("check", "weighted_sum", "--root", "ws")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "3 of 3 points" in found.stdout
    assert "torch" not in bpkit("check", "--fresh", "sgd", "--root", "ws").stdout
    assert "pip install" in bpkit("record", "sgd").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--root", "ws"), "of 67 exercises pass"),
        (("hint", "linear", "--root", "ws"), "Hint 1 of 3"),
        (("show", "linear", "--root", "ws"), "linear_backward(dy, cache)"),
        (("next", "--root", "ws"), "then `bpkit check"),
        (("doctor",), "torch is not installed"),
        (("verify",), ""),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_a_students_commands(bpkit, words, said):
    """Each works from the wheel, or says in a sentence why it does not."""
    said = said.replace("67", str(len(catalog.ids())))
    found = bpkit(*words)
    assert (said in found.stdout, "Traceback" in found.stdout + found.stderr) == (True, False), found
    assert (found.returncode == 0) is bool(said)


@pytest.mark.parametrize(
    "words",
    [("--version",), ("--help",), (), ("check", "--help"), ("check", "nonsense", "--root", "ws")],
    ids=" ".join,
)
def test_python_m_bpkit_is_the_script(bpkit, words):
    """The same output and exit code, even where a student's own file has the name of a module that bpkit imports."""
    for name in ("click", "random"):
        (bpkit.root.parent / f"{name}.py").write_text('raise SystemExit("own file")\n')
    try:
        script, module = bpkit(*words), bpkit("-m", "bpkit", *words, program="python")
    finally:
        for name in ("click", "random"):
            (bpkit.root.parent / f"{name}.py").unlink()
    assert (module.returncode, module.stdout, module.stderr) == (
        script.returncode,
        script.stdout,
        script.stderr,
    )
    assert "own file" not in script.stdout + script.stderr
