"""What a folder or an archive holds, told before anything of it is read; and how much of it may be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, Protocol

MAX_FILES = 2_000  # of one submission, without what is no work of the student's
MAX_ENTRIES = 100_000  # of one archive or folder, with everything
MAX_CODE = 1 << 20  # bytes of one .py file
MAX_NOTEBOOK = 8 << 20  # the pictures in it weigh more than the code
MAX_READ = 16 << 20  # of one submission's code and notebooks together
MAX_ARCHIVE = 64 << 20  # of an archive inside an archive, which is held in memory
MAX_SIZE = 256 << 20  # of everything in one submission; what is neither code nor notebook is never read
MAX_RATIO, RATIO_FROM = 200, 1 << 20
MAX_NESTED = 2

FILE, FOLDER = "a file", "a folder"
SYMLINK, HARD_LINK, FIFO = "a symbolic link", "a hard link", "a named pipe (FIFO)"
DEVICE, SOCKET, UNKNOWN = "a device", "a socket", "of an unknown kind"


class Refused(Exception):
    """This submission is not graded; the text is one sentence that says why."""


class Member(NamedTuple):
    """One name in a folder or an archive.

    path: as it stands there, unchecked. kind: FILE, FOLDER, or what it is instead, in words.
    size: what it says to be in bytes. packed: how many bytes it takes in the archive.
    fault: why it cannot be trusted, as the end of a sentence about it; empty where nothing is known against it.
    place: where the source finds its contents.
    """

    path: str
    kind: str = FILE
    size: int = 0
    packed: int = 0
    fault: str = ""
    place: Any = None


class Entry(NamedTuple):
    """One name at the top of a folder or an archive."""

    name: str
    kind: str


class Source(Protocol):
    """A folder on the disk, or an archive, or a folder in one. All methods raise `Refused` or `OSError`."""

    def children(self) -> list[Entry]:
        """Return what lies at the top, sorted."""

    def below(self, name: str) -> Source:
        """Return the folder of this name at the top."""

    def walk(self) -> Iterator[Member]:
        """Yield everything at any depth, in no particular order; paths are below this source."""

    def member(self, name: str) -> Member:
        """Return the file of this name at the top."""

    def read(self, member: Member, limit: int) -> bytes:
        """Return a file's contents; `Refused` where they are more than `limit` bytes or not what was announced."""

    def open(self, member: Member) -> BinaryIO:
        """Open a file that is an archive."""


class Budget:
    """Counts what one submission takes, with the archives in it."""

    def __init__(self) -> None:
        self._files = self._size = self._read = 0

    def add(self, members: list[Member]) -> None:
        """Count members; `Refused` where they are too many, too large, or a bomb."""
        self._files += len(members)
        size = sum(member.size for member in members)
        self._size += size
        if self._files > MAX_FILES:
            raise Refused(f"It holds more than {MAX_FILES:,} files.")
        if size > RATIO_FROM and size > MAX_RATIO * sum(member.packed for member in members):
            raise Refused(bomb())
        if self._size > MAX_SIZE:
            raise Refused(f"It holds more than {mebibytes(MAX_SIZE)} unpacked.")

    def read(self, size: int) -> None:
        """Count what was read; `Refused` where it is too much."""
        self._read += size
        if self._read > MAX_READ:
            raise Refused(f"It holds more than {mebibytes(MAX_READ)} of code and notebooks.")


def bomb() -> str:
    """Return the sentence about an archive that swells."""
    return f"It is an archive bomb: unpacked, it is more than {MAX_RATIO} times as large."


def mebibytes(size: int) -> str:
    """Return a limit in words."""
    return f"{size >> 20} MiB"
