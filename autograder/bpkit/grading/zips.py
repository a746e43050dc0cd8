"""Reads zip archives that may lie. `zipfile` believes the directory at the end; here everything is compared.

Nothing is decompressed beyond the size that was announced, and the directory is read entry by entry.
"""

from __future__ import annotations

import itertools
import os
import stat
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from bpkit.grading.members import (
    DEVICE,
    FIFO,
    FILE,
    FOLDER,
    MAX_ENTRIES,
    SOCKET,
    SYMLINK,
    UNKNOWN,
    Member,
    Refused,
    mebibytes,
)

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_EXTRA = struct.Struct("<2H")
_MAX_COMMENT = 0xFFFF
_SHORT, _LONG = 0xFFFF, 0xFFFFFFFF  # stand for numbers that a zip64 field holds
_ENCRYPTED, _STREAMED, _UTF8 = 1, 8, 0x800
_STORED, _DEFLATED = 0, 8
_MAX_ENTRY = 512  # bytes in the directory, on average
_PIECE = 1 << 16
_KINDS = {
    0: FILE, stat.S_IFREG: FILE, stat.S_IFDIR: FOLDER, stat.S_IFLNK: SYMLINK, stat.S_IFIFO: FIFO,
    stat.S_IFSOCK: SOCKET, stat.S_IFBLK: DEVICE, stat.S_IFCHR: DEVICE,
}  # fmt: skip
_DAMAGED = "It is a damaged zip archive: its directory cannot be read."
_LIES = "says one thing in the archive's directory and another where it lies"


class _Place(NamedTuple):
    offset: int
    end: int  # of all members: where the directory begins
    raw_name: bytes
    flags: int
    method: int
    crc: int


class _Directory(NamedTuple):
    offset: int
    size: int
    entries: int


def members(file: BinaryIO, most: int = MAX_ENTRIES) -> list[Member]:
    """Return what a zip's directory lists; `Refused` where it cannot be read or is longer than `most`."""
    directory = _find(file)
    if directory.entries > most or directory.size > most * _MAX_ENTRY:
        raise Refused(f"It holds more than {most:,} files.")
    found = list(_entries(file, directory))
    order = sorted(range(len(found)), key=lambda index: found[index].place.offset)
    for first, second in itertools.pairwise(order):
        if _least_end(found[first]) > found[second].place.offset:
            for index in (first, second):
                found[index] = found[index]._replace(
                    fault="shares its place in the archive with another file"
                )
    return found


def check(file: BinaryIO, member: Member) -> str:
    """Return how a member's own header contradicts the directory; empty where it does not."""
    place: _Place = member.place
    if place.offset >= place.end:
        return _LIES
    file.seek(place.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        return _LIES
    magic, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    if (magic, flags & _ENCRYPTED, method) != (b"PK\3\4", place.flags & _ENCRYPTED, place.method):
        return _LIES
    if file.read(name_length) != place.raw_name:
        return _LIES
    size, packed = _wide(file.read(extra_length), [size, packed])
    told = (crc, packed, size)
    known = (place.crc, member.packed, member.size)
    # A zip that was written to a stream has these numbers behind the data.
    streamed = flags & _STREAMED and all(
        mine in (0, theirs) for mine, theirs in zip(told, known, strict=True)
    )
    if told != known and not streamed:
        return _LIES
    return _LIES if file.tell() + member.packed > place.end else ""


def contents(file: BinaryIO, member: Member, limit: int) -> bytes:
    """Return a member's contents; `Refused` where they are not what was announced, or more than `limit` bytes."""
    place: _Place = member.place
    if member.size > limit:
        raise Refused(f"It is larger than {mebibytes(limit)}.")
    if place.method not in {_STORED, _DEFLATED}:
        raise Refused("It is compressed by a method that is not read; only plain zip archives are.")
    file.seek(place.offset + _LOCAL.size - 4)
    name_length, extra_length = _EXTRA.unpack(file.read(_EXTRA.size))
    file.seek(name_length + extra_length, os.SEEK_CUR)
    stored = place.method == _STORED
    found = file.read(min(member.packed, member.size + 1)) if stored else _inflate(file, member)
    if len(found) != member.size or (stored and member.packed != member.size):
        raise Refused("It is not as large as the archive says.")
    if zlib.crc32(found) != place.crc:
        raise Refused("It is damaged: its checksum is wrong.")
    return found


def _inflate(file: BinaryIO, member: Member) -> bytes:
    found, left, unread = bytearray(), member.packed, b""
    decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not decompressor.eof and len(found) <= member.size:
            if not unread:
                unread = file.read(min(left, _PIECE))
                left -= len(unread)
                if not unread:
                    break
            found += decompressor.decompress(unread, member.size + 1 - len(found))
            unread = decompressor.unconsumed_tail
    except zlib.error as error:
        raise Refused("It is damaged: it cannot be decompressed.") from error
    if not decompressor.eof and len(found) <= member.size:
        raise Refused("It is damaged: it ends too early.")
    return bytes(found)


def _find(file: BinaryIO) -> _Directory:
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _END.size - _MAX_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    # The signature may stand in the comment too, but only one place fits the end of the file.
    while at >= 0 and (len(tail) - at < _END.size or at + _END.size + _comment(tail, at) != len(tail)):
        at = tail.rfind(b"PK\5\6", 0, at)
    if at < 0:
        raise Refused("It is a damaged zip archive: its end is missing.")
    _, disk, first, here, count, size, offset, _ = _END.unpack_from(tail, at)
    end = length - len(tail) + at
    if _SHORT in (here, count) or _LONG in (size, offset):
        file.seek(max(0, end - _LOCATOR.size))
        locator = file.read(_LOCATOR.size)
        if locator[:4] == b"PK\6\7":
            end = _LOCATOR.unpack(locator)[2]
            file.seek(min(end, length))
            record = file.read(_END64.size)
            if len(record) < _END64.size or record[:4] != b"PK\6\6":
                raise Refused(_DAMAGED)
            _, _, _, _, disk, first, here, count, size, offset = _END64.unpack(record)
    if (disk, first) != (0, 0) or here != count or offset + size != end:
        raise Refused(_DAMAGED)
    return _Directory(offset, size, count)


def _comment(tail: bytes, at: int) -> int:
    comment: int = _END.unpack_from(tail, at)[-1]
    return comment


def _entries(file: BinaryIO, directory: _Directory) -> Iterator[Member]:
    file.seek(directory.offset)
    left = directory.size
    for _ in range(directory.entries):
        header = file.read(_CENTRAL.size)
        if len(header) < _CENTRAL.size or header[:4] != b"PK\1\2":
            raise Refused(_DAMAGED)
        fields = _CENTRAL.unpack(header)
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_length, extra_length, comment_length = fields[10:13]
        left -= _CENTRAL.size + name_length + extra_length + comment_length
        if left < 0:
            raise Refused(_DAMAGED)
        raw_name, extra = file.read(name_length), file.read(extra_length)
        file.seek(comment_length, os.SEEK_CUR)
        size, packed, offset = _wide(extra, [size, packed, fields[16]])
        place = _Place(offset, directory.offset, raw_name, flags, method, crc)
        name = _decoded(raw_name, flags)
        kind = FOLDER if name.endswith("/") else _KINDS.get(stat.S_IFMT(fields[15] >> 16), UNKNOWN)
        fault = "is encrypted" if flags & _ENCRYPTED else ""
        yield Member(name, kind, size, packed, fault, place)
    if left:
        raise Refused(_DAMAGED)


def _wide(extra: bytes, numbers: list[int]) -> list[int]:
    """Return numbers with those that are too large for the header from the zip64 field."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == 1:
            field = extra[at : at + length]
            wide = list(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            return [wide.pop(0) if number == _LONG and wide else number for number in numbers]
        at += length
    return numbers


def _least_end(member: Member) -> int:
    end: int = member.place.offset + _LOCAL.size + len(member.place.raw_name) + member.packed
    return end


def _decoded(raw: bytes, flags: int) -> str:
    # macOS writes UTF-8 without saying so; cp437 is what the format means where nothing is said.
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & _UTF8 else raw.decode("cp437")
