"""JUnit XML: a test suite for each student, a test case for each exercise, for CI systems and their dashboards.

A wrong answer is a failure. Code that did not run to its end is an error, and so is what could not be judged or taken
in: the element's type tells them apart. What was not begun or not handed in is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from bpkit.judging.verdict import Status
from bpkit.report.exports import summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import line, plain
from bpkit.report.results import Outcome, Result

_KINDS = {
    Status.PASSED: "",
    Status.NOT_STARTED: "skipped",
    Status.BLOCKED: "skipped",
    Status.FAILED: "failure",
    Status.BAD_RETURN: "failure",
    Status.NOT_JUDGED: "error",
}
_ABSENT = {Outcome.REFUSED: "error", Outcome.NOT_JUDGED: "error", Outcome.NOT_HANDED_IN: "skipped"}


class _Case(NamedTuple):
    """One test case. kind: the element in it, "" where it passed."""

    name: str
    kind: str
    type: str
    message: str
    text: str = ""
    seconds: float = 0.0
    output: str = ""


def write(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    """Return the file."""
    del options
    cases = [[*_cases(result, exercises)] for result in results]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{_attributes(name='bpkit', **_counts([case for suite in cases for case in suite]))}>",
    ]
    for result, suite in zip(results, cases, strict=True):
        lines += _suite(result, suite)
    return "\n".join([*lines, "</testsuites>\n"]).encode()


def _suite(result: Result, cases: Sequence[_Case]) -> Iterator[str]:
    yield f"  <testsuite{_attributes(name=result.student, **_counts(cases))}>"
    yield "    <properties>"
    for name, value in _properties(result):
        yield f"      <property{_attributes(name=name, value=value)}/>"
    yield "    </properties>"
    for case in cases:
        # Some dashboards merge test cases by class and name, whatever suite they are in.
        named = _attributes(classname=f"{result.student}.bpkit", name=case.name, time=f"{case.seconds:.3f}")
        inside = [*_inside(case)]
        yield f"    <testcase{named}{'' if inside else '/'}>"
        yield from inside
        if inside:
            yield "    </testcase>"
    yield "  </testsuite>"


def _inside(case: _Case) -> Iterator[str]:
    if case.kind == "skipped":  # has a message and nothing else, by the schema that most go by
        yield f"      <skipped{_attributes(message=case.message)}/>"
    elif case.kind:
        told = _attributes(type=case.type, message=case.message)
        yield f"      <{case.kind}{told}>{_escaped(case.text)}</{case.kind}>"
    if case.output:
        yield f"      <system-out>{_escaped(case.output)}</system-out>"


def _properties(result: Result) -> Iterator[tuple[str, str]]:
    yield "name", result.name
    yield "outcome", result.outcome.value
    if result.verdict is not None:
        for name in ("score", "open_score", "max_score", "isolation"):
            yield name, str(result.verdict[name])


def _cases(result: Result, exercises: Exercises) -> Iterator[_Case]:
    if result.verdict is None:
        word = summary.OUTCOMES[result.outcome]
        yield _Case("submission", _ABSENT[result.outcome], result.outcome.value, word, result.why)
        return
    for judged in result.verdict["exercises"]:
        yield _case(judged, exercises)


def _case(judged: Mapping[str, Any], exercises: Exercises) -> _Case:
    status = summary.status(judged)
    parts = [
        f"{part.name} ({summary.points(part.points, part.max_points)}): {summary.explained(part)}"
        for part in summary.told(judged)
        if part.status is not Status.PASSED
    ]
    still = f", {judged['open_points']} not judged" if judged["open_points"] else ""
    return _Case(
        judged["id"],
        _KINDS.get(status, "error"),
        status.value,
        f"{summary.title(judged['id'], exercises)}: {summary.word(judged)}, "
        f"{judged['points']} of {judged['max_points']} points{still}",
        "\n\n".join(parts),
        judged["seconds"],
        judged["output"],
    )


def _counts(cases: Sequence[_Case]) -> dict[str, str]:
    kinds = [case.kind for case in cases]
    return {
        "tests": str(len(cases)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
        "time": f"{sum(case.seconds for case in cases):.3f}",
    }


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_escaped(line(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    return escape(plain(text), {'"': "&quot;"})
