"""What every returned value has to be before its numbers matter: an array, of the shape, float64, finite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.course.spec import describe
from bpkit.judging.runner import Failure
from bpkit.judging.verdict import Status
from bpkit.reference import trees
from bpkit.reference.trees import Array

_FAR_TOO_MANY = 1000  # times the elements that there should be
_MAX_TEXT, _MAX_MORE = 200, 10


class Leaf(NamedTuple):
    """One returned array beside the shape that it should have; `failure` where it breaks the contract.

    got is None where there are no numbers at all.
    """

    name: str
    expected: Array
    got: Array | None
    failure: Failure | None


def match(value: Any, expected: Mapping[str, Any]) -> tuple[Leaf, ...] | Failure:
    """Pair what was returned with the expected values, by name; a `Failure` where the parts do not match.

    A single value is returned bare; several come as a tuple or a list.
    """
    names = tuple(expected)
    if len(names) == 1:
        found = _pair(value, expected[names[0]], names[0])
    else:
        wrong = _count(value, len(names), names)
        if wrong:
            return wrong
        found = (
            leaf
            for name, item in zip(names, value, strict=True)
            for leaf in _pair(item, expected[name], name)
        )
    leaves: list[Leaf] = []
    for leaf in found:
        if isinstance(leaf, Failure):
            return leaf
        leaves.append(leaf)
    return tuple(leaves)


def _count(value: Any, count: int, names: tuple[str, ...]) -> Failure | None:
    if isinstance(value, (list, tuple)):
        if len(value) == count:
            return None
        return Failure(Status.BAD_RETURN, "count", {"expected": count, "got": len(value), "names": names})
    return Failure(Status.BAD_RETURN, "no_tuple", {"got": describe(value), "names": names})


def _pair(value: Any, expected: Any, name: str) -> Iterator[Leaf | Failure]:
    if isinstance(expected, dict) and isinstance(value, dict) and value.keys() == expected.keys():
        for key, wanted in expected.items():
            yield from _pair(value[key], wanted, f'{name}["{key}"]')
        return
    if not isinstance(expected, (list, tuple, dict)):
        yield _leaf(value, np.asarray(expected), name)
        return
    if isinstance(expected, dict) or not isinstance(value, (list, tuple)) or len(value) != len(expected):
        facts = {"array": name, "wanted": _structure(expected), "got": describe(value)} | _keys(
            value, expected
        )
        yield Failure(Status.BAD_RETURN, "tree", facts)
        return
    for index, (item, wanted) in enumerate(zip(value, expected, strict=True)):
        yield from _pair(item, wanted, f"{name}[{index}]")


def _keys(value: Any, expected: Any) -> dict[str, list[str]]:
    """Return which keys of a dictionary are missing and which are too many."""
    if not isinstance(expected, dict) or not isinstance(value, dict):
        return {}
    more = [key[:_MAX_TEXT] for key in value if key not in expected]
    return {"missing": [key for key in expected if key not in value], "more": more[:_MAX_MORE]}


def _structure(expected: Any) -> str:
    """Say what a nested list should be: "a list of 2 tuples of 2 arrays each"."""
    if isinstance(expected, dict):
        return f"a dictionary with the keys {', '.join(expected)}"
    inner = [item for item in expected if isinstance(item, (list, tuple))]
    kind = type(expected).__name__
    if not inner:
        return f"a {kind} of {len(expected)} arrays"
    return f"a {kind} of {len(expected)} {type(inner[0]).__name__}s of {len(inner[0])} arrays each"


def _leaf(value: Any, expected: Array, name: str) -> Leaf | Failure:
    if isinstance(value, bool) or not isinstance(value, (int, float, np.ndarray)):
        check = "none" if value is None else "no_array"
        facts = {"array": name, "got": describe(value), "number": not expected.ndim}
        return Failure(Status.BAD_RETURN, check, facts)
    got = np.asarray(value)
    facts = {"expected_shape": expected.shape, "shape": got.shape}
    if got.dtype.kind not in "fiub":  # complex numbers: there is no real part to guess at
        return Leaf(name, expected, None, Failure(Status.FAILED, "dtype", facts | {"dtype": str(got.dtype)}))
    if got.size > _FAR_TOO_MANY * max(expected.size, 1):  # no known mistake is so large: do not keep it
        return Leaf(name, expected, None, Failure(Status.FAILED, "shape", facts | {"number": False}))
    numbers = got.astype(np.float64)
    failure = None
    if got.shape != expected.shape:
        failure = Failure(Status.FAILED, "shape", facts | {"number": not isinstance(value, np.ndarray)})
    elif got.dtype != np.float64 and not (got.ndim == 0 and got.dtype.kind in "iu"):
        failure = Failure(Status.FAILED, "dtype", facts | {"dtype": str(got.dtype)})
    elif not np.isfinite(numbers).all() and np.isfinite(expected).all():
        kinds = [word for word, test in (("nan", np.isnan), ("inf", np.isinf)) if test(numbers).any()]
        index = tuple(int(place) for place in np.argwhere(~np.isfinite(numbers))[0])
        failure = Failure(Status.FAILED, "finite", facts | {"kinds": kinds, "index": index})
    return Leaf(name, expected, numbers, failure)


def changed(sent: tuple[Any, ...], afterwards: tuple[Any, ...], names: tuple[str, ...]) -> str | None:
    """Return the name of an argument, or of a part such as `grads[0]`, that is not bit for bit what it was, or None.

    Where a list itself is another, the name ends in `[:]`; a dictionary, in `["…"]`.
    """
    if len(sent) != len(afterwards):
        return names[0]
    found = (_altered(*each) for each in zip(sent, afterwards, names, strict=True))
    return next((name for name in found if name is not None), None)


def changed_upstream(sent: Any, afterwards: tuple[Any, ...], names: tuple[str, ...]) -> str | None:
    """Return the name of an upstream gradient that the backward changed, or None; several of them are sent as one tuple."""
    if len(names) == 1:
        return changed((sent,), afterwards, names)
    if not afterwards or not isinstance(afterwards[0], (list, tuple)):
        return names[0]
    return changed(sent, tuple(afterwards[0]), names)


def _altered(before: Any, after: Any, name: str) -> str | None:
    """Return the name of the first part that is not what it was, or None."""
    parts, others = trees.items(before), trees.items(after)
    if parts is not None:
        if others is None or [step for step, _ in parts] != [step for step, _ in others]:
            return f'{name}["…"]' if type(before) is dict else f"{name}[:]"
        found = (
            _altered(part, other, name + step) for (step, part), (_, other) in zip(parts, others, strict=True)
        )
        return next((part for part in found if part is not None), None)
    same = not isinstance(before, np.ndarray) or (
        isinstance(after, np.ndarray)
        and before.shape == after.shape
        and before.dtype == after.dtype
        and before.tobytes() == after.tobytes()
    )
    return None if same else name  # numbers and flags cannot be changed; caches and seeds are not compared


def repeats(first: Mapping[str, Array], second: Mapping[str, Array]) -> str | None:
    """Return the name of an array that came out differently the second time, or None.

    Not bit for bit: where memory happens to lie may change a sum's last bit, which is nobody's mistake.
    """
    for name, before in first.items():
        after = second.get(name)
        if after is None or after.shape != before.shape:
            return name
        if (before == after).all():
            continue
        slack = 1e-12 * float(np.abs(before).max(initial=0.0, where=np.isfinite(before)))
        if not np.allclose(before, after, rtol=0.0, atol=slack, equal_nan=True):
            return name
    return None
