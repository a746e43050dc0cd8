"""Every attack breaches the level below its defence, does nothing at its level, and leaves the next submission alone."""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

import arena
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the levels and /proc are Linux's")

PATIENCE = 90.0  # seconds for a verdict, on a machine that is busy; every deadline here is one of a few
CAP_SYS_RESOURCE = 24


def missing(attack):
    """Say why an attack cannot be tried on this machine; "" where it can."""
    match getattr(attack, "NEEDS", ""):
        case "torch":
            return "" if importlib.util.find_spec("torch") else "torch is not installed"
        case "root":
            status = Path("/proc/self/status").read_text()
            capabilities = int(status.partition("CapEff:")[2].split()[0], 16)
            return "" if capabilities >> CAP_SYS_RESOURCE & 1 else "this user may not raise limits"
        case "ptrace":
            scope = Path("/proc/sys/kernel/yama/ptrace_scope")
            return "Yama guards memory here" if scope.exists() and scope.read_text().strip() != "0" else ""
        case "int80":
            return "" if os.uname().machine == "x86_64" and _has_int80() else "no 32-bit calls here"
        case "keyring":
            number = 250 if os.uname().machine == "x86_64" else 219
            # KEYCTL_GET_KEYRING_ID of the user's keyring
            return "" if ctypes.CDLL(None).syscall(number, 0, -4, 1) >= 0 else "no keyrings here"
        case "site-packages":
            folder = Path(os.__file__).parent / "site-packages"
            return "" if folder.is_dir() and any(folder.iterdir()) else "none beside the standard library"
        case _:
            return ""


def _has_int80():
    config = Path("/proc/config.gz")
    if not config.exists():
        return True
    import gzip

    return b"CONFIG_IA32_EMULATION=y" in gzip.decompress(config.read_bytes())


@pytest.fixture(params=arena.ATTACKS)
def attack(request):
    """Return each attack in turn, as far as it can be tried here."""
    module = arena.load(request.param)
    reason = missing(module)
    if reason:
        pytest.skip(reason)
    return module


def test_it_breaches_the_level_below(attack, at, tmp_path):
    """Below its defence the attack gets what it wants: else it proves nothing."""
    below = attack.STOPPED_BY - 1
    at(max(below, 0))
    run = arena.run(attack, below, tmp_path)
    assert attack.breached(run), run.out


def test_its_level_stops_it(attack, at, stage, tmp_path):
    """At its level it gets nothing, the checker has a verdict in time, and the next submission passes."""
    run = arena.run(attack, at(attack.STOPPED_BY), tmp_path, stage)
    assert not attack.breached(run), run.out
    deserved = getattr(attack, "DESERVES", 0)
    assert (run.code, run.first.error, run.first.points) == (0, 0, deserved), run.out
    assert run.first.seconds < PATIENCE
    assert run.first.text
    assert run.graded[-1].points == run.graded[-1].max_points == 6
    assert run.left == ()
    assert run.peak < 100


def test_the_highest_level_stops_everything(offered, tmp_path):
    """An honest submission passes at every level that the machine offers, and all attacks have one that stops them."""
    assert {arena.load(name).STOPPED_BY for name in arena.ATTACKS} == {0, 1, 2, 3}
    honest = type("Honest", (), {"SOURCE": arena.HONEST, "STOPPED_BY": 0, "SECONDS": 5.0})
    for level in range(offered.level + 1):
        (place := tmp_path / str(level)).mkdir()
        run = arena.run(honest, level, place)
        assert [graded.points for graded in run.graded] == [6, 6], run.out
        assert run.left == ()


@pytest.mark.parametrize("name", arena.ATTACKS)
def test_an_attack_says_what_it_is_for(name):
    """Every file says what it tries and what that would gain, and hides no module of Python's behind its name."""
    attack = arena.load(name)
    assert "Gain: " in attack.__doc__
    assert attack.breached.__doc__
    assert name not in sys.stdlib_module_names
