"""Tables as CSV (RFC 4180) that do no harm in Excel, LibreOffice or Google Sheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from bpkit.report.exports.text import plain

Cell = str | int | float | None

# What a spreadsheet takes for the start of a formula, the full-width forms among them (OWASP, "CSV Injection").
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - these are the ones
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def to_csv(rows: Iterable[Iterable[Cell]], *, bom: bool) -> bytes:
    """Return the table in UTF-8. bom: for Excel, which takes a file without one for the local code page."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _cell(value: Cell) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = plain(value)
    if text != "-" and text.lstrip(" ").startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
