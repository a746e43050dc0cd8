"""Code that does something it should not: each end is told apart, in time, with the student's own lines."""

import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import bpkit

DX = "dx = dy @ W.T"
LIMITS_MEMORY = pytest.mark.skipif(sys.platform != "linux", reason="macOS does not enforce RLIMIT_AS")


@pytest.mark.parametrize(
    ("new", "line", "message"),
    [
        ("dx = dy @ (W.T", 14, "'(' was never closed"),
        ("  dx = dy @ W.T", 14, "unexpected indent"),
        ("\tdx = dy @ W.T", 14, "inconsistent use of tabs and spaces"),
        ("dx == = 1", 14, "invalid syntax"),
    ],
    ids=["bracket", "indent", "tabs", "operator"],
)
def test_syntax(student, new, line, message):
    """A syntax error is told with file, line, message and the line's text, once for the whole file."""
    student.edit("    dx = dy @ W.T" if new.startswith("\t") else DX, new)
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"]) == (1, "crashed")
    assert judged.findings == [("syntax", "crashed", None)] * 2
    assert f"layers/linear.py, line {line}: Python cannot read this: {message}" in judged.text
    assert judged.text.count(message) == 1
    assert new.strip() in judged.text
    assert "The same as above." in judged.text


def test_null_bytes(student):
    """A file with a null byte in it, which has no line, is still told apart."""
    student.save(student.right + "\0")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"]) == (1, "crashed")
    assert "Python cannot read this file: source code string cannot contain null bytes." in judged.text


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_not_utf8(student, encoding):
    """A file in another encoding is told by its name, with what to do."""
    student.save((student.right + "# Schön\n").encode(encoding))
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"]) == (1, "crashed")
    assert judged.findings == [("encoding", "crashed", None)] * 2
    assert "layers/linear.py is not encoded in UTF-8. Save it as UTF-8 in your editor." in judged.text


def test_utf8_with_byte_order_mark(student):
    """UTF-8 as Windows editors save it, with a byte order mark, is fine."""
    student.save(b"\xef\xbb\xbf" + (student.right + "# Schön\r\n").encode())
    assert student.check("layers/linear").code == 0


def test_wrong_name(student):
    """A function under another name is told, with the names that are there."""
    student.edit("def linear_backward", "def linear_backwards")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "crashed", 2)
    assert judged.findings == [("name", "crashed", None)]
    assert "There is no function linear_backward in this file." in judged.text
    assert "The file defines linear_forward and linear_backwards." in judged.text


def test_empty_file(student):
    """An empty file is told as one that defines no function."""
    student.save("")
    judged = student.check("layers/linear")
    assert (judged.code, judged.findings) == (1, [("name", "crashed", None)] * 2)
    assert "The file defines no function at all." in judged.text


@pytest.mark.parametrize("signature", ["(dy)", "(dy, cache, x)", "()", "(*, dy, cache)"])
def test_wrong_signature(student, signature):
    """A signature that the stub did not have is shown, with what to do."""
    student.edit("def linear_backward(dy, cache):", f"def linear_backward{signature}:")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "crashed", 2)
    assert judged.findings == [("signature", "crashed", None)]
    assert f"linear_backward{signature} cannot be called with dy, cache (" in judged.text
    assert "Put the stub's signature back." in judged.text


def test_exception(student):
    """An exception is shown with the student's own lines, in two files, and nothing of ours."""
    student.edit("import numpy as np", "import numpy as np\n\nfrom layers.helper import turned")
    student.change(DX, "dx = dy @ turned(W, 'T')")
    student.save("def turned(array, how):\n    return {'t': array.T}[how]\n", "layers/helper.py")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "crashed", 2)
    assert judged.findings == [("exception", "crashed", None)]
    expected = """\
  ✗ linear_backward: stopped with an error (0 of 4)
      linear_backward stopped with KeyError: 'T'
            layers/linear.py, line 16, in linear_backward
                dx = dy @ turned(W, 'T')
            layers/helper.py, line 2, in turned
                return {'t': array.T}[how]
        case "a batch" (also in: a wider batch, one example)
"""
    assert expected in judged.text


def test_exception_on_import(student):
    """What stops the whole file is told once, with its line."""
    student.save(student.right + "\nlinear_forward(1, 2)\n")
    judged = student.check("layers/linear")
    assert (judged.code, judged.findings) == (1, [("exception", "crashed", None)] * 2)
    assert judged.text.count("The file stopped with TypeError: linear_forward() missing 1 required") == 1
    assert "layers/linear.py, line 19, in <module>\n                linear_forward(1, 2)" in judged.text


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            'raise ValueError("one\\ntwo \\x1b[31mred\\x1b[0m \\x07")',
            "ValueError: one\n        two \\x1b[31mred",
        ),
        ('raise type("Mute", (Exception,), {"__str__": lambda self: 1 / 0})()', "ZeroDivisionError"),
        ("raise KeyboardInterrupt", "linear_backward stopped with KeyboardInterrupt\n"),
        ("raise GeneratorExit('x' * 100_000)", "GeneratorExit: xxx"),
        ("return linear_backward(dy, cache)", "RecursionError: maximum recursion depth exceeded"),
    ],
    ids=["control characters", "no message", "interrupt", "long", "recursion"],
)
def test_strange_exceptions(student, statement, words):
    """Exceptions that are made to hurt, or happen to, are told like any other, at no great length."""
    student.edit(DX, statement)
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "crashed", 2)
    assert judged.findings == [("exception", "crashed", None)]
    assert words in judged.text
    assert len(judged.text) < 4000


def test_import_of_something_else(student):
    """An import that a worker does not have is told with what there is."""
    student.save("import torch\n" + student.right)
    judged = student.check("layers/linear")
    assert (judged.code, judged.findings) == (1, [("import", "crashed", None)] * 2)
    assert "ModuleNotFoundError: No module named 'torch'" in judged.text
    assert "Only numpy, Python's standard library and your own files can be imported here." in judged.text


def test_another_exercise_that_is_not_started(student):
    """An exercise that uses a stub is blocked by it, and is not called wrong."""
    student.edit("import numpy as np", "import numpy as np\n\nfrom layers.softmax import softmax_forward")
    student.change("y = x @ W + b", "y = softmax_forward(x)")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"]) == (1, "blocked")
    assert "Blocked by layers/softmax, which is not started yet and which this file uses." in judged.text


@pytest.mark.parametrize("code", ["0", "3", "'bye'"])
def test_sys_exit(student, code):
    """Leaving by sys.exit is no way to pass, whatever the code."""
    student.edit(DX, f"import sys; sys.exit({code})")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "crashed", 2)
    assert judged.findings == [("sys_exit", "crashed", None)]
    assert "linear_backward stopped with SystemExit: " in judged.text
    assert "A function should return, not leave the program." in judged.text


@pytest.mark.parametrize("where", ["in a function", "on import"])
def test_os_exit(student, where):
    """Ending the process is no way to pass, whatever the code."""
    if where == "on import":
        student.save("import os\n\nos._exit(0)\n" + student.right)
    else:
        student.edit(DX, "import os; os._exit(0)")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"]) == (1, "crashed")
    assert set(judged.findings) == {("exit", "crashed", None)}
    assert "The code ended the whole process (exit code 0). Take os._exit and the like out" in judged.text


def test_python_crashes(student):
    """A crash of Python itself is told with its signal."""
    student.edit(DX, "import ctypes; ctypes.string_at(0)")
    judged = student.check("layers/linear")
    assert (judged.code, judged.findings) == (1, [("signal", "crashed", None)])
    assert "Python itself crashed (SIGSEGV)." in judged.text


STUBBORN = """
    import os, signal
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    try:
        os.fork()
    except OSError:
        pass  # a higher isolation level lets nobody fork
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""


@pytest.fixture
def still_running(student, tmp_path):
    """Have checks run from a copy of the package; return a function that counts its processes."""
    package = Path(bpkit.__file__).parent
    shutil.copytree(package, tmp_path / "autograder/bpkit", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(student.root, tmp_path / "exercises")
    student.env["PYTHONPATH"] = str(tmp_path / "autograder")

    def count(patience=0.0):
        deadline = time.monotonic() + patience
        while True:
            told = subprocess.run(
                ["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True
            ).stdout
            found = told.count(str(tmp_path / "autograder/bpkit/worker"))
            if found == 0 or time.monotonic() > deadline:
                return found
            time.sleep(0.05)

    return count


@pytest.mark.skipif(shutil.which("ps") is None, reason="it takes ps to see other processes")
@pytest.mark.parametrize("source", ["while True: pass", "import time; time.sleep(1e6)", STUBBORN])
def test_infinite_loop(student, still_running, source):
    """A loop that never ends is killed at its deadline, with its child, whatever signals it ignores."""
    student.edit(DX, source)
    seen = []
    watch = threading.Thread(target=lambda: seen.append(still_running_once_started(still_running)))
    watch.start()
    judged = student.check("layers/linear")
    watch.join()
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "timed_out", 2)
    assert judged.findings == [("deadline", "timed_out", None)]
    assert "No answer within 5 seconds, so it was stopped. Is there a loop that never ends, or" in judged.text
    assert judged.seconds < 5 + 20
    assert seen[0] > 0, "this way of looking for processes sees none"
    assert still_running(patience=20) == 0


def still_running_once_started(still_running):
    """Wait until processes of the check are there, and return how many."""
    deadline = time.monotonic() + 60
    while not (found := still_running()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def test_infinite_loop_on_import(student):
    """A loop in the file itself is killed at the deadline once, not once a function."""
    student.save(student.right + "\nwhile True:\n    pass\n")
    judged = student.check("layers/linear")
    assert (judged.code, judged.findings) == (1, [("deadline", "timed_out", None)] * 2)
    assert judged.text.count("No answer within 5 seconds") == 1
    assert judged.seconds < 5 + 20


@LIMITS_MEMORY
@pytest.mark.parametrize(
    "new", ["dx = np.ones(10 * 2**30 // 8)", "dx = [bytes(2**28) for _ in range(40)]"], ids=["array", "list"]
)
def test_ten_gigabytes(student, new):
    """10 GB of memory are refused, with the line that asked for them and the limit."""
    student.edit(DX, new)
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (1, "out_of_memory", 2)
    assert judged.findings == [("memory", "out_of_memory", None)]
    assert "linear_backward stopped with MemoryError" in judged.text
    assert f"layers/linear.py, line 14, in linear_backward\n                {new}" in judged.text
    assert "The limit is 2 GiB." in judged.text


@pytest.mark.parametrize("code", ['print("x" * 100_000_000)', 'for _ in range(1000): print("x" * 99_999)'])
def test_a_hundred_megabytes_of_printing(student, code):
    """100 MB of printing cost nothing, and a short piece is shown with how much more there was."""
    student.save(f"{student.right}\n{code}\n")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["status"], judged.exercise["points"]) == (0, "passed", 6)
    assert "Your code printed:\n    | xxxxxxxx" in judged.text
    assert re.search(r"… and 99,99\d,\d\d\d more bytes", judged.text)
    assert len(judged.text) < 2000
    assert len(judged.exercise["output"]) < 10_000
