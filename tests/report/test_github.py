"""What GitHub Actions reads: annotations at the right lines, a summary, and nothing that a student could add to them."""

import re

import pytest

from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report import github

LINEAR = "import numpy as np\n\n\ndef linear_forward(x, W, b):\n    pass\n\n\ndef linear_backward(dy, cache):\n    pass\n"
FILES = {"layers/linear.py": LINEAR, "optimizers/sgd.py": "\n" * 10}


def parse(text):
    """Read commands as GitHub's runner does: (level, properties, message) of each line."""
    found = []
    for line in text.split("\n") if text else []:
        level, stated, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        properties = dict(item.split("=", 1) for item in stated.split(","))
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            message = message.replace(code, character)
            properties = {name: value.replace(code, character) for name, value in properties.items()}
        found.append((level, properties, message))
    return found


def one(part_status, *findings, part="linear_backward", output=""):
    """Return a verdict about one function."""
    parts = (PartVerdict(part, part_status, 0, 4, findings),)
    return Verdict((ExerciseVerdict("layers/linear", "Linear layer", part_status, 0.1, parts, output),), 1)


def test_commands(verdict, exercises):
    """A wrong function is told at its `def`, a crash at the line where it happened, and the rest not at all."""
    wrong, crashed = parse(github.commands(verdict, exercises, FILES))
    assert wrong[0] == crashed[0] == "error"
    assert wrong[1] == {
        "file": "layers/linear.py",
        "line": "8",
        "title": "Linear layer, linear_backward: not right yet",
    }
    assert wrong[2].startswith("dx has the right shape and the wrong values. db is right.\n")
    assert exercises["layers/linear"].mistakes["weights-transposed"] in wrong[2]
    assert (crashed[1]["file"], crashed[1]["line"]) == ("optimizers/sgd.py", "7")
    assert crashed[2].startswith("sgd_step stopped with NameError: name 'du' is not defined")


def test_the_workspace_is_a_folder_of_the_repository(verdict, exercises):
    """Paths count from the repository's root, also where a folder's name has marks in it that mean something."""
    (wrong, _) = parse(github.commands(verdict, exercises, FILES, "week 1: a,b%"))
    assert wrong[1]["file"] == "week 1: a,b%/layers/linear.py"
    assert "file=week 1%3A a%2Cb%25/layers" in github.commands(verdict, exercises, FILES, "week 1: a,b%")


@pytest.mark.parametrize(
    ("status", "check", "facts", "level", "line"),
    [
        (Status.CRASHED, "syntax", {"path": "layers/linear.py", "line": 5, "text": "pass(", "message": "?"}, "error", "5"),
        (Status.NOT_STARTED, "not_started", {"line": 9}, "notice", "9"),
        (Status.BLOCKED, "forward_first", {"function": "linear_forward"}, "notice", "8"),
        (Status.NOT_JUDGED, "inconclusive", {}, "warning", "8"),
        (Status.TIMED_OUT, "deadline", {"seconds": 10.0}, "error", "8"),
        (Status.CRASHED, "file_missing", {"path": "layers/linear.py"}, "error", "8"),
    ],
)  # fmt: skip
def test_levels_and_lines(exercises, status, check, facts, level, line):
    """Each status has its level; a line that is known is the student's."""
    ((found, properties, _),) = parse(
        github.commands(one(status, Finding(check, status, facts=facts)), exercises, FILES)
    )
    assert (found, properties["line"]) == (level, line)


def test_the_innermost_line_of_the_student(exercises):
    """Of several frames the last one counts that lies in a file that was handed in, and has such a line."""
    frames = [
        {"path": path, "line": line, "function": "f", "text": ""}
        for path, line in (
            ("layers/linear.py", 9),
            ("layers/linear.py", 5),
            ("/usr/lib/numpy.py", 1),
            ("layers/linear.py", 999),
        )
    ]
    facts = {"type": "ValueError", "message": "no", "frames": frames}
    verdict = one(Status.CRASHED, Finding("exception", Status.CRASHED, facts=facts))
    assert parse(github.commands(verdict, exercises, FILES))[0][1]["line"] == "5"


@pytest.mark.parametrize(
    "text", [None, "def (", "\0", "x = " + "(" * 5000, "-" * 100_000 + "1", "y = '\\d'\n"]
)
def test_a_file_that_cannot_be_read(exercises, text):
    """Then the annotation is the file's; what cannot be parsed stops nothing, and warns of nothing."""
    verdict = one(Status.FAILED, Finding("none", Status.FAILED, facts={"count": 1}))
    ((_, properties, _),) = parse(github.commands(verdict, exercises, {"layers/linear.py": text}))
    assert (properties["file"], "line" in properties) == ("layers/linear.py", False)


HOSTILE = (
    "\r\n::set-output name=x::y\n::error file=a::b\r::stop-commands::t ##[error]no ##vso[task] \x1b[31m % \u2028::x"
    " \ud800"
)


def test_no_command_of_the_students(exercises):
    """Messages, names and paths that hold commands come out as the text of one annotation."""
    frame = {"path": f"a{HOSTILE}.py", "line": 1, "function": HOSTILE, "text": HOSTILE}
    facts = {"type": HOSTILE, "message": HOSTILE, "frames": [frame]}
    verdict = one(Status.CRASHED, Finding("exception", Status.CRASHED, facts=facts), output=HOSTILE)
    text = github.commands(verdict, exercises, {**FILES, frame["path"]: "one line"})
    assert len(text.splitlines()) == 1
    ((level, properties, message),) = parse(text)
    assert (level, properties["line"]) == ("error", "1")
    assert properties["file"].startswith("a\n::set-output name=x::y")
    assert "::stop-commands::t" in message
    assert not re.search(r"##\w*\[|[\x00-\x09\x0b-\x1f\u2028\ud800]", text + message)
    text.encode()
    summary = github.job_summary(verdict, exercises)
    summary.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028]", summary)


def test_what_is_long_is_cut(exercises):
    """An annotation is a box beside the code; a summary that is too large would be refused as a whole."""
    facts = {"type": "ValueError", "message": "%" * 50_000, "frames": []}
    finding = Finding("exception", Status.CRASHED, facts=facts)
    assert len(github.commands(one(Status.CRASHED, finding), exercises, FILES)) < 13_000
    large = one(Status.CRASHED, finding)
    summary = github.job_summary(Verdict(large.exercises * 30, 1), exercises)
    assert len(summary.encode()) < 1 << 20
    assert summary.endswith("The rest is left out here: the job's log has it.\n")


def test_nothing_to_say(parts, exercises):
    """What passes, and what is not started, gives no annotation."""
    calm = Verdict((parts["passed"], parts["not_started"]), 1)
    assert github.commands(calm, exercises, FILES) == ""


def test_job_summary(verdict, exercises):
    """All exercises stand in the table; what is wrong with those that were begun stands below it."""
    text = github.job_summary(verdict, exercises)
    assert text.startswith("# 5 of 18 points.\n\n| exercise | | points |\n|---|---|---|\n")
    assert "| `neuron/relu` | passed | 3 of 3 |" in text
    assert "| `optimizers/adam` | not started | 0 of 6 |" in text
    assert [line for line in text.split("\n") if line.startswith("## ")] == [
        "## Linear layer: not right yet (2 of 6 points)",
        "## Stochastic gradient descent: stopped with an error (0 of 3 points)",
    ]
