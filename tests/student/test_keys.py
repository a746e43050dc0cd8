"""Keys from a terminal, from lines, from nothing; and a module that Windows can import."""

import io
import os
import queue
import subprocess
import sys
import types

import pytest

from bpkit.student import keys
from bpkit.student.keys import Key, NoKeys

SECONDS = 60
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
WINDOWS = """\
import sys
for name in ("termios", "tty", "fcntl", "resource", "pty", "pwd", "grp"):
    sys.modules[name] = None
import select, signal, os
for name in ("SIGTSTP", "SIGCONT", "SIGWINCH", "SIGHUP"):
    delattr(signal, name)
for name in ("tcgetpgrp", "getpgrp"):
    delattr(os, name)
del select.poll
import bpkit.cli.watch, bpkit.report.watching, bpkit.student.changes, bpkit.student.keys, bpkit.student.signals
import bpkit.student.uses
with bpkit.student.signals.told(print):
    bpkit.student.signals.stop_here()
"""


@pytest.fixture
def tell():
    """Return the queue that keys come to."""
    return queue.SimpleQueue()


@posix
def test_imports_on_windows():
    """Nothing of POSIX's is needed to import what watches; there are fewer signals, too."""
    ended = subprocess.run([sys.executable, "-c", WINDOWS], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.fixture
def terminal(monkeypatch):
    """Return the far end of a pseudo-terminal that is standard input."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        yield ours
    os.close(ours)


@posix
def test_a_terminal(terminal, tell):
    """Keys come without Enter and without an echo; paused and closed, the modes are the usual ones."""
    import termios

    fd = sys.stdin.fileno()
    usual = termios.tcgetattr(fd)
    typed = keys.start(tell.put)
    assert not typed.lines
    for sent, character in [
        (b"h", "h"),
        (b"\r", "\n"),
        (b"\x1b[A\x1b[1;5C\x1bOP?", "?"),
        ("é".encode(), "é"),
    ]:
        os.write(terminal, sent)
        assert tell.get(timeout=SECONDS) == Key(character)
    assert not termios.tcgetattr(fd)[3] & (termios.ECHO | termios.ICANON)
    typed.pause()
    assert termios.tcgetattr(fd) == usual
    typed.resume()
    assert termios.tcgetattr(fd) != usual
    typed.close()
    assert termios.tcgetattr(fd) == usual


@posix
def test_a_terminal_that_goes_away(monkeypatch, tell):
    """A closed window ends the keys."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        typed = keys.start(tell.put)
        os.close(ours)
        assert tell.get(timeout=SECONDS) == NoKeys(hung_up=True)
        typed.close()


def test_lines(monkeypatch, tell):
    """From a pipe the first letter of each line is the key; at its end there are no more."""
    read, write = os.pipe()
    with os.fdopen(read) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert keys.start(tell.put).lines
        for part in (b"h", b"int\nq\r\n", b"\n \nlast"):
            os.write(write, part)
        os.close(write)
        told = [tell.get(timeout=SECONDS) for _ in range(5)]
    assert told == [Key("h"), Key("q"), Key("\n"), Key("\n"), NoKeys(hung_up=False)]


@pytest.mark.parametrize("stdin", [None, io.StringIO("q\n")], ids=["closed", "no file"])
def test_no_input(monkeypatch, tell, stdin):
    """Without standard input there are no keys, and that is told."""
    monkeypatch.setattr(sys, "stdin", stdin)
    typed = keys.start(tell.put)
    assert tell.get(timeout=SECONDS) == NoKeys(hung_up=False)
    typed.pause()
    typed.resume()
    typed.close()


def test_windows_console(monkeypatch, tell):
    """On Windows keys come from msvcrt: arrows in two halves, Enter as a carriage return."""
    pressed = list("h\xe0H\x00;\r?")
    console = types.SimpleNamespace(kbhit=lambda: bool(pressed), getwch=lambda: pressed.pop(0))
    monkeypatch.setitem(sys.modules, "msvcrt", console)
    typed = keys._Console(tell.put)
    assert [tell.get(timeout=SECONDS).character for _ in range(3)] == ["h", "\n", "?"]
    typed.pause()
    typed.resume()
    typed.close()
