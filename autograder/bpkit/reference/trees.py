"""Nested lists, tuples and dictionaries of arrays, such as `params`, and the names of their leaves: `params[0][1]`.

A leaf may be a named tuple, so only lists, tuples and dictionaries as such are nodes. The keys of a dictionary are strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

# Not numpy.typing's name for it, which takes as long to import as the rest of a check.
Array = np.ndarray[Any, Any]

_STEP = re.compile(r'\[(?:(\d+)|"([^"]*)")\]')


def items(tree: Any) -> list[tuple[str, Any]] | None:
    """Return a node's parts, each with what its name adds, such as `[0]` or `["W"]`; None for a leaf."""
    if type(tree) in (list, tuple):
        return [(f"[{index}]", item) for index, item in enumerate(tree)]
    if type(tree) is dict:
        return [(f'["{key}"]', item) for key, item in tree.items()]
    return None


def _alike(tree: Any, parts: list[Any]) -> Any:
    """Return a node of the same kind with other parts."""
    return dict(zip(tree, parts, strict=True)) if type(tree) is dict else type(tree)(parts)


def leaves(tree: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield every leaf with its name: `W` alone, or `params[0][1]`."""
    parts = items(tree)
    if parts is None:
        yield name, tree
    else:
        for step, item in parts:
            yield from leaves(item, name + step)


def arrays(tree: Any, name: str) -> dict[str, Array]:
    """Return the float leaves as arrays, by name."""
    return {
        leaf: np.asarray(value)
        for leaf, value in leaves(tree, name)
        if isinstance(value, (np.ndarray, float)) and np.asarray(value).dtype.kind == "f"
    }


def replace(tree: Any, name: str, change: Mapping[str, Any]) -> Any:
    """Return the tree with the leaves that `change` names replaced."""
    parts = items(tree)
    if parts is None:
        return change.get(name, tree)
    return _alike(tree, [replace(item, name + step, change) for step, item in parts])


def transform(function: Callable[[Any], Any], tree: Any) -> Any:
    """Return the tree with the function applied to every leaf."""
    parts = items(tree)
    if parts is None:
        return function(tree)
    return _alike(tree, [transform(function, item) for _, item in parts])


def assemble(flat: Mapping[str, Any], name: str) -> Any:
    """Return the tree of this name from its leaves, a list for what was a tuple; `KeyError` where there is none."""
    if name in flat:
        return flat[name]
    below: dict[str | int, str] = {}
    for leaf in flat:
        step = _STEP.match(leaf, len(name)) if leaf.startswith(name) else None
        if step:
            below[int(step[1]) if step[1] else step[2]] = step[0]
    if not below:
        raise KeyError(name)
    parts = {key: assemble(flat, name + step) for key, step in below.items()}
    return [parts[index] for index in range(len(parts))] if 0 in parts else parts
