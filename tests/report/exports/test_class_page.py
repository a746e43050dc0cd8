"""The class page: read by an HTML parser, counted again by other means, and opened in Chromium where there is one."""

import base64
import hashlib
import itertools
import json
import re
import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser

import pytest

from bpkit.judging.verdict import Status
from bpkit.report import data
from bpkit.report.exports import FORMATS
from bpkit.report.exports.files import stem
from bpkit.report.page import cells, chart, ranked, tally
from bpkit.report.results import Outcome

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Page(HTMLParser):
    """Reads the page: elements, links, rows of tables as text, the raw text of styles and scripts."""

    def __init__(self, text):
        super().__init__()
        self.text, self.elements, self.links, self.raw, self.tables = text, [], [], [], []
        self._cell = self._raw = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note the element; a row or a cell ends where the next one starts."""
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag in ("style", "script"):
            self._raw = [tag, found, ""]
            self.raw.append(self._raw)
        elif tag == "table":
            self.tables.append((found, []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self._cell = [found, ""]
            self.tables[-1][1][-1].append(self._cell)
        elif tag == "a":
            self.links.append(found["href"])

    def handle_endtag(self, tag):
        """Note the end of what is read as text."""
        if tag in ("style", "script"):
            self._raw = None
        elif tag in ("td", "th", "tr", "table"):
            self._cell = None

    def handle_data(self, text):
        """Note text where it belongs."""
        if self._raw:
            self._raw[2] += text
        elif self._cell:
            self._cell[1] += text

    @property
    def heat(self):
        """Rows of students, each as the class and the text of its cells."""
        [rows] = [rows for found, rows in self.tables if found.get("id") == "heat"]
        return [[(cell.get("class"), text.strip()) for cell, text in row] for row in rows[3:]]

    @property
    def ranked(self):
        """The ranked lists in order: for each, rows of texts without the header."""
        lists = []
        for found, rows in self.tables:
            if found.get("class") == "ranked":
                lists.append([[text for _, text in row] for row in rows[1:]])
        return lists

    @property
    def data(self):
        """What the script is given."""
        [text] = [text for tag, found, text in self.raw if found.get("type") == "application/json"]
        return json.loads(text)


def page_of(results, exercises):
    """Return the page."""
    [file] = FORMATS["page"].write(results, exercises)
    assert file.path == "index.html"
    return Page(file.content.decode())


@pytest.fixture(scope="module")
def page(some_class):
    """Return the page of a class of 30."""
    return page_of(*some_class)


def counted(results, key):
    """Count students by the exercise and a key of findings, the slow way."""
    made = {
        (student, exercise["id"], key(finding))
        for student, result in enumerate(results)
        for exercise in (result.verdict or {"exercises": ()})["exercises"]
        for part in exercise["parts"]
        for finding in part["findings"]
        if key(finding) and finding["status"] not in ("passed", "not_started", "blocked")
    }
    return Counter((exercise, found) for _, exercise, found in made)


def test_table(page, some_class):
    """A row for each student, with a cell for each exercise whose class and sign say how it came out."""
    results, exercises = some_class
    assert len(page.heat) == len(results)
    for row, result in zip(page.heat, results, strict=True):
        assert len(row) == len(exercises) + 2
        assert result.name in row[0][1]
        if result.verdict is None:
            assert row[1] == ("score none", result.outcome.value.replace("_", " "))
            assert set(row[2:]) == {("x", "")}
            continue
        assert row[1][1].split()[0] == str(result.score)
        for cell, judged in zip(row[2:], result.verdict["exercises"], strict=True):
            assert cell == cells.kind(judged)[:2]


def test_every_status_can_be_told_apart(each, exercises):
    """No two kinds of cell have the same letter, sign or words, so colour is not needed; partly right is its own."""
    for values in zip(*cells.ALL, strict=True):
        assert len(set(values)) == len(cells.ALL)
    page = page_of(each, exercises)
    signs = {row[0][1]: row[2][1] for row in page.heat}
    assert len({sign for name, sign in signs.items() if name.startswith("Student")}) == len(Status)
    outcomes = {row[1][1] for row in page.heat if row[1][0] == "score none"}
    assert outcomes == {"refused", "not handed in", "not judged"}
    [zero] = [row for row in page.heat if "Zoë" in row[0][1]]
    assert zero[1] == ("score", "0")
    style = "".join(text for tag, _, text in page.raw if tag == "style")
    for kind in cells.ALL:  # what a screen reader says of the cell
        assert f'#heat tbody .{kind.letter}::after {{ content: "" / "{kind.word}"; }}' in style


def test_what_is_open(each, exercises):
    """Points that could not be judged stand beside the score, and are no part of it."""
    [row] = [row for row in page_of(each, exercises).heat if "s-not_judged" in row[0][1]]
    assert row[1][1] == "6 +6?"


def test_mistakes_are_ranked(page, some_class):
    """The commonest mistake first, with its sentence and how many students made it."""
    results, exercises = some_class
    expected = counted(results, lambda finding: finding["mistake"])
    rows = [row for rows in page.ranked[:2] for row in rows]
    found = [(title, said, int(re.match(r"\d+", count)[0])) for title, said, count, _ in rows]
    assert sorted(found) == sorted(
        (exercises[exercise].title, exercises[exercise].mistakes[mistake], count)
        for (exercise, mistake), count in expected.items()
    )
    counts = [count for *_, count in found]
    assert counts == sorted(counts, reverse=True)


def test_other_ways_are_ranked_below(some_class):
    """Signatures and checks are counted for what is no known mistake; each student once."""
    results, exercises = some_class
    signatures = counted(
        results, lambda finding: finding["signature"] and (finding["array"], finding["signature"])
    )
    found = tally.signatures(results, exercises)
    assert {(one.exercise, one.key): len(one.students) for one in found} == signatures
    checks = counted(
        results,
        lambda finding: (
            not finding["mistake"] and not finding["signature"] and (finding["check"], finding["status"])
        ),
    )
    assert {(one.exercise, one.key): len(one.students) for one in tally.checks(results, exercises)} == checks


def test_a_student_counts_once(exercises, make):
    """A mistake in two arrays and two cases is one mistake of one student, and a pointer to another finding is none."""
    linear = exercises["layers/linear"]
    findings = [
        make.finding(array=array, case=case, mistake="swapped")
        for array in ("dx", "dW")
        for case in ("one", "two")
    ]
    findings.append(make.finding("mend_forward"))
    result = make.result("ada", [make.came_out(linear, Status.FAILED, *findings)])
    assert tally.mistakes([result], exercises) == [tally.Common("layers/linear", ("swapped",), (0,))]
    assert tally.checks([result], exercises) == tally.signatures([result], exercises) == []


def test_links_go_to_feedback(page, some_class):
    """Each mistake links to the feedback of those who made it, at the exercise; each row to its student's."""
    results, _ = some_class
    known = {f"feedback/{stem(result.student)}.html" for result in results}
    assert {link.partition("#")[0] for link in page.links if not link.startswith("#")} == known
    for exercise, mistake in list(counted(results, lambda finding: finding["mistake"]))[:5]:
        anchor = exercise.replace("/", "-")
        made = [
            result
            for result in results
            if any(
                finding["mistake"] == mistake
                for judged in (result.verdict or {"exercises": ()})["exercises"]
                if judged["id"] == exercise
                for part in judged["parts"]
                for finding in part["findings"]
            )
        ]
        for result in made:
            assert f"feedback/{stem(result.student)}.html#{anchor}" in page.links
            [file] = FORMATS["html"].write([result], some_class[1])
            assert f'<section id="{anchor}"'.encode() in file.content


def test_page_is_alone(page, evil, exercises):
    """Nothing is asked for from anywhere, and the policy lets the one style and the one script be used, by their hash."""
    for found in (page, page_of(evil, exercises)):
        scripts = [
            text for tag, attributes, text in found.raw if tag == "script" and "type" not in attributes
        ]
        styles = [text for tag, _, text in found.raw if tag == "style"]
        style, script = (
            base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for [text] in (styles, scripts)
        )
        policies = [attributes["content"] for _, attributes in found.elements if "http-equiv" in attributes]
        assert policies == [
            f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
            "base-uri 'none'; form-action 'none'"
        ]
        for tag, attributes in found.elements:
            assert tag not in ("img", "iframe", "object", "embed", "link", "base")
            assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
        for link in found.links:
            assert link.startswith(("#", "feedback/"))
        assert not re.search(r"https?:|url\(|@import", found.text.replace("http://evil.example", ""))


def test_hostile(evil, exercises):
    """Hostile names make no elements, end no script and hide nothing; the data still say what they are."""
    found = page_of(evil, exercises)
    plain = page_of(
        [result._replace(student=f"s{place}", name="n") for place, result in enumerate(evil)], exercises
    )
    kinds = {tag for tag, _ in found.elements}
    assert kinds == {tag for tag, _ in plain.elements}
    assert [tag for tag, *_ in found.raw] == ["style", "script", "script"]
    assert found.text.replace("\n", "").isprintable()
    assert len(found.heat) == len(evil)
    assert "</script><script>alert(1)</script>" in found.data["rows"][2][0]
    [data_text] = [text for _, attributes, text in found.raw if attributes.get("type")]
    assert not set(data_text) & set("<>&")


def test_data(page, some_class):
    """The script is told what the table shows."""
    results, exercises = some_class
    for row, result, shown in zip(page.data["rows"], results, page.heat, strict=True):
        name, score, letters, points = row
        assert name == f"{result.name} {result.student}"
        assert score == result.score
        assert list(letters) == [kind for kind, _ in shown[2:]]
        if result.verdict:
            assert points == [judged["points"] for judged in result.verdict["exercises"]]
    assert [title for title, _ in page.data["exercises"]] == [
        exercise.title for exercise in exercises.values()
    ]
    assert page.data["kinds"] == [[kind.letter, kind.word] for kind in cells.ALL]


def test_works_without_a_script(page):
    """What needs the script is hidden until it runs: the filters, and the buttons that set them."""
    hidden = [tag for tag, attributes in page.elements if "hidden" in attributes]
    assert set(hidden) == {"form", "button", "p"}
    buttons = [attributes for _, attributes in page.elements if attributes.get("class") == "show"]
    assert buttons
    assert all("hidden" in attributes for attributes in buttons)


def test_for_keyboard_and_ear(page):
    """Skip links lead somewhere, regions and tables have names, headers say what they head, controls have labels."""
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert [link for link in page.links if link.startswith("#")] == ["#mistakes", "#table"]
    assert {"mistakes", "table"} <= ids
    for tag, attributes in page.elements:
        assert attributes.get("aria-labelledby", "table") in ids
        if tag == "th":
            assert attributes["scope"] in ("col", "row", "colgroup")
    tags = [tag for tag, _ in page.elements]
    assert tags.count("caption") == tags.count("table")
    assert tags.count("label") == tags.count("input") + tags.count("select")
    assert [
        attributes.get("tabindex") for _, attributes in page.elements if attributes.get("class") == "scroll"
    ] == ["0"]


def test_empty_class(exercises):
    """A class of nobody, one of one, and one where nobody was graded are pages too."""
    nobody = page_of([], exercises)
    assert nobody.heat == []
    assert "0 students." in nobody.text
    assert "Nothing was graded." in nobody.text
    assert nobody.data["rows"] == []


def test_class_of_one(each, exercises):
    """One student is a student, graded or not."""
    assert "1 student: 1 graded." in page_of(each[:1], exercises).text
    absent = [result for result in each if result.outcome is Outcome.NOT_HANDED_IN]
    page = page_of(absent, exercises)
    assert "1 student: 1 not handed in." in page.text
    assert "Nothing was graded." in page.text


def test_wider_than_the_course(each, exercises):
    """A verdict about an exercise that the course no longer has makes no column, and breaks nothing."""
    page = page_of(each, {"neuron/relu": exercises["neuron/relu"]})
    assert {len(row) for row in page.heat} == {3}


def test_words_of_signatures_are_of_the_schema():
    """The page has words for signatures that exist."""
    schema = json.loads(data.SCHEMA_FILE.read_text("utf-8"))
    known = schema["$defs"]["finding"]["properties"]["signature"]["enum"]
    assert set(ranked._SIGNATURES) <= set(known)
    assert (
        ranked.check(tally.Common("a/b", ("no_such_check", "timed_out"), ()), {})
        == "no such check (timed out)"
    )


@pytest.mark.parametrize(
    ("scores", "most"),
    [([0], 0), ([0, 12], 12), ([3] * 7, 12), ([12], 12), (list(range(142)), 141), ([5], 1000)],
)
def test_histogram(scores, most):
    """Every score is in one bar, bars stand side by side inside the picture, and each says what it counts."""
    text = "\n".join(chart.histogram(scores, most))
    bars = re.findall(
        r'<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)">\s*<title>(.+?) points: (\d+)', text
    )
    assert sum(int(count) for *_, count in bars) == len(scores)
    assert len(bars) <= 21
    edges = [(float(x), float(x) + float(width)) for x, _, width, *_ in bars]
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(edges))
    assert edges[-1][1] <= 640
    covered = [bounds for *_, span, _ in bars for bounds in [[int(part) for part in span.split(" to ")]]]
    assert covered[0][0] == 0
    assert covered[-1][-1] == most


def test_in_words():
    """The picture is told in words too."""
    assert chart.in_words([0, 6, 12], 12) == "Of 12 points: median 6, mean 6.0, from 0 to 12."


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_in_chromium(some_class, tmp_path):
    """The script runs under the page's own policy: the filters come up and count the rows."""
    [file] = FORMATS["page"].write(*some_class)
    path = tmp_path / file.path
    path.write_bytes(file.content)
    command = [
        CHROMIUM,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    found = subprocess.run(
        [*command, "--dump-dom", path.as_uri()], capture_output=True, text=True, check=True, timeout=120
    )
    assert '<form id="filters">' in found.stdout
    assert '<output name="shown">30 of 30 shown</output>' in found.stdout
    assert 'data-sort="name"><button type="button">Student</button>' in found.stdout
