"""The worker's loop: load a submission, call its functions, send back plain values.

Everything here shares its process with a student's code and may be changed by it. It is written for honest
submissions; the checker believes none of it.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import inspect
import io
import os
import sys
import types
import warnings
from importlib.machinery import ModuleSpec
from typing import Any

import numpy as np

from . import canaries, watch, wire

_MAX_FRAMES, _MAX_MESSAGE, _MAX_WARNINGS = 20, 2000, 5


class Sources:
    """Imports modules from the submission's text, so that a worker needs no path into the workspace."""

    def __init__(self, files: dict[str, str | None], chapter: str) -> None:
        self.files = files
        self.chapter = chapter
        self.folders = {path.rpartition("/")[0] for path in files}

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Find `layers.linear` in layers/linear.py, and `layers` as a namespace."""
        del path, target
        place = name.replace(".", "/")
        package = f"{place}/__init__.py"
        is_folder = any(folder == place or folder.startswith(f"{place}/") for folder in self.folders)
        # A file that is run by itself finds its neighbours by their bare names, so that works here too.
        neighbour = f"{self.chapter}/{place}.py"
        if f"{place}.py" in self.files:
            return ModuleSpec(name, self, origin=f"{place}.py")  # type: ignore[arg-type]
        if package in self.files or is_folder:
            return ModuleSpec(name, self, origin=package, is_package=True)  # type: ignore[arg-type]
        if neighbour in self.files:
            return ModuleSpec(name, self, origin=neighbour)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave the making of the module to Python."""

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the file's text in the module."""
        spec = module.__spec__
        assert spec is not None
        assert spec.origin is not None
        if spec.origin not in self.files:  # a folder without __init__.py
            return
        text = self.files[spec.origin]
        if text is None:
            raise ImportError(f"{spec.origin} is not encoded in UTF-8")
        module.__file__ = spec.origin
        exec(compile(text, spec.origin, "exec", dont_inherit=True), module.__dict__)  # noqa: S102


class _Missing(Exception):
    """The student's module has no such name. It is for who called the harness to say so."""


class _Student:
    """The student's module, as a harness sees it."""

    def __init__(self, module: types.ModuleType) -> None:
        self.__module = module

    def __getattr__(self, name: str) -> Any:
        try:
            return getattr(self.__module, name)
        except AttributeError as error:
            raise _Missing(name) from error


class Server:
    """One submission's state: its module, and the objects that stay here, such as caches."""

    def __init__(self) -> None:
        self.files: dict[str, str | None] = {}
        self.module: types.ModuleType | None = None
        self.harness: dict[str, Any] = {}
        self.slots: dict[int, Any] = {}
        self.given: dict[int, tuple[Any, list[Any], Any]] = {}  # what the forward got and returned, by slot
        self.fits: dict[tuple[str, int], dict[str, Any] | None] = {}

    def answer(self, kind: int, request: dict[str, Any]) -> tuple[int, Any]:
        """Do what is asked."""
        if kind == wire.PROBE:
            return wire.PROBED, canaries.sing(request["secret"])
        return self.load(request) if kind == wire.LOAD else self.call(request)

    def load(self, request: dict[str, Any]) -> tuple[int, Any]:
        """Import the main module; answer with the names of the functions in it."""
        self.files = request["files"]
        sys.meta_path.append(Sources(self.files, request["module"].rpartition(".")[0]))
        self.module = importlib.import_module(request["module"])
        if request.get("harness"):
            self.harness = {"np": np}
            exec(compile(request["harness"], "harness", "exec"), self.harness)  # noqa: S102
        return wire.LOADED, None

    def call(self, request: dict[str, Any]) -> tuple[int, Any]:
        """Call one function; `keep` is the slot for a forward's cache."""
        assert self.module is not None
        function, sent = getattr(self.module, request["function"], None), request["arguments"]
        if request["function"] in self.harness:
            function = functools.partial(self.harness[request["function"]], _Student(self.module))
        elif not callable(function):
            return self._missing(request["function"])
        elif refusal := self._refusal(request["function"], function, len(sent)):
            return wire.REFUSED, refusal
        arguments = [self._materialise(value, request["layout"]) for value in sent]
        with warnings.catch_warnings(record=True) as caught, self._watch(request, sent) as near:
            warnings.simplefilter("always")
            try:
                result = function(*arguments)
            except _Missing as missing:
                return self._missing(str(missing))
        seen = [f"{w.category.__name__}: {w.message}"[:200] for w in caught[:_MAX_WARNINGS]]
        if request["keep"] is not None:
            if not isinstance(result, (tuple, list)) or len(result) != 2:
                return wire.REFUSED, {"reason": "pair", "value": wire.Opaque(_describe(result))}
            result, self.slots[request["keep"]] = result
            self.given[request["keep"]] = (sent, arguments, result)
        echo = self._echo(sent, arguments) if request["echo"] else None
        return wire.RETURNED, {
            "value": result,
            "arguments": echo,
            "warnings": seen,
            "near": near.count,
        }

    def _missing(self, wanted: str) -> tuple[int, Any]:
        names = [name for name, value in vars(self.module).items() if isinstance(value, types.FunctionType)]
        return wire.REFUSED, {"reason": "missing", "wanted": wanted, "names": names[:50]}

    def _watch(self, request: dict[str, Any], sent: Any) -> watch.Near:
        """Return what counts the calls of the function to be watched, around the first cache's own arguments."""
        function = getattr(self.module, request["watch"], None)
        slot = next((value.number for value in sent if isinstance(value, wire.Slot)), None)
        arguments = self.given[slot][1] if slot in self.given else None
        return watch.Near(function, arguments, held=request["hold"])

    def _echo(self, sent: Any, arguments: list[Any]) -> list[Any]:
        """Return the arguments as they are now; for a cache, its forward's arguments and output as they are now."""
        echo: list[Any] = []
        for kept, value in zip(sent, arguments, strict=True):
            if isinstance(kept, wire.Slot):
                earlier, given, output = self.given[kept.number]
                echo.append([self._echo(earlier, given), output])
            else:  # a generator's state is nobody's business: a seed goes back as it came
                echo.append(kept if isinstance(kept, wire.Rng) else value)
        return echo

    def _refusal(self, name: str, function: Any, count: int) -> dict[str, Any] | None:
        """Say why a function cannot be called with so many arguments; None where it can."""
        if (name, count) not in self.fits:
            refusal = None
            try:
                signature = inspect.signature(function)
            except (TypeError, ValueError):  # a builtin or a ufunc tells none: let the call show
                signature = None
            if signature is not None:
                try:
                    signature.bind(*range(count))
                except TypeError as error:
                    refusal = {"reason": "signature", "signature": str(signature), "error": str(error)}
            self.fits[name, count] = refusal
        return self.fits[name, count]

    def _materialise(self, value: Any, layout: str) -> Any:
        if isinstance(value, wire.Slot):
            return self.slots[value.number]
        if isinstance(value, wire.Rng):
            return np.random.default_rng(value.seed)
        if isinstance(value, (list, tuple)):
            return type(value)(self._materialise(item, layout) for item in value)
        if isinstance(value, dict):
            return {key: self._materialise(item, layout) for key, item in value.items()}
        if isinstance(value, np.ndarray) and layout != "C":
            return _laid_out(value, layout)
        return value

    def failure(self, error: BaseException) -> dict[str, Any]:
        """Say what was raised and where in the student's files."""
        frames, trace, code_before = [], error.__traceback__, False
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename in self.files:
                frames.append((code.co_filename, trace.tb_lineno, code.co_name))
                lines = {line for _, _, line in code.co_lines() if line is not None}
                code_before = any(code.co_firstlineno < line < trace.tb_lineno for line in lines)
            trace = trace.tb_next
        syntax = None
        if isinstance(error, SyntaxError):
            syntax = (str(error.filename), error.lineno or 0, error.offset or 0)
        kinds = (NotImplementedError, MemoryError, SystemExit, RecursionError, ImportError, SyntaxError)
        return {
            "type": type(error).__name__,
            "kinds": [kind.__name__ for kind in kinds if isinstance(error, kind)],
            "message": (str(error.msg) if isinstance(error, SyntaxError) else str(error))[:_MAX_MESSAGE],
            "frames": frames[-_MAX_FRAMES:],
            "code_before": code_before,
            "syntax": syntax,
        }


def _laid_out(array: np.ndarray[Any, Any], layout: str) -> np.ndarray[Any, Any]:
    """Return the same numbers in another order in memory, or with gaps between them."""
    if layout == "fortran":
        return np.asfortranarray(array)
    roomy = np.zeros(tuple(2 * size for size in array.shape), array.dtype)
    view = roomy[(slice(None, None, 2),) * array.ndim]
    view[...] = array
    return view


def _describe(result: Any) -> str:
    if result is None:
        return "None"
    if isinstance(result, (tuple, list)):
        return f"a {type(result).__name__} of {len(result)}"
    if isinstance(result, np.ndarray):
        return f"one array of shape {result.shape}"
    return f"an object of type {type(result).__name__}"


def serve(requests: int, answers: int, prints: int | None = None) -> None:
    """Answer requests on the wire until it closes.

    prints: where what is printed goes, if the end of what belongs to an answer is to be marked there, by its nonce.
    """
    for number in (1, 2):
        stream = io.TextIOWrapper(
            io.FileIO(number, "w", closefd=False), "utf-8", errors="backslashreplace", write_through=True
        )
        setattr(sys, {1: "stdout", 2: "stderr"}[number], stream)
    sys.stdin = io.StringIO()
    server = Server()
    incoming = _Incoming(requests)
    while True:
        kind, nonce, length = wire.header(incoming.take(wire.HEADER.size))
        request = wire.decode(incoming.take(length))
        try:
            kind, value = server.answer(kind, request)
            body = wire.encode(value, wire.MAX_ANSWER_TEXT)
        except BaseException as error:  # noqa: BLE001 - whatever a student raises is sent back, not lost
            try:
                kind, value = wire.RAISED, server.failure(error)
                body = wire.encode(value, wire.MAX_ANSWER_TEXT)
            except BaseException as second:  # noqa: BLE001 - an exception whose __str__ raises
                kind, body = wire.RAISED, wire.encode({**Server().failure(second.with_traceback(None))})
        if prints is not None:
            with contextlib.suppress(OSError):  # the student has closed it
                os.write(prints, wire.mark(nonce))
        _write(answers, wire.frame(kind, nonce, body))


class _Incoming:
    """What comes on the wire. As much as there is is read at once: a system call costs more than a small request."""

    def __init__(self, fd: int) -> None:
        self.fd, self.pending = fd, bytearray()

    def take(self, count: int) -> bytes:
        """Return the next bytes; end the process where the checker has closed the wire."""
        while len(self.pending) < count:
            chunk = os.read(self.fd, max(min(count - len(self.pending), 1 << 20), 1 << 16))
            if not chunk:
                os._exit(0)
            self.pending += chunk
        data, self.pending = bytes(self.pending[:count]), self.pending[count:]
        return data


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
