"""A figure that is held against an aim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Figure(NamedTuple):
    """What was aimed at, and what came of it."""

    met: bool
    text: str


def at_most(aim: float, what: str, found: Mapping[str, float], show: Callable[[float], str]) -> Figure:
    """Hold the worst of several against an aim, and name those that miss it."""
    over = sorted((name for name, value in found.items() if value > aim), key=lambda name: -found[name])
    worst = max(found, key=lambda name: found[name])
    text = f"{what}: at most {show(aim)}; worst {show(found[worst])} ({worst})"
    if over:
        text += f"; over it in {len(over)} of {len(found)}: {', '.join(over)}"
    return Figure(not over, text)


def share(count: int, runs: int) -> str:
    """Say a count as a percentage of runs: `3 of 2000 (0.15 %)`."""
    return f"{count} of {runs} ({100 * count / max(runs, 1):.2g} %)"
