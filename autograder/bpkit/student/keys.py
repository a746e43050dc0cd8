"""Keys as they are pressed: from a POSIX terminal, from Windows' console, or line by line from anything else."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import threading
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

_PAUSE = 0.05  # seconds between two looks where nothing can wake us
_SEQUENCE = re.compile(rb"\x1b[\[O][0-?]*[ -/]*[@-~]|\x1b.?", re.DOTALL)  # an arrow, F1, Alt and a letter


class Key(NamedTuple):
    """A key that was pressed: one character, a newline for Enter."""

    character: str


class NoKeys(NamedTuple):
    """No key will come any more. hung_up: because the terminal is gone."""

    hung_up: bool


Tell = Callable[[Key | NoKeys], None]


class Keys(Protocol):
    """Where keys come from. lines: each is followed by Enter."""

    lines: bool

    def close(self) -> None:
        """Give the terminal back as it was."""

    def pause(self) -> None:
        """Give the terminal back for a while."""

    def resume(self) -> None:
        """Take it again."""


def start(tell: Tell) -> Keys:
    """Return what this program's standard input offers."""
    if sys.stdin is None or sys.stdin.closed:
        tell(NoKeys(hung_up=False))
        return _Silent()
    try:
        fd, terminal = sys.stdin.fileno(), sys.stdin.isatty()
    except (OSError, ValueError):  # replaced by something that is no file
        tell(NoKeys(hung_up=False))
        return _Silent()
    if terminal and sys.platform == "win32":
        return _Console(tell)
    if terminal:
        with contextlib.suppress(Exception):  # termios' own error, of a terminal that has no modes
            return _Terminal(fd, tell)
    return _Lines(fd, tell)


class _Silent:
    """No standard input at all."""

    lines = True

    def close(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...


class _Lines(_Silent):
    """A pipe, a file, or a console that is none: the first letter of a line is the key."""

    def __init__(self, fd: int, tell: Tell) -> None:
        self._fd, self._tell = fd, tell
        threading.Thread(target=self._run, daemon=True).start()  # nothing ends a read from a pipe

    def _run(self) -> None:
        rest = b""
        with contextlib.suppress(OSError):
            while chunk := os.read(self._fd, 4096):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._tell(Key(line.decode("utf-8", "replace").strip()[:1] or "\n"))
        self._tell(NoKeys(hung_up=False))


class _Terminal:
    """A POSIX terminal in cbreak mode: no echo, no waiting for Enter; Ctrl-C and Ctrl-Z are signals as ever."""

    lines = False

    def __init__(self, fd: int, tell: Tell) -> None:
        import termios  # noqa: PLC0415 - Windows has none

        self._fd, self._tell, self._termios = fd, tell, termios
        self._usual: list[Any] = termios.tcgetattr(fd)
        self._woken, self._wake = os.pipe()
        self.resume()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def resume(self) -> None:
        if not self._elsewhere():
            modes = self._termios.tcgetattr(self._fd)
            modes[3] &= ~(self._termios.ECHO | self._termios.ICANON)
            modes[6][self._termios.VMIN], modes[6][self._termios.VTIME] = 1, 0
            self._set(modes)

    def pause(self) -> None:
        if not self._elsewhere():  # else it is the shell's by now, and touching it would stop us
            self._set(self._usual)

    def _set(self, modes: list[Any]) -> None:
        with contextlib.suppress(self._termios.error):  # it is gone
            self._termios.tcsetattr(self._fd, self._termios.TCSADRAIN, modes)

    def _elsewhere(self) -> bool:
        """Tell whether this program was put into the background, so that the terminal is another's."""
        try:
            return os.tcgetpgrp(self._fd) != os.getpgrp()
        except OSError:  # hung up, which reading from it will tell
            return False

    def close(self) -> None:
        os.write(self._wake, b"x")
        self._thread.join()
        self.pause()
        os.close(self._wake)
        os.close(self._woken)

    def _run(self) -> None:
        import select  # noqa: PLC0415 - as above

        while True:
            # select and not poll, which on macOS knows no terminals
            ready, _, _ = select.select([self._woken, self._fd], [], [])
            if self._woken not in ready and self._elsewhere():
                ready, _, _ = select.select([self._woken], [], [], _PAUSE)  # what is typed is for the shell
                if not ready:
                    continue
            if self._woken in ready:
                return
            try:
                typed = os.read(self._fd, 4096)
            except OSError:
                typed = b""
            if not typed:
                self._tell(NoKeys(hung_up=True))
                return
            for character in _SEQUENCE.sub(b"", typed).decode("utf-8", "replace").replace("\r", "\n"):
                self._tell(Key(character))


class _Console:
    """Windows' console."""

    lines = False

    def __init__(self, tell: Tell) -> None:
        self._tell, self._stop = tell, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        console: Any = msvcrt
        while not self._stop.wait(_PAUSE):
            while console.kbhit():
                character = console.getwch()
                if character in ("\x00", "\xe0"):  # an arrow or a function key: its second half says which
                    console.getwch()
                else:
                    self._tell(Key("\n" if character == "\r" else character))
