"""A student's commands on a terminal: its width, its colours, its questions, and Ctrl-C."""

import contextlib
import os
import re
import select
import signal
import struct
import subprocess
import sys
import time

import pytest

fcntl = pytest.importorskip("fcntl", reason="Windows has no pseudo-terminals of this kind")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

SECONDS = 300  # the machine may be slow
WRONG = "dy.sum(axis=0)", "dy.mean(axis=0)"


class Terminal:
    """bpkit on a pseudo-terminal."""

    def __init__(self, columns, *arguments, cwd, **env):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        self.ours, self.shown = ours, b""
        plain = {
            name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bpkit", *arguments],
            cwd=cwd,
            env={**plain, "TERM": "xterm", **env},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - so that it hears Ctrl-C
        )
        os.close(theirs)

    def until(self, expected):
        """Read until this is shown."""
        deadline = time.monotonic() + SECONDS
        while expected not in self.shown:
            assert self.read(deadline), self.shown

    def end(self):
        """Read to the end; return the exit code and the lines that were shown, without colours."""
        deadline = time.monotonic() + SECONDS
        while self.read(deadline):
            pass
        os.close(self.ours)
        return self.process.wait(SECONDS), re.sub(r"\x1b\[[\d;]*m", "", self.text).split("\r\n")

    def read(self, deadline):
        """Read a piece; False at the end."""
        assert select.select([self.ours], [], [], max(deadline - time.monotonic(), 0))[0]
        try:
            piece = os.read(self.ours, 1 << 16)
        except OSError:  # how Linux tells that the other side is closed
            piece = b""
        self.shown += piece
        return bool(piece)

    @property
    def text(self):
        """All that was shown."""
        return self.shown.decode()


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0), (("list",), 0), (("show", "adam"), 0), (("next",), 0), (("hint", "linear"), 0),
        (("explain", "tanh"), 1), (("check", "linear"), 1), (("upgrade",), 0),
    ],
)  # fmt: skip
def test_on_a_terminal(student, columns, arguments, code):
    """On a terminal nothing is wider than the window, at 80 columns and at 40."""
    student.edit(*WRONG)
    ended, lines = Terminal(columns, *arguments, cwd=student.root).end()
    assert ended == code
    told = [line for line in lines if str(student.root) not in line]  # a path is not broken
    assert [line for line in told if len(line) > columns] == []
    assert len(lines) > 1


def test_colours_say_nothing_alone(student):
    """With NO_COLOR a terminal is shown the same text, without any colour."""
    coloured = Terminal(80, "list", cwd=student.root)
    plain = Terminal(80, "list", cwd=student.root, NO_COLOR="1")
    with_colour, without = coloured.end()[1], plain.end()[1]
    assert with_colour == without
    assert "\x1b" in coloured.text
    assert "\x1b" not in plain.text


@pytest.mark.parametrize("columns", [80, 40])
def test_a_picture_in_colours(student, columns):
    """A wrong array has colours where the verdict has them, and the same text with NO_COLOR; and it fits."""
    student.edit("dx = dy @ W.T", "dx = dy @ W.T + np.eye(*x.shape)")
    coloured = Terminal(columns, "check", "linear", cwd=student.root)
    plain = Terminal(columns, "check", "linear", cwd=student.root, NO_COLOR="1")
    lines = coloured.end()[1]
    assert lines == plain.end()[1]
    assert "\x1b[48;5;124m" in coloured.text or ";48;5;124m" in coloured.text
    assert "\x1b" not in plain.text
    table = [line.split() for line in lines[lines.index("        how far off dx is (· right):") + 1 :]]
    assert table[:4] == [
        ["[0]", "[1]", "[2]"], ["[0]", "1", "·", "·"], ["[1]", "·", "1", "·"], ["[2]", "·", "·", "1"]
    ]  # fmt: skip
    assert max(map(len, lines)) <= columns


def test_reset_asks_on_a_terminal(student):
    """A reset goes on at "y", and not at anything else, Ctrl-C included."""
    student.edit(*WRONG)
    for answer in (b"n\n", b"\n", b"\x03"):
        terminal = Terminal(80, "reset", "linear", cwd=student.root)
        terminal.until(b"[y/N]: ")
        os.write(terminal.ours, answer)
        # A Ctrl-C that comes just before Python waits for a line is heard with the next one, as from a person.
        while answer == b"\x03" and terminal.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                terminal.process.wait(1.0)
            if terminal.process.returncode is None:
                os.write(terminal.ours, answer)
        assert terminal.end()[0] == 1
        assert WRONG[1] in (student.root / "layers/linear.py").read_text()
    terminal = Terminal(80, "reset", "linear", cwd=student.root)
    terminal.until(b"[y/N]: ")
    os.write(terminal.ours, b"y\n")
    assert terminal.end()[0] == 0
    assert "raise NotImplementedError()" in (student.root / "layers/linear.py").read_text()


@pytest.mark.parametrize("seconds", [0.02, 1.5, 2.5])
def test_ctrl_c_leaves_nothing_behind(student, seconds, gone):
    """Ctrl-C ends a check at any time: no traceback, no process, no file."""
    student.save(
        student.right.replace("import numpy as np", "import time\nimport numpy as np\ntime.sleep(3)")
    )
    before = student.snapshot()
    process = subprocess.Popen(
        [sys.executable, "-m", "bpkit", "check", "linear"],
        cwd=student.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(seconds)
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SECONDS)
    if seconds > 1:  # before that Python itself is not up, and says so
        assert b"Traceback" not in out + err
    assert process.returncode != 0
    assert gone(*map(int, children.stdout.split()))
    assert student.snapshot() == before
    assert not (student.root / "progress.json").exists()
