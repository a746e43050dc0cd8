"""Gradescope, PrairieLearn and Classroom 50: one student each, as these platforms' documentation and code want it."""

import json

import pytest

from bpkit.errors import BpkitError
from bpkit.judging.verdict import Status
from bpkit.report.exports import FORMATS, Options

IDENTITY = {
    "CLASSROOM": "ml",
    "ASSIGNMENT": "backprop",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://github.example/o/r/commit/a1b2c3d",
    "RELEASE_URL": "https://github.example/o/r/releases/tag/submit",
}
OPTIONS = Options(identity=IDENTITY)
PLATFORMS = ("gradescope", "prairielearn", "classroom50")


def one(name, result, exercises, options=OPTIONS):
    """Return what a platform is given for one student."""
    content = FORMATS[name].one(result, exercises, options)
    assert content.isascii()
    return json.loads(content)


def named(results):
    """Return the results by the student's id."""
    return {result.student: result for result in results}


def test_gradescope(each, exercises):
    """Every field is one that Gradescope knows, of the type that it wants, and the maxima add up."""
    for result in each:
        found = one("gradescope", result, exercises)
        assert set(found) <= {
            "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
            "visibility", "stdout_visibility", "extra_data", "tests",
        }  # fmt: skip
        for test in found["tests"]:
            assert set(test) <= {
                "score", "max_score", "status", "name", "output", "output_format", "tags", "visibility", "extra_data",
            }  # fmt: skip
            assert test["output_format"] == "text"
            assert test.get("status", "passed") in ("passed", "failed")
        if result.verdict:
            assert sum(test["max_score"] for test in found["tests"]) == result.verdict["max_score"]
            assert sum(test.get("score", 0) for test in found["tests"]) == found["score"] == result.score


def test_gradescope_tells_apart(each, exercises):
    """The status is in each test's name and tags; what could not be judged has neither score nor status."""
    results = named(each)
    for status in Status:
        test = one("gradescope", results[f"s-{status.value}"], exercises)["tests"][1]
        assert test["tags"] == ["layers/linear", status.value]
        assert test["extra_data"]["bpkit"]["status"] == status.value
        expected = {Status.PASSED: (4, "passed"), Status.NOT_JUDGED: (None, None)}.get(status, (0, "failed"))
        assert (test.get("score"), test.get("status")) == expected
    names = {
        one("gradescope", results[f"s-{status.value}"], exercises)["tests"][1]["name"] for status in Status
    }
    assert len(names) == len(Status)
    assert "6 could not be judged" in one("gradescope", results["s-not_judged"], exercises)["output"]


def test_gradescope_without_a_grade(each, exercises):
    """Where nothing could be judged there is no score, so that no 0 is recorded; the others say why it is 0."""
    results = named(each)
    assert "score" not in one("gradescope", results["o-not_judged"], exercises)
    refused, absent = (
        one("gradescope", results[f"o-{name}"], exercises) for name in ("refused", "not_handed_in")
    )
    zero = one("gradescope", results["zero"], exercises)
    assert refused["score"] == absent["score"] == zero["score"] == 0
    assert (refused["output"], absent["output"], zero["output"]) == (
        "Refused: Because of refused.",
        "Not handed in: Because of not_handed_in.",
        "0 of 12 points.",
    )
    assert {found["extra_data"]["bpkit"]["outcome"] for found in (refused, absent, zero)} == {
        "refused", "not_handed_in", "graded",
    }  # fmt: skip


@pytest.mark.parametrize("visibility", ["visible", "after_due_date", "after_published", "hidden"])
def test_gradescope_visibility(each, exercises, visibility):
    """The instructor says when students see the tests; standard output is never shown."""
    found = one("gradescope", each[0], exercises, Options(visibility=visibility))
    assert {found["visibility"], *(test["visibility"] for test in found["tests"])} == {visibility}
    assert found["stdout_visibility"] == "hidden"


def test_prairielearn(each, exercises):
    """A score from 0 to 1 where there is a grade, and "not gradable" with the reason where there is none."""
    results = named(each)
    scores = {}
    for student, result in results.items():
        found = one("prairielearn", result, exercises)
        scores[student] = found.get("score")
        assert found["gradable"] is (scores[student] is not None)
        assert ("format_errors" in found) is not found["gradable"]
        for test in found.get("tests", ()):  # or PrairieLearn shows no points at all
            assert isinstance(test["points"], int)
            assert isinstance(test["max_points"], int)
    assert scores["s-passed"] == 1
    assert scores["s-failed"] == pytest.approx(8 / 12)
    assert scores["zero"] == 0
    none = {student for student, score in scores.items() if score is None}
    assert none == {"s-not_judged", "o-refused", "o-not_handed_in", "o-not_judged"}
    reasons = {one("prairielearn", results[student], exercises)["format_errors"][0] for student in none}
    assert len(reasons) == 4


def test_prairielearn_tests(each, exercises):
    """A test that could not be judged has 0 of 0 points, which PrairieLearn shows as neither right nor wrong."""
    results = named(each)
    for status in Status:
        test = one("prairielearn", results[f"s-{status.value}"], exercises)["tests"][1]
        assert test["status"] == status.value
        assert (test["points"], test["max_points"]) == {
            Status.PASSED: (4, 4), Status.NOT_JUDGED: (0, 0),
        }.get(status, (0, 4))  # fmt: skip


def test_prairielearn_fits(exercises, make):
    """A file of more than 1 MB would be refused: what the code printed is left out first."""
    linear = exercises["layers/linear"]
    small, large = (
        make.result("ada", [make.came_out(linear, Status.FAILED, make.finding(), output="y" * size)])
        for size in (1000, 2_000_000)
    )
    assert one("prairielearn", small, exercises)["tests"][0]["output"] == "y" * 1000
    content = FORMATS["prairielearn"].one(large, exercises, OPTIONS)
    assert len(content) < 1_000_000
    assert "output" not in json.loads(content)["tests"][0]


def classroom50_error(found):
    """Return what Classroom 50's runner would say of this result, after its `validate_result`; None where it is fine."""
    required = {
        "schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review",
        "datetime", "score", "max-score", "tests",
    }  # fmt: skip
    if set(found) != required or found["schema"] != "classroom50/result/v1":
        return "fields"
    if not all(found[name] for name in required - {"score", "max-score", "tests"}):
        return "empty"
    if found["assignment_type"] not in ("individual", "group") or not found["submission"].startswith(
        "submit/"
    ):
        return "identity"
    for scored in (found, *found["tests"]):
        score, most = scored["score"], scored["max-score"]
        if type(score) is not int or type(most) is not int or not 0 <= score <= most:
            return "score"
    for test in found["tests"]:
        if not test["test-name"] or type(test["passed"]) is not bool:
            return "test"
    return None


def test_classroom50(each, exercises):
    """Every result is one that the runner takes; the sums are those of the tests."""
    for result in each:
        found = one("classroom50", result, exercises)
        assert classroom50_error(found) is None
        assert found["score"] == sum(test["score"] for test in found["tests"]) == (result.score or 0)
        assert found["tests"]  # without any the runner would say that all passed
        assert len({test["test-name"] for test in found["tests"]}) == len(found["tests"])


def test_classroom50_tells_apart(each, exercises):
    """What is no grade is 0 of 0 points; a field and the test's name say what it is."""
    results = named(each)
    found = {student: one("classroom50", result, exercises) for student, result in results.items()}
    totals = {student: (data["score"], data["max-score"]) for student, data in found.items()}
    assert totals["zero"] == (0, 12)
    assert totals["s-not_judged"] == (6, 6)
    for outcome in ("refused", "not_handed_in", "not_judged"):
        assert totals[f"o-{outcome}"] == (0, 0)
        [test] = found[f"o-{outcome}"]["tests"]
        assert (test["passed"], test["status"], test["message"]) == (False, outcome, f"Because of {outcome}.")
    for status in Status:
        test = found[f"s-{status.value}"]["tests"][1]
        assert test["status"] == status.value
        assert test["passed"] is (status is Status.PASSED)
        assert status is Status.PASSED or status.value.replace("_", " ") in test["test-name"]


def test_classroom50_names_the_submission(each, exercises):
    """Who and what it is come from the runner's environment, and without that there is no such file."""
    group = {**IDENTITY, "OWNER": "octocat", "ASSIGNMENT_TYPE": "group"}
    found = one("classroom50", each[0], exercises, Options(identity=group))
    assert (found["classroom"], found["assignment"], found["owner"]) == ("ml", "backprop", "octocat")
    assert (found["assignment_type"], found["review"]) == ("group", IDENTITY["COMMIT_URL"])
    for name in IDENTITY:
        rest = {other: value for other, value in IDENTITY.items() if other != name}
        with pytest.raises(BpkitError, match=name):
            one("classroom50", each[0], exercises, Options(identity=rest))


@pytest.mark.parametrize("name", PLATFORMS)
def test_hostile(name, evil, exercises):
    """Strings that a platform shows hold no control characters and turn no text round."""

    def strings(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for inside in value.values() if isinstance(value, dict) else value:
                yield from strings(inside)

    for result in evil:
        found = one(name, result, exercises)
        found.pop("owner", None)  # the id as it is: the runner writes its own over it
        for text in strings(found):
            assert text.replace("\n", "").replace("\t", "").isprintable()


@pytest.mark.parametrize("name", PLATFORMS)
def test_one_exercise(name, exercises, make):
    """A submission of one exercise is the usual case there, and one of none is no division by zero."""
    sgd = {"optimizers/sgd": exercises["optimizers/sgd"]}
    found = one(name, make.result("ada", [make.came_out(sgd["optimizers/sgd"], Status.PASSED)]), sgd)
    assert len(found["tests"]) == 1
    assert one(name, make.result("ada", []), {})["tests"] == []
