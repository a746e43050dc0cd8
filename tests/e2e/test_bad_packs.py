"""Packs that are damaged, foreign, or recorded for something else: told apart, refused, and mended."""

import json

import numpy as np
import pytest
import safetensors.numpy

REMEDY = ("delete it and run `bpkit init`", "`bpkit record`")


@pytest.fixture
def check(student, tmp_path, cli):
    """Return a function that checks relu with a pack of these bytes, has it refused, and gives the error."""

    def run(content):
        path = tmp_path / "other.pack"
        path.write_bytes(content)
        ran = cli("check", "neuron/relu", "--pack", path, cwd=student.root)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("Error: ") == 1
        assert "Traceback" not in ran.err
        assert str(path) in ran.err
        assert [word for word in REMEDY if word not in ran.err] == []
        return ran.err

    return run


@pytest.fixture(scope="session")
def pack(fresh_workspace):
    """Return the bytes of the course's pack."""
    return (fresh_workspace / "course.pack").read_bytes()


def header(content, begin=0):
    """Return the header of a safetensors file that begins here, and where its data does."""
    size = int.from_bytes(content[begin : begin + 8], "little")
    return json.loads(content[begin + 8 : begin + 8 + size]), begin + 8 + size


def place_of(content, exercise, kind):
    """Return where the first array of this kind begins: in the exercise's file, which lies in the pack."""
    outer, begin = header(content)
    arrays, begin = header(content, begin + outer[exercise]["data_offsets"][0])
    return begin + next(arrays[name]["data_offsets"][0] for name in arrays if name.startswith(f"0:{kind}"))


def flipped(content, place, bit=0):
    """Return the bytes with one bit changed."""
    changed = bytearray(content)
    changed[place] ^= 1 << bit
    return bytes(changed)


@pytest.mark.parametrize("share", [0.0, 0.00001, 0.1, 0.5, 0.999999])
def test_truncated(check, pack, share):
    """A pack that was cut off anywhere, even by a byte or to nothing, is refused."""
    assert "no pack of bpkit's, or it is damaged" in check(pack[: int(len(pack) * share)])


def test_longer_than_it_was(check, pack):
    """A pack with something behind its end is refused."""
    assert "no pack of bpkit's, or it is damaged" in check(pack + b"\0")


@pytest.mark.parametrize("kind", ["in", "up", "out", "grad", "m"])
@pytest.mark.parametrize("bit", [0, 62])
def test_one_bit_in_an_array(check, pack, kind, bit):
    """One bit in any kind of array is seen, be it the sign's neighbour or the last one."""
    error = check(flipped(pack, place_of(pack, "neuron/relu", kind) + bit // 8, bit % 8))
    assert "is damaged at neuron/relu" in error


@pytest.mark.parametrize("place", [0, 3, 8, 12])
def test_one_bit_in_the_headers_frame(check, pack, place):
    """One bit in the header's size or its first words leaves no pack."""
    assert "no pack of bpkit's, or it is damaged" in check(flipped(pack, place))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b'"neuron/relu":{"dtype', 3),
        (b'"neuron/relu":{"dtype', 11),
        (b'\\"neuron/relu\\": {\\"arrays\\": \\"', 3),
        (b'\\"neuron/relu\\": {\\"arrays\\": \\"', 32),
    ],
)
def test_one_bit_in_what_the_header_says_of_an_exercise(check, pack, text, place):
    """One bit in the name of an exercise's file, or in its own entry, is seen when the exercise is checked."""
    assert pack.count(text) == 1
    error = check(flipped(pack, pack.index(text) + place))
    assert "damaged" in error or "holds nothing for neuron/relu" in error


@pytest.mark.parametrize("word", [b'"0:out:', b'"dtype":"', b'"shape":[', b'"data_offsets":['])
def test_one_bit_in_what_a_header_says_of_an_array(check, pack, word):
    """One bit in an array's name, type, shape or place is seen."""
    outer, begin = header(pack)
    place = pack.index(word, begin + outer["neuron/relu"]["data_offsets"][0]) + len(word)
    assert "is damaged at neuron/relu" in check(flipped(pack, place))


@pytest.mark.parametrize("word", [b'"shape":[', b'"data_offsets":['])
def test_one_bit_in_what_the_header_says_of_an_exercises_file(check, pack, word):
    """One bit in the size or place of an exercise's file is seen."""
    place = pack.index(word, pack.index(b'"neuron/relu":{"dtype')) + len(word)
    assert "damaged" in check(flipped(pack, place))


def test_damage_elsewhere_does_not_stop_a_check(student, tmp_path, pack, cli):
    """An exercise is judged by its own arrays: damage in another one's is that one's affair."""
    path = tmp_path / "other.pack"
    path.write_bytes(flipped(pack, place_of(pack, "layers/linear", "out")))
    assert cli("check", "neuron/relu", "--pack", path, cwd=student.root).code == 1
    assert cli("check", "layers/linear", "--pack", path, cwd=student.root).code == 2


@pytest.mark.parametrize(
    "content",
    [
        b"hello, I am a text file\n",
        b"\x93NUMPY\x01\x00v\x00",
        b"PK\x03\x04" + bytes(100),
        b"\xff" * 100,
        bytes(100),
    ],
    ids=["text", "npy", "zip", "ones", "zeros"],
)
def test_foreign_file(check, content):
    """A file of another kind is refused."""
    assert "no pack of bpkit's, or it is damaged" in check(content)


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        {"format": "pt"},
        {"bpkit": "no JSON"},
        {"bpkit": "[]"},
        {"bpkit": "{}"},
        {"bpkit": '{"schema": "bpkit/pack/v1", "exercises": {}, "origin": {"seed": 0}}'},
        {"bpkit": '{"schema": "bpkit/pack/v1", "exercises": [], "origin": {}}'},
    ],
)
def test_foreign_safetensors(check, metadata):
    """Somebody's safetensors file of a model is no pack."""
    error = check(safetensors.numpy.save({"weight": np.ones((3, 5))}, metadata))
    assert "no pack of bpkit's, or it is damaged" in error


def test_pack_of_another_schema(check, pack):
    """A pack that another version of bpkit wrote is told apart from a damaged one."""
    assert pack.count(b"bpkit/pack/v1") == 1
    assert "is a pack of another version of bpkit" in check(pack.replace(b"bpkit/pack/v1", b"bpkit/pack/v9"))


def test_pack_of_another_spec(check, pack):
    """A pack that was recorded before an exercise changed is told apart from a damaged one."""
    digest = json.loads(header(pack)[0]["__metadata__"]["bpkit"])["exercises"]["neuron/relu"]["spec"]
    assert pack.count(digest.encode()) == 1
    error = check(pack.replace(digest.encode(), digest.encode()[::-1]))
    assert "was recorded for another version of neuron/relu" in error


def test_pack_without_the_exercise(check, cli, tmp_path):
    """A pack that does not hold the exercise says so."""
    assert cli("record", "optimizers/sgd", "--out", "sgd.pack", cwd=tmp_path).code == 0
    assert "holds nothing for neuron/relu" in check((tmp_path / "sgd.pack").read_bytes())


@pytest.mark.parametrize("name", ["nowhere.pack", "."])
def test_no_pack(student, cli, name):
    """A pack that is not there, or is a folder, is told by its name."""
    ran = cli("check", "neuron/relu", "--pack", name, cwd=student.root)
    assert (ran.code, ran.out) == (2, "")
    assert f"There is no pack {name}" in ran.err


def test_the_workspaces_own_pack(student, cli):
    """The workspace's own damaged pack is refused; doing what the error says mends it."""
    student.save(student.right)
    pack = student.root / "course.pack"
    pack.write_bytes(pack.read_bytes()[:5000])
    ran = cli("check", "linear", cwd=student.root)
    assert (ran.code, ran.out) == (2, "")
    assert f"{pack} is no pack of bpkit's, or it is damaged" in ran.err
    pack.unlink()
    assert cli("init", student.root, cwd=student.root).code == 0
    assert student.check("linear").code == 0
