"""result.json for Classroom 50 (`classroom50/result/v1`): one student, one test for each function.

After foundation50/classroom50, `schemas/result-v1.schema.json` and `runner.py`: all points are whole numbers from 0 to
their maximum, which bpkit's are already. The runner names the submission in environment variables, refuses a result
that names another, and writes owner, time and kind itself. What could not be judged has 0 of 0 points, neither earned
nor lost, as the runner's own results for errors have; a test's further fields are kept, and say which it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bpkit.errors import BpkitError
from bpkit.judging.verdict import Status
from bpkit.report.exports import summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises, Told
from bpkit.report.exports.text import plain, to_json
from bpkit.report.results import Result

_NEEDED = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
_ANY_TIME = "1970-01-01T00:00:00Z"  # the runner writes the commit's own over it


def write(result: Result, exercises: Exercises, options: Options) -> bytes:
    """Return the file for one student."""
    identity = options.identity
    missing = [name for name in _NEEDED if not identity.get(name)]
    if missing:
        raise BpkitError(
            f"Classroom 50's runner sets {', '.join(missing)}, and here that is not set. "
            "This format is for its autograder.py; for files on this machine take another."
        )
    tests = list(_tests(result, exercises))
    data = {
        "schema": "classroom50/result/v1",
        "classroom": identity["CLASSROOM"],
        "assignment": identity["ASSIGNMENT"],
        "assignment_type": identity.get("ASSIGNMENT_TYPE") or "individual",
        "owner": identity.get("OWNER") or identity.get("USERNAME") or result.student,
        "submission": identity["SUBMISSION_TAG"],
        "commit": identity["COMMIT_URL"],
        "release": identity["RELEASE_URL"],
        "review": identity.get("REVIEW_URL") or identity["COMMIT_URL"],
        "datetime": _ANY_TIME,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return (to_json(data) + "\n").encode("ascii")


def _tests(result: Result, exercises: Exercises) -> Iterator[dict[str, Any]]:
    if result.verdict is None:  # never an empty list, which counts as passed
        yield _test(f"submission: {summary.OUTCOMES[result.outcome]}", result.outcome.value, result.why)
        return
    for judged in result.verdict["exercises"]:
        yield from _of(judged, exercises)


def _of(judged: Mapping[str, Any], exercises: Exercises) -> Iterator[dict[str, Any]]:
    for part in summary.told(judged):
        state = "" if part.status is Status.PASSED else f" ({part.status.value.replace('_', ' ')})"
        name = f"{summary.title(judged['id'], exercises)}: {part.name}{state}"
        yield _test(name, part.status.value, summary.explained(part), part)


def _test(name: str, status: str, message: str, part: Told | None = None) -> dict[str, Any]:
    judged = part is not None and part.points is not None
    return {
        "test-name": name,
        "passed": status == Status.PASSED,
        "score": part.points if part and judged else 0,
        "max-score": part.max_points if part and judged else 0,
        "status": status,
        "message": plain(message),
    }
