"""Which files of a workspace an exercise uses, read off its imports: nothing is run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


class Uses(NamedTuple):
    """The paths that an exercise's file imports, and they in turn, whether or not they are there.

    unsure: one of them cannot be parsed, so that there may be more.
    """

    paths: frozenset[str]
    unsure: bool

    def touched_by(self, changed: Iterable[str], exercises: Iterable[str]) -> bool:
        """Tell whether a change of these files concerns the exercise. exercises: the paths that are no helpers."""
        known = set(exercises)
        return any(path in self.paths or (self.unsure and path not in known) for path in changed)


def of(path: str, files: Mapping[str, str | None]) -> Uses:
    """Follow the imports of one file."""
    chapter = path.rpartition("/")[0]
    found, waiting, unsure = {path}, [path], False
    while waiting:
        here = waiting.pop()
        if here not in files:
            continue
        tree = _parse(files[here])
        unsure = unsure or tree is None
        for name in _imported(tree, here) if tree else ():
            new = set(_places(name, chapter)) - found
            found |= new
            waiting += new
    return Uses(frozenset(found), unsure)


def _parse(text: str | None) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a student's escapes: the check tells what matters
            return None if text is None else ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _imported(tree: ast.Module, path: str) -> Iterator[str]:
    """Yield the names of the modules that may be meant, each with those above it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _above(alias.name)
        elif isinstance(node, ast.ImportFrom):
            package = path.split("/")[: -node.level] if node.level else []
            module = ".".join([*package, *([node.module] if node.module else [])])
            yield from _above(module)
            for alias in node.names:
                yield f"{module}.{alias.name}" if module else alias.name


def _above(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def _places(name: str, chapter: str) -> tuple[str, ...]:
    """Return where the worker looks for a module: from the workspace's root, then beside the exercise."""
    place = name.replace(".", "/")
    return (f"{place}.py", f"{place}/__init__.py", f"{chapter}/{place}.py")
