"""A real program in a pseudo-terminal, in a session of its own: what it shows, and keys for it."""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time

SECONDS = 120  # how long anything may take on a machine that is busy; nothing here takes a tenth of it
CLEAR = "\x1b[2J\x1b[H"
# Makes the pseudo-terminal the session's own, as a terminal's window does, and becomes the program.
_BEGIN = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def plain(text):
    """Return a text without colours and carriage returns."""
    return re.sub(r"\x1b\[\??[0-9;]*[mhl]", "", text).replace("\r", "")


class Terminal:
    """The program and its terminal. `shown` is all that it has written since it was last waited for."""

    def __init__(self, *command, cwd, env=None, columns=80, rows=40):
        self.ours, theirs = os.openpty()
        self.usual = termios.tcgetattr(theirs)
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, *map(str, command)],
            cwd=cwd,
            env={**os.environ, "TERM": "xterm", **(env or {})},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        self.theirs = theirs  # kept open, so that the modes can be looked at after the end
        self.shown, self.all = "", ""

    def resize(self, columns, rows):
        """Change the size; the kernel tells the program."""
        fcntl.ioctl(self.ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        """Type."""
        os.write(self.ours, keys.encode())

    def wait(self, *texts, until=bool):
        """Wait until the last screen holds these texts and its keys; return it, and forget what came before."""

        def good():
            screen = plain(self.shown).rpartition(CLEAR)[2]
            return all(text in screen for text in texts) and until(screen) and screen

        return self._read(good, texts)

    def wait_for(self, text):
        """Wait until this was written, anywhere."""
        return self._read(lambda: text in plain(self.shown) and plain(self.shown), text)

    def _read(self, good, what):
        deadline = time.monotonic() + SECONDS
        while not (found := good()):
            left = deadline - time.monotonic()
            assert left > 0, f"{what!r} was not shown within {SECONDS} s, but:\n{self.shown}"
            if select.select([self.ours], [], [], min(left, 1.0))[0]:
                text = os.read(self.ours, 1 << 16).decode("utf-8", "replace")
                self.shown += text
                self.all += text
        self.shown = ""
        return found

    def quiet(self, seconds):
        """Tell whether nothing is written for so long."""
        return not select.select([self.ours], [], [], seconds)[0]

    def end(self):
        """Wait for the program's end; return its exit code."""
        deadline = time.monotonic() + SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.ours], [], [], 0.05)[0]:
                self.all += os.read(self.ours, 1 << 16).decode("utf-8", "replace")
        while select.select([self.ours], [], [], 0)[0]:
            self.all += os.read(self.ours, 1 << 16).decode("utf-8", "replace")
        return self.process.wait(timeout=1)

    @property
    def modes(self):
        """The terminal's modes now; `usual` has those from before."""
        return termios.tcgetattr(self.theirs)

    def close(self):
        """End the program, whatever it does, and the terminal."""
        self.process.kill()
        self.process.wait()
        os.close(self.theirs)
        os.close(self.ours)
