"""The pack: the same bytes from the same content, the same content back, and damage never unnoticed."""

import json
import pickle
import random

import numpy as np
import pytest
import safetensors.numpy

from bpkit.course import catalog
from bpkit.course.spec import Case, Exercise, Given, Integers, Seed
from bpkit.errors import BadPack
from bpkit.reference import inputs
from bpkit.reference.pack import Entry, Origin, Pack, Recording, empty, open_file

ORIGIN = Origin(seed=7, torch="2.0", device="cpu")
RNG = np.random.default_rng(1)


def made(exercise_id, **changes):
    """Return an exercise with every kind of input; nothing of it is recorded."""
    cases = (
        Case("one", x=(5, 3), params=[((3, 7), (7,))], target=Integers((5,), 3), scale=(), rng=Seed(5)),
        Case("two", x=Given(((0.0, np.inf), (np.nan, 1.0))), params=[], target=Given((1, 0)), scale=()),
        Case("three", compare=False, x=(3,), params=[((2, 1), (1,))], target=Given((0,)), scale=(), t=6),
    )
    row = Exercise(
        "T", 1, 6, cases, None, ("", "", ""), {"m-1": "", "m-2": ""}, id=exercise_id, returns=("z", "a"),
        gradients_of=("x", "params", "scale"),
    )  # fmt: skip
    return row._replace(**changes)


def recordings_of(exercise):
    """Return recordings of made-up numbers for it."""
    found = []
    for index, case in enumerate(exercise.cases):
        given = inputs.draw(case, inputs.generator(exercise, index, 0))
        upstream = (RNG.standard_normal((2, 2)), 1.5)
        outputs = {"z": RNG.standard_normal((2, 2)), "a": np.array(2.5)}
        twice = [tuple(2 * leaf for leaf in layer) for layer in given["params"]]
        gradients = {"dx": given["x"] + 1, "dparams": twice, "dscale": np.array(0.5)}
        mistakes = {"m-2": {"dx": np.zeros((0, 3)), "z": np.array([np.nan])}, "m-1": {"a": np.array(1)}}
        if not case.compare:
            outputs, gradients = {}, {}
        found.append(Recording(case, given, upstream, outputs, gradients, mistakes))
    return tuple(found)


EXERCISES = (made("layers/affine"), made("layers/affine_2"))
RECORDINGS = {exercise.id: recordings_of(exercise) for exercise in EXERCISES}
ENTRIES = [(exercise, Entry(RECORDINGS[exercise.id], f"source of {exercise.id}")) for exercise in EXERCISES]
PACK = empty().with_entries(ORIGIN, ENTRIES, ())
DATA = PACK.to_bytes()


def same(one, other):
    """Tell whether two recordings, or parts of them, hold the same values in the same types."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        one, other = np.asarray(one), np.asarray(other)
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, Case):
        return repr(one) == repr(other)
    if isinstance(one, (list, tuple)):
        return type(one) is type(other) and len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one is other or one == other)


@pytest.fixture
def written(tmp_path):
    """Return a function that writes bytes into a file and opens it as a pack."""

    def write(data):
        path = tmp_path / "x.pack"
        path.write_bytes(data)
        return open_file(path)

    return write


def test_a_pack_gives_back_what_was_put_in(written):
    """Every kind of value comes back: nested, empty, scalar, NaN, and in the order of the spec."""
    for pack in (PACK, written(DATA)):
        assert (pack.origin, set(pack.ids)) == (ORIGIN, set(RECORDINGS))
        for exercise in EXERCISES:
            loaded = pack.load(exercise)
            assert all(map(same, loaded, RECORDINGS[exercise.id]))
            for recording, case in zip(loaded, exercise.cases, strict=True):
                assert list(recording.inputs) == list(case.inputs)
            assert list(loaded[0].outputs) == ["z", "a"]
            assert list(loaded[0].gradients) == ["dx", "dparams", "dscale"]
            assert pack.source(exercise.id) == f"source of {exercise.id}"


def test_mistakes_come_in_the_same_order_every_time():
    """In that of their names: the first that fits is the one that is named. (safetensors has no order of its own.)"""
    names = [f"m-{number:02}" for number in range(40)]
    exercise = made("layers/affine", mistakes=dict.fromkeys(names, ""))
    many = {name: {leaf: np.ones(2) for leaf in ("a", "dx", "z")} for name in reversed(names)}
    recordings = tuple(recording._replace(mistakes=many) for recording in recordings_of(exercise))
    for recording in empty().with_entries(ORIGIN, [(exercise, Entry(recordings, ""))], ()).load(exercise):
        assert list(recording.mistakes) == names
        assert all(list(leaves) == ["a", "dx", "z"] for leaves in recording.mistakes.values())


def test_scalars_come_back_as_numbers():
    """A scalar input and a scalar upstream gradient are Python floats, as a function is given them."""
    recording = PACK.load(EXERCISES[0])[0]
    assert type(recording.inputs["scale"]) is float
    assert type(recording.upstream[1]) is float


def test_the_same_content_gives_the_same_bytes(written):
    """Bytes depend on the content alone: not on the order of putting it in, nor on a file in between."""
    entries = [(e, Entry(recordings_of_again(e), f"source of {e.id}")) for e in reversed(EXERCISES)]
    assert empty().with_entries(ORIGIN, entries, ()).to_bytes() == DATA
    assert written(DATA).to_bytes() == DATA


def recordings_of_again(exercise):
    """Return copies of the recordings, each array in another layout in memory."""
    return tuple(
        recording._replace(
            inputs={name: np.asfortranarray(value) if isinstance(value, np.ndarray) else value
                    for name, value in recording.inputs.items()},
            mistakes=dict(reversed(recording.mistakes.items())),
        )
        for recording in RECORDINGS[exercise.id]
    )  # fmt: skip


def test_recording_twice_gives_the_same_bytes(zygote, solutions, recorded, pack_bytes):
    """Asking PyTorch again, and running every mistake again, gives the same file."""
    from bpkit.authoring.record import record

    exercises = [catalog.find(exercise_id) for exercise_id in reversed(recorded.ids)]
    assert record(exercises, zygote, seed=7, device="cpu", solutions=solutions).to_bytes() == pack_bytes


def test_another_seed_gives_other_inputs(zygote, recorded):
    """A pack of another seed has the same form and none of the same numbers."""
    from bpkit.authoring.record import record

    linear = catalog.find("layers/linear")
    other = record([linear], zygote, seed=8, device="cpu", solutions=None)
    first, second = recorded.load(linear)[0], other.load(linear)[0]
    assert first.inputs["x"].shape == second.inputs["x"].shape
    assert not (first.inputs["x"] == second.inputs["x"]).any()
    assert second.mistakes == {}


def test_a_pack_can_be_continued(written):
    """New entries come beside those that are kept; the others are gone."""
    third = made("losses/third")
    entry = (third, Entry(RECORDINGS["layers/affine"], ""))
    pack = written(written(DATA).with_entries(ORIGIN, [entry], ["layers/affine"]).to_bytes())
    assert set(pack.ids) == {"layers/affine", "losses/third"}
    assert all(map(same, pack.load(EXERCISES[0]), RECORDINGS["layers/affine"]))
    assert pack.source("losses/third") == pack.source("layers/affine_2") == ""


def test_an_exercise_that_is_not_there_is_told(written):
    """A pack without the exercise says so, and what to do."""
    with pytest.raises(BadPack, match=r"x\.pack holds nothing for losses/third.*bpkit record"):
        written(DATA).load(made("losses/third"))


@pytest.mark.parametrize(
    "change",
    [
        {"cases": EXERCISES[0].cases[:2]}, {"cases": EXERCISES[0].cases[::-1]}, {"returns": ("a", "z")},
        {"gradients_of": ("x",)}, {"mistakes": {"m-1": ""}}, {"weights": (1, 1)},
        {"gradient_names": ("a", "b", "c")},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_another_version_of_the_exercise_is_told(written, change):
    """A pack that was recorded for other cases, names, points or mistakes is not used."""
    with pytest.raises(BadPack, match="another version of layers/affine"):
        written(DATA).load(made("layers/affine", **change))


def test_words_and_hints_do_not_make_another_version():
    """Title, hints and what is said about a mistake can change without recording anew."""
    changed = made("layers/affine", title="Another", hints=("a", "b", "c"), mistakes={"m-2": "x", "m-1": "y"})
    assert all(map(same, PACK.load(changed), RECORDINGS["layers/affine"]))


def with_meta(**changes):
    """Return the bytes of a file with other metadata."""
    meta = {**PACK._meta, **changes}
    return safetensors.numpy.save({"a": np.zeros(2)}, metadata={"bpkit": json.dumps(meta)})


FOREIGN = {
    "nothing": b"",
    "text": b"# a text\n" * 100,
    "a pickle": pickle.dumps({"a": 1}),
    "a zip": b"PK\x03\x04" + bytes(100),
    "half a pack": DATA[: len(DATA) // 2],
    "a header of 2**63 bytes": (2**63).to_bytes(8, "little") + DATA[8:],
    "a header of nothing": bytes(8) + DATA[8:],
    "safetensors of something else": safetensors.numpy.save({"weight": np.zeros(3)}),
    "other metadata": safetensors.numpy.save({"weight": np.zeros(3)}, metadata={"format": "pt"}),
    "no JSON": safetensors.numpy.save({"a": np.zeros(3)}, metadata={"bpkit": "{"}),
    "a list": safetensors.numpy.save({"a": np.zeros(3)}, metadata={"bpkit": "[]"}),
    "another schema": with_meta(schema="bpkit/pack/v0"),
    "no exercises": with_meta(exercises=[]),
    "no origin": with_meta(origin={}),
    "an origin from elsewhere": with_meta(origin={"seed": 1, "torch": "2", "device": "cpu", "host": "x"}),
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_file_is_no_pack(written, data):
    """Another file, or half of one, is refused by name, with what to do."""
    with pytest.raises(BadPack, match=r"x\.pack is .*bpkit init"):
        written(data)


def test_a_missing_file_or_a_folder_is_told(tmp_path):
    """Where there is no pack, the path is named."""
    for path in (tmp_path / "none.pack", tmp_path):
        with pytest.raises(BadPack, match=f"There is no pack {path}"):
            open_file(path)


@pytest.mark.parametrize("entry", [None, [], {}, {"spec": 1}, {"spec": "x"}, "text"])
def test_an_entry_that_is_none_is_told(written, entry):
    """An exercise's entry without its digests is damage, and no other error."""
    meta = {**PACK._meta, "exercises": {"layers/affine": entry}}
    data = Pack(None, meta, PACK._files).to_bytes()
    with pytest.raises(BadPack, match="damaged"):
        written(data).load(EXERCISES[0])


def assert_harmless(written, data, what):
    """Check that a damaged file is refused, or holds what it held; return how many exercises it does."""
    try:
        pack = written(data)
    except BadPack:
        return 0
    intact = 0
    for exercise in EXERCISES:
        try:
            loaded = pack.load(exercise)
        except BadPack:
            continue
        assert all(map(same, loaded, RECORDINGS[exercise.id])), what
        intact += 1
    return intact


def test_damage_anywhere_is_noticed(written):
    """One byte changed, anywhere: what can still be loaded is what was recorded, bit for bit."""
    rng, left = random.Random(3), 0
    for place in range(len(DATA)):
        if rng.random() < 0.8:
            continue
        data = bytearray(DATA)
        flipped = data[place] ^ (1 << rng.randrange(8))
        data[place] = rng.choice([flipped, rng.randrange(256), ord('"'), ord("0")])
        left += assert_harmless(written, bytes(data), place)
    assert left  # damage to one exercise leaves the other


def test_lost_and_doubled_pieces_are_noticed(written):
    """Bytes cut out, doubled, moved or zeroed are refused, or change nothing."""
    rng = random.Random(4)
    for _ in range(500):
        start, length = rng.randrange(len(DATA)), rng.choice([1, 8, 64, 4096])
        piece = DATA[start : start + length]
        for data in (
            DATA[:start] + DATA[start + length :],
            DATA[:start] + piece + DATA[start:],
            DATA[:start] + bytes(len(piece)) + DATA[start + length :],
            DATA[:start] + piece[::-1] + DATA[start + length :],
            DATA[:start],
        ):
            assert_harmless(written, data, (start, length))


def test_swapped_arrays_are_noticed(written):
    """An array under another's name is damage, though every byte of it is genuine."""
    arrays = safetensors.numpy.load(PACK._files["layers/affine"])
    one, other = "0:in:x", "0:grad:dx"
    arrays[one], arrays[other] = arrays[other], arrays[one]
    files = {**PACK._files, "layers/affine": safetensors.numpy.save(arrays)}
    pack = written(Pack(None, PACK._meta, files).to_bytes())
    with pytest.raises(BadPack, match="damaged at layers/affine"):
        pack.load(EXERCISES[0])
    assert all(map(same, pack.load(EXERCISES[1]), RECORDINGS["layers/affine_2"]))


def test_swapped_files_are_noticed(written):
    """An exercise's file under another's name is damage of both."""
    one, other = PACK._files
    files = {one: PACK._files[other], other: PACK._files[one]}
    pack = written(Pack(None, PACK._meta, files).to_bytes())
    for exercise in EXERCISES:
        with pytest.raises(BadPack, match=f"damaged at {exercise.id}"):
            pack.load(exercise)


def test_a_file_that_is_replaced_after_opening_does_no_harm(tmp_path):
    """A pack that is replaced while it is open, as recording does, goes on with what it opened."""
    path = tmp_path / "x.pack"
    path.write_bytes(DATA)
    pack = open_file(path)
    (tmp_path / "new").write_bytes(b"something else")
    (tmp_path / "new").replace(path)
    assert all(map(same, pack.load(EXERCISES[0]), RECORDINGS["layers/affine"]))
