"""The verdict as JSON: its schema, what is in it, and that it is the same every time."""

import json
import math

import jsonschema
import numpy as np
import pytest

from bpkit.judging.verdict import SCHEMA, Compared, Finding, PartVerdict, Status, Verdict
from bpkit.report import data, words


@pytest.fixture(scope="module")
def schema():
    """Return the published schema."""
    return json.loads(data.SCHEMA_FILE.read_text())


def validate(found, schema):
    """Hold data against the schema."""
    jsonschema.validate(found, schema, jsonschema.Draft202012Validator)


def with_finding(parts, finding):
    """Return a verdict about one exercise with this finding."""
    part = PartVerdict("sgd_step", finding.status, 0, 3, (finding,))
    return Verdict((parts["crashed"]._replace(parts=(part,), status=finding.status),), 1)


def test_schema_knows_every_status(schema):
    """The schema's statuses are the verdict's, and its name is that of the data."""
    jsonschema.Draft202012Validator.check_schema(schema)
    assert sorted(schema["$defs"]["status"]["enum"]) == sorted(status.value for status in Status)
    assert schema["properties"]["schema"]["const"] == SCHEMA


def test_everything_is_valid(verdict, exercises, schema):
    """A verdict with something of everything is valid."""
    validate(data.to_data(verdict, exercises), schema)


@pytest.mark.parametrize("status", Status)
def test_every_status_is_valid(parts, exercises, schema, status):
    """Each status passes through as its word."""
    found = data.to_data(with_finding(parts, Finding("killed", status)), exercises)
    validate(found, schema)
    exercise = found["exercises"][0]
    part = exercise["parts"][0]
    assert exercise["status"] == part["status"] == part["findings"][0]["status"] == status.value


def test_contents(verdict, exercises):
    """Points, seconds, prints and findings are what the verdict holds."""
    found = data.to_data(verdict, exercises)
    assert {name: found[name] for name in ("schema", "score", "max_score", "isolation")} == {
        "schema": "bpkit/verdict/v1",
        "score": 5,
        "max_score": 18,
        "isolation": 1,
    }
    assert [exercise["id"] for exercise in found["exercises"]] == [judged.id for judged in verdict.exercises]
    passed, failed, *_ = found["exercises"]
    assert (passed["points"], passed["max_points"], passed["seconds"]) == (3, 3, 0.0123)
    assert failed["output"] == "step 1\n\x1b[31mstep 2\n"
    backward = failed["parts"][1]
    assert (backward["name"], backward["points"], backward["max_points"]) == ("linear_backward", 0, 4)
    values = backward["findings"][1]
    assert values.pop("message").startswith("dx has the right shape and the wrong values.")
    assert values == {
        "check": "values",
        "status": "failed",
        "case": "a batch",
        "array": "dx",
        "mistake": None,
        "signature": None,
        "where": "row 4",
        "max_error": 1.125,
    }
    assert backward["findings"][2]["mistake"] == "weights-transposed"


def test_messages_are_those_of_the_terminal(verdict, exercises):
    """A finding's message is the whole text that the terminal shows."""
    found = data.to_data(verdict, exercises)
    for judged, exercise in zip(verdict.exercises, found["exercises"], strict=True):
        for part, told in zip(judged.parts, exercise["parts"], strict=True):
            expected = [words.message(finding, exercises[judged.id], part.name) for finding in part.findings]
            assert [finding["message"] for finding in told["findings"]] == expected
            assert all(expected)


@pytest.mark.parametrize("error", [math.inf, math.nan, None])
def test_an_error_without_a_number(parts, exercises, schema, error):
    """An infinite error, which JSON cannot say, is null."""
    finding = Finding("killed", Status.FAILED, max_error=error)
    found = json.loads(data.to_json(with_finding(parts, finding), exercises))
    validate(found, schema)
    assert found["exercises"][0]["parts"][0]["findings"][0]["max_error"] is None


@pytest.mark.parametrize(
    "returned", [2.5, [1.0, math.nan], [[1.0, -math.inf]], np.zeros((2, 3, 5)), np.zeros((100, 50))]
)
def test_arrays_are_there_where_they_are_asked_for(parts, exercises, schema, returned):
    """Wrong arrays come only when asked for; then they are valid, and valid JSON."""
    returned = np.array(returned)
    compared = Compared(returned, returned + 1, 1e-6)
    finding = Finding("killed", Status.FAILED, "a", "dx", compared=compared)
    judged = with_finding(parts, finding)
    bare = data.to_data(judged, exercises)
    assert "arrays" not in bare["exercises"][0]["parts"][0]["findings"][0]
    found = json.loads(data.to_json(judged, exercises, arrays=True))
    validate(found, schema)
    arrays = found["exercises"][0]["parts"][0]["findings"][0].pop("arrays")
    assert arrays["shape"] == list(returned.shape)
    assert found == bare


def test_a_finding_without_arrays_has_no_such_key(verdict, exercises):
    """What has nothing to show is the same with and without."""
    assert data.to_data(verdict, exercises, arrays=True) == data.to_data(verdict, exercises)


def test_what_is_not_judged_has_no_points(parts, exercises, schema):
    """Neither earned nor lost: null for the part, and open in the sums."""
    part = PartVerdict("sgd_step", Status.NOT_JUDGED, None, 3, (Finding("inconclusive", Status.NOT_JUDGED),))
    judged = parts["crashed"]._replace(parts=(part,), status=part.status)
    found = data.to_data(Verdict((parts["failed"], judged), 1), exercises)
    validate(found, schema)
    assert (found["score"], found["open_score"], found["max_score"]) == (2, 3, 9)
    sgd = found["exercises"][1]
    assert (sgd["points"], sgd["open_points"], sgd["parts"][0]["points"]) == (0, 3, None)


def test_json_is_ascii_and_repeatable(verdict, parts, exercises):
    """The same verdict gives the same text; any terminal can take it, and reading it gives the data back."""
    strange = Verdict((parts["failed"]._replace(output="π ☃ \ud83d \x00"),), 1)
    for judged in (verdict, strange):
        text = data.to_json(judged, exercises)
        assert text.isascii()
        assert text == data.to_json(judged, exercises)
        assert json.loads(text) == data.to_data(judged, exercises)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("schema",), "bpkit/verdict/v2"),
        (("score",), -1),
        (("score",), 2.5),
        (("isolation",), 9),
        (("extra",), 1),
        (("exercises", 0, "status"), "great"),
        (("exercises", 0, "points"), None),
        (("exercises", 0, "parts", 0, "points"), "none"),
        (("exercises", 1, "parts", 1, "findings", 0, "signature"), "magic"),
        (("exercises", 1, "parts", 1, "findings", 0, "message"), None),
        (("exercises", 1, "parts", 1, "findings", 0, "max_error"), "large"),
    ],
)
def test_the_schema_refuses(verdict, exercises, schema, place, value):
    """The schema refuses what a verdict is not: it can fail."""
    found = data.to_data(verdict, exercises)
    *way, last = place
    at = found
    for step in way:
        at = at[step]
    at[last] = value
    with pytest.raises(jsonschema.ValidationError):
        validate(found, schema)
