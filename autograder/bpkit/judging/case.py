"""What judging one case gives, and the two steps that every function goes through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bpkit.judging import contract, values
from bpkit.judging.contract import Leaf
from bpkit.judging.diagnose import Observed
from bpkit.judging.runner import Call, Failure, Returned, Session
from bpkit.judging.verdict import Finding, Status
from bpkit.reference.pack import Recording
from bpkit.reference.trees import Array


class CaseVerdict:
    """Findings by function, arrays by name, and what was printed."""

    def __init__(self) -> None:
        self.findings: dict[str, list[Finding]] = {}
        self.observed: dict[str, Observed] = {}
        self.output = ""

    def add(self, function: str, *findings: Finding) -> None:
        """Note findings about a function."""
        self.findings.setdefault(function, []).extend(findings)

    def clean(self, function: str) -> bool:
        """Tell whether nothing was found against a function."""
        return all(finding.status is Status.PASSED for finding in self.findings.get(function, ()))


def ask_twice(
    session: Session, function: str, first: Call, second: Call, verdict: CaseVerdict, *, shown: bool
) -> tuple[Returned | Failure, Returned | Failure]:
    """Make a call, and another one that prints the same. shown: keep what the first one prints, which takes longer."""
    if not shown:
        once, again = session.call_all(function, (first, second))
        return once, again
    once = session.call_all(function, (first,))[0]
    verdict.output += session.take_printed()
    again = session.call_all(function, (second,))[0]
    session.take_printed()
    return once, again


def of_failure(
    failure: Failure, case: str | None, array: str | None = None, arguments: tuple[str, ...] = ()
) -> Finding:
    """Turn a failure into a finding. arguments: what the function is called with, for one that cannot be."""
    facts = {**failure.facts, "arguments": arguments} if arguments else failure.facts
    return Finding(failure.check, failure.status, case, array, facts=facts)


def examine(
    leaves: tuple[Leaf, ...], recording: Recording, scale: float, *, compare: bool
) -> tuple[list[Finding], dict[str, Observed]]:
    """Check every returned array's contract and, where there is something to compare with, its values."""
    findings, observed = [], {}
    for leaf in leaves:
        finding = None
        if leaf.failure is not None:
            finding = of_failure(leaf.failure, recording.case.name, leaf.name)
            if compare and leaf.failure.check == "finite" and leaf.got is not None:
                mismatch = values.compare(leaf.got, leaf.expected, scale)
                finding = finding._replace(compared=mismatch and mismatch.compared)
        elif compare and leaf.got is not None:
            mismatch = values.compare(leaf.got, leaf.expected, scale)
            finding = of_mismatch("values", mismatch, recording, leaf) if mismatch else None
        if finding is not None:
            findings.append(finding)
        observed[leaf.name] = Observed(leaf.got, finding is not None)
    right = [name for name, seen in observed.items() if not seen.wrong]
    if compare and right:
        findings = [found._replace(facts={**found.facts, "right": right}) for found in findings]
    return findings, observed


def of_mismatch(check: str, mismatch: values.Mismatch, recording: Recording, leaf: Leaf) -> Finding:
    """Turn a difference into a finding."""
    return Finding(
        check,
        Status.FAILED,
        recording.case.name,
        leaf.name,
        where=mismatch.where,
        max_error=mismatch.max_error,
        facts={
            "expected_shape": leaf.expected.shape,
            "shape": leaf.expected.shape,
            "index": mismatch.worst,
            "expected": mismatch.expected,
            "got": mismatch.got,
            "inputs": shapes(recording.inputs),
        },
        compared=mismatch.compared,
    )


def shapes(inputs: Mapping[str, Any]) -> str:
    """Return a case's inputs in a line: "x (5, 3), lr=0.1"."""
    words = []
    for name, value in inputs.items():
        if isinstance(value, np.ndarray):
            words.append(f"{name} {value.shape}")
        elif isinstance(value, (list, tuple, dict)):
            words.append(f"{name} {_nested(value)}")
        elif isinstance(value, (bool, int, float)):
            words.append(f"{name}={value:.4g}" if isinstance(value, float) else f"{name}={value}")
        elif isinstance(value, str):
            words.append(f'{name}="{value}"')
    return ", ".join(words)


def _nested(tree: Any) -> str:
    if isinstance(tree, (list, tuple)):
        inner = ", ".join(_nested(item) for item in tree)
        return f"[{inner}]" if isinstance(tree, list) else f"({inner})"
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{key} {_nested(item)}' for key, item in tree.items())}}}"
    return str(np.shape(tree))


def arrays(leaves: tuple[Leaf, ...]) -> dict[str, Array]:
    """Return the returned arrays that are arrays, by name."""
    return {leaf.name: leaf.got for leaf in leaves if leaf.got is not None}


def remarks(returned: Returned, recording: Recording) -> list[Finding]:
    """Mention NumPy's warnings; they cost nothing."""
    if not returned.warnings:
        return []
    facts = {"warning": returned.warnings[0]}
    return [Finding("warning", Status.PASSED, recording.case.name, facts=facts)]


def differs(
    check: str,
    leaves: tuple[Leaf, ...],
    again: Returned | Failure,
    expected: Mapping[str, Any],
    recording: Recording,
) -> Finding | None:
    """Return a finding where a second, equal call returned something else or nothing, or None."""
    if isinstance(again, Failure) and again.status in (Status.TIMED_OUT, Status.OUT_OF_MEMORY):
        return of_failure(again, recording.case.name)  # which may come at any call
    second = again if isinstance(again, Failure) else contract.match(again.value, expected)
    if isinstance(second, Failure):
        facts = {**second.facts, "failed": second.check}
        return Finding(check, Status.FAILED, recording.case.name, facts=facts)
    differing = contract.repeats(arrays(leaves), arrays(second))
    return Finding(check, Status.FAILED, recording.case.name, differing) if differing else None
