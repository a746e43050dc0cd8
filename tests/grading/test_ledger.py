"""The ledger: what was written is there, whoever was killed, and only one run writes."""

import json
import multiprocessing
import os
import signal
import sqlite3

import pytest

from bpkit.errors import BadFile, LedgerInUse
from bpkit.grading import ledger
from bpkit.grading.ledger import Known, Ledger
from bpkit.report.results import Outcome, Result

VERDICT = {"schema": "bpkit/verdict/v1", "score": 3}


def test_what_was_written_is_read(tmp_path):
    """Results come back in the order of the ids, whatever order they were written in."""
    with Ledger(tmp_path / "new" / "results") as book:
        book.write("zoe", "Zoë", "k1", Outcome.GRADED, "", json.dumps(VERDICT))
        book.write("anna", "", "k2", Outcome.REFUSED, "It is no archive.", "")
        assert book.known("zoe") == Known("Zoë", "k1", Outcome.GRADED)
        assert book.known("nobody") is None
    with ledger.read(tmp_path / "new" / "results") as found:
        _compare(found)


def _compare(found):
    assert list(found) == [
        Result("anna", "", Outcome.REFUSED, "It is no archive.", None),
        Result("zoe", "Zoë", Outcome.GRADED, "", VERDICT),
    ]
    assert [result.score for result in found] == [None, 3]
    assert (len(found), found[1].student, [result.student for result in found[:1]]) == (2, "zoe", ["anna"])


def test_a_later_result_replaces_an_earlier_one(tmp_path):
    """A student has one row; a new name leaves the rest as it is."""
    with Ledger(tmp_path) as book:
        book.write("a", "", "k1", Outcome.NOT_JUDGED, "broken", "")
        book.write("a", "A", "k2", Outcome.GRADED, "", json.dumps(VERDICT))
        book.rename("a", "Anna")
        assert list(book.results()) == [Result("a", "Anna", Outcome.GRADED, "", VERDICT)]


def test_two_runs_at_once(tmp_path):
    """The second says so and stops; once the first is over it may write."""
    with Ledger(tmp_path), pytest.raises(LedgerInUse, match="Another bpkit grade is writing"):
        Ledger(tmp_path)
    with Ledger(tmp_path):
        pass


def test_reading_while_it_is_written(tmp_path):
    """An export sees what has been written so far."""
    with Ledger(tmp_path) as book:
        book.write("a", "", "k", Outcome.GRADED, "", json.dumps(VERDICT))
        with ledger.read(tmp_path) as results:
            assert [result.student for result in results] == ["a"]


def _write_and_die(folder):
    book = Ledger(folder)
    for number in range(100):
        book.write(f"s{number:02}", "", "k", Outcome.GRADED, "", json.dumps(VERDICT))
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_writer_loses_nothing(tmp_path):
    """Every row that was written is there after SIGKILL, and the lock is free."""
    writer = multiprocessing.get_context("spawn").Process(target=_write_and_die, args=(tmp_path,))
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    with Ledger(tmp_path) as book:
        assert len(book.results()) == 100


def test_no_ledger(tmp_path):
    """Where there is none, the sentence says how to make one."""
    with pytest.raises(BadFile, match="bpkit grade SUBMISSIONS --out"):
        ledger.read(tmp_path)


@pytest.mark.parametrize("harm", ["text", "version"])
def test_a_file_that_is_no_ledger(tmp_path, harm):
    """A damaged file, or one of another version, is not written over."""
    path = tmp_path / ledger.FILE
    if harm == "text":
        path.write_text("to do: grade" * 1000)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(BadFile, match=r"ledger\.sqlite"):
        Ledger(tmp_path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_used(tmp_path):
    """A file in the way is told."""
    (tmp_path / "file").write_text("")
    with pytest.raises(BadFile, match="cannot be used for results"):
        Ledger(tmp_path / "file" / "results")
