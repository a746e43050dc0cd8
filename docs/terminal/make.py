"""Makes the terminal pictures of the documents: `python docs/terminal/make.py [FOLDER]`, into its own folder unless told.

Every picture is what real commands wrote to a pseudo-terminal of 80 columns, in a workspace made for it. Only the clock
of `bpkit watch` differs from run to run.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).parent
DEMO = HERE.parent / "demo/linear.py"
WRONG, RIGHT = "dy.mean(axis=0)", "dy.sum(axis=0)"
COLUMNS, ROWS = 80, 48
SECONDS = 120
CLEAR = "\x1b[2J\x1b[H"
BPKIT = [sys.executable, "-m", "bpkit"]
# Dark, as most terminals are; every colour has a contrast of 4.5 to the background.
THEME = TerminalTheme(
    (28, 30, 38),
    (222, 225, 232),
    [(28, 30, 38), (255, 121, 121), (126, 211, 133), (240, 198, 116), (122, 170, 255), (214, 157, 230), (104, 205, 219),
     (222, 225, 232)],
    [(138, 143, 158), (255, 150, 150), (150, 226, 157), (250, 215, 140), (150, 190, 255), (226, 180, 240), (140, 220, 232),
     (255, 255, 255)],
)  # fmt: skip
# As rich has it, without fonts from elsewhere: a page that shows the picture fetches nothing.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        env = {**clean, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": str(folder.parent / "home")}
        self._process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self._written = ""

    def to_the_end(self) -> str:
        """Return all that was written."""
        while self._process.poll() is None or select.select([self._ours], [], [], 0)[0]:
            if not self._read():
                break
        self._process.wait(SECONDS)
        return self._written

    def screen(self, *texts: str) -> str:
        """Wait until the last screen holds these texts, and return it."""
        deadline = time.monotonic() + SECONDS
        while not all(text in (last := self._written.rpartition(CLEAR)[2]) for text in texts):
            if time.monotonic() > deadline or not self._read():
                raise RuntimeError(f"{texts} was never shown, but:\n{self._written}")
        return last

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._ours, keys.encode())

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], 1.0)[0]:
            return True
        try:
            piece = os.read(self._ours, 1 << 16)
        except OSError:  # Linux's way to say that the other side is closed
            return False
        self._written += piece.decode("utf-8")
        return bool(piece)


class Evening:
    """A student's workspace, and what is typed there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "course"
        (folder / "home").mkdir()
        subprocess.run([*BPKIT, "init", "course"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        self.answers(WRONG)

    def answers(self, db: str) -> None:
        """Write layers/linear.py, with this for db."""
        text = DEMO.read_text(encoding="utf-8")
        assert WRONG in text
        (self.folder / "layers/linear.py").write_text(text.replace(WRONG, db), encoding="utf-8")

    def types(self, *commands: str) -> str:
        """Return what a terminal shows after these commands."""
        shown = ""
        for command in commands:
            words = command.split()[1:]
            shown += f"\x1b[1m$ {command}\x1b[0m\n{Terminal([*BPKIT, *words], self.folder).to_the_end()}\n"
        return shown

    def watches(self) -> str:
        """Return the screen of `bpkit watch linear` after the key h."""
        terminal = Terminal([*BPKIT, "watch", "linear"], self.folder)
        terminal.screen("worst:", "q quit")
        terminal.press("h")
        shown = terminal.screen("Hint 1", "q quit")
        terminal.press("q")
        terminal.to_the_end()
        return shown


def loop(evening: Evening) -> str:
    """Show a mistake that is named, a hint, and the answer that passes."""
    first = evening.types("bpkit check linear", "bpkit hint linear")
    evening.answers(RIGHT)
    return first + evening.types("bpkit check linear")


PICTURES: dict[str, tuple[str, Callable[[Evening], str]]] = {
    "loop": ("A mistake, a hint, and the answer that passes", loop),
    "start": ("Where am I?", lambda evening: evening.types("bpkit", "bpkit show sigmoid")),
    "check": ("bpkit check", lambda evening: evening.types("bpkit check linear")),
    "hint": ("bpkit hint", lambda evening: evening.types("bpkit check linear", "bpkit hint", "bpkit hint")),
    "watch": ("bpkit watch", Evening.watches),
}  # fmt: skip


def picture(name: str) -> str:
    """Return a picture as SVG."""
    title, shows = PICTURES[name]
    with tempfile.TemporaryDirectory() as folder:
        text = shows(Evening(Path(folder)))
    text = re.sub(r"\r\n?", "\n", text).strip("\n")
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text.from_ansi(text), soft_wrap=True)
    return console.export_svg(title=title, theme=THEME, code_format=SVG, unique_id=f"bpkit-{name}")


def main(folder: Path) -> None:
    """Write every picture."""
    for name in PICTURES:
        (folder / f"{name}.svg").write_text(picture(name), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
