"""A launcher for one check, which another thread may call off at any time."""

from __future__ import annotations

import threading

from bpkit.judging.process import Launcher, Worker


class Stopped(Exception):
    """The check was called off: there is no verdict."""


class Leash:
    """Starts workers as its launcher does, until `stop` ends the one that runs and refuses the next."""

    def __init__(self, launcher: Launcher) -> None:
        self._launcher, self.claimed, self.missing = launcher, launcher.claimed, launcher.missing
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self.stopped = False

    def __enter__(self) -> Leash:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def spawn(self) -> Worker:
        """Start a worker; `Stopped` where the check was called off."""
        if self.stopped:
            raise Stopped
        worker = self._launcher.spawn()  # may take its time, for which nobody who stops it should wait
        self.claimed, self.missing = self._launcher.claimed, self._launcher.missing
        with self._lock:
            self._worker = worker
            if not self.stopped:
                return worker
        worker.kill()
        raise Stopped

    def stop(self) -> None:
        """Call the check off: from another thread."""
        with self._lock:
            self.stopped = True
            if self._worker is not None:
                self._worker.interrupt()

    def close(self) -> None:
        """End the worker. The launcher goes on."""
        self.stop()
