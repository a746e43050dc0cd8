"""The values that pass between checker and worker: no pickle, no numpy header, every number checked.

A frame is a header (magic, kind, nonce, length of the body) and the body, one encoded value. The decoder
is the trust boundary: the body comes from a process in which a student's code has run.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

HEADER = struct.Struct("<4sBxxxQI")
MAGIC = b"BPK1"

# Kinds of frames. Checker to worker:
LOAD, CALL = 1, 2
# Worker to checker:
LOADED, RETURNED, RAISED, REFUSED = 3, 4, 5, 6

MAX_BODY = 32 << 20  # bytes
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


def frame(kind: int, nonce: int, body: bytes) -> bytes:
    """Put the header before an encoded body."""
    return HEADER.pack(MAGIC, kind, nonce, len(body)) + body


def header(data: bytes) -> tuple[int, int, int]:
    """Return kind, nonce and body length; `WireError` where it is no header or the body is too long."""
    magic, kind, nonce, length = HEADER.unpack(data)
    if magic != MAGIC or length > MAX_BODY:
        raise WireError("not a frame")
    return kind, nonce, length


def encode(value: Any) -> bytes:
    """Encode a value. What the format cannot hold becomes `Opaque`; `WireError` where it is too large."""
    writer = _Writer()
    writer.put(value, 0)
    body = b"".join(writer.parts)
    if len(body) > MAX_BODY:
        raise WireError(f"{len(body)} bytes are more than the {MAX_BODY} that can be sent")
    return body


class _Writer:
    """Collects a body's parts; `left` is how many more values it may hold."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.left = _MAX_NODES

    def put(self, value: Any, depth: int) -> None:
        import numpy as np  # noqa: PLC0415 - the checker starts the worker before it imports numpy

        out = self.parts
        if depth > _MAX_DEPTH or (isinstance(value, (list, tuple, dict)) and len(value) > self.left):
            out.append(_text(b"O", "something nested too deeply or with too many parts"))
        elif value is None:
            out.append(b"N")
        elif isinstance(value, (bool, np.bool_)):
            out.append(b"B\x01" if value else b"B\x00")
        elif isinstance(value, int):
            fits = -(1 << 63) <= value < 1 << 63
            out.append(b"I" + struct.pack("<q", value) if fits else _text(b"O", "a huge int"))
        elif isinstance(value, float) and not isinstance(value, np.generic):
            out.append(b"F" + struct.pack("<d", value))
        elif isinstance(value, str):
            out.append(_text(b"S", value))
        elif isinstance(value, (np.ndarray, np.generic)):
            out.append(_array(np.asarray(value)))
        elif isinstance(value, (list, tuple)):
            self.left -= len(value)
            out.append((b"L" if isinstance(value, list) else b"T") + struct.pack("<I", len(value)))
            for item in value:
                self.put(item, depth + 1)
        elif isinstance(value, dict) and all(isinstance(key, str) for key in value):
            self.left -= len(value)
            out.append(b"D" + struct.pack("<I", len(value)))
            for key, item in value.items():
                out.append(_text(b"", key))
                self.put(item, depth + 1)
        elif isinstance(value, (Rng, Slot)):
            number = value.seed if isinstance(value, Rng) else value.number
            out.append((b"R" if isinstance(value, Rng) else b"C") + struct.pack("<Q", number))
        elif isinstance(value, Opaque):
            out.append(_text(b"O", value.description))
        else:
            out.append(_text(b"O", f"an object of type {type(value).__name__}"))


def _text(tag: bytes, text: str) -> bytes:
    data = text.encode("utf-8", "backslashreplace")[:_MAX_TEXT]
    return tag + struct.pack("<I", len(data)) + data


def _array(value: np.ndarray[Any, Any]) -> bytes:
    import numpy as np  # noqa: PLC0415

    name = value.dtype.newbyteorder("<").str if value.dtype.byteorder == ">" else value.dtype.str
    fits = value.ndim <= _MAX_NDIM and _extent(value.shape) * value.itemsize <= MAX_BODY
    if name not in _CODES or not fits:
        why = "too large to send, " if name in _CODES else ""
        return _text(b"O", f"an array of dtype {value.dtype}, {why}shape {value.shape}")
    head = struct.pack(f"<BB{value.ndim}Q", _CODES[name], value.ndim, *value.shape)
    return b"A" + head + np.ascontiguousarray(value, dtype=name).tobytes()


def _extent(shape: tuple[int, ...]) -> int:
    # An empty array may still claim sizes that numpy cannot hold: (0, 2**63).
    return math.prod(max(size, 1) for size in shape)


def decode(body: bytes) -> Any:
    """Decode a value; `WireError` for anything else. Every number is checked before it is used."""
    reader = _Reader(body)
    value = reader.value(0)
    if reader.at != len(body):
        raise WireError("bytes left over")
    return value


class _Reader:
    """A cursor over bytes that are not to be believed."""

    def __init__(self, body: bytes) -> None:
        self.body, self.at, self.nodes = memoryview(body), 0, 0

    def take(self, count: int) -> memoryview:
        if count > len(self.body) - self.at:
            raise WireError("cut short")
        self.at += count
        return self.body[self.at - count : self.at]

    def number(self, form: str) -> Any:
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def text(self) -> str:
        length = self.number("<I")
        if length > _MAX_TEXT:
            raise WireError("text too long")
        return bytes(self.take(length)).decode("utf-8", "replace")

    def value(self, depth: int) -> Any:
        self.nodes += 1
        if depth > _MAX_DEPTH + 1 or self.nodes > _MAX_NODES + 1:
            raise WireError("too many values")
        tag = bytes(self.take(1))
        match tag:
            case b"N":
                return None
            case b"B":
                return self.number("<B") != 0
            case b"I":
                return self.number("<q")
            case b"F":
                return self.number("<d")
            case b"S":
                return self.text()
            case b"O":
                return Opaque(self.text())
            case b"R":
                return Rng(self.number("<Q"))
            case b"C":
                return Slot(self.number("<Q"))
            case b"A":
                return self.array()
            case b"L" | b"T":
                count = self.number("<I")
                if count > len(self.body) - self.at:  # every item takes at least a byte
                    raise WireError("cut short")
                items = [self.value(depth + 1) for _ in range(count)]
                return items if tag == b"L" else tuple(items)
            case b"D":
                count = self.number("<I")
                if count > len(self.body) - self.at:
                    raise WireError("cut short")
                return {self.text(): self.value(depth + 1) for _ in range(count)}
        raise WireError("unknown kind of value")

    def array(self) -> np.ndarray[Any, Any]:
        import numpy as np  # noqa: PLC0415

        code, ndim = self.number("<B"), self.number("<B")
        if code not in _DTYPES or ndim > _MAX_NDIM:
            raise WireError("bad array")
        shape = struct.unpack(f"<{ndim}Q", self.take(8 * ndim))
        dtype = np.dtype(_DTYPES[code])
        if _extent(shape) * dtype.itemsize > MAX_BODY:
            raise WireError("bad shape")
        data = self.take(math.prod(shape) * dtype.itemsize)
        if dtype.kind == "b" and max(data, default=0) > 1:
            raise WireError("bad flag")
        return np.frombuffer(data, dtype).reshape(shape).copy()
