"""Tells when a workspace's Python files change: by the system's notifications, or else by looking.

What has changed is always found by comparing two looks at the folder; a notification only says when to look. So an
event that is told twice, or late, or not at all, makes no difference to what is told here, and where changes
turn up that nobody announced (network drives, shared folders of virtual machines), looking takes over.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bpkit.student.workspace import python_files

EVERY = 0.25  # seconds between two looks where there are no notifications
_STEP, _LONGEST = 10, 100  # milliseconds: how long it has to be quiet after a change, and at most
_GLANCE = 1000  # milliseconds between looks that nothing asked for
_GRACE = 0.1  # seconds; editors move a file away or empty it before they write it
_UNANNOUNCED = 2  # changes in a row; one may have come in the moment before the look


class Changed(NamedTuple):
    """Paths in the workspace, the latest last: those that were written, and those that are gone."""

    saved: tuple[str, ...]
    deleted: tuple[str, ...]


class Vanished(NamedTuple):
    """The workspace's folder is gone."""


class Restored(NamedTuple):
    """It is there again."""


class Looking(NamedTuple):
    """There are no notifications from now on. reason: "asked", "silent" or "refused", with what the system said."""

    reason: str
    detail: str = ""


Change = Changed | Vanished | Restored | Looking


class Stamp(NamedTuple):
    """What tells one state of a file from another.

    fresh: it had changed since the look before. A second write may come within the clock's tick and keep the size,
    so that the next look reads such a file once more.
    """

    time: int
    size: int
    inode: int
    digest: int
    fresh: bool


class Look(NamedTuple):
    """One look at a workspace: its Python files, and its folders with what identifies each."""

    files: dict[str, Stamp]
    folders: dict[str, tuple[int, int]]


def look(root: Path, before: Look | None = None) -> Look:
    """Look at the workspace; files that are as they were before are not read."""
    files: dict[str, Stamp] = {}
    folders = {str(root): _identity(root)}
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        try:
            state = path.stat()
            key = (state.st_mtime_ns, state.st_size, state.st_ino)
            old = before.files.get(name) if before else None
            if old is not None and not old.fresh and old[:3] == key:
                files[name] = old
            else:
                digest = zlib.crc32(path.read_bytes())
                files[name] = Stamp(*key, digest, fresh=old is None or old[:3] != key)
        except FileNotFoundError:
            continue
        except OSError:  # it is there, and may not be read: the check says so
            files[name] = Stamp(0, 0, 0, 0, fresh=False)
        if str(path.parent) not in folders:
            folders[str(path.parent)] = _identity(path.parent)
    return Look(files, folders)


def _identity(folder: Path) -> tuple[int, int]:
    try:
        state = folder.stat()
    except OSError:
        return (0, 0)
    return (state.st_dev, state.st_ino)


def between(before: Look, after: Look) -> Changed:
    """Return what has changed from one look to another."""
    saved = [name for name, stamp in after.files.items() if _state(before.files.get(name)) != _state(stamp)]
    saved.sort(key=lambda name: (after.files[name].time, name))
    return Changed(tuple(saved), tuple(sorted(before.files.keys() - after.files.keys())))


def _state(stamp: Stamp | None) -> tuple[int, ...] | None:
    return stamp[:4] if stamp else None


class Watcher:
    """Watches one workspace in a thread of its own, and tells what happens."""

    def __init__(self, root: Path, tell: Callable[[Change], None]) -> None:
        self.root, self._tell = root, tell
        self._stop = threading.Event()
        self._seen = look(root)
        self._looking = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        if _polling_asked_for():
            self._look_from_now_on("asked")
        while not self._stop.is_set():
            if not self.root.is_dir():
                self._await_root()
            elif self._looking:
                self._stop.wait(EVERY)
                self._report()
            else:
                self._listen()

    def _await_root(self) -> None:
        if self._stop.wait(_GRACE) or self.root.is_dir():
            return
        self._tell(Vanished())
        while not self.root.is_dir():
            if self._stop.wait(EVERY):
                return
        self._stop.wait(_GRACE)  # whoever puts it back is still copying
        self._seen = look(self.root)
        self._tell(Restored())

    def _listen(self) -> None:
        from watchfiles._rust_notify import RustNotify  # noqa: PLC0415 - takes a while, and here nobody waits for it

        folders, unannounced = self._seen.folders, 0
        try:
            # Folder by folder: what lies in a hidden folder or a virtual environment is not watched.
            notify = RustNotify(list(folders), False, False, 0, False, True)
        except FileNotFoundError:
            self._stop.wait(_GRACE)
            self._report()
            return
        except (OSError, RuntimeError) as error:
            self._look_from_now_on("refused", str(error))
            return
        with notify:
            self._report()  # what has happened before it listened
            while self._seen.folders == folders and self.root.is_dir():
                try:
                    said = notify.watch(_LONGEST, _STEP, _GLANCE, self._stop)
                except (OSError, RuntimeError) as error:
                    self._look_from_now_on("refused", str(error))
                    return
                if said == "stop":
                    return
                found = self._report()
                unannounced = unannounced + found if said == "timeout" else 0
                if unannounced == _UNANNOUNCED:
                    self._look_from_now_on("silent")
                    return

    def _look_from_now_on(self, reason: str, detail: str = "") -> None:
        self._looking = True
        self._tell(Looking(reason, detail))

    def _report(self) -> bool:
        """Look, and tell what has changed; tell whether there was anything."""
        found = look(self.root, self._seen)
        change = between(self._seen, found)
        if change.deleted or any(found.files[name].size == 0 for name in change.saved):
            self._stop.wait(_GRACE)
            found = look(self.root, found)
            change = between(self._seen, found)
        if not self.root.is_dir():
            return False
        self._seen = found
        if change.saved or change.deleted:
            self._tell(change)
        return bool(change.saved or change.deleted)


def _polling_asked_for() -> bool:
    """Tell whether the variable says so that watchfiles knows."""
    value = os.environ.get("WATCHFILES_FORCE_POLLING", "")
    return value != "" and value.lower() not in ("false", "disable", "disabled")
