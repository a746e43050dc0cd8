"""Signals as events: whoever waits for events hears of them, and nothing is torn out of the middle."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import NamedTuple

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # Windows has SIGBREAK, and not all of the others


class Ended(NamedTuple):
    """Somebody wants the program to end: Ctrl-C, a closed terminal, `kill`."""

    number: int


class Resized(NamedTuple):
    """The terminal has another size."""


class Suspended(NamedTuple):
    """Ctrl-Z: the program is to stop until `fg`."""


class Continued(NamedTuple):
    """It goes on, and somebody else may have used the terminal."""


Signal = Ended | Resized | Suspended | Continued

_OTHERS: dict[str, Signal] = {"SIGWINCH": Resized(), "SIGTSTP": Suspended(), "SIGCONT": Continued()}


@contextlib.contextmanager
def told(tell: Callable[[Signal], None]) -> Iterator[None]:
    """Tell signals as events. One that was ignored before (`nohup`, a shell's `&`) stays ignored."""
    before = {}
    for name in (*_ENDING, *_OTHERS):
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:
            continue
        event = _OTHERS.get(name, Ended(int(number)))
        before[number] = signal.signal(number, lambda *_, event=event: tell(event))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop_here() -> None:
    """Stop the program as Ctrl-Z would have; return when it goes on, or at once where no shell could wake it."""
    number = getattr(signal, "SIGTSTP", None)
    if number is not None:
        before = signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
        signal.signal(number, before)
