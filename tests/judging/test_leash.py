"""Calling a check off from another thread: the worker ends, no other begins, the launcher goes on."""

import threading
import time

import pytest

from bpkit.judging.leash import Leash, Stopped
from bpkit.judging.process import WorkerDied
from bpkit.judging.spawned import Spawner
from bpkit.worker import wire

LOOP = {"module": "main", "files": {"main.py": "while True: pass\n"}}
EMPTY = {"module": "main", "files": {"main.py": ""}}


@pytest.fixture(params=["zygote", "spawner"])
def launcher(request):
    """Return what starts workers, on this system and where there is no zygote."""
    if request.param == "zygote":
        yield request.getfixturevalue("zygote")
    else:
        with Spawner() as spawner:
            yield spawner


def test_a_worker_is_ended_while_it_is_asked(launcher, gone):
    """Whoever waits for an answer gets `WorkerDied` long before the deadline."""
    leash = Leash(launcher)
    worker = leash.spawn()
    stopper = threading.Timer(0.2, leash.stop)
    stopper.start()
    began = time.monotonic()
    with pytest.raises(WorkerDied):
        worker.ask(wire.LOAD, LOOP, 600.0)
    stopper.join()
    assert time.monotonic() - began < 300
    assert leash.stopped
    assert gone(worker.pid)


def test_no_other_worker_begins(launcher):
    """After the end there is no worker on this leash, and there are others on the next."""
    with Leash(launcher) as leash:
        ended = leash.spawn()
    ended.kill()
    with pytest.raises(Stopped):
        leash.spawn()
    with Leash(launcher) as leash:
        worker = leash.spawn()
        assert worker.ask(wire.LOAD, EMPTY, 60.0)[0] == wire.LOADED
        worker.kill()


def test_stopped_while_a_worker_is_being_started(zygote):
    """Who stops it does not wait for the launcher, and the worker that comes too late is ended."""

    class Slow:
        claimed, missing = 0, ""
        asked, go_on, worker = threading.Event(), threading.Event(), None

        def spawn(self):
            self.asked.set()
            assert self.go_on.wait(60)
            self.worker = zygote.spawn()
            return self.worker

    slow, refused = Slow(), []
    leash = Leash(slow)

    def begin():
        try:
            leash.spawn()
        except Stopped:
            refused.append(True)

    thread = threading.Thread(target=begin)
    thread.start()
    assert slow.asked.wait(60)
    leash.stop()
    slow.go_on.set()
    thread.join()
    assert refused
    assert not slow.worker.alive


def test_stopping_twice_and_after_the_end(launcher):
    """A worker that has ended is not signalled again: its number may be another's by now."""
    leash = Leash(launcher)
    worker = leash.spawn()
    worker.kill()
    leash.stop()
    leash.stop()
    worker.interrupt()
    assert not worker.alive
