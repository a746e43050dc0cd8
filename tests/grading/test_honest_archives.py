"""Honest archives of every make are read, and damaged ones end in a sentence."""

import contextlib
import functools
import gzip
import io
import os
import stat
import struct
import subprocess
import tarfile
import zipfile

import pytest
from hostile import (
    HONEST,
    LINEAR,
    SOFTMAX,
    Zipped,
    deflated,
    pax,
    take_in,
    tar_files,
    tar_of,
    tarred,
    write,
    zip_files,
    zip_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from bpkit.grading import archives, gather
from bpkit.grading.members import Refused

WORK = Zipped("layers/linear.py", LINEAR.encode())
TARRED = tarred("layers/linear.py", LINEAR.encode())


@pytest.fixture
def taken(tmp_path):
    """Return `take_in`, with a place of its own."""
    return functools.partial(take_in, tmp_path)


RUBBISH = {
    "__MACOSX/layers/._linear.py": "x",
    ".DS_Store": "x",
    "layers/.DS_Store": "x",
    "layers/._linear.py": "x",
    "layers/__pycache__/linear.cpython-311.pyc": "x",
    "layers/.ipynb_checkpoints/linear-checkpoint.py": "x",
    ".git/config": "x",
    "venv/pyvenv.cfg": "x",
    "venv/lib/python3.11/site-packages/numpy/layers/linear.py": "x",
    "venv/Lib/layers/linear.py": "x",
    "env/lib/python3.11/site-packages/layers/linear.py": "x",
}


@pytest.mark.parametrize("make", [zip_files, tar_files])
def test_what_systems_leave_behind_is_skipped(taken, make):
    """What macOS, Git, Python and notebooks leave in folders is no work of the student's."""
    assert taken(make(HONEST | RUBBISH)).files == HONEST


def test_links_in_a_virtual_environment_are_skipped(taken):
    """Every virtual environment has links; they are no reason to refuse the work beside it."""
    link = Zipped("venv/bin/python", b"/usr/bin/python3", mode=stat.S_IFLNK | 0o777)
    assert taken(zip_of(WORK, Zipped("venv/pyvenv.cfg"), link)).files == HONEST
    link = tarred("venv/bin/python", b"", b"2", b"/usr/bin/python3")
    assert taken(tar_of(TARRED, tarred("venv/pyvenv.cfg"), link)).files == HONEST


def test_names_of_rubbish_are_checked_all_the_same(taken):
    """A hidden name can lead out of the submission too."""
    one = taken(zip_of(WORK, Zipped(".git/../../x", b"x")))
    assert one.refused == ".git/../../x leads out of the submission by `..`."


def made_by_zipfile(method=zipfile.ZIP_DEFLATED, *, streamed=False, wide=False):
    """Return a zip as Python makes it."""

    class Sink(io.BytesIO):
        def seekable(self):
            return not streamed

        def tell(self):
            if streamed:
                raise OSError
            return super().tell()

    sink = Sink()
    with zipfile.ZipFile(sink, "w", method) as archive:
        archive.mkdir("layers")
        for path, text in (HONEST | {"layers/softmax.py": SOFTMAX}).items():
            with archive.open(path, "w", force_zip64=wide) as file:
                file.write(text.encode())
    return sink.getvalue()


@pytest.mark.parametrize("options", [{}, {"method": zipfile.ZIP_STORED}, {"streamed": True}, {"wide": True}])
def test_honest_zips_are_read(taken, options):
    """Zips of every make: stored, written to a stream, and with numbers for large files."""
    assert taken(made_by_zipfile(**options)).files == HONEST | {"layers/softmax.py": SOFTMAX}


def test_a_zip_with_a_comment_is_read(taken):
    """A comment may even hold what marks the end of a zip."""
    assert taken(zip_of(WORK, comment=b"PK\5\6 by anna")).files == HONEST


def test_a_zip_of_the_wide_form_is_read(taken):
    """Zips with more members than sixteen bits count have another record at the end; it may lie too."""
    assert taken(zip_of(WORK, wide={})).files == HONEST
    damaged = "anna.zip is a damaged zip archive: its directory cannot be read."
    for lie in ({"count": 2}, {"size": 1 << 60}, {"offset": 1 << 63}, {"here": (1 << 64) - 1}, {"here": 0}):
        assert taken(zip_of(WORK, wide=lie)).refused == damaged
    assert taken(zip_of(WORK, wide={"count": 100_001})).refused == "anna.zip holds more than 100,000 files."


def test_names_of_other_times_are_read(taken):
    """Names in DOS's letters, and in UTF-8 that nobody announced."""
    files = taken(zip_of(WORK, Zipped(b"m\x81ller.py", b"x"), Zipped("schön.py".encode(), b"y"))).files
    assert files == HONEST | {"müller.py": "x", "schön.py": "y"}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_honest_tars_are_read(taken, form, mode):
    """Tars of every make, with long names and letters of all scripts."""
    files = {"./layers/linear.py": LINEAR, f"layers/{'x' * 90}/{'y' * 90}.py": "x", "layers/größe.py": "y"}
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode=mode, format=form) as archive:
        folder = tarfile.TarInfo("./layers")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for path, text in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    name = "anna.tgz" if mode == "w:gz" else "anna.tar"
    assert taken(sink.getvalue(), name).files == HONEST | {path: files[path] for path in list(files)[1:]}


def test_gnu_tar_and_info_zip_are_read(taken, tmp_path):
    """What the programs themselves make, where they are installed."""
    write(tmp_path / "work", HONEST | {"a.py": "x"})
    for name, command in {
        "t.tar.gz": ["tar", "czf", "../t.tar.gz", "."],
        "t.zip": ["zip", "-qr", "../t.zip", "."],
    }.items():
        try:
            subprocess.run(command, cwd=tmp_path / "work", check=True)
        except FileNotFoundError:
            continue
        contents = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        assert taken(contents, f"anna{name[1:]}").files == HONEST | {"a.py": "x"}


def test_a_tar_without_an_end_is_read(taken):
    """Some tools leave the zeros out that mark the end, and the padding with them."""
    assert taken(TARRED, "anna.tar").files == HONEST
    cut = tar_files(HONEST)[: 512 + len(LINEAR)]
    assert taken(cut, "anna.tar").files == HONEST
    assert taken(gzip.compress(cut), "anna.tgz").files == HONEST


def test_a_tar_in_several_compressed_pieces_is_read(taken):
    """Two compressed streams, one after the other, and zeros behind them, are one file."""
    tar = tar_files(HONEST | {"a.py": "x"})
    pieces = gzip.compress(tar[:700]) + gzip.compress(tar[700:]) + b"\0" * 100
    assert taken(pieces, "anna.tgz").files == HONEST | {"a.py": "x"}


def test_numbers_for_large_files_come_from_their_field(taken):
    """A zip64 field holds what the header cannot; a field that is cut is no reason to crash."""
    size = len(LINEAR)
    packed = len(deflated(LINEAR.encode()))
    wide = {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF}
    extra = struct.pack("<2H2Q", 1, 16, size, packed)
    assert (
        taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), central=wide, extra=extra))).files == HONEST
    )
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), central=wide, extra=extra[:9])))
    assert one.refused


SEEDS = (
    zip_files(HONEST | {"a.py": "x" * 300}),
    tar_files(HONEST | {"b.py": "y" * 700}),
    gzip.compress(tar_files(HONEST), mtime=0),
    made_by_zipfile(wide=True),
    made_by_zipfile(streamed=True),
    tar_of(pax(path="layers/linear.py", size="12"), tarred("x", b"x" * 12)),
    zip_of(
        Zipped("w.zip", zip_files(HONEST)), Zipped("v.tgz", gzip.compress(tar_files({"a.py": "1"}), mtime=0))
    ),
)


@settings(max_examples=int(os.environ.get("BPKIT_FUZZ_EXAMPLES", "300")), deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.integers(-400, 400), st.binary(max_size=8), st.integers(0, 8)), min_size=1, max_size=6
    ),
)
def test_damage_of_any_kind_ends_in_a_sentence(seed, damages):
    """Bytes that are changed, cut out or put in anywhere: read or refused, and never an accident of ours."""
    contents = bytearray(seed)
    for place, new, dropped in damages:
        at = place % (len(contents) + 1)
        contents[at : at + dropped] = new
    source = archives.open_class(io.BytesIO(zip_of(Zipped("anna.zip", bytes(contents), method=0))))
    part = gather.Part(source, source.children()[0], "anna.zip")
    with contextlib.suppress(Refused):
        assert gather.read([part], 0)
