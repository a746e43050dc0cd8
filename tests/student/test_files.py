"""Files that are recognised, kept, and written whole."""

from datetime import UTC, datetime

import pytest

from bpkit.student import files

NOW = datetime(2026, 3, 1, 20, 15, 9, tzinfo=UTC)


def test_fingerprints():
    """Line ends and a byte order mark do not count; anything else does."""
    plain = files.fingerprint(b"a\nb\n")
    assert plain == files.fingerprint(b"a\r\nb\r\n") == files.fingerprint(b"\xef\xbb\xbfa\rb\r")
    assert plain != files.fingerprint(b"a\nb")


def test_a_missing_file_has_no_fingerprint(tmp_path):
    """What cannot be read has none."""
    assert files.fingerprint_of(tmp_path / "missing") is None
    assert files.fingerprint_of(tmp_path) is None


def test_copies_have_names_of_their_own(tmp_path):
    """Copies of one second do not take each other's place, and none ends in .py."""
    path = tmp_path / "linear.py"
    path.write_bytes(b"mine\r\n")
    copies = [files.keep(path, NOW) for _ in range(3)]
    stamp = "linear.py.2026-03-01-201509"
    assert [copy.name for copy in copies] == [f"{stamp}.txt", f"{stamp}-2.txt", f"{stamp}-3.txt"]
    assert {copy.read_bytes() for copy in copies} == {b"mine\r\n"}


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
def test_stopped_in_the_middle(tmp_path, monkeypatch, failure):
    """Ctrl-C in the middle of writing leaves the old file, and nothing beside it."""

    def stop(*_):
        raise failure

    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr("os.replace", stop)
    with pytest.raises(failure):
        files.write(path, b"new")
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("file", b"old")]
