"""`bpkit check`: what comes out, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from bpkit.course import catalog
from bpkit.report.data import SCHEMA_FILE

TOTAL = sum(catalog.find(exercise_id).points for exercise_id in catalog.ids())


def test_the_clones_solutions_pass(student, cli):
    """`--root solutions` grades the solutions: every one passes, with full points and exit code 0."""
    ran = cli("check", "--root", Path(__file__).parents[2] / "solutions", cwd=student.root)
    assert (ran.code, ran.err) == (0, "")
    count = len(catalog.ids())
    assert f"{count} of {count} exercises pass, {TOTAL} of {TOTAL} points." in ran.out
    assert ran.out.count("✓") == count


def test_stubs_are_not_started(student):
    """Stubs are told as not started, and not as wrong; that is exit code 1 all the same."""
    judged = student.check()
    assert judged.code == 1
    assert {exercise["status"] for exercise in judged.data["exercises"]} == {"not_started"}
    assert f"0 of {len(catalog.ids())} exercises pass, 0 of {TOTAL} points." in judged.text


def test_one_stub(student):
    """One stub alone shows what there is to fill in and what it is worth."""
    expected = """\
· layers/linear · Linear layer (0 of 6 points)
  · linear_forward: not started (0 of 2)
  · linear_backward: not started (0 of 4)
"""
    assert student.check("linear").text == expected


def test_a_pass(student):
    """The right answer passes, with full points and exit code 0."""
    student.save(student.right)
    judged = student.check("linear")
    expected = """\
✓ layers/linear · Linear layer (6 of 6 points)
  ✓ linear_forward: passed (2 of 2)
  ✓ linear_backward: passed (4 of 4)
"""
    assert (judged.code, judged.text) == (0, expected)
    assert (judged.data["score"], judged.data["max_score"]) == (6, 6)


def test_half_an_answer(student):
    """A forward without its backward earns the forward's points."""
    student.edit("    x, W = cache\n", "    raise NotImplementedError\n")
    judged = student.check("linear")
    assert (judged.code, judged.exercise["points"], judged.exercise["status"]) == (1, 2, "not_started")
    assert [part["status"] for part in judged.exercise["parts"]] == ["passed", "not_started"]


def test_json_of_every_kind(student):
    """One JSON object holds a pass, a failure, a crash, a blocked one and a stub, as its schema has it."""
    student.save(student.right)
    student.save("def sgd_step(*arguments):\n    return 1 / 0\n", "optimizers/sgd.py")
    student.save(
        "def relu_forward(z):\n    return z, z\n\n\ndef relu_backward(da, cache):\n    return da\n",
        "neuron/relu.py",
    )
    student.save(
        "from layers.softmax import softmax_forward\n\nsoftmax_forward(0)\n", "layers/log_softmax.py"
    )
    judged = student.check("linear", "sgd", "relu", "log_softmax", "mse")
    found = {exercise["id"]: exercise["status"] for exercise in judged.data["exercises"]}
    assert found == {
        "layers/linear": "passed",
        "optimizers/sgd": "crashed",
        "neuron/relu": "failed",
        "layers/log_softmax": "blocked",
        "losses/mse": "not_started",
    }
    assert judged.data["schema"] == "bpkit/verdict/v1"
    assert judged.data["score"] == sum(exercise["points"] for exercise in judged.data["exercises"])
    assert "1 of 5 exercises pass" in judged.text


def test_arrays_in_json(student, cli):
    """--arrays adds what wrong arrays hold, within the schema; GitHub's format has no room for them."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T * 2")
    ran = cli("check", "linear", "--json", "--arrays", cwd=student.root)
    data = json.loads(ran.out)
    jsonschema.validate(data, json.loads(SCHEMA_FILE.read_text()), jsonschema.Draft202012Validator)
    [finding] = data["exercises"][0]["parts"][1]["findings"]
    assert finding["arrays"]["shape"] == [5, 3]
    assert '"arrays"' not in cli("check", "linear", "--json", cwd=student.root).out
    refused = cli("check", "linear", "--arrays", "--format", "github", cwd=student.root)
    assert (refused.code, refused.out) == (2, "")
    assert "--arrays belongs to --json and to text" in refused.err


PICTURE = """\
        how far off dx is (· right):
              [0]    [1]    [2]
        [0]     ·      ·      ·
        [1]     ·      ·      ·
        [2]     ·      ·      ·
        [3]  0.27  0.061   0.47
        [4]     ·      ·      ·
"""


def drawn(text):
    """Return a text without the blanks at its lines' ends."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_a_picture_of_a_small_array(student, cli):
    """One exercise shows where its first wrong array is off; not if told not to, nor among several, nor on GitHub."""
    student.edit("    dx = dy @ W.T", "    dx = dy @ W.T\n    dx[3:] *= 1.5\n    dx[4:] /= 1.5")
    assert PICTURE in drawn(student.check("linear").text)
    for arguments in (("--no-arrays",), ("relu",), ("--format", "github")):
        assert "how far off" not in cli("check", "linear", *arguments, cwd=student.root).out
    ascii_only = cli("check", "linear", cwd=student.root, env={"PYTHONIOENCODING": "ascii"})
    assert PICTURE.replace("·", "-") in drawn(ascii_only.out)


def test_where_to_get_a_hint(student, cli):
    """A check of one exercise that fails ends with it, while a hint is left; what machines read does not have it."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T * 2")
    told = "Stuck? bpkit hint layers/linear\n"
    assert cli("check", "linear", cwd=student.root).out.endswith(told)
    there = cli("check", "linear", "--root", "my workspace", cwd=student.root.parent)
    assert there.out.endswith("Stuck? bpkit hint layers/linear --root 'my workspace'\n")
    by_file = cli("check", "my workspace/layers/linear.py", cwd=student.root.parent)
    assert by_file.out.endswith("Stuck? bpkit hint 'my workspace/layers/linear.py'\n")
    assert told in cli("check", "linear", "--format", "vscode", cwd=student.root).out
    for arguments in (("relu",), ("--json",), ("--format", "github"), ("--pack", "course.pack")):
        assert "Stuck?" not in cli("check", "linear", *arguments, cwd=student.root).out
    assert "Stuck?" not in cli("check", "relu", cwd=student.root).out  # not started
    for _ in range(3):
        cli("hint", "linear", cwd=student.root)
    assert "Stuck?" not in cli("check", "linear", cwd=student.root).out


def test_a_page_with_pictures(student, cli, tmp_path):
    """Beside what is printed; one that cannot be written is named; where no browser is, its path is told."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T * 2")
    page = tmp_path / "page.html"
    ran = cli("check", "linear", "--html", page, cwd=student.root)
    assert (ran.code, ran.err) == (1, "")
    assert "dx in case" in page.read_text(encoding="utf-8")
    assert "not right yet" in ran.out
    refused = cli("check", "linear", "--html", tmp_path / "no" / "page.html", cwd=student.root)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "page.html cannot be written" in refused.err
    nowhere = cli(
        "check",
        "linear",
        "--open",
        cwd=student.root,
        env={"PATH": "", "TMPDIR": str(tmp_path), "BROWSER": ""},
    )
    assert nowhere.code == 1
    [kept] = tmp_path.glob("bpkit-*.html")
    assert f"Open {kept} yourself." in nowhere.err


def test_a_report_beside_what_is_printed(student, cli, tmp_path):
    """It is the JSON object that `--json` prints, whatever the format; one that cannot be written is named."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T * 2")
    file = tmp_path / "report.json"
    printed = json.loads(cli("check", "linear", "--json", "--arrays", cwd=student.root).out)
    for words in (("--arrays",), ("--format", "github"), ("--json",)):
        ran = cli("check", "linear", *words, "--report", file, cwd=student.root)
        assert (ran.code, ran.err) == (1, "")
        written = json.loads(file.read_text(encoding="utf-8"))
        finding = written["exercises"][0]["parts"][1]["findings"][0]
        assert ("arrays" in finding) == (words == ("--arrays",))
        if words == ("--json",):
            assert ran.out == file.read_text(encoding="utf-8")
        if words == ("--arrays",):
            written["exercises"][0]["seconds"] = printed["exercises"][0]["seconds"]
            assert written == printed
    refused = cli("check", "linear", "--report", tmp_path / "no" / "report.json", cwd=student.root)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "report.json cannot be written" in refused.err


def test_schema_is_valid_and_strict():
    """The published schema is a schema, and refuses what a verdict is not."""
    schema = json.loads(SCHEMA_FILE.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "bpkit/verdict/v1"}, schema, jsonschema.Draft202012Validator)


def test_checks_are_repeatable(student, cli):
    """The same answers give the same JSON, but for the seconds, and the same text to the letter."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T * 2")
    runs = [cli("check", "linear", "--json", cwd=student.root) for _ in range(2)]
    first, second = (json.loads(ran.out) for ran in runs)
    for data in (first, second):
        data["exercises"][0]["seconds"] = 0
    assert first == second
    assert student.check("linear").text == student.check("linear").text


def test_exercises_that_use_each_other(student):
    """An exercise may import an earlier one of the student's own, and helpers in the workspace."""
    student.save(student.right)
    student.save(
        "from layers.linear import *\nfrom helpers.names import answer\n\nanswer()\n", "layers/softmax.py"
    )
    (student.root / "helpers").mkdir()
    student.save("def answer():\n    return 42\n", "helpers/names.py")
    judged = student.check("layers/softmax")
    assert judged.findings == [("name", "crashed", None)] * 2
    assert "There is no function softmax_forward in this file." in judged.text


def test_no_colour_codes_in_a_pipe(student, cli):
    """Text that goes into a file or a pipe has no colour codes in it."""
    student.edit("dx = dy @ W.T", "dx = dy")
    ran = cli("check", "linear", cwd=student.root)
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "✗ linear_backward" in ran.out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_colours_on_a_terminal(student):
    """On a terminal the marks are coloured."""
    import pty

    ours, theirs = pty.openpty()
    try:
        command = [sys.executable, "-m", "bpkit", "check", "linear"]
        ended = subprocess.run(
            command, cwd=student.root, stdout=theirs, stdin=subprocess.DEVNULL, check=False
        )
        os.close(theirs)
        text = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
    assert ended.returncode == 1
    assert "\x1b[36m·\x1b[0m" in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_unicode(student, cli, encoding):
    """A terminal that cannot show every character gets others, and no crash."""
    student.edit("dx = dy @ W.T", "print('π ☃'); dx = dy @ W.T; dx[0] = 0")
    env = {"PYTHONIOENCODING": encoding}
    ran = cli("check", "linear", cwd=student.root, env=env, encoding=encoding)
    assert (ran.code, ran.err) == (1, "")
    assert "x linear_backward: not right yet (0 of 4)" in ran.out
    assert "+ linear_forward: passed (2 of 2)" in ran.out
    assert "| ? ?" in ran.out
    as_json = cli("check", "linear", "--json", cwd=student.root, env=env)
    assert json.loads(as_json.out)["exercises"][0]["output"] == "π ☃\n"
    assert (as_json.code, as_json.err) == (1, "")


def test_characters_that_no_encoding_has(student):
    """Half of a surrogate pair, which no encoding can write, does not break the report."""
    student.edit("dx = dy @ W.T", "print('\\udc80'); raise ValueError('half \\ud83d')")
    judged = student.check("linear")
    assert judged.code == 1
    assert "linear_backward stopped with ValueError: half" in judged.text


def test_warnings_as_errors(student, cli):
    """PYTHONWARNINGS=error in the student's shell breaks nothing, and a warning on the way costs nothing."""
    student.edit("dx = dy @ W.T", "np.log(0.0); dx = dy @ W.T")
    ran = cli("check", "linear", cwd=student.root, env={"PYTHONWARNINGS": "error"})
    assert (ran.code, ran.err) == (0, "")
    assert "There was a warning on the way (RuntimeWarning: divide by zero encountered in log)" in ran.out


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""},
        {"PYTHONOPTIMIZE": "1"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"OMP_NUM_THREADS": "nonsense", "NPY_PROMOTION_STATE": "weak"},
        {"PYTHONHASHSEED": "1"},
    ],
    ids=["bytecode", "no asserts", "C locale", "threads", "hash seed"],
)
def test_the_students_environment_changes_nothing(student, cli, env):
    """Whatever the student's shell sets, the right answer passes."""
    student.save(student.right)
    ran = cli("check", "linear", cwd=student.root, env=env)
    assert (ran.code, ran.err) == (0, "")
    assert "linear_backward: passed (4 of 4)" in ran.out


def test_modules_in_the_way(student):
    """A student's own numpy.py, random.py or bpkit.py does not get in the way of the checker's."""
    student.save(student.right)
    for name in ("numpy.py", "random.py", "bpkit.py", "click.py"):
        student.save("raise SystemExit('in the way')\n", name)
    command = [Path(sys.executable).with_name("bpkit"), "check", "linear"]
    ended = subprocess.run(command, cwd=student.root, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("✓ layers/linear")


def test_prints_are_shown_and_cannot_steer_the_terminal(student):
    """What a student prints is shown, with control characters spelled out and long lines cut."""
    prints = r"print('one\ttwo'); print('\x1b[2J\x07gone\r\u202ereversed'); print('x' * 500)"
    student.edit("y = x @ W + b", f"y = x @ W + b; {prints}")
    judged = student.check("linear")
    assert judged.code == 0
    expected = """\
  Your code printed:
    | one\ttwo
    | \\x1b[2J\\x07gone\\x0d\\x202ereversed
"""
    assert expected in judged.text
    assert f"    | {'x' * 200} … and 300 more characters\n" in judged.text
    assert "\x1b[2J" in judged.exercise["output"]


def test_a_workspace_that_may_not_be_written(student, cli):
    """A check needs no right to write: a workspace can be read-only."""
    student.save(student.right)
    for folder in (student.root / "layers", student.root):
        folder.chmod(0o555)
    try:
        assert cli("check", "linear", cwd=student.root).code == 0
    finally:
        for folder in (student.root, student.root / "layers"):
            folder.chmod(0o755)


def test_isolation_that_is_asked_for(student, cli):
    """`--isolation` accepts the level that is there, and refuses a higher one with exit code 4."""
    level = student.check("linear").data["isolation"]
    assert cli("check", "linear", "--isolation", level, cwd=student.root).code == 1
    for more in range(level + 1, 4):
        ran = cli("check", "linear", "--isolation", more, cwd=student.root)
        assert (ran.code, ran.out) == (4, "")
        assert "Traceback" not in ran.err


def test_help_needs_no_workspace(tmp_path, cli):
    """Help and version work anywhere, and say what the exit codes mean."""
    ran = cli("check", "--help", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "0 all pass, 1 not all pass, 2 wrong use, 3 a fault of the checker's" in " ".join(ran.out.split())
    assert cli("--version", cwd=tmp_path).out.startswith("bpkit, version ")
