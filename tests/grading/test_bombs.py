"""Archives and folders that would take all memory, or all time."""

import functools
import gzip

import pytest
from hostile import (
    HONEST,
    LINEAR,
    Zipped,
    deflated_zeros,
    header,
    pax,
    peak_of,
    take_in,
    tar_files,
    tar_of,
    tarred,
    write,
    zeros,
    zip_files,
    zip_of,
)

from bpkit.grading import intake

WORK = Zipped("layers/linear.py", LINEAR.encode())
BOMB = "is an archive bomb: unpacked, it is more than 200 times as large."
TARRED = tarred("layers/linear.py", LINEAR.encode())


@pytest.fixture
def taken(tmp_path):
    """Return `take_in`, with a place of its own."""
    return functools.partial(take_in, tmp_path)


@pytest.mark.parametrize("count", [2001, 5000])
def test_too_many_files_are_refused(taken, count):
    """More than two thousand files, however small."""
    assert taken(zip_of(WORK, *(Zipped(f"{n}.txt") for n in range(count)))).refused == (
        "anna.zip holds more than 2,000 files."
    )
    assert taken(tar_of(TARRED, *(tarred(f"{n}.txt") for n in range(count)))).refused == (
        "anna.zip holds more than 2,000 files."
    )


def test_two_thousand_files_are_taken(taken):
    """The limit itself is no reason to refuse, and folders and caches do not count."""
    files = [Zipped(f"{n}.txt") for n in range(1999)] + [
        Zipped("a/"),
        Zipped("b/"),
        Zipped("__pycache__/x.pyc"),
    ]
    assert taken(zip_of(WORK, *files)).files == HONEST


def test_a_directory_of_more_than_any_submission_is_not_read(taken):
    """A count that the end announces is believed only so far as it is small."""
    many = zip_of(*(Zipped(f".git/{n}") for n in range(1000)), end={"count": 0xFFFE})
    assert taken(many).refused == "anna.zip is a damaged zip archive: its directory cannot be read."


def test_files_that_are_too_large_are_refused(taken):
    """A file of code has its limit, a notebook another, and all together a third."""
    noise = "".join(f"# {number * 7919 % 10007}\n" for number in range(200_000))
    assert len(noise) > 1 << 20
    assert (
        taken(zip_files(HONEST | {"layers/relu.py": noise})).refused == "layers/relu.py is larger than 1 MiB."
    )
    assert (
        taken(tar_files(HONEST | {"layers/relu.py": noise})).refused == "layers/relu.py is larger than 1 MiB."
    )
    assert taken(zip_files(HONEST | {"x.ipynb": noise * 7})).refused == "x.ipynb is larger than 8 MiB."
    several = [Zipped(f"a{number}.py", noise[: 1 << 20].encode(), method=0) for number in range(17)]
    assert taken(zip_of(WORK, *several)).refused == "anna.zip holds more than 16 MiB of code and notebooks."


def test_large_files_that_are_not_read_do_no_harm(taken):
    """A report of a few megabytes belongs to many submissions; it is not even decompressed."""
    noise = bytes(range(256)) * (3 << 12)
    member = Zipped("report.pdf", noise, method=0)
    assert taken(zip_of(WORK, member)).files == HONEST


def test_a_zip_bomb_is_refused_by_its_ratio(taken):
    """A quarter of a gibibyte in a quarter of a megabyte, told honestly: refused before anything of it is decompressed."""
    packed, crc = deflated_zeros(1 << 28)
    told = {"size": 1 << 28, "crc": crc, "method": 8}
    bomb = zip_of(WORK, Zipped("layers/relu.py", packed, method=0, local=told, central=told))
    one, peak = peak_of(lambda: taken(bomb))
    assert one.refused == f"anna.zip {BOMB}"
    assert peak < 8


def test_a_zip_bomb_that_lies_about_its_size_is_refused(taken):
    """The same, said to be a kilobyte: no more than that is decompressed."""
    packed, crc = deflated_zeros(1 << 28)
    told = {"size": 1000, "crc": crc, "method": 8}
    bomb = zip_of(WORK, Zipped("layers/relu.py", packed, method=0, local=told, central=told))
    one, peak = peak_of(lambda: taken(bomb))
    assert one.refused == "layers/relu.py is not as large as the archive says."
    assert peak < 8


@pytest.mark.parametrize("name", ["anna.tar.gz", "anna.tgz"])
def test_a_tar_bomb_is_refused_on_the_way(taken, name):
    """Ten gibibytes in ten megabytes: it is given up after the first few."""
    bomb = gzip.compress(TARRED + header("layers/relu.py", 10 << 30)) + zeros(1 << 28) * 40
    assert len(bomb) > 8 << 20
    one, peak = peak_of(lambda: taken(bomb, name))
    assert one.refused == f"{name} {BOMB}"
    assert peak < 8


def test_a_tar_bomb_in_its_names_is_refused(taken):
    """A long name that is a bomb: an extended header is not read into memory, however it swells."""
    bomb = gzip.compress(header("x", 1 << 28, b"L")) + zeros(1 << 28)
    one, peak = peak_of(lambda: taken(bomb, "anna.tgz"))
    assert one.refused == "anna.tgz is a damaged tar archive: a name in it is longer than any name."
    assert peak < 4


def test_a_bomb_of_bombs_is_not_opened(taken):
    """Archives in archives in archives: the third is not opened, whatever it holds."""
    inner = zip_of(Zipped("d.zip", zip_of(Zipped("e.zip", zip_files(HONEST)))))
    one = taken(zip_of(Zipped("c.zip", inner)))
    assert one.refused == "c.zip/d.zip is an archive in an archive in an archive, which is not opened."


def test_bombs_beside_each_other_share_one_limit(taken):
    """Sixteen archives of a hundred and fifty files are too many files, though each alone is not."""
    inner = zip_of(*(Zipped(f"{number}.txt") for number in range(150)))
    one = taken(zip_of(*(Zipped(f"{number}.zip", inner) for number in range(16))))
    assert one.refused.endswith(".zip holds more than 2,000 files.")


def test_too_much_unpacked_is_refused(taken):
    """Files that are never read have a limit too: what is that large is no submission."""
    told = {"size": 300 << 20, "packed": 200 << 20}
    one = taken(zip_of(WORK, Zipped("film.mp4", b"x", local=told, central=told)))
    assert one.refused.startswith("film.mp4 says one thing")
    one = taken(TARRED + header("film.mp4", 300 << 20), "anna.tar")
    assert one.refused == "anna.tar is a damaged tar archive: it ends too early."


def test_too_much_on_the_disk_is_refused(tmp_path):
    """The same in a folder, and in a tar, whose large file is a hole on the disk."""
    write(tmp_path, {"anna/layers/linear.py": LINEAR, "anna/film.mp4": b"", "ben.tar": TARRED})
    with (tmp_path / "anna/film.mp4").open("r+b") as file:
        file.truncate(300 << 20)
    with (tmp_path / "ben.tar").open("ab") as file:
        file.write(header("film.mp4", 300 << 20))
        file.truncate(301 << 20)
    (anna, ben), peak = peak_of(lambda: list(intake.find(tmp_path)))
    assert anna.refused == "It holds more than 256 MiB unpacked."
    assert ben.refused == "ben.tar holds more than 256 MiB unpacked."
    assert peak < 4


def test_names_that_would_fill_the_memory_are_not_kept(taken):
    """Hundreds of names of sixty kilobytes each, in a tar and in a zip's directory."""
    long = "x" * 60_000
    tar = gzip.compress(TARRED + b"".join(pax(path=f"{number}{long}") + tarred("x") for number in range(900)))
    one, peak = peak_of(lambda: taken(tar, "anna.tgz"))
    assert one.refused in {f"0{long}"[:79] + "… has a name that is too long.", "anna.tgz " + BOMB}
    assert peak < 8
    many = zip_of(WORK, *(Zipped(f"{number}{long}") for number in range(900)))
    assert taken(many).refused == "anna.zip holds more than 100,000 files."
