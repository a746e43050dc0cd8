"""A default that is not the stub's: who leaves that argument out gets another function."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Mapping
from typing import Any

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import BpkitError
from bpkit.judging.diagnose import Observed
from bpkit.reference.pack import Recording

_LARGEST = 10**18

Default = tuple[str, str, str]  # the argument, the default that it has, the stub's


def blamed(
    array: str,
    exercise: Exercise,
    source: str | None,
    recordings: tuple[Recording, ...],
    observed: Mapping[tuple[int, str], Observed],
) -> tuple[Default, ...]:
    """Return the altered defaults that are in use in every case where an array is wrong."""
    wrong = [
        recordings[index].inputs for (index, name), seen in observed.items() if name == array and seen.wrong
    ]
    if not wrong or source is None:
        return ()
    try:
        stub = catalog.stub(exercise.id).read_text(encoding="utf-8")
    except (BpkitError, OSError):
        return ()
    found = altered(source, stub, exercise.parts[0].function)
    return tuple(default for default in found if all(default[0] not in given for given in wrong))


def altered(source: str, stub: str, function: str) -> list[Default]:
    """Return the arguments that have another default in one text than in the other."""
    ours, theirs = _defaults(source, function), _defaults(stub, function)
    return [
        (name, repr(ours[name]), repr(wanted))
        for name, wanted in theirs.items()
        if name in ours and repr(ours[name]) != repr(wanted) and ours[name] != wanted
    ]


def _defaults(text: str, function: str) -> dict[str, Any]:
    """Return a function's defaults by name, as far as they are plain values; those of the last one of that name."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a student's escapes: that is told where the file is run
            body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            arguments = [*node.args.posonlyargs, *node.args.args]
            pairs = [
                *reversed([*zip(reversed(arguments), reversed(node.args.defaults), strict=False)]),
                *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
            ]
            found = {argument.arg: _value(default) for argument, default in pairs if default is not None}
    return {name: value for name, value in found.items() if value is not None}


def _value(default: ast.expr) -> Any:
    """Return a number or a flag; None for anything else, which is not compared."""
    try:
        value = ast.literal_eval(default)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    # Python refuses to write out an enormous whole number, such as a long hexadecimal one.
    return value if isinstance(value, float) or (isinstance(value, int) and abs(value) < _LARGEST) else None
