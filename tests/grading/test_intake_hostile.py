"""A class with hostile and large submissions among honest ones, taken in whole."""

import gzip
import random
import stat
import time
import tracemalloc
import zipfile

import pytest
from hostile import (
    HONEST,
    LINEAR,
    Zipped,
    deflated_zeros,
    header,
    pax,
    tarred,
    write,
    zeros,
    zip_files,
    zip_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpkit.grading import intake


def hostile_zip():
    """Return a class's zip with one student of each bad kind in it, between honest ones."""
    packed, crc = deflated_zeros(1 << 26)
    bomb = {"size": 1 << 26, "crc": crc, "method": 8}
    work = LINEAR.encode()
    return zip_of(
        Zipped("anna/layers/linear.py", work),
        Zipped("b1/layers/linear.py", packed, method=0, local=bomb, central=bomb),
        Zipped("b2/layers/linear.py", b"/etc/passwd", mode=stat.S_IFLNK | 0o777),
        Zipped("b3", b"/etc", mode=stat.S_IFLNK | 0o777),
        Zipped("b4/../../layers/linear.py", work),
        Zipped("../layers/linear.py", work),
        Zipped("/etc/layers/linear.py", work),
        Zipped("b5/layers/linear.py", work, local={"size": 1}),
        Zipped("b6/layers/linear.py", work, flags=1),
        Zipped("b7/layers/linear.py", work),
        Zipped("b7/layers/linear.py", work),
        Zipped("b8.zip", b"\0" * 1000),
        Zipped("b9.zip", packed, method=0, local=bomb, central=bomb),
        Zipped("c1/a\0b.py", work),
        Zipped("c2", work),
        Zipped("c2/layers/linear.py", work),
        Zipped("c3/x\\y.py", work),
        Zipped("zoe.zip", zip_files(HONEST)),
    )


EXPECTED = {
    "_.": "../layers/linear.py leads out of the submission by `..`.",
    "anna": "",
    "b1": "It is an archive bomb: unpacked, it is more than 200 times as large.",
    "b2": "layers/linear.py is a symbolic link; only plain files and folders are taken.",
    "b3": "b3 is a symbolic link; only plain files and folders are taken.",
    "b4": "b4/../../layers/linear.py leads out of the submission by `..`.",
    "b5": "layers/linear.py says one thing in the archive's directory and another where it lies.",
    "b6": "layers/linear.py is encrypted.",
    "b7": "layers/linear.py is in it twice.",
    "b8": "b8.zip is no archive.",
    "b9": "b9.zip is no archive.",
    "c1": "c1/a\\x00b.py has control characters in its name.",
    "c2": "c2 is a file and a folder; only plain files and folders are taken.",
    "c3": "c3/x\\y.py has a backslash in its name.",
    "etc": "/etc/layers/linear.py is an absolute path, which leads out of the submission.",
    "unnamed": "../layers/linear.py leads out of the submission by `..`.",
    "zoe": "",
}


def test_the_hostile_do_not_stop_the_others(tmp_path):
    """In one zip of a class, each is refused for what it is, and the honest come through."""
    write(tmp_path, {"all.zip": hostile_zip()})
    found = {one.student: one for one in intake.find(tmp_path / "all.zip")}
    assert {student: one.refused for student, one in found.items()} == {
        student: EXPECTED[student] for student in found
    }
    assert len(found) == 16
    assert found["anna"].files == found["zoe"].files == HONEST
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["all.zip"]


def test_the_hostile_in_a_tar_do_not_stop_the_others(tmp_path):
    """The same in a compressed tar, through whose bomb there is no way but through."""
    work = LINEAR.encode()
    parts = (
        tarred("anna/layers/linear.py", work),
        tarred("b2/layers/linear.py", b"", b"1", b"anna/layers/linear.py"),
        tarred("b3", b"", b"2", b"/etc"),
        pax(path="../layers/linear.py") + tarred("x", work),
        tarred("b7/linear.py", work) * 2,
        tarred("b8/pipe", b"", b"6"),
        header("b9/big.bin", (1 << 28) + 512),
    )
    tail = tarred("zoe/layers/linear.py", work) + bytes(1024)
    write(
        tmp_path,
        {"all.tgz": gzip.compress(b"".join(parts)) + zeros(1 << 28) + gzip.compress(bytes(512) + tail)},
    )
    tracemalloc.start()
    found = {one.student: one for one in intake.find(tmp_path / "all.tgz")}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    assert {student: one.refused for student, one in found.items()} == {
        "anna": "",
        "b2": "layers/linear.py is a hard link; only plain files and folders are taken.",
        "b3": "b3 is a symbolic link; only plain files and folders are taken.",
        "b7": "linear.py is in it twice.",
        "b8": "pipe is a named pipe (FIFO); only plain files and folders are taken.",
        "b9": "It holds more than 256 MiB unpacked.",
        "unnamed": "../layers/linear.py leads out of the submission by `..`.",
        "zoe": "",
    }


@pytest.mark.parametrize("name", ["all.zip", "all.tgz"])
def test_memory_does_not_grow_with_the_class(tmp_path, name):
    """A hundred megabytes of submissions are read with a few, one after the other."""
    noise = random.Random(1).randbytes(1 << 20)
    texts = {f"s{number:03}/layers/linear.py": LINEAR for number in range(100)}
    if name == "all.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for path in texts:
                archive.writestr(path, LINEAR)
                archive.writestr(path.replace("layers/linear.py", "data.bin"), noise)
    else:
        with gzip.open(tmp_path / name, "wb", compresslevel=1) as file:
            for path in sorted(texts, key=lambda path: path[::-1]):
                file.write(tarred(path.replace("layers/linear.py", "data.bin"), noise))
                file.write(tarred(path, LINEAR.encode()))
            file.write(bytes(1024))
    tracemalloc.start()
    started = time.monotonic()
    assert sum(one.files == HONEST for one in intake.find(tmp_path / name)) == 100
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
    assert time.monotonic() - started < 60


def test_a_thousand_submissions_take_seconds(tmp_path):
    """A large class in one zip of zips."""
    one = zip_files({f"ws/layers/{name}.py": LINEAR for name in ("linear", "softmax", "log_softmax")})
    write(tmp_path, {"all.zip": zip_files({f"s{number}.zip": one for number in range(1000)})})
    started = time.monotonic()
    assert sum(len(one.files) == 3 for one in intake.find(tmp_path / "all.zip")) == 1000
    assert time.monotonic() - started < 30


NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(lambda name: name not in {".", ".."} and len(name.encode()) < 200)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(NAMES, min_size=1, max_size=6))
def test_any_names_of_students_come_to_ids_of_their_own(tmp_path_factory, names):
    """Whatever folders are called: safe ids, each once, and the same every time."""
    place = write(tmp_path_factory.mktemp("names"), {f"{name}/linear.py": LINEAR for name in names})
    write(place, {"zz-top.zip": zip_files(HONEST)})
    found = [one.student for one in intake.find(place)]
    assert found == sorted(found) == [one.student for one in intake.find(place)]
    assert len({student.casefold() for student in found}) == len(found)
    assert all(student and student[0] not in ".-" and "/" not in student for student in found)


def test_our_own_mistake_stops_nobody(tmp_path, monkeypatch):
    """An error in bpkit while one is read is told as ours, and the others are read."""
    from bpkit.grading import gather

    write(tmp_path, {"anna/linear.py": LINEAR, "zoe/linear.py": LINEAR})
    real = gather.read

    def broken(parts, depth):
        if parts[0].entry.name == "anna":
            raise KeyError("oops")
        return real(parts, depth)

    monkeypatch.setattr(gather, "read", broken)
    anna, zoe = intake.find(tmp_path)
    assert anna.refused == "bpkit itself failed (KeyError: 'oops'). That is our fault: please report it."
    assert zoe.files == HONEST
