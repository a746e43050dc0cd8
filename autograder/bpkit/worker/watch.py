"""Counts a function's calls close to where it was called before: that is how one differentiates numerically.

Code that wants to hide this can: it shares its process with the count. It is told to those who did not know.
"""

from __future__ import annotations

import inspect
import sys
import types
from typing import Any

import numpy as np

_CLOSE = 0.01  # of the largest number among the arguments; steps are far smaller, other inputs far away


class Near:
    """Counts while it is entered. code: the function's; None where nothing is to be watched."""

    def __init__(self, code: Any, arguments: list[Any] | None) -> None:
        self.count = 0
        self._code = code if isinstance(code, types.CodeType) and arguments is not None else None
        # A copy: whoever moves an element in place and back would move it here as well.
        self._at = [np.array(leaf) for leaf in _numbers(arguments)] if self._code else []

    def __enter__(self) -> Near:
        if self._code is not None:
            sys.setprofile(self._see)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._code is not None:
            sys.setprofile(None)

    def _see(self, frame: types.FrameType, event: str, _: Any) -> None:
        if event != "call" or frame.f_code is not self._code:
            return
        sys.setprofile(None)  # not what is called from here
        self.count += _is_near(list(_numbers(list(inspect.getargvalues(frame).locals.values()))), self._at)
        sys.setprofile(self._see)


def _numbers(value: Any) -> Any:
    """Yield the numbers and arrays of numbers among nested arguments."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, (int, float, complex, np.ndarray, np.number)) and not isinstance(value, bool):
        yield value


def _is_near(arguments: list[Any], at: list[Any]) -> bool:
    """Tell whether the arguments are not the same, but nearly."""
    if [np.shape(value) for value in arguments] != [np.shape(value) for value in at]:
        return False
    moved = False
    for value, before in zip(arguments, at, strict=True):
        step = float(np.abs(np.asarray(value) - before).max(initial=0.0))
        if not step <= _CLOSE * float(np.abs(before).max(initial=1.0)):
            return False
        moved = moved or step > 0
    return moved
