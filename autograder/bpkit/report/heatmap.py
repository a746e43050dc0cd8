"""A wrong array beside the right one as a table: coloured by how far off each element is, and legible without colours.

It is made for places with no style sheet: notebooks strip <style>, and of inline styles they keep those with plain colours.
Text keeps the colour that is around it, and what lies behind it lets a light or dark page through.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from bpkit.report import words
from bpkit.report.cells import Cell, grid, part, worst_of

_FEW = 10  # columns up to which there is room for numbers
_RED = "224, 64, 48"
_FAINTEST, _STRONGEST = 0.12, 0.45  # behind text: more would take its contrast away on one theme or the other
_CELL = "padding: 2px 6px; text-align: center; white-space: nowrap; font-weight: normal"
_NARROW = _CELL.replace("2px 6px", "0 3px")  # for many columns of marks
_CAPTION = "caption-side: top; text-align: left; white-space: nowrap; padding: 0 0 4px 0"
_RULE = "rgba(128, 128, 128, 0.35)"
_SAYS = {
    "error": "how far each element is off",
    "difference": "what was returned, less what is right",
    "returned": "what was returned",
    "expected": "what is right",
}


def html(
    arrays: Mapping[str, Any], name: str, *, show: str = "error", where: str = "", tell: bool = True
) -> str:
    """Return a table.

    arrays: as `crop.shown` gives them; name: the array's; where: words for its place, such as 'in case "a batch"'.
    show: "error", "difference" (returned - expected), "returned" or "expected". tell: with sentences below it.
    """
    rows = grid(arrays)
    about, *more = told(arrays, name, show, where)
    if show == "error" and more:
        more.append("Hold the pointer over an element to see what it is and what it should be.")
    lines = [
        '<table style="border-collapse: collapse; font-size: 13px; margin: 0; width: auto">',
        f'<caption style="{_CAPTION}">{escape(about)}</caption>',
        *_body(rows, len(arrays["shape"]), name, show),
        "</table>",
    ]
    # A table wider than the page scrolls by itself; a caption is as narrow as its table, so most is said below.
    table = f'<div style="overflow-x: auto; margin: 4px 0">{"".join(lines)}</div>'
    return table + (
        f'<p style="margin: 2px 0 6px 0; font-size: 13px">{escape(" ".join(more))}</p>'
        if more and tell
        else ""
    )


def text(arrays: Mapping[str, Any], name: str, *, show: str = "error", where: str = "") -> str:
    """Return the same as plain text; in other shows than "error", a star marks what is wrong."""
    rows = grid(arrays)
    short = _short(rows, show)
    shown = [[_written(cell, show, short=short) for cell in row] for row in rows]
    if show != "error":
        pairs = zip(rows, shown, strict=True)
        shown = [
            [f"{said}{'*' if cell.wrong else ' '}" for cell, said in zip(*pair, strict=True)]
            for pair in pairs
        ]
    lines = list(told(arrays, name, show, where))
    axes = len(arrays["shape"])
    if axes:
        shown = [[str(cell.place[-1]) for cell in rows[0]], *shown]
    if axes > 1:
        heads = ["", *(str(row[0].place[-2]) for row in rows)]
        shown = [[head, *row] for head, row in zip(heads, shown, strict=True)]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines += [
        "  ".join(said.rjust(width) for said, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]
    return "\n".join(lines)


def told(arrays: Mapping[str, Any], name: str, show: str, where: str) -> Iterator[str]:
    """Yield sentences: which array, how much of it is wrong, the largest error, what part is shown, and how to read it."""
    rows = grid(arrays)
    cells = [cell for row in rows for cell in row]
    wrong, worst = sum(cell.wrong for cell in cells), worst_of(cells)
    yield f"{name}{f' {where}' if where else ''}: {_SAYS[show]}."
    cut = "slice" in arrays or "offset" in arrays
    if len(cells) > 1:
        place = _place(name, worst.place)
        of = f"the {len(cells)} elements shown" if cut else f"{len(cells)} elements"
        how_many = f"All {of}" if wrong == len(cells) else f"{wrong} of {of}"
        yield f"{how_many} {'is' if wrong == 1 else 'are'} wrong."
        if math.isfinite(worst.error):
            yield f"The largest error is {worst.error:.3g}, at {place}."
        else:
            yield f"{place} is {_number(worst.returned)} and should be {_number(worst.expected)}."
    if cut:
        yield f"{name} has the shape {tuple(arrays['shape'])}; this is {part(arrays, name)}, where the largest error is."
    if show == "error" and 1 < len(cells) != wrong:
        what = "a cross (✗) is wrong" if _short(rows, show) else "a number says how far off an element is"
        yield f"A dot (·) is right, {what}."


def _body(rows: list[list[Cell]], axes: int, name: str, show: str) -> Iterator[str]:
    if not axes:
        yield from _scalar(rows[0][0])
        return
    short = _short(rows, show)
    worst = worst_of([cell for row in rows for cell in row])
    look = _NARROW if short else _CELL
    corner = f'<td style="{look}"></td>' if axes > 1 else ""
    heads = "".join(_head("col", str(cell.place[-1]), look) for cell in rows[0])
    yield f"<thead><tr>{corner}{heads}</tr></thead><tbody>"
    for row in rows:
        head = _head("row", str(row[0].place[-2]), look) if axes > 1 else ""
        yield f"<tr>{head}{''.join(_cell(cell, name, show, short=short, worst=cell is worst) for cell in row)}</tr>"
    yield "</tbody>"


def _scalar(cell: Cell) -> Iterator[str]:
    expected, returned = words.apart(cell.expected, cell.returned)
    said = {"returned": returned, "right": expected, "off by": _number(cell.error)}
    yield f"<thead><tr>{''.join(_head('col', head) for head in said)}</tr></thead>"
    yield f'<tbody><tr>{"".join(f"""<td style="{_CELL}">{number}</td>""" for number in said.values())}</tr></tbody>'


def _head(scope: str, said: str, look: str = _CELL) -> str:
    return f'<th scope="{scope}" style="{look}">{said}</th>'


def _cell(cell: Cell, name: str, show: str, *, short: bool, worst: bool) -> str:
    said = _written(cell, show, short=short)
    if cell.wrong:
        alpha = _FAINTEST + (_STRONGEST - _FAINTEST) * cell.weight
        # Borders without a colour have that of the text.
        look = f"border: {2 if worst else 1}px solid; background-color: rgba({_RED}, {alpha:.2f})"
        said = f"<b>{said}</b>"
    else:
        look = f"border: 1px solid {_RULE}"
    return (
        f'<td style="{_NARROW if short else _CELL}; {look}" title="{escape(_title(cell, name))}">{said}</td>'
    )


def _title(cell: Cell, name: str) -> str:
    place = _place(name, cell.place)
    if not cell.wrong:
        return f"{place} is {_number(cell.returned, 6)}, which is right"
    expected, returned = words.apart(cell.expected, cell.returned)
    return f"{place} is {returned}, and should be {expected}"


def _written(cell: Cell, show: str, *, short: bool) -> str:
    match show:
        case "error" if not cell.wrong:
            return "·"
        case "error":
            return "✗" if short else _number(cell.error)
        case "difference":
            return _number(cell.returned - cell.expected) if cell.wrong else "0"
        case _:
            return _number(cell.returned if show == "returned" else cell.expected)


def _short(rows: list[list[Cell]], show: str) -> bool:
    return show == "error" and len(rows[0]) > _FEW


def _number(value: float, digits: int = 3) -> str:
    return f"{value + 0.0:.{digits}g}"  # no minus before a 0


def _place(name: str, index: tuple[int, ...]) -> str:
    return f"{name}[{', '.join(map(str, index))}]" if index else name
