"""What `bpkit watch` shows: on a terminal one screen, drawn anew for each verdict; elsewhere plain lines."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

import click

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import BpkitError
from bpkit.judging.standing import Hints
from bpkit.judging.verdict import Status, Verdict
from bpkit.report import pointers, screen, terminal

_CLEAR = "\x1b[2J\x1b[H"
_WIDE = 100_000  # columns where there is no terminal: whoever shows it breaks lines
_KEYS = (("h", "hint"), ("n", "next"), ("l", "list"), ("Enter", "check again"), ("?", "help"), ("q", "quit"))
_HELP = (
    ("h", "the next hint for this exercise; there are three, each says more"),
    ("n", "go to the next exercise that does not pass yet"),
    ("l", "all exercises, and which of them pass"),
    ("Enter", "check again, without a change (r does the same)"),
    ("?", "this page"),
    ("q", "end (so does Ctrl-C)"),
)
_REASONS = {
    "asked": "WATCHFILES_FORCE_POLLING asks for it.",
    "silent": "The system does not announce changes in this folder, as on network drives.",
    "refused": "The system announces no changes: {detail}.",
}


Text = str | Callable[[int], str]  # as it is, or laid out for so many columns


class Page(NamedTuple):
    """One screen: a header, what is said, the hints, what came up since, and a remark above the keys.

    pictured: the body with a picture in it, where there is room.
    """

    head: str
    body: Text = ""
    pictured: Text = ""
    hints: Text = ""
    added: str = ""
    remark: str = ""

    def blocks(self, columns: int, *, pictured: bool = False) -> list[str]:
        """Return what stands below the header, with a blank line between one and the next."""
        texts = (self.pictured if pictured else self.body, self.hints, self.added)
        return [said for said in (text if isinstance(text, str) else text(columns) for text in texts) if said]


class Screen:
    """Draws pages.

    write: takes the text. size: the terminal's size now, or None where there is none. clock: the time of day.
    lines: keys are followed by Enter. every: seconds between two looks where changes are not announced.
    pictures: show wrong arrays where they fit.
    """

    def __init__(
        self, write: Callable[[str], None], size: Callable[[], os.terminal_size | None],
        clock: Callable[[], str], *, lines: bool, every: float, pictures: bool = True,
    ) -> None:  # fmt: skip
        self._write, self._size, self._clock = write, size, clock
        self._lines, self._every, self._pictures = lines, every, pictures
        self._keys = True
        self._pinned = False
        self._looking = ""
        self._page = Page("")

    def begin(self, exercise: Exercise, *, pinned: bool) -> None:
        """Say what is watched. pinned: only this exercise, whatever is saved."""
        self._pinned = pinned
        what = f"{exercise.id}.py" if pinned else "every exercise"
        text = f"Watching {what}. Save the file, and it is checked."
        self._draw(Page(self._head(exercise), text))
        if self._size() is None:
            self._print(f"Keys{', each with Enter' if self._lines else ''}: {self._footer(_WIDE)}")

    def checking(self, exercise: Exercise) -> None:
        """Say that a check takes its time."""
        self._draw(
            Page(self._head(exercise), "Checking ...", remark="A save ends this check and begins a new one.")
        )

    def verdict(self, verdict: Verdict, exercise: Exercise, seconds: float, following: str | None) -> None:
        """Show a verdict. following: the id of what the key n would go to."""
        passed = verdict.exercises[0].status is Status.PASSED
        if not passed:
            remark = ""
        elif following is None:
            remark = "It passes, and so does every other exercise."
        else:
            remark = f"It passes. n goes on to {following}."
        known = {exercise.id: exercise}

        def pictured(columns: int) -> str:
            return terminal.render(verdict, known, columns)

        head, plain = self._head(exercise, f"{seconds * 1e3:.0f} ms"), terminal.render(verdict, known)
        self._draw(Page(head, plain, pictured if self._pictures else "", remark=remark))

    def trouble(self, exercise: Exercise, error: BpkitError) -> None:
        """Say why there is no verdict."""
        self._draw(Page(self._head(exercise), f"Not checked: {error}", remark="The next save tries again."))

    def missing(self, exercise: Exercise) -> None:
        """Say that the exercise's file is gone."""
        text = (
            f"{exercise.id}.py is gone. It is checked as soon as it is back; `bpkit init .` in the workspace writes a "
            "fresh stub."
        )
        self._draw(Page(self._head(exercise), text))

    def vanished(self) -> None:
        """Say that the workspace's folder is gone."""
        self._draw(Page(self._clock(), "The workspace's folder is gone. Checks go on as soon as it is back."))

    def looking(self, reason: str, detail: str) -> None:
        """Say that the system announces no changes."""
        why = _REASONS[reason].format(detail=detail.rstrip("."))
        self._looking = f"Looking for changes every {self._every:g} s. {why}"
        if self._size() is None:
            self._print(self._looking)
        else:
            self.redraw()

    def hints(self, exercise: Exercise, opened: Hints | None) -> None:
        """Show the hints that are open; None where it passes, and needs none."""

        def laid(columns: int) -> str:
            columns = min(columns, screen.WIDEST)
            if opened is None:
                return pointers.passes(exercise, columns)
            return pointers.hints(exercise, opened, columns, key="h")

        self._add(hints=laid)

    def course(self, statuses: Mapping[str, Status], current: Exercise) -> None:
        """Show all exercises, and how far they are."""
        size = self._size()
        columns = size.columns if size else _WIDE
        blocks = []
        for chapter, ids in itertools.groupby(catalog.ids(), lambda name: name.partition("/")[0]):
            names = list(ids)
            passed = sum(statuses.get(name) is Status.PASSED for name in names)
            items = [_item(name, statuses.get(name), here=name == current.id) for name in names]
            blocks += [
                f"{click.style(chapter, bold=True)} {passed} of {len(names)} pass",
                screen.pack(items, "  ", min(columns, 80), "  "),
            ]
        legend = f"{terminal.mark(Status.PASSED)} passes  {terminal.mark(Status.FAILED)} not yet  > this one"
        self._draw(Page(self._head(current), "\n".join([*blocks, legend]), remark=_back(current)))

    def help(self) -> None:
        """Show what the keys do."""
        rows = [f"{click.style(key, bold=True)}{' ' * (7 - len(key))}{text}" for key, text in _HELP]
        which = (
            "this exercise, when its file or one that it imports is saved"
            if self._pinned
            else "the exercise whose file is saved; and again, when a file that it imports is saved"
        )
        self._draw(Page(self._clock(), "\n".join([*rows, "", f"Checked is {which}."])))

    def no_next(self) -> None:
        """Say that there is nothing to go on to."""
        self._add(added="There is no other exercise that does not pass yet.")

    def not_kept(self, error: BpkitError) -> None:
        """Say that the record could not be written."""
        self._add(added=f"This was not noted down: {error}")

    def no_keys(self) -> None:
        """Know that there are no keys to speak of."""
        self._keys = False

    def redraw(self) -> None:
        """Show the same again: the terminal has another size, or somebody else has written to it."""
        if self._size() is not None:
            self._draw(self._page)

    def _add(self, *, hints: Text = "", added: str = "") -> None:
        before = self._page
        page = before._replace(hints=hints or before.hints, added=added or before.added)
        if self._size() is None:
            self._page = page
            self._print("\n".join(Page("", hints=hints, added=added).blocks(_WIDE)))
        else:
            self._draw(page)

    def _draw(self, page: Page) -> None:
        self._page = page
        size = self._size()
        if size is None:
            head = click.style(page.head, bold=True)
            self._print("\n".join(["", head, *page.blocks(_WIDE), *([page.remark] if page.remark else [])]))
            return
        text = self._laid(page, size.columns, pictured=bool(page.pictured))
        if page.pictured and text.count("\n") >= size.lines:  # the top would be gone
            text = self._laid(page, size.columns, pictured=False)
        self._write(screen.encodable(_CLEAR + text))

    def _laid(self, page: Page, columns: int, *, pictured: bool) -> str:
        head = click.style(page.head, bold=True)
        body = screen.fit(f"{head}\n" + "\n\n".join(page.blocks(columns, pictured=pictured)), columns)
        below = [screen.fit(line, columns) for line in (page.remark, self._looking) if line]
        foot = click.style(self._footer(columns, enter=self._lines), dim=True)
        return "\n".join([body, "", *below, foot, ""])

    def _print(self, text: str) -> None:
        self._write(screen.encodable(f"{text}\n"))

    def _head(self, exercise: Exercise, taken: str = "") -> str:
        return " · ".join([exercise.id, self._clock(), *([taken] if taken else [])])

    def _footer(self, columns: int, *, enter: bool = False) -> str:
        if not self._keys:
            return "Ctrl-C ends it"
        items = [f"{key} {what}" for key, what in _KEYS]
        return screen.pack([*items, "(each with Enter)"] if enter else items, "   ", columns)


def _item(exercise_id: str, status: Status | None, *, here: bool) -> str:
    mark = terminal.mark(status or Status.NOT_STARTED)
    name = exercise_id.partition("/")[2]
    return f"{'> ' if here else ''}{mark} {click.style(name, bold=here)}"


def _back(exercise: Exercise) -> str:
    return f"Enter goes back to {exercise.id}."
