"""Finds out whether a backward differentiates its forward numerically: by what the forward's calls are worth to it.

First the forward's calls close to where it was called before are counted. Where there are some, the backward is run
once more, and each of these calls is answered with what the forward gave at the place itself. A derivative by
differences is then zero; whoever computes something again, or checks their work on the way, gets the same as before.

Code that wants to hide this can: it shares its process with the count. It is told to those who did not know.
"""

from __future__ import annotations

import types
from typing import Any

import numpy as np

_CLOSE = 0.01  # of the largest number among the arguments; most steps are far smaller
_FEW = 3  # numbers, of which to change one is not to change them all
_ANSWER = "__bpkit_answer__"


class Near:
    """Stands in for a function while it is entered, and counts calls close to some arguments.

    function: None where nothing is to be watched. held: whether close calls are answered with the value at the place.
    """

    def __init__(self, function: Any, arguments: list[Any] | None, *, held: bool) -> None:
        watched = isinstance(function, types.FunctionType) and arguments is not None
        self.count, self._held = 0, held
        self._function: types.FunctionType | None = function if watched else None
        # Copies: whoever moves an element in place and back would move it here as well.
        self._arguments = _copied(arguments) if watched else None

    def __enter__(self) -> Near:
        function = self._function
        if function is not None and not function.__closure__:  # code for a closure cannot be put in its place
            self._code = function.__code__
            self._original = types.FunctionType(
                self._code, function.__globals__, function.__name__, function.__defaults__
            )
            self._original.__kwdefaults__ = function.__kwdefaults__
            function.__globals__[_ANSWER] = self._answer
            # Its code, so that every name that it goes by leads here.
            function.__code__ = _stand_in.__code__
        else:
            self._function = None
        return self

    def __exit__(self, *exception: object) -> None:
        if self._function is not None:
            self._function.__code__ = self._code
            self._function.__globals__.pop(_ANSWER, None)

    def _answer(self, *arguments: Any, **named: Any) -> Any:
        given = list(_numbers([*arguments, *named.values()]))
        if not _is_near(given, list(_numbers(self._arguments))):
            return self._original(*arguments, **named)
        self.count += 1
        place = _copied(self._arguments)
        return self._original(*place) if self._held else self._original(*arguments, **named)


def _stand_in(*arguments: Any, **named: Any) -> Any:
    return __bpkit_answer__(*arguments, **named)  # type: ignore[name-defined]  # noqa: F821 - put into its globals


def _copied(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(item) for item in value)
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value


def _numbers(value: Any) -> Any:
    """Yield the numbers and arrays of numbers among nested arguments."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, (int, float, complex, np.ndarray, np.number)) and not isinstance(value, bool):
        yield value


def _is_near(arguments: list[Any], at: list[Any]) -> bool:
    """Tell whether the arguments are not the same, but nearly, or but for one number of several."""
    if [np.shape(value) for value in arguments] != [np.shape(value) for value in at]:
        return False
    steps = [np.abs(np.asarray(value) - before) for value, before in zip(arguments, at, strict=True)]
    moved = sum(int((step != 0).sum()) for step in steps)
    if moved == 1 and sum(np.size(step) for step in steps) > _FEW:
        return True
    return moved > 0 and all(
        float(step.max(initial=0.0)) <= _CLOSE * float(np.abs(before).max(initial=1.0))
        for step, before in zip(steps, at, strict=True)
    )
