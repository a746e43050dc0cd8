"""The deadline of an answer: on a machine that is busy, time that the worker did not have does not count."""

import pytest

from bpkit.judging import patience
from bpkit.judging.patience import Patience


class Machine:
    """A clock, and a worker that waits for a processor a share of the time."""

    def __init__(self, share=0.0):
        self.now = self.queued = 0.0
        self.share = share

    def monotonic(self):
        """Stand in for `time.monotonic`."""
        return self.now

    def waits(self, seconds):
        """Let time pass."""
        self.now += seconds
        self.queued += seconds * self.share

    def lasts(self, seconds, late=0.0):
        """Wait for an answer that never comes; return after how long it is given up."""
        patient = Patience(seconds, lambda: self.queued)
        with pytest.raises(TimeoutError):
            while self.now < 1000:
                self.waits(patient.slice() + late)
        return self.now


@pytest.fixture
def machine(monkeypatch):
    """Return a function that makes the machine whose clock counts."""

    def made(share=0.0):
        machine = Machine(share)
        monkeypatch.setattr(patience, "time", machine)
        return machine

    return made


def test_an_idle_machine_waits_the_seconds(machine):
    """What computes or sleeps all the time is given up at the deadline."""
    assert machine().lasts(5.0) == pytest.approx(5.0)


def test_time_in_the_queue_does_not_count(machine):
    """A worker that has the processor half of the time has twice as long, but for the first look."""
    assert machine(0.5).lasts(5.0) == pytest.approx(9.5, abs=0.6)


def test_there_is_an_end_on_the_busiest_machine(machine):
    """A worker that has no processor at all is given up too, and no other work of its own can ask for more."""
    assert machine(1.0).lasts(5.0) == pytest.approx(20.0, abs=0.6)


def test_a_wait_that_ended_late_does_not_count(machine):
    """The checker itself did not run: the machine slept, or had no processor for it."""
    assert machine().lasts(5.0, late=0.5) == pytest.approx(10.0, abs=1.1)


def test_byte_by_byte_is_no_way_around(machine):
    """An answer that drips, each piece in time, ends at the deadline."""
    one = machine()
    patient = Patience(5.0, lambda: 0.0)
    with pytest.raises(TimeoutError):
        while one.now < 1000:
            patient.slice()
            one.waits(0.01)
    assert one.now == pytest.approx(5.0, abs=0.02)
