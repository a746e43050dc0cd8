"""How long the checker waits for an answer: the seconds that a worker had, not those that it waited for its turn.

A machine that grades with every processor, or a laptop that was shut, keeps a worker from running. Time lost like that
does not count against an answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_LOOK = 0.5  # seconds between two looks at the worker; a quick answer costs none
_LATE = 0.05  # seconds by which any wait may end late without a reason
_MOST = 4.0  # times the deadline, after which it is over on the busiest machine


class Patience:
    """The time left for one answer.

    seconds: what the worker may use.
    queued: the seconds that the worker has so far waited for a processor; 0.0 where the system does not tell.
    """

    def __init__(self, seconds: float, queued: Callable[[], float]) -> None:
        self._left, self._seconds, self._queued = seconds, seconds, queued
        self._seen: float | None = None  # what `queued` said at the last look
        self._granted = 0.0  # what the last wait may have taken
        self._began = self._last = time.monotonic()

    def slice(self) -> float:
        """Return how long to wait at most before asking again, in seconds; `TimeoutError` where the time is up."""
        now = time.monotonic()
        passed, self._last = now - self._last, now
        self._left -= max(0.0, passed - self._lost(passed))
        if self._left <= 0 or now - self._began >= _MOST * self._seconds:
            raise TimeoutError
        self._granted = min(self._left, _LOOK)
        return self._granted

    def _lost(self, passed: float) -> float:
        """Return for how much of the seconds that passed the worker could not run."""
        overslept = passed - self._granted if self._granted and passed > self._granted + _LATE else 0.0
        if passed < _LOOK / 2 and self._seen is None:
            return overslept
        before, self._seen = self._seen, self._queued()
        queued = 0.0 if before is None else self._seen - before
        return max(overslept, queued)
