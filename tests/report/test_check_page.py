"""The page of `bpkit check --html`: whole, without anything from elsewhere, and readable in a browser."""

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from bpkit.course import catalog
from bpkit.report import check_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LINEAR = catalog.find("layers/linear")
VOID = {"meta", "br", "link", "img", "input"}


def finding(array, returned, expected, shape):
    """Return a finding about a wrong array, as `data.to_data` writes it."""
    return {
        "check": "values", "status": "failed", "case": "a batch", "array": array, "message": f"{array} is <wrong>.",
        "mistake": None, "signature": None, "where": "all", "max_error": 1.0,
        "arrays": {"shape": shape, "returned": returned, "expected": expected, "tolerance": 1e-6},
    }  # fmt: skip


def part(name, points, findings=()):
    """Return a part's verdict."""
    status = "failed" if findings else "passed"
    return {
        "name": name,
        "status": status,
        "points": 0 if findings else points,
        "max_points": points,
        "findings": list(findings),
    }


@pytest.fixture
def verdict():
    """Return a verdict: one exercise with two wrong arrays, and one that passes."""
    wrong = [
        finding("dx", [[1.0, 2.0], [3.0, "nan"]], [[1.0, 5.0], [3.0, 4.0]], [2, 2]),
        finding("db", [1.5, 2.5, 3.5], [1.0, 2.0, 3.0], [3]),
    ]
    linear = {
        "id": "layers/linear", "status": "failed", "points": 2, "open_points": 0, "max_points": 6, "seconds": 0.1,
        "output": "<script>alert(1)</script>",
        "parts": [part("linear_forward", 2), part("linear_backward", 4, wrong)],
    }  # fmt: skip
    relu = {
        "id": "neuron/relu", "status": "passed", "points": 3, "open_points": 0, "max_points": 3, "seconds": 0.1,
        "output": "", "parts": [part("relu_forward", 1), part("relu_backward", 2)],
    }  # fmt: skip
    return {"score": 5, "open_score": 0, "max_score": 9, "isolation": 3, "exercises": [linear, relu]}


@pytest.fixture
def page(verdict):
    """Return its page."""
    return check_page.write(
        verdict, {exercise_id: catalog.find(exercise_id) for exercise_id in ("layers/linear", "neuron/relu")}
    )


def test_each_wrong_array_is_shown_returned_right_and_their_difference(page):
    """With the values below the pointer, and the sentences once."""
    assert len(re.findall("<caption", page)) == 6
    for name in ("dx", "db"):
        for words in ("what was returned.", "what is right.", "what was returned, less what is right."):
            assert f"{name} in case &quot;a batch&quot;: {words}" in page
    assert 'title="dx[0, 1] is 2, and should be 5"' in page
    assert page.count("All 3 elements are wrong.") == 1


def test_the_hints_are_behind_clicks_one_inside_the_other(page):
    """Of an exercise that does not pass, and of no other."""
    assert page.count("<details") == len(LINEAR.hints)
    assert page.index(">Hint 1 of 3<") < page.index(">Hint 2 of 3<") < page.index(">Hint 3 of 3<")


def test_what_the_student_wrote_is_text(page):
    """And the page could run nothing of it."""
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "dx is &lt;wrong&gt;." in page
    assert "default-src 'none'" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_every_tag_is_closed(page):
    """In the order in which they were opened."""
    opened = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, _):
            if tag not in VOID:
                opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Reader().feed(page)
    assert opened == []


def test_a_scalar_has_no_picture(verdict):
    """The message has both numbers."""
    verdict["exercises"] = verdict["exercises"][:1]
    verdict["exercises"][0]["parts"][1]["findings"] = [finding("loss", 2.0, 1.0, [])]
    page = check_page.write(verdict, {"layers/linear": LINEAR})
    assert "<caption" not in page
    assert "<title>Linear layer · bpkit check</title>" in page


def test_what_is_open_is_told(verdict):
    """It is neither earned nor lost."""
    verdict["open_score"] = 4
    page = check_page.write(
        verdict, {exercise_id: catalog.find(exercise_id) for exercise_id in catalog.ids()}
    )
    assert "5 of 9 points, 4 not judged" in page


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_in_chromium(page, tmp_path):
    """The browser takes nothing out of it, keeps the colours, and shows what is meant to be seen."""
    path = tmp_path / "page.html"
    probe = """<script>addEventListener("load", () => { const seen = [...document.querySelectorAll("td[title]")];
      document.body.dataset.told = JSON.stringify({ cells: seen.length,
        red: seen.filter(cell => getComputedStyle(cell).backgroundColor.startsWith("rgba(224")).length,
        open: document.querySelectorAll("details[open]").length, wide: document.body.scrollWidth <= innerWidth,
        summary: getComputedStyle(document.querySelector("summary")).cursor }); });</script>"""
    policy = re.search(r'<meta http-equiv="Content-Security-Policy"[^>]*>', page)[0]
    path.write_text(page.replace(policy, "").replace("</body>", f"{probe}</body>"), encoding="utf-8")
    command = [
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={tmp_path / 'profile'}", "--window-size=500,900", "--dump-dom", path.as_uri(),
    ]  # fmt: skip
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    told = json.loads(re.search(r'data-told="([^"]*)"', found.stdout)[1].replace("&quot;", '"'))
    assert told == {"cells": 21, "red": 15, "open": 0, "wide": True, "summary": "pointer"}
