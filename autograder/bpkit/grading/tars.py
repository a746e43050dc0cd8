"""Reads tar archives, also compressed ones, in any order and with little memory.

`tarfile` reads extended headers whole, however large they say they are; here everything has a limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol

from bpkit.grading.members import (
    DEVICE,
    FIFO,
    FILE,
    FOLDER,
    HARD_LINK,
    MAX_ENTRIES,
    MAX_RATIO,
    RATIO_FROM,
    SYMLINK,
    UNKNOWN,
    Member,
    Refused,
    bomb,
    mebibytes,
)

_BLOCK, _PIECE = 512, 1 << 16
_MAX_HEADER = 1 << 16  # of an extended header, which holds a name
_MAX_MARKS = 64
_MAX_PATH = 2000
_DAMAGED = "It is a damaged tar archive: {}."
_KINDS = {
    b"0": FILE, b"\0": FILE, b"7": FILE, b"1": HARD_LINK, b"2": SYMLINK, b"3": DEVICE, b"4": DEVICE,
    b"5": FOLDER, b"6": FIFO, b"S": "a sparse file",
}  # fmt: skip


class Stream(Protocol):
    """What a tar is read from."""

    def seek(self, position: int, /) -> int:
        """Go to a place counted from the start."""

    def read(self, count: int, /) -> bytes:
        """Return as many bytes, or fewer at the end."""


class _Mark(NamedTuple):
    """A place from which decompression can go on."""

    position: int
    file_position: int
    state: zlib._Decompress


class Inflated:
    """A compressed file, read as if it were not. Going back starts at the nearest of some marks.

    most: how large it may be in all. careful: refuse it where it swells as only a bomb does.
    """

    def __init__(self, file: BinaryIO, most: int, *, careful: bool) -> None:
        self._file, self._most, self._careful = file, most, careful
        self._distance = 8 << 20
        self._marks = [_Mark(0, 0, _gunzip())]
        self._go_on_from(self._marks[0])

    def seek(self, position: int, /) -> int:
        """Go to a place counted from the start."""
        mark = max(
            (mark for mark in self._marks if mark.position <= position), key=lambda mark: mark.position
        )
        if not self._position <= position or mark.position > self._position:
            self._go_on_from(mark)
        while self._position < position and self._piece(min(_PIECE, position - self._position)):
            pass
        return self._position

    def read(self, count: int, /) -> bytes:
        """Return as many bytes, or fewer at the end."""
        found = bytearray()
        while len(found) < count and (piece := self._piece(count - len(found))):
            found += piece
        return bytes(found)

    def _go_on_from(self, mark: _Mark) -> None:
        self._file.seek(mark.file_position)
        self._position, self._fed = mark.position, mark.file_position
        self._state, self._unread, self._ended = mark.state.copy(), b"", False

    def _piece(self, count: int) -> bytes:
        """Decompress up to `count` bytes; none at the end."""
        piece = b""
        while not piece and not self._ended:
            if self._state.eof:
                self._next_stream()
                continue
            if not self._unread:
                self._unread = self._file.read(_PIECE)
                self._fed += len(self._unread)
                if not self._unread:
                    raise Refused(_DAMAGED.format("it ends too early"))
            try:
                piece = self._state.decompress(self._unread, count)
            except zlib.error as error:
                raise Refused(_DAMAGED.format("it cannot be decompressed")) from error
            self._unread = self._state.unconsumed_tail
        self._position += len(piece)
        self._guard()
        return piece

    def _next_stream(self) -> None:
        """Go on with the next of several compressed streams; what else follows is padding."""
        rest = self._state.unused_data
        rest += self._file.read(2 - len(rest)) if len(rest) < 2 else b""
        self._fed = self._file.tell()
        self._ended = not rest.startswith(b"\x1f\x8b")
        self._unread = rest
        if not self._ended:
            self._state = _gunzip()

    def _guard(self) -> None:
        if self._position > self._most:
            raise Refused(f"It holds more than {mebibytes(self._most)} unpacked.")
        if self._careful and self._position > max(RATIO_FROM, MAX_RATIO * self._fed):
            raise Refused(bomb())
        if self._position >= self._marks[-1].position + self._distance and not self._state.eof:
            fed = self._fed - len(self._unread)
            self._marks.append(_Mark(self._position, fed, self._state.copy()))
            if len(self._marks) > _MAX_MARKS:
                del self._marks[1::2]
                self._distance *= 2


class _Extended(NamedTuple):
    """What extended headers say about the member that follows."""

    path: str | None = None
    size: int | None = None
    sparse: bool = False


def members(stream: Stream, most: int = MAX_ENTRIES, length: int | None = None) -> Iterator[Member]:
    """Yield what a tar holds; `Refused` where it cannot be read or has more than `most` members.

    length: of the stream, where it is known.
    """
    position, count, extended = 0, 0, _Extended()
    while True:
        stream.seek(position)
        header = stream.read(_BLOCK)
        if not header.strip(b"\0"):
            if header or position:  # some tools leave the blocks of zeros out that mark the end
                return
            raise Refused("It is empty.")
        if len(header) < _BLOCK or not _sum_is_right(header):
            raise Refused(_DAMAGED.format("a header cannot be read"))
        kind = header[156:157]
        size = _number(header[124:136])
        position += _BLOCK
        count += 1
        if count > 2 * most:  # each may have an extended header
            raise Refused(f"It holds more than {most:,} files.")
        if kind in b"xL":
            extended = _extend(extended, kind, _header(stream, position, size))
        elif kind not in b"gK":  # about all members, such as a comment, and where a link leads
            size = size if extended.size is None else extended.size
            yield _member(header, kind, position, size, extended)
            extended = _Extended()
            # Links, devices and folders have no contents, whatever size they give.
            size = 0 if kind in b"123456" else size
        if length is not None and position + size > length:
            raise Refused(_DAMAGED.format("it ends too early"))
        position += -(-size // _BLOCK) * _BLOCK
        if size and length is None:
            stream.seek(position - 1)
            if not stream.read(1) and not _ends_at(stream, position, size):
                raise Refused(_DAMAGED.format("it ends too early"))


def contents(stream: Stream, member: Member, limit: int) -> bytes:
    """Return a member's contents; `Refused` where they are more than `limit` bytes."""
    if member.size > limit:
        raise Refused(f"It is larger than {mebibytes(limit)}.")
    stream.seek(member.place)
    found = stream.read(member.size)
    if len(found) < member.size:
        raise Refused("It is damaged: it ends too early.")
    return found


def is_header(block: bytes) -> bool:
    """Tell whether these bytes begin a tar archive."""
    return len(block) == _BLOCK and any(block) and _sum_is_right(block)


def _ends_at(stream: Stream, position: int, size: int) -> bool:
    """Tell whether the last member is whole though it is not padded."""
    last = position - -(-size // _BLOCK) * _BLOCK + size
    stream.seek(last - 1)
    return bool(stream.read(1))


def _member(header: bytes, kind: bytes, position: int, size: int, extended: _Extended) -> Member:
    path = extended.path
    if path is None:
        path = _text(header[:100])
        if header[257:263] == b"ustar\0" and header[345]:
            path = f"{_text(header[345:500])}/{path}"
    told = FOLDER if kind in b"\x000" and path.endswith("/") else _KINDS.get(kind, UNKNOWN)
    fault = "is a sparse file, which is not read" if extended.sparse else ""
    # Too long it is all the same, and a hundred thousand of them would fill the memory.
    return Member(path[:_MAX_PATH], told, size, size, fault, position)


def _header(stream: Stream, position: int, size: int) -> bytes:
    if size > _MAX_HEADER:
        raise Refused(_DAMAGED.format("a name in it is longer than any name"))
    stream.seek(position)
    return stream.read(size)


def _extend(extended: _Extended, kind: bytes, contents: bytes) -> _Extended:
    if kind == b"L":
        return extended._replace(path=_text(contents))
    while contents.strip(b"\0"):
        digits, _, rest = contents.partition(b" ")
        length = int(digits) if digits.isdigit() and len(digits) < 8 else 0
        record, contents = contents[len(digits) + 1 : length], contents[length:]
        key, equals, value = record.removesuffix(b"\n").partition(b"=")
        if not equals or not rest:
            raise Refused(_DAMAGED.format("an extended header cannot be read"))
        if key == b"path":
            extended = extended._replace(path=value.decode("utf-8", "surrogateescape"))
        elif key == b"size" and value.isdigit() and len(value) < 20:
            extended = extended._replace(size=int(value))
        elif key.startswith(b"GNU.sparse"):
            extended = extended._replace(sparse=True)
    return extended


def _number(field: bytes) -> int:
    if field[0] == 0x80:  # a number that is too large for octal digits
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0")[0].strip()
    if digits.strip(b"01234567"):
        raise Refused(_DAMAGED.format("a size in it is no number"))
    return int(digits or b"0", 8)


def _sum_is_right(header: bytes) -> bool:
    try:
        told = int(header[148:156].replace(b"\0", b" ").strip(), 8)
    except ValueError:
        return False
    return told == sum(header[:148]) + 8 * ord(" ") + sum(header[156:])


def _text(field: bytes) -> str:
    return field.split(b"\0")[0].decode("utf-8", "surrogateescape")


def _gunzip() -> zlib._Decompress:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)
