"""Hostile text does no harm wherever it goes: what is spelled out, what a spreadsheet sees, what a file is called."""

import csv
import io
import json
import sys
import unicodedata

import pytest

from bpkit.report.exports import sheet
from bpkit.report.exports.files import anchor, stem
from bpkit.report.exports.text import line, plain, to_json

JOINERS = "\u200c\u200d"


def test_nothing_steers():
    """Every control character, line separator and lone surrogate is spelled out, and all that turns text round."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        category, direction = unicodedata.category(character), unicodedata.bidirectional(character)
        turns = direction in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        if (category in ("Cc", "Cs", "Zl", "Zp") and character not in "\n\t") or turns:
            assert plain(character).isascii()
            assert plain(character).isprintable()


@pytest.mark.parametrize(
    "text", ["Zoë O'Neil", "王小明", "عمر", f"می{JOINERS[0]}خواهم", "👩\u200d💻", "a\n\tb", "<b>"]
)
def test_honest_text_stays(text):
    """Names in any script, with the joiners that they need, are left alone."""
    assert plain(text) == text


def test_spelled_out():
    """What is spelled out can be read."""
    assert plain("a\x1bb\r\nc\rd\u202ee\ud800\U000e0041") == "a\\x1bb\nc\\x0dd\\u202ee\\ud800\\U000e0041"
    assert line(" two\nlines\t and\r\nmore ") == "two lines and more"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("half \ud83d", "half \ufffd"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("whole \U0001f600", "whole \U0001f600"),
        ("\\ud83d \x00 \x1b", "\\ud83d \x00 \x1b"),
        ("##vso[x] ##[error]", "##vso[x] ##[error]"),
    ],
)
def test_json_can_be_read_by_all(text, read):
    """JSON is ASCII, without halves of pairs and without what a CI log obeys."""
    found = to_json({text: [text]})
    assert found.isascii()
    assert "##" not in found
    assert json.loads(found) == {read: [read]}


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd|x", "-1+1", "@SUM(A1)", "\tx", "\r=1", "\n=1", " =1", "＝1", "=", "-=1", "+", "-1.5.2"],  # noqa: RUF001
)
def test_formulas_are_text(cell):
    """No cell starts with what a spreadsheet takes for a formula."""
    [[found]] = csv.reader(io.StringIO(sheet.to_csv([[cell]], bom=False).decode(), newline=""))
    assert not found.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))  # noqa: RUF001
    assert found.endswith(cell[-1])


@pytest.mark.parametrize("cell", ["-1", "+2.50", "0", "-", "12", 7, -3, 2.5, None, "a=b", "x-y", "7-up"])
def test_honest_cells_stay(cell):
    """Numbers, also as text, and what has a sign inside are as they were."""
    [[found, _]] = csv.reader(io.StringIO(sheet.to_csv([[cell, "."]], bom=False).decode(), newline=""))
    assert found == ("" if cell is None else str(cell))


def test_cells_are_told_apart():
    """Commas, quotes and line ends in a cell start no other one (RFC 4180)."""
    rows = [['a,b;"c"', "d\ne", "'"], ["x", "", '"']]
    text = sheet.to_csv(rows, bom=False).decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows
    assert text.count("\r\n") == 2


def test_cells_show_as_they_are():
    """A cell holds nothing that a terminal obeys or that hides, wherever in the cell it is."""
    assert sheet.to_csv([["a\x1b[31m\u202eb"]], bom=False) == b"a\\x1b[31m\\u202eb\r\n"


@pytest.mark.parametrize("student", ["ada", "Zoë", "a.b-c_1", "12345", "ada+1@uni.example", "王小明"])
def test_file_names_are_ids(student):
    """A file is called after the id wherever that is possible."""
    assert stem(student) == student


def test_file_names_are_safe():
    """No id leads out of the folder, hides its file or is too long, and two of them never share a file."""
    odd = [
        "../x",
        "..",
        ".",
        "",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "a:b",
        "CON<",
        ".hidden",
        "-rf",
        "a\x00b",
        "a\nb",
        "a b",
    ]
    odd += ["a_b?", "a_b*", "x" * 300, "x" * 301, "é" * 200, "\ud800", "\ud801", "%2e%2e", "#"]
    stems = [stem(student) for student in odd]
    assert len({*stems, "a_b"}) == len(odd) + 1
    for found in stems:
        assert not set(found) & set('/\\:*?"<>|%# \n\x00')
        assert found[0] not in ".-"
        assert len(f"{found}.html".encode()) < 255


def test_anchors():
    """An exercise's place in a page has no character that a link would have to escape."""
    assert anchor("layers/linear") == "layers-linear"
