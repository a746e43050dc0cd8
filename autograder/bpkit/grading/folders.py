"""Reads submissions from folders on the disk. No link is followed, whoever changes the folder meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bpkit.grading.members import (
    DEVICE,
    FIFO,
    FILE,
    FOLDER,
    HARD_LINK,
    MAX_ENTRIES,
    SOCKET,
    SYMLINK,
    UNKNOWN,
    Entry,
    Member,
    Refused,
    mebibytes,
)
from bpkit.grading.names import MAX_DEPTH, environments, foreign

_KINDS = {
    stat.S_IFREG: FILE, stat.S_IFDIR: FOLDER, stat.S_IFLNK: SYMLINK, stat.S_IFIFO: FIFO,
    stat.S_IFSOCK: SOCKET, stat.S_IFBLK: DEVICE, stat.S_IFCHR: DEVICE,
}  # fmt: skip
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# A FIFO that takes a file's place after it was looked at must not make us wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Folder:
    """A folder, named by one that the instructor chose and the names below it. Only the first may be a link."""

    def __init__(self, root: Path, inside: tuple[str, ...] = ()) -> None:
        self._root, self._inside = root, inside

    def children(self) -> list[Entry]:
        """Return what lies at the top, sorted."""
        return sorted(Entry(member.path, member.kind) for member in self._list(()))

    def below(self, name: str) -> Folder:
        """Return the folder of this name at the top."""
        return Folder(self._root, (*self._inside, name))

    def walk(self) -> Iterator[Member]:
        """Yield everything at any depth, except in folders that hold no work of the student's."""
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            inside = waiting.pop()
            members = self._list(inside)
            venvs = environments([member.path for member in members])
            for member in members:
                path = (*inside, member.path)
                # What is left out afterwards need not be walked, and is often large.
                if member.kind == FOLDER and len(path) <= MAX_DEPTH and not foreign(f"{member.path}/", venvs):
                    waiting.append(path)
                yield member._replace(path="/".join(path))

    def member(self, name: str) -> Member:
        """Return the file of this name at the top."""
        with self._entered(()) as folder:
            return _member(name, os.stat(name, dir_fd=folder, follow_symlinks=False))

    def read(self, member: Member, limit: int) -> bytes:
        """Return a file's contents."""
        with self.open(member) as file:
            contents = file.read(limit + 1)
        if len(contents) > limit:
            raise Refused(f"It is larger than {mebibytes(limit)}.")
        return contents

    def open(self, member: Member) -> BinaryIO:
        """Open a file; `Refused` where it has become something else since it was listed."""
        *folders, name = member.path.split("/")
        with self._entered(tuple(folders)) as folder:
            handle = os.open(name, _FILE, dir_fd=folder)
        file = os.fdopen(handle, "rb")
        kind = _member(name, os.fstat(handle)).kind
        if kind != FILE:
            file.close()
            raise Refused(f"It is {kind}.")
        return file

    def _list(self, inside: tuple[str, ...]) -> list[Member]:
        found = []
        with self._entered(inside) as folder, os.scandir(folder) as entries:
            for entry in entries:
                found.append(_member(entry.name, entry.stat(follow_symlinks=False)))
                if len(found) > MAX_ENTRIES:
                    raise Refused(f"It holds more than {MAX_ENTRIES:,} files.")
        return found

    @contextmanager
    def _entered(self, inside: tuple[str, ...]) -> Iterator[int]:
        """Open a folder name by name: a link in any place of the path is an error."""
        handle = os.open(self._root, _FOLDER)
        try:
            for name in (*self._inside, *inside):
                inner = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=handle)
                os.close(handle)
                handle = inner
            yield handle
        finally:
            os.close(handle)


def _member(name: str, status: os.stat_result) -> Member:
    kind = _KINDS.get(stat.S_IFMT(status.st_mode), UNKNOWN)
    if kind == FILE and status.st_nlink > 1:
        kind = HARD_LINK
    return Member(name, kind, status.st_size, status.st_size)
