"""The registry: every format writes its files, the same ones each time, for classes of any size."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bpkit.course import catalog
from bpkit.report import data
from bpkit.report.exports import FORMATS, Options
from bpkit.report.results import Outcome, Result

IDENTITY = dict.fromkeys(
    ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"), "submit/x"
)
OPTIONS = Options(identity=IDENTITY)


def written(name, results, exercises):
    """Return the format's files by their path."""
    files = list(FORMATS[name].write(results, exercises, OPTIONS))
    found = {file.path: file.content for file in files}
    assert len(found) == len(files)
    return found


def test_names():
    """Each format is found by its name, and has a line for the help and somewhere to go."""
    assert {name: format_.name for name, format_ in FORMATS.items()} == {name: name for name in FORMATS}
    assert set(FORMATS) == {
        "csv", "json", "page", "html", "markdown", "junit", "canvas", "moodle", "gradescope", "prairielearn",
        "classroom50",
    }  # fmt: skip
    for format_ in FORMATS.values():
        assert 0 < len(format_.about) <= 90
        assert format_.paths
    paths = [path for format_ in FORMATS.values() for path in format_.paths]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("name", FORMATS)
def test_files(name, each, exercises):
    """A format for the class has its files once; one for students has one for each."""
    format_ = FORMATS[name]
    expected = len(format_.files) + (len(each) if format_.one else 0)
    found = written(name, each, exercises)
    assert len(found) == expected
    assert all(found.values())


@pytest.mark.parametrize("name", FORMATS)
def test_a_verdict_as_judging_gives_it(name, verdict):
    """What `data.to_data` makes of a verdict can be written, and no finding's message is lost on the way."""
    exercises = {judged.id: catalog.find(judged.id) for judged in verdict.exercises}
    found = data.to_data(verdict, exercises)
    [content, *_] = written(name, [Result("ada", "Ada", Outcome.GRADED, "", found)], exercises).values()
    if name in ("html", "gradescope", "prairielearn", "classroom50", "junit", "json"):
        assert "has the right shape and the wrong values" in content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_sizes(name, each, exercises):
    """A class of nobody, of one and without exercises can be written."""
    for results in ([], each[:1], each[-1:], each[-4:]):
        for some in (exercises, {}):
            written(name, results, some)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_file_names(name, evil, exercises):
    """No id leads out of the folder, and no two students share a file."""
    for path in written(name, evil, exercises):
        parts = Path(path).parts
        assert len(parts) <= 2
        assert not Path(path).is_absolute()
        assert ".." not in parts


@pytest.mark.parametrize("name", FORMATS)
def test_is_utf8(name, evil, exercises):
    """Every file is text in UTF-8, half pairs or not."""
    for content in written(name, evil, exercises).values():
        content.decode("utf-8")


_WRITE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import conftest
from bpkit.report.exports import FORMATS, Options
exercises = conftest.many_exercises(8)
results = conftest.one_of_each(exercises) + conftest.a_class(20, exercises) + conftest.hostile(exercises)
identity = dict.fromkeys(("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"), "submit/x")
for name, format_ in FORMATS.items():
    digest = hashlib.sha256()
    for file in format_.write(results, exercises, Options(identity=identity)):
        digest.update(repr(file).encode())
    print(name, digest.hexdigest())
"""


def test_same_bytes():
    """The same results give the same bytes, in another process with another seed for hashes too."""
    here = str(Path(__file__).parent)

    def run(seed):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _WRITE, here]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout

    first = run("1")
    assert len(first.splitlines()) == len(FORMATS)
    assert first == run("2")


def test_large_class_is_written_one_file_at_a_time(some_class):
    """Files come one by one: the first is there before the last student has been looked at."""
    results, exercises = some_class

    def endless():
        yield from results[:1]
        raise AssertionError("read too far")

    files = FORMATS["html"].write(endless(), exercises)
    assert hashlib.sha256(next(files).content).digest()
