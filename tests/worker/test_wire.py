"""The wire: every kind of value comes back as it went in, and no bytes can make the decoder misbehave."""

import math
import os
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpkit.worker import wire
from bpkit.worker.wire import Opaque, Rng, Slot, WireError, decode, encode

# The long form is `make fuzz`: a million damaged frames.
FUZZ = settings(
    max_examples=int(os.environ.get("BPKIT_FUZZ_EXAMPLES", "300")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
DTYPES = ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?", "c16", "c8")
SHAPES = ((), (0,), (1,), (0, 3), (3, 0, 2), (5, 3), (2, 3, 5))


def same(one, other):
    """Tell whether two values are equal in type, dtype, shape and every bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other


def zeros_and_ones(shape, dtype, seed):
    """Return an array that every dtype can hold."""
    return np.asarray(np.random.default_rng(seed).integers(0, 2, shape)).astype(dtype)


@pytest.mark.parametrize(
    "value",
    [
        None, True, False, 0, -1, 2**63 - 1, -(2**63), 0.0, -0.0, 1e-320, math.inf, -math.nan, "", "λ ∂",
        [], (), {}, [None, (1, [2.5, "x"])], {"a": 1, "": [True], "b": {"c": (Slot(3),)}},
        Opaque("a generator"), Rng(2**64 - 1), Slot(0),
    ],
    ids=repr,
)  # fmt: skip
def test_plain_values_come_back(value):
    """Values without arrays come back in their own type, to the last bit."""
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("dtype", DTYPES)
def test_arrays_come_back(dtype, shape):
    """Every dtype that can be sent comes back bit for bit, in every shape."""
    value = zeros_and_ones(shape, dtype, 3)
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize(
    "view",
    [
        np.asfortranarray, np.transpose, lambda x: x[::-1], lambda x: x[:, ::2],
        lambda x: np.broadcast_to(x[0], x.shape),
        lambda x: np.lib.stride_tricks.sliding_window_view(x, (2, 2)),
    ],
    ids=["fortran", "transposed", "reversed", "strided", "broadcast", "windows"],
)  # fmt: skip
def test_layout_in_memory_does_not_matter(view):
    """However an array lies in memory, the same numbers arrive in the same places."""
    value = view(np.arange(15.0).reshape(5, 3))
    assert same(decode(encode(value)), np.ascontiguousarray(value))


@pytest.mark.parametrize("dtype", [">f8", ">f4", ">i8", ">u2", ">c16"])
def test_big_endian_arrays_arrive_as_numbers(dtype):
    """An array in the other byte order arrives with the same numbers in this one's."""
    value = np.array([[1, 2, 3], [40, 50, 60]]).astype(dtype)
    back = decode(encode(value))
    assert back.dtype == np.dtype(dtype).newbyteorder("<")
    assert (back == value).all()


@pytest.mark.parametrize(
    "scalar", [np.float64(0.1), np.float32(0.1), np.int64(-3), np.uint8(200), np.complex64(2j)], ids=repr
)
def test_numpy_scalars_arrive_as_0d_arrays(scalar):
    """A NumPy scalar keeps its dtype: it arrives as an array without axes."""
    assert same(decode(encode(scalar)), np.asarray(scalar))


def test_numpy_bool_arrives_as_bool():
    """`np.True_` is the flag that it stands for."""
    assert decode(encode([np.True_, np.False_])) == [True, False]


def test_decoded_arrays_are_writable_and_independent():
    """Decoded arrays own their memory: writing into one changes neither the body nor its neighbour."""
    body = encode([np.zeros(3), np.zeros(3)])
    first, second = decode(body)
    first += 1
    assert second.sum() == 0
    assert decode(body)[0].sum() == 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2**63, "huge int"), (-(2**63) - 1, "huge int"), (10**5000, "huge int"),
        (np.array([1, "x", None], dtype=object), "dtype object"), (np.array(["ab"]), "dtype <U2"),
        (np.array([1], dtype="M8[s]"), "dtype datetime64"), (np.zeros(2, [("a", "f8")]), "shape (2,)"),
        (np.zeros((1,) * 40), "shape (1, 1,"), (np.zeros((0, 2**40)), f"shape (0, {2**40})"),
        (np.broadcast_to(0.0, (10**4, 10**4)), "too large"),
        ({1, 2}, "set"), ({1: 2}, "dict"), (object(), "object"), (np.float64, "type"),
        (len, "builtin"), (b"x", "bytes"), (range(3), "range"), (1j, "complex"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)  # fmt: skip
def test_what_cannot_be_sent_arrives_in_words(value, words):
    """A value outside the format arrives as `Opaque`, and its neighbours arrive unharmed."""
    before, found, after = decode(encode((1, value, [2])))
    assert (before, after) == (1, [2])
    assert isinstance(found, Opaque)
    assert words in found.description


def test_extended_precision_is_told_by_its_dtype():
    """`np.longdouble`, where it is no float64, arrives in words that name the dtype."""
    value = np.ones(2, np.longdouble)
    back = decode(encode(value))
    if np.longdouble is np.float64 or value.dtype.itemsize == 8:
        assert same(back, np.ones(2))
    else:
        assert f"dtype {value.dtype}" in back.description


def test_a_list_that_holds_itself_ends():
    """A cycle is cut at a depth, and what was sent can be read."""
    cycle = [1]
    cycle.append(cycle)
    depth, value = 0, decode(encode(cycle))
    while isinstance(value, list):
        depth, value = depth + 1, value[1]
    assert depth > 3
    assert "nested too deeply" in value.description


@pytest.mark.parametrize(
    "value",
    [
        [0.5] * 100_000, [[0.5] * 200] * 500, [[[1] * 40] * 40] * 40, [[1] * 19_000, [1] * 19_000],
        dict.fromkeys(map(str, range(30_000))),
    ],
    ids=["list", "lists", "lists of lists", "two lists", "dict"],
)  # fmt: skip
def test_too_many_parts_can_still_be_read(value):
    """What `encode` sends of a value with too many parts, `decode` accepts."""
    assert "too many parts" in repr(decode(encode({"value": value, "rest": 1})))


def test_a_body_beyond_the_limit_is_refused_on_this_side():
    """A value of more bytes than a frame may have raises before it is sent."""
    with pytest.raises(WireError, match="more than"):
        encode([np.zeros(1 << 20)] * 5)


def test_surrogates_do_not_break_the_text():
    """A text that UTF-8 cannot hold arrives escaped."""
    assert decode(encode("a\ud800b")) == "a\\ud800b"


def test_frames_carry_kind_nonce_and_length():
    """A frame's header says what it was made with."""
    sent = wire.frame(wire.CALL, 2**64 - 1, b"body")
    assert wire.header(sent[: wire.HEADER.size]) == (wire.CALL, 2**64 - 1, 4)
    assert sent[wire.HEADER.size :] == b"body"


@pytest.mark.parametrize(
    "data", [b"\0" * 20, b"HTTP/1.1 200 OK\r\n\r\n ", wire.HEADER.pack(b"BPK1", 4, 1, wire.MAX_BODY + 1)]
)
def test_a_bad_header_is_refused(data):
    """Another magic, or a length beyond the limit, is no header."""
    with pytest.raises(WireError):
        wire.header(data)


def _array(code, *shape, data=b""):
    return b"A" + struct.pack(f"<BB{len(shape)}Q", code, len(shape), *shape) + data


LIES = {
    "empty": b"",
    "unknown tag": b"Z",
    "two values": b"NN",
    "list of 4 billion": b"L" + b"\xff" * 4 + b"N" * 100,
    "tuple of 100 million": b"T" + struct.pack("<I", 10**8) + b"N" * 100,
    "dict of 4 billion": b"D" + b"\xff" * 4 + b"\0" * 100,
    "text of 4 GB": b"S" + b"\xff" * 4 + b"x" * 100,
    "text just beyond the limit": b"S" + struct.pack("<I", (4 << 20) + 1) + b"x" * 10,
    "array of 2**64 - 1": _array(1, 2**64 - 1),
    "array that wraps round to 0 bytes": _array(1, 2**32, 2**32),
    "array that wraps round to 8 bytes": _array(1, 2**61 + 1, data=b"\0" * 8),
    "empty array of a size that numpy cannot hold": _array(1, 0, 2**63),
    "32 axes of 2": _array(1, *(2,) * 32),
    "70 axes of 1": _array(1, *(1,) * 70, data=b"\0" * 8),
    "200 axes of no one knows what": b"A\x01\xc8" + b"\x01" * 1600,
    "object dtype": _array(99, 1, data=b"\0" * 8),
    "bool of 2": _array(12, 3, data=b"\x00\x01\x02"),
    "cut array": _array(1, 5, data=b"\0" * 39),
    "bytes after an array": _array(1, 5, data=b"\0" * 41),
    "1000 levels": b"L\x01\0\0\0" * 1000 + b"N",
    "a million empty lists": b"L" + struct.pack("<I", 10**6) + b"L\0\0\0\0" * 10**6,
}


@pytest.mark.parametrize("body", LIES.values(), ids=LIES)
def test_lies_are_refused_cheaply(body):
    """A body that claims what it does not hold raises `WireError`, and memory is taken for what is there."""
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(body)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


leaf = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=20)
    | st.builds(Opaque, st.text(max_size=9)) | st.builds(Rng, st.integers(0, 2**64 - 1))
    | st.builds(Slot, st.integers(0, 2**64 - 1))
    | st.builds(zeros_and_ones, st.sampled_from(SHAPES), st.sampled_from(DTYPES), st.integers(0, 99))
)  # fmt: skip
nested = st.recursive(
    leaf,
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)  # fmt: skip
NASTY = st.sampled_from(
    [b"\xff" * 4, b"\xff" * 8, b"\0" * 8, b"L", b"D", b"A\x01", b"\x20", b"\0\0\0\x80", b"\x7f" + b"\xff" * 7]
)
change = st.tuples(
    st.sampled_from(["overwrite", "insert", "delete", "cut", "repeat"]),
    st.integers(0, 10**6),
    NASTY | st.binary(max_size=9),
)


def mutate(body, changes):
    """Damage a body in several places."""
    for how, place, data in changes:
        at = place % (len(body) + 1)
        body = {
            "overwrite": body[:at] + data + body[at + len(data) :],
            "insert": body[:at] + data + body[at:],
            "delete": body[:at] + body[at + len(data) :],
            "cut": body[:at],
            "repeat": body[:at] + body[max(0, at - 40) : at] * (place % 50) + body[at:],
        }[how]
    return body


def decode_safely(body):
    """Decode; whatever comes of it, little memory was taken, and nothing but `WireError` was raised."""
    tracemalloc.start()
    try:
        decode(body)
    except WireError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 100_000 + 200 * len(body)


@FUZZ
@given(nested)
def test_nested_values_come_back(value):
    """Any nesting of values that can be sent comes back the same."""
    assert same(decode(encode(value)), value)


@FUZZ
@given(st.binary(max_size=600))
def test_random_bytes_do_no_harm(body):
    """Random bytes give a value or `WireError`, never another exception nor a large allocation."""
    decode_safely(body)


@FUZZ
@given(nested, st.lists(change, min_size=12, max_size=24))
def test_damaged_bodies_do_no_harm(value, changes):
    """A damaged valid body gives a value or `WireError`, never another exception nor a large allocation."""
    body = encode(value)
    for several in (1, 2, 4):  # drawing takes longest: from one draw come some 40 frames
        for first in range(len(changes) - several + 1):
            decode_safely(mutate(body, changes[first : first + several]))
