"""What honest code needs works at every level: NumPy with all its parts, the standard library, time, and much memory."""

import importlib.util
import sys

import numpy as np
import pytest

from bpkit.judging.process import HIGHEST, Zygote
from bpkit.worker import wire

MODULES = (
    "abc", "argparse", "ast", "asyncio", "base64", "bisect", "bz2", "cmath", "collections.abc", "concurrent.futures",
    "contextlib", "copy", "csv", "ctypes", "dataclasses", "datetime", "decimal", "difflib", "dis", "enum", "fractions",
    "functools", "gc", "glob", "graphlib", "gzip", "hashlib", "heapq", "html", "inspect", "io", "itertools", "json",
    "linecache", "logging", "lzma", "math", "multiprocessing", "numbers", "operator", "os", "pathlib", "pickle",
    "platform", "pprint", "queue", "random", "re", "secrets", "shutil", "signal", "socket", "sqlite3", "statistics",
    "string", "struct", "subprocess", "tempfile", "textwrap", "threading", "time", "timeit", "tokenize", "tomllib",
    "traceback", "types", "typing", "unittest.mock", "urllib.parse", "uuid", "warnings", "weakref",
    "xml.etree.ElementTree", "zipfile", "zlib", "zoneinfo",
)  # fmt: skip


@pytest.fixture(scope="module", params=range(HIGHEST + 1))
def held(request):
    """Return a zygote at each level in turn."""
    if request.param and sys.platform != "linux":
        pytest.skip("the levels are Linux's")
    with Zygote(most=request.param) as zygote:
        zygote.spawn().kill()
        if zygote.claimed < request.param:
            pytest.skip(zygote.missing)
        yield zygote


@pytest.fixture
def answer(held, enrol):
    """Return a function that gives what a student's `main` returns at a level."""

    def ask(source, *arguments):
        student = enrol(held)
        assert student.load(source) == (wire.LOADED, None)
        kind, value = student.call("main", *arguments)
        assert kind == wire.RETURNED, value
        return value

    return ask


def test_the_standard_library_can_be_imported(answer):
    """Modules with libraries of their own, such as hashlib, bz2 and sqlite3, are there as well as plain ones."""
    here = [name for name in MODULES if importlib.util.find_spec(name)]
    assert len(here) > 60
    source = f"""
        import importlib
        def main():
            failed = []
            for name in {here!r}:
                try:
                    importlib.import_module(name)
                except Exception as error:
                    failed.append(f"{{name}}: {{error!r}}")
            return failed
    """
    assert answer(source) == []


def test_libraries_work(answer):
    """What is imported does its work: compression, digests, decimals, a database in memory, ctypes."""
    source = """
        import bz2, ctypes, decimal, gzip, hashlib, lzma, sqlite3, zlib
        def main():
            data = b"backprop" * 1000
            for module in (bz2, gzip, lzma, zlib):
                assert module.decompress(module.compress(data)) == data
            assert len({hashlib.new(name, data).hexdigest() for name in ("md5", "sha256", "blake2b", "sha3_256")}) == 4
            base = sqlite3.connect(":memory:")
            base.execute("create table t (x)")
            base.execute("insert into t values (5)")
            assert ctypes.c_int(5).value == 5
            return str(decimal.Decimal(1) / 3), base.execute("select x from t").fetchall()[0][0]
    """
    assert answer(source) == ("0.3333333333333333333333333333", 5)


def test_numpy_works(answer):
    """Random numbers, transforms, linear algebra and the parts that are loaded late give what they give outside."""
    source = """
        import numpy as np
        import numpy.ma, numpy.polynomial, numpy.testing
        def main(x):
            rng = np.random.default_rng(5)
            np.random.seed(5)
            np.testing.assert_allclose(np.fft.ifft(np.fft.fft(x)).real, x)
            fitted = np.polynomial.Polynomial.fit(np.arange(9.0), np.arange(9.0) ** 2, 2).convert().coef.round(6) + 0.0
            return rng.standard_normal(3), np.random.rand(3), np.linalg.inv(x), np.linalg.svd(x)[1], fitted
    """
    x = np.random.default_rng(1).standard_normal((5, 5))
    drawn, old, inverse, values, fitted = answer(source, x)
    assert (drawn == np.random.default_rng(5).standard_normal(3)).all()
    assert (old == np.random.RandomState(5).rand(3)).all()
    np.testing.assert_allclose(inverse, np.linalg.inv(x))
    np.testing.assert_allclose(values, np.linalg.svd(x)[1])
    assert fitted.tolist() == [0.0, 0.0, 1.0]


def test_large_products_work(answer):
    """A product that BLAS would share among threads comes out right, and a few hundred megabytes are there."""
    source = """
        import numpy as np
        def main(x):
            large = np.ones(40_000_000)
            return (x @ x)[::100, ::100], large.sum()
    """
    x = np.random.default_rng(1).standard_normal((700, 700))
    product, total = answer(source, x)
    np.testing.assert_allclose(product, (x @ x)[::100, ::100])
    assert total == 4e7


def test_time_and_locks_work(answer):
    """Sleeping, clocks, and locks without threads."""
    source = """
        import queue, threading, time
        def main():
            began = time.perf_counter()
            time.sleep(0.02)
            lock, waiting = threading.RLock(), queue.Queue()
            with lock, threading.Lock():
                waiting.put(5)
            return time.perf_counter() - began >= 0.02, time.time() > 1e9, waiting.get(timeout=1), lock.acquire(timeout=1)
    """
    assert answer(source) == (True, True, 5, True)


def test_exceptions_tell_the_students_lines(answer):
    """A traceback can be made of the student's own file, and of the standard library's."""
    source = """
        import json, traceback
        def main():
            try:
                json.loads("{")
            except ValueError:
                return traceback.format_exc()
    """
    told = answer(source)
    assert 'File "main.py", line 5, in main' in told
    assert "JSONDecodeError" in told


def test_what_is_refused_is_an_exception(held, enrol):
    """From level 1 on, threads and files for writing raise what Python raises for them, and the worker lives on."""
    if held.claimed == 0:
        pytest.skip("they are allowed at level 0")
    student = enrol(held)
    student.load("""
        import subprocess, threading
        def thread(): threading.Thread(target=print).start()
        def file(): open("/tmp/x", "w")
        def program(): subprocess.run(["true"])
        def again(): return 5
    """)
    kinds = [student.call(name)[1]["type"] for name in ("thread", "file", "program")]
    assert kinds == ["RuntimeError", "PermissionError", "PermissionError"]
    assert student.call("again") == (wire.RETURNED, 5)
