"""Runs one submission's functions in a worker and says, for each call, what came back or what went wrong."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bpkit.course.spec import Seed
from bpkit.judging.process import Death, Launcher, Worker, WorkerDied
from bpkit.judging.verdict import NO_FACTS, Status
from bpkit.worker import wire
from bpkit.worker.wire import Slot

_SIGKILL = 9  # Windows has no name for it
# What an honest worker keeps to as well; a forged answer must not flood a report.
_MAX_TEXT, _MAX_NAMES, _MAX_FRAMES = 2000, 50, 20


class Submission(NamedTuple):
    """The text of every Python file of a workspace, by its path; None for one that is not UTF-8."""

    files: Mapping[str, str | None]


class Returned(NamedTuple):
    """What a call gave back: the value, the arguments as they were afterwards, and NumPy's warnings.

    near: how often it called the watched function close to where that had been called before.
    """

    value: Any
    arguments: tuple[Any, ...] = ()
    warnings: tuple[str, ...] = ()
    near: int = 0


class Failure(NamedTuple):
    """Why there is no value: the status, the check's name, and the facts for its sentence."""

    status: Status
    check: str
    facts: Mapping[str, Any] = NO_FACTS


class Call(NamedTuple):
    """One call: its arguments, and what is wanted besides its value; see `Session.call`.

    layout: how the arrays lie in memory: "C", "fortran" or "strided".
    watch: the function whose calls are counted meanwhile, if they are close to the one whose cache is an argument.
    hold: answer these with what the function gave there.
    """

    arguments: tuple[Any, ...]
    keep: Slot | None = None
    echo: bool = False
    layout: str = "C"
    watch: str = ""
    hold: bool = False


class Session:
    """One exercise of one submission in a worker of its own, which is started again where it died."""

    def __init__(
        self,
        launcher: Launcher,
        submission: Submission,
        exercise_id: str,
        seconds: float,
        harness: str = "",
    ) -> None:
        self.launcher, self.submission, self.seconds, self.harness = launcher, submission, seconds, harness
        self.path = f"{exercise_id}.py"
        self.exercise_id = exercise_id
        self._worker: Worker | None = None
        self._printed = ""  # by workers that have died since
        self._deadly: dict[str, Failure] = {}  # functions that killed a worker are not called again

    @property
    def source(self) -> str | None:
        """The text of the exercise's file; None where it has none that can be read."""
        return self.submission.files.get(self.path)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()

    def load(self) -> Failure | None:
        """Import the exercise's file; None where that went well."""
        if self._worker is not None:
            return None
        if self.path not in self.submission.files:
            return Failure(Status.NOT_STARTED, "file_missing", {"path": self.path})
        if self.submission.files[self.path] is None:
            return Failure(Status.CRASHED, "encoding", {"path": self.path})
        request = {
            "module": self.exercise_id.replace("/", "."),
            "files": dict(self.submission.files),
            "harness": self.harness,
        }
        answer = self._ask("", wire.LOAD, [request])[0]
        if isinstance(answer, Failure):
            self._end()
            return answer
        return None

    def call(
        self, function: str, arguments: tuple[Any, ...], *, keep: Slot | None = None, echo: bool = False
    ) -> Returned | Failure:
        """Call a function of the file.

        keep: it is a forward, and its cache stays in the worker under this slot.
        echo: return the arguments too, as they are afterwards.
        """
        return self.call_all(function, [Call(arguments, keep, echo)])[0]

    def call_all(self, function: str, calls: Sequence[Call]) -> list[Returned | Failure]:
        """Make several calls of one function, which costs less than one by one. None depends on another's result."""
        failure = self._deadly.get(function) or self.load()
        if failure is not None:
            return [failure] * len(calls)
        requests = [
            {
                "function": function,
                "arguments": tuple(_sendable(argument) for argument in call.arguments),
                "keep": call.keep.number if call.keep else None,
                "echo": call.echo,
                "layout": call.layout,
                "watch": call.watch,
                "hold": call.hold,
            }
            for call in calls
        ]
        return [self._returned(answer) for answer in self._ask(function, wire.CALL, requests)]

    def _returned(self, answer: dict[str, Any] | Failure) -> Returned | Failure:
        if isinstance(answer, Failure):
            return answer
        if answer.keys() != {"value", "arguments", "warnings", "near"}:
            return self._garbled()
        echoed = tuple(answer["arguments"]) if isinstance(answer["arguments"], (list, tuple)) else ()
        warnings = answer["warnings"] if isinstance(answer["warnings"], list) else []
        near = answer["near"] if isinstance(answer["near"], int) else 0
        told = tuple(_text(warning) for warning in warnings[:_MAX_NAMES])
        return Returned(answer["value"], echoed, told, near)

    def take_printed(self) -> str:
        """Return what the code has printed since the last time."""
        printed, self._printed = self._printed, ""
        return printed + (self._worker.take_printed() if self._worker is not None else "")

    def _ask(
        self, function: str, kind: int, requests: Sequence[dict[str, Any]]
    ) -> list[dict[str, Any] | Failure]:
        if self._worker is None:
            self._worker = self.launcher.spawn()
        try:
            answers = self._worker.ask_all(kind, requests, self.seconds)
        except WorkerDied as died:
            self._printed += self._worker.take_printed()
            self._worker = None
            self._deadly[function] = failure = _of_death(died.death, self.seconds)
            return [failure] * len(requests)
        return [self._understood(function, kind, *answer) for answer in answers]

    def _understood(self, function: str, kind: int, answer: int, value: Any) -> dict[str, Any] | Failure:
        if answer == wire.LOADED and kind == wire.LOAD:
            return {}
        if not isinstance(value, dict):
            return self._garbled()
        try:
            if answer == wire.RETURNED and kind == wire.CALL:
                return value
            if answer == wire.RAISED:
                return self._of_exception(value)
            if answer == wire.REFUSED and kind == wire.CALL:
                return _of_refusal(value, function)
        # An honest worker never sends such a dictionary.
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            return self._garbled()
        return self._garbled()

    def _garbled(self) -> Failure:
        self._end()
        return Failure(Status.CRASHED, "garbled")

    def _end(self) -> None:
        if self._worker is not None:
            worker, self._worker = self._worker, None
            worker.kill()
            self._printed += worker.take_printed()

    def _of_exception(self, value: dict[str, Any]) -> Failure:
        kinds = [_text(kind) for kind in _listed(value["kinds"])]
        last = _listed(value["frames"])[-_MAX_FRAMES:]
        frames = [(_text(path), int(line), _text(name)) for path, line, name in last]
        facts: dict[str, Any] = {
            "type": _text(value["type"]),
            "message": _text(value["message"]),
            "frames": [
                {"path": path, "line": line, "function": name, "text": self._line(path, line)}
                for path, line, name in frames
            ],
        }
        if "SyntaxError" in kinds and value["syntax"] is not None:
            path, line, column = value["syntax"]
            facts |= {
                "path": _text(path),
                "line": int(line),
                "column": int(column),
                "text": self._line(path, line),
            }
            return Failure(Status.CRASHED, "syntax", facts)
        if "NotImplementedError" in kinds:
            elsewhere = frames[-1][0] if frames else self.path
            if elsewhere != self.path:
                return Failure(Status.BLOCKED, "blocked_by", {"exercise": elsewhere.removesuffix(".py")})
            left = {"line": frames[-1][1]} if frames and value["code_before"] is True else {}
            return Failure(Status.NOT_STARTED, "not_started", left)
        if "MemoryError" in kinds:
            return Failure(Status.OUT_OF_MEMORY, "memory", facts)
        if "SystemExit" in kinds:
            return Failure(Status.CRASHED, "sys_exit", facts)
        if "ImportError" in kinds:
            return Failure(Status.CRASHED, "import", facts)
        return Failure(Status.CRASHED, "exception", facts)

    def _line(self, path: str, line: int) -> str:
        # Python's lines end nowhere else; a form feed inside one does not count.
        lines = (self.submission.files.get(path) or "").split("\n")
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def _of_death(death: Death, seconds: float) -> Failure:
    if death.how == "deadline":
        return Failure(Status.TIMED_OUT, "deadline", {"seconds": seconds})
    if death.how == "signal":
        if death.number == _SIGKILL:  # not by us: the system, which does that when memory runs out
            return Failure(Status.OUT_OF_MEMORY, "killed")
        names = {number.value: number.name for number in signal.Signals}
        return Failure(Status.CRASHED, "signal", {"signal": names.get(death.number, str(death.number))})
    if death.how == "garbled":
        return Failure(Status.CRASHED, "garbled")
    return Failure(Status.CRASHED, "exit", {"code": death.number})


def _of_refusal(value: dict[str, Any], function: str) -> Failure:
    facts = {"function": function}
    if value["reason"] == "missing":
        names = [_text(name) for name in _listed(value["names"])[:_MAX_NAMES]]
        return Failure(Status.CRASHED, "name", {"function": _text(value["wanted"]), "names": names})
    if value["reason"] == "signature":
        told = {"signature": _text(value["signature"]), "error": _text(value["error"])}
        return Failure(Status.CRASHED, "signature", facts | told)
    return Failure(Status.BAD_RETURN, "pair", facts | {"got": _text(value["value"].description)})


def _text(value: Any) -> str:
    return value[:_MAX_TEXT] if isinstance(value, str) else f"a {type(value).__name__}"


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, (list, tuple)):  # an array of millions is no list of names
        raise TypeError
    return list(value)


def _sendable(argument: Any) -> Any:
    if isinstance(argument, Seed):
        return wire.Rng(argument.value)
    if isinstance(argument, (list, tuple)):
        return type(argument)(_sendable(item) for item in argument)
    if isinstance(argument, dict):
        return {key: _sendable(item) for key, item in argument.items()}
    return argument
