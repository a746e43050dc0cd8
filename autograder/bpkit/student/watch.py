"""`bpkit watch`: what each event means. Events come in through one queue; what is seen goes out through a `View`.

It never moves on by itself. What is known about earlier checks is a `Record`'s business.
"""

from __future__ import annotations

import contextlib
import queue
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import BpkitError
from bpkit.judging.runner import Submission
from bpkit.judging.standing import Hints, State
from bpkit.judging.verdict import Status, Verdict
from bpkit.student import hints, progress, standings, uses, workspace
from bpkit.student.changes import Change, Changed, Looking, Restored, Vanished
from bpkit.student.checks import Broken, Checker, Judged
from bpkit.student.keys import Key, Keys, NoKeys
from bpkit.student.signals import Continued, Ended, Resized, Signal, Suspended
from bpkit.student.workspace import Workspace

Event = Change | Judged | Broken | Key | NoKeys | Signal

_SLOW = 0.3  # seconds after which a check is worth a word
_BREATH = 0.1  # seconds between glances at the clock; on Windows nothing else lets Ctrl-C through


class Record(Protocol):
    """What is kept about the student's way through the course."""

    def statuses(self) -> Mapping[str, Status]:
        """Return how each exercise that was checked came out, by id."""

    def keep(self, verdict: Verdict, submission: Submission) -> None:
        """Note a verdict."""

    def open_hint(self, exercise: Exercise) -> Hints | None:
        """Open the next hint, and return those that are open now; None where the exercise passes."""


class Kept:
    """The workspace's progress, as `bpkit check` keeps it too."""

    def __init__(self, place: Workspace) -> None:
        self._place = place

    def statuses(self) -> Mapping[str, Status]:
        """Return how each exercise came out whose file is still as it was checked, by id."""
        current = (State.PASSED, State.FAILED)
        found = standings.read(self._place)
        return {name: one.status for name, one in found.items() if one.status and one.state in current}

    def keep(self, verdict: Verdict, submission: Submission) -> None:
        """Note a verdict."""
        progress.record(self._place, verdict, submission)

    def open_hint(self, exercise: Exercise) -> Hints | None:
        """Open the next hint, and return those that are open now; None where the exercise passes."""
        return hints.open_next(self._place, exercise)


class View(Protocol):
    """What the student sees."""

    def begin(self, exercise: Exercise, *, pinned: bool) -> None:
        """Say what is watched. pinned: only this exercise, whatever is saved."""

    def checking(self, exercise: Exercise) -> None:
        """Say that a check takes its time."""

    def verdict(self, verdict: Verdict, exercise: Exercise, seconds: float, following: str | None) -> None:
        """Show a verdict. following: the id of what the key n would go to."""

    def trouble(self, exercise: Exercise, error: BpkitError) -> None:
        """Say why there is no verdict."""

    def missing(self, exercise: Exercise) -> None:
        """Say that the exercise's file is gone."""

    def vanished(self) -> None:
        """Say that the workspace's folder is gone."""

    def looking(self, reason: str, detail: str) -> None:
        """Say that the system announces no changes."""

    def hints(self, exercise: Exercise, opened: Hints | None) -> None:
        """Show the hints that are open; None where it passes, and needs none."""

    def course(self, statuses: Mapping[str, Status], current: Exercise) -> None:
        """Show all exercises, and how far they are."""

    def help(self) -> None:
        """Show what the keys do."""

    def no_next(self) -> None:
        """Say that there is nothing to go on to."""

    def not_kept(self, error: BpkitError) -> None:
        """Say that the record could not be written."""

    def no_keys(self) -> None:
        """Know that there are no keys to speak of."""

    def redraw(self) -> None:
        """Show the same again: the terminal has another size, or somebody else has written to it."""


def following(exercise_id: str, statuses: Mapping[str, Status]) -> str | None:
    """Return the next exercise in the course's order that has not passed, from the beginning after the end."""
    ids = catalog.ids()
    place = ids.index(exercise_id) + 1
    return next((other for other in (*ids[place:], *ids[: place - 1]) if _is_open(other, statuses)), None)


def first(statuses: Mapping[str, Status]) -> Exercise:
    """Return where to begin: at the first exercise that has not passed."""
    ids = catalog.ids()
    return catalog.find(next((other for other in ids if _is_open(other, statuses)), ids[0]))


def _is_open(exercise_id: str, statuses: Mapping[str, Status]) -> bool:
    return statuses.get(exercise_id) is not Status.PASSED


class Watch:
    """The loop's state: which exercise it is about, and which check runs. pinned: it stays with that exercise."""

    def __init__(
        self,
        place: Workspace,
        exercise: Exercise,
        checker: Checker,
        view: View,
        record: Record,
        *,
        pinned: bool,
    ) -> None:
        self.place, self.exercise, self.pinned = place, exercise, pinned
        self.checker, self.view, self.record = checker, view, record
        self._running: int | None = None  # the number of the check that runs
        self._began, self._said = 0.0, False  # when it began; whether it was said that it takes its time

    @property
    def path(self) -> str:
        """The exercise's file."""
        return f"{self.exercise.id}.py"

    def begin(self) -> None:
        """Check for the first time."""
        self.view.begin(self.exercise, pinned=self.pinned)
        self.check(self.exercise)

    def check(self, exercise: Exercise) -> None:
        """Check this exercise from now on; the check that runs ends."""
        self.exercise = exercise
        self._running = self.checker.start(exercise)
        self._began, self._said = time.monotonic(), False

    def glance(self) -> None:
        """Say so where the check takes its time."""
        if self._running is not None and not self._said and time.monotonic() - self._began > _SLOW:
            self._said = True
            self.view.checking(self.exercise)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Hold a check that runs: its deadlines would pass meanwhile. It begins anew afterwards."""
        running = self._running is not None
        self._stop()
        yield
        self.view.redraw()
        if running:
            self.check(self.exercise)

    def handle(self, event: Event) -> None:
        """Do what an event asks for."""
        match event:
            case Changed():
                self._changed(event)
            case Judged() if event.number == self._running:
                self._judged(event)
            case Broken() if event.number == self._running:
                self._running = None
                if not isinstance(event.error, BpkitError):
                    raise event.error
                self.view.trouble(self.exercise, event.error)
            case Vanished():
                self._stop()
                self.view.vanished()
            case Restored():
                self.check(self.exercise)
            case Looking():
                self.view.looking(event.reason, event.detail)
            case Key():
                self._key(event.character)
            case NoKeys():
                self.view.no_keys()
            case Resized() | Continued():
                self.view.redraw()

    def _stop(self) -> None:
        self.checker.stop()
        self._running = None

    def _changed(self, change: Changed) -> None:
        exercise = self._meant(change.saved)
        if exercise is not None:
            self.check(exercise)
        elif self.path in change.deleted:
            self._stop()
            self.view.missing(self.exercise)
        elif self._concerns((*change.saved, *change.deleted)):
            self.check(self.exercise)

    def _meant(self, saved: tuple[str, ...]) -> Exercise | None:
        """Return the exercise whose file was saved: this one, or else the last of those."""
        ids = [path.removesuffix(".py") for path in saved]
        if self.exercise.id in ids:
            return self.exercise
        known = [exercise_id for exercise_id in ids if exercise_id in catalog.ids()]
        return catalog.find(known[-1]) if known and not self.pinned else None

    def _concerns(self, paths: tuple[str, ...]) -> bool:
        try:
            files = workspace.read(self.place).files
        except BpkitError:  # the check will tell
            return True
        exercises = [f"{exercise_id}.py" for exercise_id in catalog.ids()]
        return uses.of(self.path, files).touched_by(paths, exercises)

    def _judged(self, judged: Judged) -> None:
        self._running = None
        statuses = {
            **self.record.statuses(),
            **{exercise.id: exercise.status for exercise in judged.verdict.exercises},
        }
        self.view.verdict(
            judged.verdict, self.exercise, judged.seconds, following(self.exercise.id, statuses)
        )
        try:
            self.record.keep(judged.verdict, judged.submission)
        except BpkitError as error:
            self.view.not_kept(error)

    def _key(self, character: str) -> None:
        match character.lower():
            case "\n" | "r":
                self.check(self.exercise)
            case "n":
                other = following(self.exercise.id, self.record.statuses())
                if other is None:
                    self.view.no_next()
                else:
                    self.check(catalog.find(other))
            case "h":
                self.view.hints(self.exercise, self.record.open_hint(self.exercise))
            case "l":
                self.view.course(self.record.statuses(), self.exercise)
            case "?":
                self.view.help()


def run(watch: Watch, events: queue.SimpleQueue[Event], keys: Keys, stop_here: Callable[[], None]) -> int:
    """Handle events until one ends it; return the exit code. stop_here: stops the program until the shell's `fg`."""
    watch.begin()
    while True:
        watch.glance()
        try:
            event = events.get(timeout=_BREATH)
        except queue.Empty:
            continue
        match event:
            case Ended():
                return 128 + event.number
            case NoKeys(hung_up=True) | Key("q" | "Q" | "\x03" | "\x04"):
                return 0
            case Suspended():
                with watch.paused():
                    keys.pause()
                    stop_here()
                    keys.resume()
            case Continued():
                keys.resume()
                watch.handle(event)
            case _:
                watch.handle(event)
