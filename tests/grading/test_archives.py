"""Hostile archives, each refused by a sentence of its own."""

import functools
import gzip
import stat
import zlib

import pytest
from hostile import (
    HONEST,
    LINEAR,
    Zipped,
    deflated,
    header,
    pax,
    take_in,
    tar_files,
    tar_of,
    tarred,
    write,
    zip_files,
    zip_of,
)

from bpkit.grading import intake

WORK = Zipped("layers/linear.py", LINEAR.encode())
TARRED = tarred("layers/linear.py", LINEAR.encode())


@pytest.fixture
def taken(tmp_path):
    """Return `take_in`, with a place of its own."""
    return functools.partial(take_in, tmp_path)


ODD_NAMES = {
    "/etc/passwd": "/etc/passwd is an absolute path, which leads out of the submission.",
    "//host/share/a.py": "//host/share/a.py is an absolute path, which leads out of the submission.",
    "../zoe/layers/linear.py": "../zoe/layers/linear.py leads out of the submission by `..`.",
    "layers/../../a.py": "layers/../../a.py leads out of the submission by `..`.",
    "layers/..": "layers/.. leads out of the submission by `..`.",
    "C:/a.py": "C:/a.py names a drive, which leads out of the submission.",
    "c:a.py": "c:a.py names a drive, which leads out of the submission.",
    "layers\\a.py": "layers\\a.py has a backslash in its name.",
    "..\\a.py": "..\\a.py has a backslash in its name.",
    "a\0.py": "a\\x00.py has control characters in its name.",
    "a\n.py": "a\\n.py has control characters in its name.",
    "a\x1b[2J.py": "a\\x1b[2J.py has control characters in its name.",
    "a\x85.py": "a\\x85.py has control characters in its name.",
    "a\u2028.py": "a\\u2028.py has control characters in its name.",
    "a\u202eyp.exe": "a\\u202eyp.exe has characters in its name that change the direction of writing.",
    "a\u2066b.py": "a\\u2066b.py has characters in its name that change the direction of writing.",
    "x" * 256: f"{'x' * 79}… has a name that is too long.",
    "ü" * 128: f"{'ü' * 79}… has a name that is too long.",
    "/".join(["x" * 200] * 6): f"{'x' * 79}… has a name that is too long.",
    "/".join(["x"] * 65): f"{'/'.join(['x'] * 40)[:79]}… lies more than 64 folders deep.",
}


@pytest.mark.parametrize("name", ODD_NAMES, ids=[ascii(name)[:20] for name in ODD_NAMES])
def test_odd_names_are_refused(taken, name):
    """A name that leads elsewhere or deceives a reader is refused, in zips and in tars."""
    one = taken(zip_of(WORK, Zipped(name, b"x")))
    assert one.refused == ODD_NAMES[name]
    if "\0" not in name:
        member = pax(path=name) + tarred("short", b"x")
        assert taken(tar_of(TARRED, member), "anna.zip").refused == ODD_NAMES[name]


def test_a_name_that_is_no_unicode_is_refused(taken):
    """Bytes that are no UTF-8, where UTF-8 was promised."""
    expected = "a\\udcff.py has a name that is not UTF-8."
    assert taken(zip_of(WORK, Zipped(b"a\xff.py", b"x", flags=0x800))).refused == expected
    assert taken(tar_of(TARRED, tarred(b"a\xff.py", b"x"))).refused == expected


def test_a_member_without_a_name_is_refused(taken):
    """A member must have a name."""
    assert taken(zip_of(WORK, Zipped("", b"x"))).refused == " is no name."


KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
    0o130000: "of an unknown kind",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_in_a_zip_is_refused(taken, kind):
    """A zip can hold links, pipes and devices; none is taken, and no link is followed."""
    one = taken(zip_of(WORK, Zipped("layers/relu.py", b"/etc/passwd", mode=kind | 0o777)))
    assert one.refused == f"layers/relu.py is {KINDS[kind]}; only plain files and folders are taken."


TAR_KINDS = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"6": "a named pipe (FIFO)",
    b"S": "a sparse file",
    b"V": "of an unknown kind",
}


@pytest.mark.parametrize("kind", TAR_KINDS)
def test_what_is_no_file_in_a_tar_is_refused(taken, kind):
    """A tar can hold hard links too, which would bring a file of the system into the submission."""
    one = taken(tar_of(TARRED, tarred("layers/relu.py", b"", kind, b"/etc/passwd")))
    assert one.refused == f"layers/relu.py is {TAR_KINDS[kind]}; only plain files and folders are taken."


def test_a_sparse_file_by_extended_header_is_refused(taken):
    """GNU's other way of saying that a file is sparse, whose size is not its size."""
    one = taken(tar_of(TARRED, pax(GNU__sparse__major="1"), tarred("layers/relu.py", b"1\n")))
    assert one.refused == "layers/relu.py is a sparse file, which is not read."


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        ("layers/linear.py", "layers/linear.py is in it twice."),
        ("./layers//linear.py", "layers/linear.py is in it twice."),
        (
            "layers/Linear.py",
            "layers/linear.py and layers/Linear.py differ only in case or in how accents are written.",
        ),
        ("layers/linear.py/x", "layers/linear.py is in it twice, as a file and as a folder."),
    ],
)
def test_duplicate_names_are_refused(taken, second, sentence):
    """Two members of one name: which is graded would depend on who unpacks it."""
    assert taken(zip_of(WORK, Zipped(second, b"x"))).refused == sentence
    assert taken(tar_of(TARRED, tarred(second, b"x"))).refused == sentence


def test_names_that_differ_in_normal_form_are_refused(taken):
    """One name in two forms of Unicode is one name to macOS."""
    one = taken(zip_of(WORK, Zipped("\u00fc.py", b"x"), Zipped("u\u0308.py", b"y")))
    assert one.refused == "\u00fc.py and u\u0308.py differ only in case or in how accents are written."


def test_a_sentence_names_the_archive_too(tmp_path):
    """Where a student handed in an archive, paths in it begin with its name."""
    write(tmp_path, {"anna.zip": zip_of(WORK, WORK), "zoe.tar": tar_of(TARRED, TARRED)})
    assert [one.refused for one in intake.find(tmp_path)] == [
        "anna.zip/layers/linear.py is in it twice.",
        "zoe.tar/layers/linear.py is in it twice.",
    ]


LIES = {
    "another name": {"name": b"layers/relu.py!!"},
    "a shorter name": {"name": b"a.py"},
    "another size": {"size": 5},
    "another packed size": {"packed": 5},
    "another checksum": {"crc": 5},
    "another method": {"method": 0},
    "not encrypted": {"flags": 1},
}


@pytest.mark.parametrize("lie", LIES)
def test_headers_that_contradict_each_other_are_refused(taken, lie):
    """The header where a file lies says something else than the directory at the end."""
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), local=LIES[lie])))
    assert one.refused == (
        "layers/linear.py says one thing in the archive's directory and another where it lies."
    )


def test_lies_about_a_file_that_is_not_read_are_refused(taken):
    """Also a picture's header is compared."""
    one = taken(zip_of(WORK, Zipped("plot.png", b"x", local={"size": 9})))
    assert one.refused == "plot.png says one thing in the archive's directory and another where it lies."


@pytest.mark.parametrize("size", [0, 10, len(LINEAR) - 1, len(LINEAR) + 1, 1 << 20])
def test_a_wrong_size_is_refused(taken, size):
    """Directory and header agree on a size that is not the real one: nothing beyond it is decompressed."""
    wrong = {"size": size}
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), local=wrong, central=wrong)))
    assert one.refused == "layers/linear.py is not as large as the archive says."
    stored = zip_of(Zipped("layers/linear.py", LINEAR.encode(), method=0, local=wrong, central=wrong))
    assert taken(stored).refused == "layers/linear.py is not as large as the archive says."


def test_a_member_that_reaches_into_the_directory_is_refused(taken):
    """Data that would go on beyond where the directory begins."""
    wrong = {"packed": 5000}
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), local=wrong, central=wrong)))
    assert (
        one.refused == "layers/linear.py says one thing in the archive's directory and another where it lies."
    )


def test_a_wrong_checksum_is_refused(taken):
    """Both headers agree on a checksum that is not the real one."""
    wrong = {"crc": 1}
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), local=wrong, central=wrong)))
    assert one.refused == "layers/linear.py is damaged: its checksum is wrong."


def test_data_that_is_cut_or_scrambled_is_refused(taken):
    """Compressed data that ends too early, and data that is none."""
    packed = deflated(LINEAR.encode())
    told = {"size": len(LINEAR), "crc": zlib.crc32(LINEAR.encode()), "method": 8}
    cut = told | {"packed": len(packed) - 5}
    member = Zipped("layers/linear.py", packed[:-5], method=0, local=cut, central=cut)
    assert taken(zip_of(member)).refused == "layers/linear.py is damaged: it ends too early."
    noise = told | {"packed": 20}
    member = Zipped("layers/linear.py", b"\xff" * 20, method=0, local=noise, central=noise)
    assert taken(zip_of(member)).refused == "layers/linear.py is damaged: it cannot be decompressed."


@pytest.mark.parametrize("method", [9, 12, 14, 93, 99])
def test_other_methods_are_refused(taken, method):
    """Of zip's methods of compression, two are read."""
    told = {"method": method}
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), local=told, central=told)))
    assert one.refused == (
        "layers/linear.py is compressed by a method that is not read; only plain zip archives are."
    )


def test_encrypted_members_are_refused(taken):
    """A password would be needed."""
    one = taken(zip_of(Zipped("layers/linear.py", LINEAR.encode(), flags=1)))
    assert one.refused == "layers/linear.py is encrypted."


def test_members_that_share_their_bytes_are_refused(taken):
    """A bomb whose thousand members are all the same bytes, in which no ratio would be noticed."""
    first = Zipped("layers/linear.py", LINEAR.encode())
    others = [Zipped(f"b{number}.bin", LINEAR.encode(), offset=0) for number in range(3)]
    assert taken(zip_of(first, *others)).refused.endswith(
        " shares its place in the archive with another file."
    )


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (b"", "empty."),
        (b"hello" * 200, "no archive."),
        (b"<!DOCTYPE html><html>", "no archive but a web page, such as a platform's error message."),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive, which is not read; only .zip, .tar, .tar.gz and .tgz are."),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read; only .zip, .tar, .tar.gz and .tgz are."),
        (b"\xfd7zXZ\0", "a xz archive, which is not read; only .zip, .tar, .tar.gz and .tgz are."),
        (b"BZh9", "a bzip2 archive, which is not read; only .zip, .tar, .tar.gz and .tgz are."),
        (b"PK\3\4" + b"x" * 100, "a damaged zip archive: its end is missing."),
        (zip_files(HONEST)[:-1], "a damaged zip archive: its end is missing."),
        (zip_files(HONEST) + b"x", "a damaged zip archive: its end is missing."),
        (zip_files(HONEST)[10:], "no archive."),
        (zip_of(WORK, end={"count": 2}), "a damaged zip archive: its directory cannot be read."),
        (zip_of(WORK, end={"count": 0}), "a damaged zip archive: its directory cannot be read."),
        (zip_of(WORK, end={"size": 7}), "a damaged zip archive: its directory cannot be read."),
        (zip_of(WORK, end={"offset": 7}), "a damaged zip archive: its directory cannot be read."),
        (b"PK" + zip_files(HONEST), "a damaged zip archive: its directory cannot be read."),
        (gzip.compress(b"no tar"),
         "a compressed file, but no archive that is read; only .zip, .tar, .tar.gz and .tgz are."),
        (gzip.compress(tar_files(HONEST))[:-20], "a damaged tar archive: it ends too early."),
        (gzip.compress(tar_files(HONEST))[:-8] + b"\0" * 8, "a damaged tar archive: it cannot be decompressed."),
        (gzip.compress(tar_files(HONEST))[:60] + b"\xff" * 60, "a damaged tar archive: it cannot be decompressed."),
        (tarred("layers/linear.py", b"x" * 5000)[:3000], "a damaged tar archive: it ends too early."),
        (TARRED + b"x" * 512, "a damaged tar archive: a header cannot be read."),
        (TARRED + b"x" * 100, "a damaged tar archive: a header cannot be read."),
        (tar_of(TARRED, header("a", size_field=b"9" * 12)), "a damaged tar archive: a size in it is no number."),
        (tar_of(tarred("x", b"12 path", b"x"), TARRED), "a damaged tar archive: an extended header cannot be read."),
        (tar_of(tarred("x", b"x" * 70_000, b"x"), TARRED), "a damaged tar archive: a name in it is longer than any name."),
        (tar_of(header("x", 1 << 30, b"L"), TARRED), "a damaged tar archive: a name in it is longer than any name."),
    ],
    ids=range(27),
)  # fmt: skip
def test_what_is_no_archive_is_refused(taken, contents, sentence):
    """Damaged archives, other formats, and files that are none at all."""
    assert taken(contents).refused == f"anna.zip is {sentence}"


def test_a_tar_that_lies_about_a_size_is_damaged(taken):
    """The size leads to the next header: a wrong one leads nowhere."""
    one = taken(tar_of(header("layers/linear.py", 100) + LINEAR.encode().ljust(1024), TARRED))
    assert one.refused == "anna.zip is a damaged tar archive: a header cannot be read."
    huge = b"\x80" + (1 << 80).to_bytes(11, "big")
    one = taken(tar_of(header("layers/linear.py", size_field=huge), TARRED))
    assert one.refused == "anna.zip is a damaged tar archive: it ends too early."
    one = taken(gzip.compress(tar_of(header("layers/linear.py", size_field=huge), TARRED)), "anna.tgz")
    assert one.refused == "anna.tgz is a damaged tar archive: it ends too early."
