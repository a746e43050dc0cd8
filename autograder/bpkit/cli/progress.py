"""How far a run of `bpkit grade` is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bpkit.grading.batch import Step
from bpkit.report.results import Outcome

if TYPE_CHECKING:
    from rich.console import Console

_EVERY = 10.0  # seconds between lines where there is no terminal
_WORDS = {
    Outcome.GRADED: "graded",
    Outcome.REFUSED: "refused",
    Outcome.NOT_HANDED_IN: "not handed in",
    Outcome.NOT_JUDGED: "not judged",
}


class Tally:
    """What has been done so far. unchanged: graded already, by an earlier run."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.unchanged = 0

    def add(self, step: Step) -> None:
        """Count one."""
        self.outcomes[step.outcome] += 1
        self.unchanged += step.outcome is Outcome.GRADED and not step.graded

    def __str__(self) -> str:
        words = [
            f"{self.outcomes[outcome]} {_WORDS[outcome]}" for outcome in Outcome if self.outcomes[outcome]
        ]
        if self.unchanged:
            words[0] += f" ({self.unchanged} of them before, and unchanged)"
        return ", ".join(words) or "nothing"


def show(steps: Iterable[Step], total: int, console: Console) -> Tally:
    """Run through the steps and show how it goes, on standard error; return what was done."""
    return _bar(steps, total, console) if console.is_terminal else _lines(steps, total, console)


def _bar(steps: Iterable[Step], total: int, console: Console) -> Tally:
    tally = Tally()
    columns = (
        MofNCompleteColumn(), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )  # fmt: skip
    started = time.monotonic()
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=total, rate="")
        for done, step in enumerate(steps, 1):
            tally.add(step)
            rate = f"{done / max(time.monotonic() - started, 1e-3):.1f}/s"
            progress.update(bar, completed=done, description=str(tally), rate=rate)
    return tally


def _lines(steps: Iterable[Step], total: int, console: Console) -> Tally:
    tally = Tally()
    started = said = time.monotonic()
    for done, step in enumerate(steps, 1):
        tally.add(step)
        now = time.monotonic()
        if now - said >= _EVERY:
            said = now
            left = (now - started) / done * (total - done)
            console.print(
                f"{done} of {total}, about {left:.0f} s left: {tally}", highlight=False, soft_wrap=True
            )
    return tally
