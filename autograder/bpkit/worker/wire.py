"""The values that pass between checker and worker: no pickle, no numpy header, every number checked.

A frame is a header (magic, kind, nonce, length of the body) and the body, one encoded value. The decoder
is the trust boundary: the body comes from a process in which a student's code has run.
"""

from __future__ import annotations

import functools
import math
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

HEADER = struct.Struct("<4sBxxxQI")
MAGIC = b"BPK1"

# Kinds of frames. Checker to worker:
LOAD, CALL, PROBE = 1, 2, 7
# Worker to checker:
LOADED, RETURNED, RAISED, REFUSED, PROBED = 3, 4, 5, 6, 8
ANSWERS = (LOADED, RETURNED, RAISED, REFUSED, PROBED)

MAX_BODY = 32 << 20  # bytes
MAX_ANSWER_TEXT = (
    1 << 20
)  # bytes of all texts in an answer; in memory, a character may take four times as much
_COUNT, _NUMBER = struct.Struct("<I"), struct.Struct("<Q")
_INTEGER, _FLOAT = struct.Struct("<q"), struct.Struct("<d")
_MAX_DEPTH, _MAX_NODES, _MAX_NDIM, _MAX_TEXT = 8, 20_000, 32, 4 << 20
_DTYPES = {
    1: "<f8", 2: "<f4", 3: "<f2", 4: "<i8", 5: "<i4", 6: "<i2", 7: "|i1",
    8: "<u8", 9: "<u4", 10: "<u2", 11: "|u1", 12: "|b1", 13: "<c16", 14: "<c8",
}  # fmt: skip
_CODES = {name: code for code, name in _DTYPES.items()}


class WireError(Exception):
    """The bytes are no value that this format can hold."""


class _Marked:
    """One field and a meaning. Not a dataclass, whose making would be a tenth of the worker's start."""

    __slots__ = ("_field",)

    def __init__(self, field: Any) -> None:
        self._field = field

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._field == other._field

    def __hash__(self) -> int:
        return hash((type(self), self._field))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._field!r})"


class Rng(_Marked):
    """A `numpy.random.Generator`, made from this seed on the worker's side."""

    @property
    def seed(self) -> int:
        """The seed."""
        return int(self._field)


class Slot(_Marked):
    """A student's object that stays in the worker, such as a cache."""

    @property
    def number(self) -> int:
        """Its number."""
        return int(self._field)


class Opaque(_Marked):
    """Something that cannot be sent, in words: its type, and its shape where it has one."""

    @property
    def description(self) -> str:
        """The words."""
        return str(self._field)


def mark(nonce: int) -> bytes:
    """Return what ends an answer's prints, where these come another way than the answers."""
    return b"\0" + nonce.to_bytes(8, "little")


def frame(kind: int, nonce: int, body: bytes) -> bytes:
    """Put the header before an encoded body."""
    return HEADER.pack(MAGIC, kind, nonce, len(body)) + body


def header(data: bytes) -> tuple[int, int, int]:
    """Return kind, nonce and body length; `WireError` where it is no header or the body is too long."""
    magic, kind, nonce, length = HEADER.unpack(data)
    if magic != MAGIC or length > MAX_BODY:
        raise WireError("not a frame")
    return kind, nonce, length


def encode(value: Any, most_text: int = 4 * MAX_BODY) -> bytes:
    """Encode a value. What the format cannot hold becomes `Opaque`; `WireError` where it is too large."""
    writer = _Writer(most_text)
    writer.put(value, 0)
    body = b"".join(writer.parts)
    if len(body) > MAX_BODY:
        raise WireError(f"{len(body)} bytes are more than the {MAX_BODY} that can be sent")
    return body


class _Writer:
    """Collects a body's parts; `left` is how many more values it may hold, `text` how many more bytes of text."""

    def __init__(self, most_text: int) -> None:
        self.parts: list[bytes] = []
        self.left, self.text = _MAX_NODES, most_text

    def put(self, value: Any, depth: int) -> None:
        if isinstance(value, (tuple, list, dict)):
            if depth > _MAX_DEPTH or len(value) > self.left:
                self.parts.append(_text(b"O", "something nested too deeply or with too many parts"))
                return
            self.left -= len(value)
            if not isinstance(value, dict):
                self.parts.append((b"L" if isinstance(value, list) else b"T") + _COUNT.pack(len(value)))
                for item in value:
                    self.put(item, depth + 1)
                return
            if all(isinstance(key, str) for key in value):
                self.parts.append(b"D" + _COUNT.pack(len(value)))
                for key, item in value.items():
                    self.parts.append(_text(b"", key))
                    self.put(item, depth + 1)
                return
        if isinstance(value, str):
            self.text -= 4 * len(value)
            value = value if self.text >= 0 else Opaque("a str that is too long to send")
        self.parts.append(_leaf(value))


def _leaf(value: Any) -> bytes:
    import numpy as np  # noqa: PLC0415 - the checker starts the worker before it imports numpy

    # The most frequent first.
    if isinstance(value, (np.ndarray, np.number)):  # first: np.float64 is a float as well
        return _array(np.asarray(value))
    if isinstance(value, str):
        return _text(b"S", value)
    if value is None:
        return b"N"
    if isinstance(value, (bool, np.bool)):
        return b"B\x01" if value else b"B\x00"
    if isinstance(value, float):
        return b"F" + _FLOAT.pack(value)
    if isinstance(value, int):
        fits = -(1 << 63) <= value < 1 << 63
        return b"I" + _INTEGER.pack(value) if fits else _text(b"O", "a huge int")
    if isinstance(value, Slot):
        return b"C" + _NUMBER.pack(value.number)
    if isinstance(value, Rng):
        return b"R" + _NUMBER.pack(value.seed)
    return _text(
        b"O", value.description if isinstance(value, Opaque) else f"an object of type {type(value).__name__}"
    )


def _text(tag: bytes, text: str) -> bytes:
    data = text.encode("utf-8", "backslashreplace")[:_MAX_TEXT]
    return tag + _COUNT.pack(len(data)) + data


def _array(value: np.ndarray[Any, Any]) -> bytes:
    name = value.dtype.str.replace(">", "<")
    fits = value.ndim <= _MAX_NDIM and _extent(value.shape) * value.itemsize <= MAX_BODY
    if name not in _CODES or not fits:
        why = "too large to send, " if name in _CODES else ""
        return _text(b"O", f"an array of dtype {value.dtype}, {why}shape {value.shape}")
    head = _sizes(value.ndim).pack(*value.shape)
    return bytes((65, _CODES[name], value.ndim)) + head + value.astype(name, copy=False).tobytes()


@functools.cache
def _sizes(ndim: int) -> struct.Struct:
    return struct.Struct(f"<{ndim}Q")


@functools.cache
def _dtype(code: int) -> np.dtype[Any]:
    import numpy as np  # noqa: PLC0415

    return np.dtype(_DTYPES[code])


def _extent(shape: tuple[int, ...]) -> int:
    # An empty array may still claim sizes that numpy cannot hold: (0, 2**63).
    return math.prod([max(size, 1) for size in shape])


def decode(body: bytes | bytearray, most_text: int = MAX_BODY) -> Any:
    """Decode a value; `WireError` for anything else. Every number is checked before it is used."""
    reader = _Reader(body, most_text)
    try:
        value = reader.value(0)
    except (IndexError, struct.error):
        raise WireError("cut short") from None
    if reader.at != len(body):
        raise WireError("bytes left over")
    return value


class _Reader:
    """A cursor over bytes that are not to be believed. Reading past their end is an IndexError or a `struct.error`."""

    def __init__(self, body: bytes | bytearray, most_text: int) -> None:
        self.body, self.at, self.nodes, self.left_text = body, 0, 0, most_text

    def past(self, count: int) -> int:
        """Move on by so many bytes; return where they begin."""
        start = self.at
        self.at = start + count
        if self.at > len(self.body):
            raise WireError("cut short")
        return start

    def number(self, form: struct.Struct) -> Any:
        start = self.at
        self.at = start + form.size
        return form.unpack_from(self.body, start)[0]

    def text(self) -> str:
        length = self.number(_COUNT)
        self.left_text -= length
        if length > _MAX_TEXT or self.left_text < 0:
            raise WireError("text too long")
        start = self.past(length)
        return self.body[start : self.at].decode("utf-8", "replace")

    def count(self) -> int:
        count: int = self.number(_COUNT)
        if count > len(self.body) - self.at:  # every item takes at least a byte
            raise WireError("cut short")
        return count

    def value(self, depth: int) -> Any:
        self.nodes += 1
        if depth > _MAX_DEPTH + 1 or self.nodes > _MAX_NODES + 1:
            raise WireError("too many values")
        tag = self.body[self.at]
        self.at += 1
        # The most frequent first.
        if tag == 65:  # A
            return self.array()
        if tag == 83:  # S
            return self.text()
        if tag == 84:  # T
            return tuple([self.value(depth + 1) for _ in range(self.count())])
        if tag == 76:  # L
            return [self.value(depth + 1) for _ in range(self.count())]
        if tag == 68:  # D
            return {self.text(): self.value(depth + 1) for _ in range(self.count())}
        if tag == 78:  # N
            return None
        if tag == 66:  # B
            return self.body[self.past(1)] != 0
        if tag == 70:  # F
            return self.number(_FLOAT)
        if tag == 73:  # I
            return self.number(_INTEGER)
        if tag == 67:  # C
            return Slot(self.number(_NUMBER))
        if tag == 82:  # R
            return Rng(self.number(_NUMBER))
        if tag == 79:  # O
            return Opaque(self.text())
        raise WireError("unknown kind of value")

    def array(self) -> np.ndarray[Any, Any]:
        import numpy as np  # noqa: PLC0415

        head = self.past(2)
        code, ndim = self.body[head], self.body[head + 1]
        if code not in _DTYPES or ndim > _MAX_NDIM:
            raise WireError("bad array")
        shape = _sizes(ndim).unpack_from(self.body, self.past(8 * ndim))
        dtype = _dtype(code)
        if _extent(shape) * dtype.itemsize > MAX_BODY:
            raise WireError("bad shape")
        count = math.prod(shape)
        start = self.past(count * dtype.itemsize)
        if dtype.kind == "b" and max(self.body[start : self.at], default=0) > 1:
            raise WireError("bad flag")
        return np.frombuffer(self.body, dtype, count, start).reshape(shape).copy()
