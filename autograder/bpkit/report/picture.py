"""A small wrong array as a few lines on a terminal: which elements are off, and how far.

Colours only repeat what the marks and numbers say; without them the same lines stand there.
"""

from __future__ import annotations

from collections.abc import Iterator

import click

from bpkit.judging.verdict import Compared
from bpkit.report import crop, screen
from bpkit.report.cells import Cell, grid, part

ROWS, COLUMNS = 8, 10  # of a larger array, what lies around its worst element
# Foreground and background from "hardly off" to the worst. Numbers above 15 look alike in every terminal's theme.
SHADES = ((16, 224), (16, 217), (16, 210), (231, 160), (231, 124))


def lines(compared: Compared, name: str, columns: int) -> list[str]:
    """Return the lines, none of them wider than this but the first, which is prose.

    There are none where they do not fit, or would say nothing that the message does not: of one number. Where the window
    is too narrow for numbers, there are marks.
    """
    if compared.expected.size < 2:
        return []
    arrays = crop.shown(compared, ROWS, COLUMNS)
    cells = grid(arrays)
    what = part(arrays, name) if "slice" in arrays or "offset" in arrays else name
    for said, table in _tables(cells):
        if max(map(screen.width_of, table)) <= columns:
            return [said.format(what), *table]
    return []


def _tables(cells: list[list[Cell]]) -> Iterator[tuple[str, list[str]]]:
    """Yield tables with their headlines, each narrower than the one before."""
    all_wrong = all(cell.wrong for row in cells for cell in row)
    numbers = [[_number(cell) for cell in row] for row in cells]
    said = f"how far off {{}} is{'' if all_wrong else ' (· right)'}:"
    yield said, _table(cells, numbers, "[{}]", max(len(text) for row in numbers for text in row))
    yield said, _table(cells, numbers, "[{}]")
    if not all_wrong:  # nothing but marks would say nothing
        marks = [["✗" if cell.wrong else "·" for cell in row] for row in cells]
        yield "where {} is off (✗):", _table(cells, marks)


def _table(cells: list[list[Cell]], said: list[list[str]], index: str = "{}", least: int = 0) -> list[str]:
    """Return a line of indices, then a line for each row, which begins with its own unless there is one axis.

    index: how one is written. least: how wide columns are at least.
    """
    heads = [index.format(cell.place[-1]) for cell in cells[0]]
    widths = [max(least, *map(len, column)) for column in zip(heads, *said, strict=True)]
    rows = [index.format(row[0].place[-2]) if len(row[0].place) > 1 else "" for row in cells]
    margin = max(map(len, rows))
    top = "".join(f" {head:>{width}} " for head, width in zip(heads, widths, strict=True)).rstrip()
    return [
        click.style(f"{'':{margin}}{top}", dim=True),
        *(
            (click.style(f"{head:>{margin}}", dim=True) if margin else "")
            + "".join(map(_block, row, texts, widths))
            for head, row, texts in zip(rows, cells, said, strict=True)
        ),
    ]


def _block(cell: Cell, said: str, width: int) -> str:
    text = f" {said:>{width}} "
    if not cell.wrong:
        return text
    foreground, background = SHADES[min(int(cell.weight * len(SHADES)), len(SHADES) - 1)]
    return click.style(text, fg=foreground, bg=background)


def _number(cell: Cell) -> str:
    """Write how far off an element is: two digits are enough to see where it is worst."""
    if not cell.wrong:
        return "·"
    return f"{cell.error:.0f}" if 99.5 <= cell.error < 1e4 else f"{cell.error:.2g}"
