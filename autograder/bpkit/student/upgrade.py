"""Brings a newer course into a workspace that is in use. Nothing that a student wrote is lost.

A file that is as bpkit wrote it is replaced. One that was edited stays, and is named, if it is a stub: the student's work.
Other files, and stubs that hold no work as far as can be told, are replaced too, with a copy of the old one beside it.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from bpkit.student import files, shipped
from bpkit.student.workspace import Workspace, course_files, write_tasks

_MARKER = "# YOUR CODE HERE"


class Change(StrEnum):
    """What is to happen to a file. gone: the course has it no longer; it stays."""

    ADD = "add"
    REPLACE = "replace"
    REPLACE_AND_KEEP = "replace_and_keep"
    LEAVE = "leave"
    GONE = "gone"


class Step(NamedTuple):
    """One file, by its path in the workspace. copy: where the old one was kept."""

    path: str
    change: Change
    copy: str | None = None


def plan(workspace: Workspace) -> tuple[Step, ...]:
    """Return what an upgrade would change, and what it leaves although the course has something newer."""
    written = shipped.read(workspace.root)
    steps = []
    ours = dict(course_files())
    for inside, source in ours.items():
        change = _change(workspace.root / inside, files.fingerprint(source.read_bytes()), written.get(inside))
        if change:
            steps.append(Step(inside, change))
    steps += [
        Step(inside, Change.GONE)
        for inside in written
        if inside not in ours and (workspace.root / inside).is_file()
    ]
    return tuple(steps)


def apply(workspace: Workspace, steps: tuple[Step, ...], now: datetime) -> tuple[Step, ...]:
    """Do it; return the same steps, with the copies that were kept."""
    ours = dict(course_files())
    done = []
    for step in steps:
        copy = None
        if step.change not in (Change.LEAVE, Change.GONE):
            target = workspace.root / step.path
            if step.change is Change.REPLACE_AND_KEEP:
                copy = files.keep(target, now).relative_to(workspace.root).as_posix()
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write(target, ours[step.path].read_bytes())
        done.append(step._replace(copy=copy))
    # What was left is named again next time, unless nothing told that the course's own had changed.
    left = {step.path for step in steps if step.change is Change.LEAVE} & shipped.read(workspace.root).keys()
    shipped.add(workspace.root, _digests(ours, left))
    write_tasks(workspace.root)
    return tuple(done)


def _digests(ours: Mapping[str, Path], left: set[str]) -> dict[str, str]:
    return {
        inside: files.fingerprint(path.read_bytes()) for inside, path in ours.items() if inside not in left
    }


def _change(target: Path, new: str, written: str | None) -> Change | None:
    """Return what is to happen to one file. new, written: digests of the course's, and of what bpkit once wrote."""
    if not target.exists():
        return Change.ADD
    old = files.fingerprint_of(target)
    if old == new:
        return None
    if old is not None and old == written:
        return Change.REPLACE
    if target.suffix == ".py" and not is_stub(target):
        return None if written == new else Change.LEAVE
    return Change.REPLACE_AND_KEEP


def is_stub(path: Path) -> bool:
    """Tell whether a file can only be some course's stub: each function does nothing, and nobody has left a note.

    What counts as work: any statement but those of a stub, and any comment but the marker.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        body = ast.parse(text).body
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (OSError, ValueError, SyntaxError, tokenize.TokenError, RecursionError, MemoryError):
        return False
    if any(token.type == tokenize.COMMENT and token.string != _MARKER for token in tokens):
        return False
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    others = [
        node
        for node in body
        if not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom) and not _is_text(node)
    ]
    return bool(functions) and not others and all(_does_nothing(function.body) for function in functions)


def _does_nothing(body: list[ast.stmt]) -> bool:
    first, *rest = [node for node in body if not _is_text(node)] or [ast.Pass()]
    return isinstance(first, ast.Raise) and all(isinstance(node, ast.Return) for node in rest)


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
