"""Nested lists and tuples of arrays, such as `params`, and the names of their leaves, such as `params[0][1]`.

A leaf may be a named tuple, so only lists and tuples as such are nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

# Not numpy.typing's name for it, which takes as long to import as the rest of a check.
Array = np.ndarray[Any, Any]


def leaves(tree: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield every leaf with its name: `W` alone, or `params[0][1]`."""
    if type(tree) in (list, tuple):
        for index, item in enumerate(tree):
            yield from leaves(item, f"{name}[{index}]")
    else:
        yield name, tree


def arrays(tree: Any, name: str) -> dict[str, Array]:
    """Return the float leaves as arrays, by name."""
    return {
        leaf: np.asarray(value)
        for leaf, value in leaves(tree, name)
        if isinstance(value, (np.ndarray, float)) and np.asarray(value).dtype.kind == "f"
    }


def replace(tree: Any, name: str, change: Mapping[str, Any]) -> Any:
    """Return the tree with the leaves that `change` names replaced."""
    if type(tree) in (list, tuple):
        return type(tree)(replace(item, f"{name}[{index}]", change) for index, item in enumerate(tree))
    return change.get(name, tree)


def transform(function: Callable[[Any], Any], tree: Any) -> Any:
    """Return the tree with the function applied to every leaf."""
    if type(tree) in (list, tuple):
        return type(tree)(transform(function, item) for item in tree)
    return function(tree)
