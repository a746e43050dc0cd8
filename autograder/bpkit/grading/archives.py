"""Archives as sources of submissions: what kind one is, and the folders in it. Nothing is unpacked to the disk."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from bpkit.grading import tars, zips
from bpkit.grading.members import (
    FILE,
    FOLDER,
    MAX_ARCHIVE,
    MAX_ENTRIES,
    MAX_SIZE,
    Entry,
    Member,
    Refused,
)
from bpkit.grading.names import fault, parts

_READ = (".zip", ".tar", ".tar.gz", ".tgz")
_NOT_READ = (".rar", ".7z", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst")
_MAX_CLASS_ENTRIES, _MAX_CLASS_SIZE = 500_000, 64 << 30
_ONLY = "only .zip, .tar, .tar.gz and .tgz are"


def is_archive(name: str) -> bool:
    """Tell by its name whether a file is an archive, of a kind that is read or not."""
    return name.lower().endswith((*_READ, *_NOT_READ))


def stem(name: str) -> str:
    """Return a file's name without what says that it is an archive."""
    suffixes = [suffix for suffix in (*_READ, *_NOT_READ) if name.lower().endswith(suffix)]
    return name[: -len(max(suffixes, key=len))] if suffixes else name


class _Reader(NamedTuple):
    """How one archive is read: contents of a member, and what is wrong with it."""

    read: Callable[[Member, int], bytes]
    fault: Callable[[Member], str]


class Packed:
    """An archive, or a folder in one."""

    def __init__(self, reader: _Reader, members: Sequence[tuple[tuple[str, ...], Member]]) -> None:
        self._reader, self._members = reader, members
        self._tops: dict[str, list[tuple[tuple[str, ...], Member]]] | None = None

    def children(self) -> list[Entry]:
        """Return what lies at the top, sorted."""
        return sorted(Entry(name, _kind(members)) for name, members in self._grouped().items())

    def below(self, name: str) -> Packed:
        """Return the folder of this name at the top."""
        inside = [(path[1:], member) for path, member in self._grouped()[name]]
        return Packed(self._reader, [(path, member) for path, member in inside if path])

    def walk(self) -> Iterator[Member]:
        """Yield everything at any depth, with what is wrong with it."""
        for path, member in self._members:
            # An odd path stays as it is, for those who refuse it by its name.
            told = member.path if fault(member.path) else "/".join(path)
            wrong = member.fault or (self._reader.fault(member) if member.kind == FILE else "")
            yield member._replace(path=told, fault=wrong)

    def member(self, name: str) -> Member:
        """Return the file of this name at the top; the odd one where there are several."""
        members = [member for path, member in self._grouped()[name] if len(path) == 1]
        if len(members) > 1:
            return members[0]._replace(fault="is there twice")
        return members[0]._replace(fault=members[0].fault or self._reader.fault(members[0]))

    def read(self, member: Member, limit: int) -> bytes:
        """Return a file's contents."""
        return self._reader.read(member, limit)

    def open(self, member: Member) -> BinaryIO:
        """Open a file that is an archive, in memory."""
        return io.BytesIO(self._reader.read(member, MAX_ARCHIVE))

    def _grouped(self) -> dict[str, list[tuple[tuple[str, ...], Member]]]:
        if self._tops is None:
            self._tops = {}
            for path, member in self._members:
                self._tops.setdefault(path[0], []).append((path, member))
        return self._tops


def open_one(file: BinaryIO) -> Packed:
    """Return one student's archive as a source; `Refused` where it is none, is damaged, or is a bomb."""
    return _open(file, MAX_ENTRIES, MAX_SIZE, careful=True)


def open_class(file: BinaryIO) -> Packed:
    """Return an archive of submissions as a source: it may be large, and a bomb in it is its student's matter."""
    return _open(file, _MAX_CLASS_ENTRIES, _MAX_CLASS_SIZE, careful=False)


def _open(file: BinaryIO, most: int, size: int, *, careful: bool) -> Packed:
    file.seek(0)
    start = file.read(512)
    if start.startswith(b"PK"):
        members = zips.members(file, most)
        reader = _Reader(
            lambda member, limit: zips.contents(file, member, limit),
            lambda member: zips.check(file, member),
        )
        return Packed(reader, _placed(members))
    length = None
    if start.startswith(b"\x1f\x8b"):
        stream: tars.Stream = tars.Inflated(file, size, careful=careful)
        if not tars.is_header(stream.read(512)):
            raise Refused(f"It is a compressed file, but no archive that is read; {_ONLY}.")
    elif tars.is_header(start):
        stream, length = file, file.seek(0, os.SEEK_END)
    else:
        raise Refused(_no_archive(start))
    members = []
    for member in tars.members(stream, most, length):
        members.append(member)
        if len(members) > most:
            raise Refused(f"It holds more than {most:,} files.")
    if length is None:
        stream.seek(size + 1)  # the checksum is at the end
    return Packed(
        _Reader(lambda member, limit: tars.contents(stream, member, limit), lambda _: ""), _placed(members)
    )


def _no_archive(start: bytes) -> str:
    if not start:
        return "It is empty."
    kinds = {
        b"Rar!": "RAR",
        b"7z\xbc\xaf": "7z",
        b"BZh": "bzip2",
        b"\xfd7zXZ": "xz",
        b"\x28\xb5\x2f\xfd": "Zstandard",
    }
    for magic, kind in kinds.items():
        if start.startswith(magic):
            return f"It is a {kind} archive, which is not read; {_ONLY}."
    if start.lstrip()[:1] == b"<":
        return "It is no archive but a web page, such as a platform's error message."
    return "It is no archive."


def _placed(members: Sequence[Member]) -> list[tuple[tuple[str, ...], Member]]:
    """Return members with the names in their paths; one without a name gets a place where it is found odd."""
    return [
        (tuple(parts(member.path)) or ("",), member)
        for member in members
        if member.path.strip("./") or member.kind != FOLDER
    ]


def _kind(members: Sequence[tuple[tuple[str, ...], Member]]) -> str:
    own = [member.kind for path, member in members if len(path) == 1]
    below = len(own) < len(members)
    odd = [kind for kind in own if kind not in {FILE, FOLDER}]
    if odd:
        return odd[0]
    if FILE in own:
        return "a file and a folder" if below or FOLDER in own else FILE
    return FOLDER
