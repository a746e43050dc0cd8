"""Folders on the disk: nothing that is no plain file is opened, and no link is followed, not even in a race."""

import os
import socket
import threading
import time

import pytest
from hostile import HONEST, LINEAR, SOFTMAX, write

from bpkit.grading import intake
from bpkit.grading.folders import Folder
from bpkit.grading.members import FILE, Member, Refused

SECRET = "SECRET = 1\n"


@pytest.fixture
def school(tmp_path):
    """Return a folder of submissions with two honest ones, beside a file that is none of theirs."""
    write(tmp_path, {"secret/linear.py": SECRET, "secret/layers/linear.py": SECRET})
    return write(tmp_path / "in", {"anna/layers/softmax.py": SOFTMAX, "zoe/layers/linear.py": LINEAR})


def refusal(school):
    """Return why Anna's submission was refused; Zoe's must come through."""
    anna, zoe = intake.find(school)
    assert (zoe.refused, zoe.files) == ("", HONEST)
    assert not anna.files
    return anna.refused


def test_a_link_to_a_file_is_refused(school):
    """A link to another's work, or to anything else, is not followed."""
    (school / "anna/layers/linear.py").symlink_to(school / "zoe/layers/linear.py")
    assert refusal(school) == "layers/linear.py is a symbolic link; only plain files and folders are taken."


@pytest.mark.parametrize("target", ["../../secret/layers", "/", ".", "nowhere"])
def test_a_link_to_a_folder_is_refused(school, target):
    """Nor to a folder: outside, in a circle, or nowhere."""
    (school / "anna/losses").symlink_to(target)
    assert refusal(school) == "losses is a symbolic link; only plain files and folders are taken."


def test_a_submission_that_is_a_link_is_refused(school):
    """A submission is a folder itself, not a link to one."""
    (school / "anna").rename(school.parent / "elsewhere")
    (school / "anna").symlink_to(school.parent / "elsewhere")
    assert refusal(school) == "anna is a symbolic link; only plain files and folders are taken."


def test_the_folder_of_submissions_may_be_a_link(school):
    """The instructor's own link is followed."""
    (school.parent / "link").symlink_to(school)
    assert [one.refused for one in intake.find(school.parent / "link")] == ["", ""]


def test_a_hard_link_is_refused(school):
    """A second name for a file is refused under both."""
    os.link(school.parent / "secret/linear.py", school / "anna/layers/linear.py")
    assert refusal(school) == "layers/linear.py is a hard link; only plain files and folders are taken."


@pytest.mark.parametrize("name", ["layers/linear.py", "data.bin", "work.zip"])
def test_a_fifo_does_not_make_us_wait(school, name):
    """A named pipe is refused before anybody opens it."""
    os.mkfifo(school / "anna" / name)
    started = time.monotonic()
    assert refusal(school) == f"{name} is a named pipe (FIFO); only plain files and folders are taken."
    assert time.monotonic() - started < 5


def test_a_socket_is_refused(school, monkeypatch):
    """Nor is a socket opened."""
    monkeypatch.chdir(school)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("anna/x")
    assert refusal(school) == "x is a socket; only plain files and folders are taken."


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (b"a\xff.py", "a\\udcff.py has a name that is not UTF-8."),
        (b"a\n.py", "a\\n.py has control characters in its name."),
        (b"a\x1b[2J", "a\\x1b[2J has control characters in its name."),
        (
            "a\u202e.py".encode(),
            "a\\u202e.py has characters in its name that change the direction of writing.",
        ),
        (b"a\\b.py", "a\\b.py has a backslash in its name."),
        (b"C:a.py", "C:a.py names a drive, which leads out of the submission."),
    ],
)
def test_odd_names_are_refused(school, name, sentence):
    """Names that the disk allows and a reader should not meet."""
    with open(os.fsencode(school / "anna") + b"/" + name, "wb"):  # noqa: PTH123 - bytes
        pass
    assert refusal(school) == sentence


def test_names_that_differ_only_in_case_are_refused(school):
    """What another system would take for one file."""
    write(school / "anna", {"a.py": "x", "A.py": "y"})
    assert refusal(school) == "A.py and a.py differ only in case or in how accents are written."


def test_too_many_files_are_refused(school):
    """More than two thousand; caches and Git's own files do not count, and folders are not walked in vain."""
    write(school / "zoe/.git", {f"{number}": "" for number in range(2001)})
    write(school / "zoe/layers/__pycache__", {f"{number}.pyc": "" for number in range(2001)})
    write(school / "anna", {f"{number}.txt": "" for number in range(2001)})
    assert refusal(school) == "It holds more than 2,000 files."


def test_folders_that_are_too_deep_are_refused(school):
    """A tower of folders, higher than any path may be."""
    deep = school / "anna"
    for _ in range(70):
        deep /= "x"
        deep.mkdir()
    assert refusal(school).endswith("lies more than 64 folders deep.")


def test_what_cannot_be_read_is_told(school, monkeypatch):
    """A file or folder without permission is refused by its name."""
    refuse = "softmax.py"
    opened = os.open

    def open_(path, *rest, **more):
        if path == refuse:
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *rest, **more)

    monkeypatch.setattr(os, "open", open_)
    assert refusal(school) == "softmax.py cannot be read: Permission denied."
    refuse = "layers"
    write(school, {"zoe/linear.py": LINEAR})
    (school / "zoe/layers/linear.py").unlink()
    (school / "zoe/layers").rmdir()
    assert refusal(school) == "layers cannot be read: Permission denied."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(school):
    """The same with the system's own refusal."""
    (school / "anna/layers/softmax.py").chmod(0)
    assert refusal(school) == "softmax.py cannot be read: Permission denied."


@pytest.mark.parametrize("becomes", ["a symbolic link", "a named pipe (FIFO)", "a hard link", "a folder"])
def test_a_file_that_becomes_something_else_is_not_read(school, becomes):
    """What was listed as a file and is something else when it is opened: no link is followed, no pipe waited for."""
    source = Folder(school / "anna/layers")
    (member,) = source.walk()
    path = school / "anna/layers/softmax.py"
    path.unlink()
    match becomes:
        case "a symbolic link":
            path.symlink_to(school.parent / "secret/linear.py")
        case "a named pipe (FIFO)":
            os.mkfifo(path)
        case "a hard link":
            os.link(school.parent / "secret/linear.py", path)
        case "a folder":
            path.mkdir()
    with pytest.raises((Refused, OSError)):
        source.read(member, 1000)


def test_a_folder_that_becomes_a_link_is_not_entered(school):
    """A link in the middle of a path leads nowhere either."""
    (school / "anna/layers").rename(school / "anna/aside")
    (school / "anna/layers").symlink_to(school.parent / "secret")
    with pytest.raises(OSError):  # noqa: PT011 - the kernel's number for it differs
        Folder(school, ("anna",)).read(Member("layers/linear.py", FILE), 1000)


def test_a_file_that_grows_is_cut_off(school):
    """A file is read up to its limit, whatever it was said to be."""
    with pytest.raises(Refused, match=r"It is larger than 0 MiB\."):
        Folder(school / "anna").read(Member("layers/softmax.py", FILE, 1), 10)


def test_a_student_who_changes_a_file_all_the_time_gets_nothing_of_others(school):
    """A race between a link and a file, run for a while: what is read is the file, or nothing."""
    target = school / "anna/layers/linear.py"
    stop = threading.Event()

    def swap():
        while not stop.is_set():
            spare = school / "anna/spare"
            spare.symlink_to(school.parent / "secret/linear.py")
            spare.rename(target)
            spare.write_text(LINEAR)
            spare.rename(target)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for _ in range(200):
            assert SECRET not in next(intake.find(school)).files.values()
    finally:
        stop.set()
        thread.join()
