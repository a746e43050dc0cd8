"""JUnit XML: read again by an XML parser, with failures, errors and what was skipped told apart."""

import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from bpkit.judging.verdict import Status
from bpkit.report.exports import FORMATS


def parsed(results, exercises):
    """Return the file's root element."""
    [file] = FORMATS["junit"].write(results, exercises)
    assert file.path == "junit.xml"
    return ET.fromstring(file.content)


def outcome_of(case):
    """Return the element in a test case and its type, or its message where it has no type."""
    inside = [child for child in case if child.tag != "system-out"]
    if not inside:
        return "passed", ""
    [child] = inside
    return child.tag, child.get("type") or child.get("message")


def test_one_suite_a_student(each, exercises):
    """A suite holds one student's exercises, or one case that says why there are none."""
    suites = parsed(each, exercises).findall("testsuite")
    assert [suite.get("name") for suite in suites] == [result.student for result in each]
    for suite, result in zip(suites, each, strict=True):
        names = [case.get("name") for case in suite.findall("testcase")]
        assert names == (list(exercises) if result.verdict else ["submission"])
        found = {one.get("name"): one.get("value") for one in suite.iter("property")}
        assert found["outcome"] == result.outcome.value
        assert found.get("score") == (None if result.score is None else str(result.score))


def test_statuses_are_told_apart(each, exercises):
    """A wrong answer fails, what did not run to its end is an error, and what is not there is skipped."""
    suites = {suite.get("name"): suite for suite in parsed(each, exercises).findall("testsuite")}
    first = {status: outcome_of(suites[f"s-{status.value}"].find("testcase")) for status in Status}
    assert first == {
        Status.PASSED: ("passed", ""),
        Status.FAILED: ("failure", "failed"),
        Status.BAD_RETURN: ("failure", "bad_return"),
        Status.CRASHED: ("error", "crashed"),
        Status.TIMED_OUT: ("error", "timed_out"),
        Status.OUT_OF_MEMORY: ("error", "out_of_memory"),
        Status.NOT_JUDGED: ("error", "not_judged"),
        Status.NOT_STARTED: ("skipped", "Linear layer: not started, 0 of 6 points"),
        Status.BLOCKED: ("skipped", "Linear layer: blocked, 0 of 6 points"),
    }
    absent = {
        name: outcome_of(suites[f"o-{name}"].find("testcase"))
        for name in ("refused", "not_handed_in", "not_judged")
    }
    assert absent == {
        "refused": ("error", "refused"),
        "not_handed_in": ("skipped", "not handed in"),
        "not_judged": ("error", "not_judged"),
    }
    assert suites["o-refused"].find("testcase/error").text == "Because of refused."
    assert {outcome_of(case) for case in suites["zero"].findall("testcase")} == {("failure", "failed")}


def test_counts(each, exercises):
    """The numbers in the attributes are those of the elements."""
    root = parsed(each, exercises)
    for element in (root, *root.findall("testsuite")):
        cases = list(element.iter("testcase"))
        counts = Counter(outcome_of(case)[0] for case in cases)
        assert element.get("tests") == str(len(cases))
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert element.get(attribute) == str(counts[tag])
        assert float(element.get("time")) == pytest.approx(
            sum(float(case.get("time")) for case in cases), abs=0.01
        )


def test_cases_differ(each, exercises):
    """No two students' cases have the same class and name: some dashboards would take them for one."""
    cases = [(case.get("classname"), case.get("name")) for case in parsed(each, exercises).iter("testcase")]
    assert len(set(cases)) == len(cases)


def test_messages_are_there(each, exercises):
    """What was found is the element's text, for each part that did not pass."""
    root = parsed(each, exercises)
    [failure] = root.findall("testsuite[@name='s-failed']/testcase/failure")
    assert failure.get("message") == "Linear layer: failed, 2 of 6 points"
    assert failure.text == "linear_backward (0 of 4 points): Not right yet.\n\nThis failed."


def test_hostile(evil, exercises):
    """Nothing that a student writes makes an element, and what XML cannot hold is spelled out."""
    root = parsed(evil, exercises)
    assert {element.tag for element in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "error", "system-out",
    }  # fmt: skip
    assert len(root) == len(evil)
    assert len(list(root.iter("error"))) == len(evil)
    printed = "".join(element.text for element in root.iter("system-out"))
    assert "a\\x00b\\x1b[31mred" in printed
    assert "]]></system-out><error/>" in printed
    assert "\\ud83d" in printed
    assert "\\uffff" in printed


def test_empty_class(exercises):
    """A class of nobody is a document without suites."""
    root = parsed([], exercises)
    assert (len(root), root.get("tests")) == (0, "0")
