"""How the points are spread: a histogram as SVG, and the same in words."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

_BARS = 20
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 640, 180, 34, 24, 14


def histogram(scores: Sequence[int], most: int) -> Iterator[str]:
    """Yield the picture. most: the points to be had."""
    if not scores:
        return
    step = max(1, -(-(most + 1) // _BARS))
    counts = [0] * (max(most, *scores) // step + 1)
    for score in scores:
        counts[score // step] += 1
    tallest = max(counts)
    wide = (_WIDTH - _LEFT) / len(counts)
    size, told = f"{_WIDTH} {_HEIGHT + _BOTTOM}", in_words(scores, most)
    yield f'<svg class="histogram" viewBox="0 0 {size}" role="img" aria-label="{told}">'
    for level in sorted({tallest, tallest // 2}):
        y = _y(level, tallest)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y}" y2="{y}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y}" dy=".35em" class="end">{level}</text>'
    for place, count in enumerate(counts):
        first, last = place * step, min(place * step + step - 1, max(most, *scores))
        x, y = _LEFT + place * wide, _y(count, tallest)
        span = f"{first} to {last}" if last > first else f"{first}"
        students = "student" if count == 1 else "students"
        yield (
            f'<rect x="{x + 1:.5g}" y="{y}" width="{wide - 2:.5g}" height="{_HEIGHT - y:.5g}">'
            f"<title>{span} points: {count} {students}</title></rect>"
        )
        if place % max(1, len(counts) // 10) == 0:
            yield f'<text x="{x + wide / 2:.5g}" y="{_HEIGHT + 16}" class="mid">{first}</text>'
    yield f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH}" y1="{_HEIGHT}" y2="{_HEIGHT}"/></svg>'


def in_words(scores: Sequence[int], most: int) -> str:
    """Say how the points are spread."""
    if not scores:
        return "Nothing was graded."
    low, high = min(scores), max(scores)
    middle = statistics.median(scores)
    return f"Of {most} points: median {middle:g}, mean {statistics.fmean(scores):.1f}, from {low} to {high}."


def _y(count: int, tallest: int) -> float:
    return round(_HEIGHT - (_HEIGHT - _TOP) * count / tallest, 2)
