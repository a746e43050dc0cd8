"""What a worker is like from inside: what it can see and take, and how it answers."""

import importlib.util
import sys

import numpy as np
import pytest

from bpkit.judging.process import Zygote
from bpkit.worker import wire


@pytest.mark.parametrize("kind", ["SystemExit", "MemoryError", "NotImplementedError", "RecursionError"])
def test_what_is_raised_is_answered_and_the_worker_lives(student, kind):
    """An exception is an answer, `SystemExit` too: the next call is served by the same worker."""
    student.load(f"def main(): raise {kind}('so')\ndef again(): return 5")
    answer, failure = student.call("main")
    assert (answer, failure["type"], failure["message"]) == (wire.RAISED, kind, "so")
    assert kind in failure["kinds"]
    assert student.call("again") == (wire.RETURNED, 5)


def test_a_keyboard_interrupt_is_answered(student):
    """An exception that is no `Exception` is an answer too."""
    student.load("def main(): raise KeyboardInterrupt")
    answer, failure = student.call("main")
    assert (answer, failure["type"]) == (wire.RAISED, "KeyboardInterrupt")


def test_an_exception_that_cannot_be_shown_is_still_answered(student):
    """An exception whose `__str__` raises is an answer all the same."""
    source = """
        class Mean(Exception):
            def __str__(self): raise RuntimeError("no text")
        def main(): raise Mean
    """
    student.load(source)
    answer, failure = student.call("main")
    assert (answer, failure["type"]) == (wire.RAISED, "RuntimeError")


@pytest.mark.parametrize("take", ["bytearray(10 << 30)", "np.ones(10 << 27)", "[0] * (10 << 27)"])
def test_ten_gigabytes_are_refused(student, take):
    """An allocation beyond the limit raises `MemoryError` in the worker, which lives on."""
    student.load(f"import numpy as np\ndef main(): return len({take})\ndef again(): return 5")
    answer, failure = student.call("main")
    assert (answer, failure["kinds"]) == (wire.RAISED, ["MemoryError"])
    assert student.call("again") == (wire.RETURNED, 5)


def test_many_small_allocations_meet_the_same_limit(student):
    """Memory that is taken bit by bit ends in `MemoryError` as well."""
    student.load("import numpy as np\ndef main(kept):\n    while True: kept.append(np.zeros(1 << 20))")
    answer, failure = student.call("main", [])
    assert (answer, failure["kinds"]) == (wire.RAISED, ["MemoryError"])


def test_prints_are_captured_in_order(student):
    """Prints to both streams arrive in order, and each call's are its own."""
    source = """
        import os, sys
        print("import")
        def main(word):
            print(word, "∂")
            print("error", file=sys.stderr)
            os.write(1, b"raw \\xff\\n")
    """
    student.load(source)
    assert student.worker.take_printed() == "import\n"
    student.call("main", "one")
    assert student.worker.take_printed() == "one ∂\nerror\nraw \ufffd\n"
    assert student.worker.take_printed() == ""
    student.call("main", "two")
    assert student.worker.take_printed().startswith("two")


def test_closed_output_does_no_harm(student):
    """A worker that closes its output still answers, and so it does when it prints then."""
    student.load("import os\ndef close(): return os.close(1), os.close(2)\ndef main(): print('lost')")
    assert student.call("close") == (wire.RETURNED, (None, None))
    answer, failure = student.call("main")
    assert (answer, failure["type"]) == (wire.RAISED, "OSError")
    assert student.worker.take_printed() == ""


def test_standard_input_is_empty(student):
    """`input()` fails at once instead of waiting for someone to type."""
    student.load("import sys\ndef main(): return sys.stdin.read()\ndef ask(): return input()")
    assert student.call("main") == (wire.RETURNED, "")
    answer, failure = student.call("ask")
    assert (answer, failure["type"]) == (wire.RAISED, "EOFError")


def test_modules_of_a_workspace_import_each_other(student):
    """Files import each other as packages, with and without an __init__.py, relatively and absolutely."""
    source = """
        import numpy as np
        from layers.linear import double
        from layers import linear
        import tools.deep.inside as inside
        def main(x): return double(x) + inside.ONE + linear.TWO
    """
    others = {
        "layers/linear.py": "from .constants import TWO\nimport tools\ndef double(x): return x * TWO",
        "layers/constants.py": "TWO = 2.0",
        "tools/__init__.py": "THREE = 3.0",
        "tools/deep/inside.py": "ONE = 1.0",
    }
    assert student.load(source, others) == (wire.LOADED, None)
    assert student.call("main", np.arange(3.0))[1].tolist() == [3.0, 5.0, 7.0]


def test_a_neighbour_that_is_not_utf8_is_an_import_error(student):
    """Importing a file whose text could not be read says which file it is."""
    answer, failure = student.load("import other", {"other.py": None})
    assert (answer, failure["type"]) == (wire.RAISED, "ImportError")
    assert "other.py" in failure["message"]


def test_the_workspace_cannot_stand_in_for_the_standard_library(student):
    """A file named like a module of the standard library does not replace it for NumPy or anyone else."""
    source = "import json, numpy\ndef main(): return json.dumps([1])"
    assert student.load(source, {"json.py": "", "numpy.py": ""}) == (wire.LOADED, None)
    assert student.call("main") == (wire.RETURNED, "[1]")


@pytest.mark.parametrize("name", ["torch", "pytest", "safetensors", "hypothesis", "bpkit"])
def test_only_numpy_and_the_standard_library_can_be_imported(student, name):
    """What is installed here beside numpy cannot be imported there."""
    assert importlib.util.find_spec(name), f"{name} is not installed, so this would prove nothing"
    answer, failure = student.load(f"import {name}")
    assert (answer, failure["type"]) == (wire.RAISED, "ModuleNotFoundError")


def test_numpy_and_the_standard_library_can_be_imported(student):
    """The parts of numpy that are loaded late, and the standard library, are there."""
    source = """
        import numpy.fft, numpy.linalg, numpy.testing, dataclasses, functools, itertools, math, typing, json
        def main(): return numpy.__version__
    """
    student.load(source)
    assert student.call("main") == (wire.RETURNED, np.__version__)


def test_the_environment_is_not_inherited(monkeypatch, enrol):
    """Nothing of the checker's environment can be read in a worker."""
    monkeypatch.setenv("BPKIT_SECRET", "token")
    with Zygote(0) as zygote:
        student = enrol(zygote)
        student.load("import os\ndef main(): return sorted(os.environ)")
        _, names = student.call("main")
    assert "PATH" in names
    assert not {"BPKIT_SECRET", "HOME", "PYTHONPATH"} & set(names)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_only_four_file_descriptors_are_open(student, zygote, enrol):
    """A worker holds its three streams and the wire: no other worker's, and not the zygote's socket."""
    enrol(zygote)
    student.load("import os\ndef main(): return sorted(map(int, os.listdir('/proc/self/fd')))")
    _, numbers = student.call("main")
    assert numbers[:4] == [0, 1, 2, 3]
    assert len(numbers) == 5  # and the folder that is being listed


def test_files_get_no_bytes(student, tmp_path):
    """A worker cannot write into a file, even where it may open one."""
    student.load("def main(path):\n    with open(path, 'wb', buffering=0) as file: file.write(b'x')")
    answer, failure = student.call("main", str(tmp_path / "file"))
    assert (answer, failure["type"]) == (wire.RAISED, "OSError")
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


def test_the_echo_shows_what_became_of_the_arguments(student):
    """Asked for, the arguments come back as they are after the call; seeds and slots as they were sent."""
    student.load("def main(x, rng):\n    x += rng.random() * 0 + 1\n    return x.sum()")
    request = student.request("main", np.zeros(3), wire.Rng(5)) | {"echo": True}
    _, answer = student.worker.ask(wire.CALL, request, 10.0)
    assert answer["arguments"][0].tolist() == [1.0, 1.0, 1.0]
    assert answer["arguments"][1] == wire.Rng(5)


def test_a_cache_stays_in_the_worker(student):
    """A forward's cache is kept under its slot, whatever it is, and handed to the backward."""
    student.load("def forward(x): return x, lambda y: x * y\ndef backward(dy, cache): return cache(dy)")
    for slot, x in ((3, 2.0), (4, 10.0)):
        request = student.request("forward", x) | {"keep": slot}
        assert student.worker.ask(wire.CALL, request, 10.0)[1]["value"] == x
    assert student.call("backward", 7.0, wire.Slot(3)) == (wire.RETURNED, 14.0)
    assert student.call("backward", 7.0, wire.Slot(4)) == (wire.RETURNED, 70.0)


def test_warnings_are_told_and_limited(student):
    """Warnings come with the answer, those too that Python hides; a few of them, each cut."""
    source = """
        import warnings
        import numpy as np
        def main():
            np.log(np.zeros(2))
            warnings.warn("old", DeprecationWarning)
            for number in range(50): warnings.warn(f"{number} " * 500)
    """
    student.load(source)
    _, answer = student.worker.ask(wire.CALL, student.request("main"), 10.0)
    hidden = "DeprecationWarning: old"
    assert answer["warnings"][:2] == ["RuntimeWarning: divide by zero encountered in log", hidden]
    assert len(answer["warnings"]) < 10
    assert all(len(warning) <= 200 for warning in answer["warnings"])
