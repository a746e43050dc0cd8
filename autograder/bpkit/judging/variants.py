"""The same question asked in other ways: arrays that lie otherwise in memory, and float32.

What counts is the student's own answer: it was right for the plain arrays, and should stay what it was. Where it does
not, that is a remark and costs nothing: the statements promise float64, and say nothing of memory.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.judging import case, contract, values
from bpkit.judging.runner import Call, Failure, Returned, Session
from bpkit.judging.verdict import Finding, Status
from bpkit.reference import trees
from bpkit.reference.trees import Array
from bpkit.worker.wire import Slot

_RTOL_FLOAT32 = 1e-5  # of the array's largest value
_COARSER = float(np.finfo(np.float32).eps / np.finfo(np.float64).eps)
_FIRST_SLOT = 10  # away from those that the cases use


class Variant(NamedTuple):
    """One way to ask.

    check: the finding's name; empty for the one that float32 is compared with.
    """

    check: str
    layout: str
    convert: Callable[[Array], Array]


def _as_it_is(array: Array) -> Array:
    return array


def _single(array: Array) -> Array:
    return array.astype(np.float32) if array.dtype == np.float64 else array


def _rounded(array: Array) -> Array:
    return _single(array).astype(array.dtype)


_VARIANTS = (
    Variant("fortran", "fortran", _as_it_is),
    Variant("strided", "strided", _as_it_is),
    Variant("float32", "C", _single),
    # So that float32 is not blamed for the rounding of what went in.
    Variant("", "C", _rounded),
)
SLOTS = tuple(Slot(_FIRST_SLOT + number) for number in range(len(_VARIANTS)))


def check(
    session: Session,
    function: str,
    arguments: tuple[Any, ...],
    before: Mapping[str, Array],
    expected: Mapping[str, Any],
    scale: float,
    case_name: str,
    *,
    caches: str = "",
) -> Finding | None:
    """Return a finding for the first variant in which the function does not return what it did before, or None.

    before: what it returned for these arguments, by name. expected: for the shapes.
    caches: "keep" where the function is a forward, "use" where the last argument is the cache that was kept.
    """
    calls = []
    for variant, slot in zip(_VARIANTS, SLOTS, strict=True):
        given = trees.transform(functools.partial(_converted, variant), arguments)
        given = (*given, slot) if caches == "use" else given
        calls.append(Call(given, slot if caches == "keep" else None, layout=variant.layout))
    answers = session.call_all(function, calls)
    found = [_arrays(answer, expected) for answer in answers]
    if isinstance(found[-1], Failure):
        return _of_failure(found[-1], "float32", case_name)
    for variant, arrays in zip(_VARIANTS[:-1], found, strict=False):
        if isinstance(arrays, Failure):
            return _of_failure(arrays, variant.check, case_name)
        single = variant.check == "float32"
        for name, array in (found[-1] if single else before).items():
            rtol, floor = (_RTOL_FLOAT32, scale * _COARSER) if single else (values.RTOL, scale)
            mismatch = values.compare(arrays[name], array, floor, rtol)
            if mismatch is not None:
                facts = {"got": mismatch.got, "before": mismatch.expected, "place": mismatch.worst}
                return Finding(
                    variant.check, Status.PASSED, case_name, name,
                    where=mismatch.where, max_error=mismatch.max_error, facts=facts,
                )  # fmt: skip
    return None


def _converted(variant: Variant, leaf: Any) -> Any:
    return variant.convert(leaf) if isinstance(leaf, np.ndarray) else leaf


def _arrays(answer: Returned | Failure, expected: Mapping[str, Any]) -> dict[str, Array] | Failure:
    leaves = answer if isinstance(answer, Failure) else contract.match(answer.value, expected)
    if isinstance(leaves, Failure):
        return leaves
    for leaf in leaves:
        if leaf.failure is not None and leaf.failure.facts.get("dtype") != "float32":
            return leaf.failure
    return case.arrays(leaves)


def _of_failure(failure: Failure, check: str, case_name: str) -> Finding:
    return Finding(check, Status.PASSED, case_name, facts={**failure.facts, "failed": failure.check})
