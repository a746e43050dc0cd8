"""What is no gradebook, or none that can be written to: one sentence, and nothing is changed."""

import shutil
import sqlite3
import sys

import pytest

pytest.importorskip("nbgrader")
pytest.importorskip("fcntl", reason="the ledger is for Linux")

from class_of_six import grades, opened
from two_chapters import run

from bpkit.errors import BadFile
from bpkit.notebooks import gradebook


def refusal(results, address, *more):
    """Try to write to a gradebook; return why it cannot be."""
    code, out, err = run("export", results, "--format", "nbgrader", "--gradebook", address, *more)
    assert (code, out) == (2, "")
    assert err.count("Error: ") == 1
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("nowhere.db", "There is no gradebook nowhere.db"),
        ("sqlite:///nowhere.db", "There is no gradebook nowhere.db"),
        ("sqlite://", "There is no gradebook sqlite://"),
        ("empty.db", "is no gradebook of nbgrader's"),
        ("other.db", "is no gradebook of nbgrader's"),
        ("words.db", "not a database"),
        ("old.db", "nbgrader db upgrade"),
        ("bare.db", "First: nbgrader generate_assignment layers losses"),
        ("://", "address cannot be read"),
        ("postgres://", "cannot be used"),
        ("postgresql+nothing://localhost/x", "cannot be used"),
        ("postgresql+psycopg2://u:secret@127.0.0.1:1/x", "u:***@127.0.0.1:1/x"),
    ],
)
def test_what_is_no_gradebook(results, two_assignments, tmp_path, monkeypatch, where, words):
    """One sentence, exit code 2, no new file, no password."""
    if "psycopg2" in where:
        pytest.importorskip("psycopg2")
    monkeypatch.chdir(tmp_path)
    folder = results()
    (tmp_path / "empty.db").touch()
    (tmp_path / "words.db").write_text("This is no database. " * 100)
    for name, command in (
        ("other.db", "CREATE TABLE songs (name TEXT)"),
        ("old.db", "ALTER TABLE student DROP COLUMN lms_user_id"),
    ):
        if name == "old.db":
            shutil.copy(two_assignments / "gradebook.db", name)
        connection = sqlite3.connect(name)
        connection.execute(command)
        connection.close()
    shutil.copy(two_assignments / "gradebook.db", "bare.db")
    with opened("sqlite:///bare.db") as book:
        book.remove_assignment("layers")
        book.remove_assignment("losses")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.db")}
    err = refusal(folder, where)
    assert words in err
    assert "secret" not in err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.db")} == before


def test_a_locked_gradebook(results, two_assignments, tmp_path):
    """Another program that writes is waited for, a while, and then nothing is written."""
    path = shutil.copy(two_assignments / "gradebook.db", tmp_path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    err = refusal(results(), path)
    connection.close()
    assert "database is locked. Of anna nothing was written" in err
    assert grades(f"sqlite:///{path}") == {}


def test_no_such_assignment(results, two_assignments, tmp_path):
    """The assignments that there are are named."""
    path = shutil.copy(two_assignments / "gradebook.db", tmp_path)
    err = refusal(results(), path, "--assignment", "Sheet 3")
    assert "no assignment 'Sheet 3', but layers and losses" in err


def test_what_is_not_installed(results, two_assignments, tmp_path, monkeypatch):
    """A driver, or nbgrader itself: one sentence with what to install."""
    folder = results()
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    with pytest.raises(BadFile, match="needs the Python package psycopg2, which is not installed"):
        gradebook.write("postgresql+psycopg2://127.0.0.1:1/x", [], [])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    path = shutil.copy(two_assignments / "gradebook.db", tmp_path)
    assert "nbgrader is not installed" in refusal(folder, path)


@pytest.mark.parametrize("arguments", [("--format", "nbgrader"), ("--format", "csv", "--gradebook", "x.db")])
def test_the_two_options_go_together(results, arguments):
    """Neither is passed over in silence."""
    code, _, err = run("export", results(), *arguments)
    assert code == 2
    assert "--format nbgrader and --gradebook ADDRESS go together." in err
