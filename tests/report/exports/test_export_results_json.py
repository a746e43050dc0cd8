"""results.json: valid by its published schema, complete, and readable line by line."""

import json
from pathlib import Path

import jsonschema
import pytest

from bpkit.judging.verdict import Status
from bpkit.report import data
from bpkit.report.exports import FORMATS
from bpkit.report.exports.everything import SCHEMA
from bpkit.report.results import Outcome, Result

SCHEMA_FILE = Path(data.SCHEMA_FILE).with_name("results.v1.json")


@pytest.fixture(scope="module")
def schema():
    """Return the published schema."""
    return json.loads(SCHEMA_FILE.read_text("utf-8"))


def written(results, exercises):
    """Return the file's text."""
    [file] = FORMATS["json"].write(results, exercises)
    assert file.path == "results.json"
    return file.content.decode("ascii")


def validate(found, schema):
    """Hold data against the schema."""
    jsonschema.validate(found, schema, jsonschema.Draft202012Validator)


def test_schema_holds_the_verdicts(schema):
    """The schema stands alone, and what it says of a verdict is what the verdict's own schema says."""
    jsonschema.Draft202012Validator.check_schema(schema)
    verdict = json.loads(data.SCHEMA_FILE.read_text("utf-8"))
    for name, defined in verdict["$defs"].items():
        assert schema["$defs"][name] == defined
    for name in ("type", "required", "additionalProperties", "properties"):
        assert schema["$defs"]["verdict"][name] == verdict[name]
    assert schema["properties"]["schema"]["const"] == SCHEMA
    outcomes = schema["$defs"]["student"]["properties"]["outcome"]["enum"]
    assert sorted(outcomes) == sorted(outcome.value for outcome in Outcome)


def test_everything_is_there(each, exercises, schema):
    """All outcomes and statuses are valid, and reading the file gives every result back."""
    found = json.loads(written(each, exercises))
    validate(found, schema)
    assert [
        Result(one["student"], one["name"], Outcome(one["outcome"]), one["why"], one["verdict"])
        for one in found["students"]
    ] == list(each)
    assert [one["score"] for one in found["students"]] == [result.score for result in each]
    assert found["exercises"] == [
        {"id": name, "title": exercise.title, "max_points": exercise.points}
        for name, exercise in exercises.items()
    ]
    statuses = {one["verdict"]["exercises"][0]["status"] for one in found["students"] if one["verdict"]}
    assert statuses == {status.value for status in Status}


def test_zero_is_not_nothing(each, exercises):
    """0 points are a 0, and no result is null."""
    scores = {one["student"]: one["score"] for one in json.loads(written(each, exercises))["students"]}
    assert scores["zero"] == 0
    assert [scores[f"o-{outcome}"] for outcome in ("refused", "not_handed_in", "not_judged")] == [None] * 3


def test_one_line_a_student(each, exercises):
    """A student's line can be read by itself, so that a large file need not be read as a whole."""
    lines = written(each, exercises).split("\n")
    students = [line.removesuffix(",") for line in lines if line.startswith('{"student"')]
    assert [json.loads(line)["student"] for line in students] == [result.student for result in each]


def test_hostile(evil, exercises, schema):
    """What students write is there as it was, but for halves of surrogate pairs, which other readers refuse."""
    found = json.loads(written(evil, exercises))
    validate(found, schema)
    for one, result in zip(found["students"], evil, strict=True):
        assert one["student"] == result.student.replace("\ud83d", "\ufffd")
        if result.verdict:
            output = result.verdict["exercises"][0]["output"]
            assert one["verdict"]["exercises"][0]["output"] == output.replace("\ud83d", "\ufffd")


def test_empty_class(schema):
    """A class of nobody is valid."""
    validate(json.loads(written([], {})), schema)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), "bpkit/results/v2"),
        (("extra",), 1),
        (("exercises", 0, "max_points"), -1),
        (("students", 0, "outcome"), "lost"),
        (("students", 0, "outcome"), "refused"),
        (("students", 0, "verdict"), None),
        (("students", 0, "score"), None),
        (("students", -1, "score"), 0),
        (("students", -1, "outcome"), "graded"),
        (("students", 0, "verdict", "exercises", 0, "status"), "great"),
    ],
)
def test_the_schema_refuses(each, exercises, schema, place, value):
    """The schema refuses what results are not: no score without a verdict, no verdict without a grade."""
    found = json.loads(written(each, exercises))
    *way, last = place
    at = found
    for step in way:
        at = at[step]
    at[last] = value
    with pytest.raises(jsonschema.ValidationError):
        validate(found, schema)
