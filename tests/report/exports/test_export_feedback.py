"""Feedback as HTML and Markdown: what is said, and that nothing which a student writes becomes more than text."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from bpkit.judging.verdict import Status
from bpkit.report import words
from bpkit.report.exports import FORMATS

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Read(HTMLParser):
    """Reads a page: its elements with their attributes, its text, and the text of style and script elements."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text, self.raw, self.open = [], "", {}, []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note the element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """See that elements end in the order in which they began."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        if self.open and self.open[-1] in ("style", "script"):
            self.raw.setdefault(self.open[-1], []).append(data)
        else:
            self.text += data

    def all(self, tag):
        """Return the attributes of all elements of this name."""
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(result, exercises):
    """Return one student's page, as text and read."""
    text = FORMATS["html"].one(result, exercises, None).decode()
    return text, Read(text)


def markdown_of(result, exercises):
    """Return one student's Markdown."""
    return FORMATS["markdown"].one(result, exercises, None).decode()


def named(results):
    """Return the results by the student's id."""
    return {result.student: result for result in results}


def test_one_file_a_student(each, exercises):
    """Each student has a page and a Markdown file, called after the id."""
    for name, ending in (("html", "html"), ("markdown", "md")):
        files = list(FORMATS[name].write(each, exercises))
        assert [file.path for file in files] == [f"feedback/{result.student}.{ending}" for result in each]


def test_what_is_said(each, exercises):
    """Who it is, what came out, points for each exercise, and the findings' messages where it did not pass."""
    results = named(each)
    text, page = page_of(results["s-failed"], exercises)
    for said in (
        "Student failed",
        "s-failed",
        "8 of 12 points.",
        "2 of 6 points",
        "This failed.",
        "not right yet",
    ):
        assert said in page.text
        assert said.rstrip(".") in markdown_of(results["s-failed"], exercises).replace("\\", "")
    assert [attributes["id"] for attributes in page.all("section")] == ["layers-linear"]
    assert {"href": "#layers-linear"} in page.all("a")
    assert "neuron/relu" not in text  # passed, with nothing more to say
    assert "Rectified linear unit" in page.text


@pytest.mark.parametrize("status", Status)
def test_statuses_are_told_apart(each, exercises, status):
    """Each status has its own words, on the page and in Markdown."""
    result = named(each)[f"s-{status.value}"]
    _, page = page_of(result, exercises)
    heading = f"## Linear layer: {words.STATUS[status]} ("
    others = [other for other in Status if other is not status and words.STATUS[other] in page.text]
    assert others == ([] if status is Status.PASSED else [Status.PASSED])  # the other exercises
    assert heading in markdown_of(result, exercises).replace("\\", "")


def test_who_was_not_graded(each, exercises):
    """Who has no verdict is told why, and sees no points: 0 points is another page."""
    results = named(each)
    for outcome, word in (
        ("refused", "Refused"),
        ("not_handed_in", "Not handed in"),
        ("not_judged", "Not judged"),
    ):
        _, page = page_of(results[f"o-{outcome}"], exercises)
        assert f"{word}: Because of {outcome}." in page.text
        assert "points" not in page.text
        assert f"**{word}: Because of {outcome}.**" in markdown_of(
            results[f"o-{outcome}"], exercises
        ).replace("\\", "")
    assert "0 of 12 points." in page_of(results["zero"], exercises)[1].text


def test_open_points(each, exercises):
    """What could not be judged is neither earned nor lost, and says so."""
    result = named(each)["s-not_judged"]
    for text in (page_of(result, exercises)[1].text, markdown_of(result, exercises).replace("\\", "")):
        assert "6 of 12 points, and 6 could not be judged (neither earned nor lost)." in text
        assert "4 points, not judged" in text


def test_code_stays_code(exercises, make):
    """What is set in is code: the lines of a traceback keep their places, in a block of their own."""
    message = "linear_forward stopped with NameError: no x\n    a.py, line 7, in f\n        y = <x>\nThe end."
    finding = make.finding("exception", Status.CRASHED, message)
    linear = exercises["layers/linear"]
    result = make.result("ada", [make.came_out(linear, Status.CRASHED, finding, output="printed\n")])
    text, page = page_of(result, exercises)
    assert "<pre>a.py, line 7, in f\n    y = &lt;x&gt;</pre><p>The end.</p>" in text
    assert text.count("NameError") == 1
    assert "The same as above." in page.text
    assert "<h3>Your code printed</h3>\n<pre>printed\n</pre>" in text
    assert "```text\na.py, line 7, in f\n    y = <x>\n```" in markdown_of(result, exercises)


def test_pages_are_alone(each, exercises):
    """The page asks for nothing from anywhere, runs nothing, and says so in a policy that its style keeps."""
    for result in each:
        _, page = page_of(result, exercises)
        assert not page.all("script")
        assert not page.open
        [policy] = [
            meta["content"]
            for meta in page.all("meta")
            if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        digest = base64.b64encode(hashlib.sha256("".join(page.raw["style"]).encode()).digest()).decode()
        assert (
            policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        assert "url(" not in "".join(page.raw["style"])
        for tag, attributes in page.elements:
            assert tag not in ("img", "link", "iframe", "object", "embed", "form")
            assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
            assert attributes.get("href", "#").startswith("#")


def test_hostile_page(evil, exercises):
    """Hostile names, messages and output are text: the page has the elements that it has for anyone."""
    for result in evil:
        text, page = page_of(result, exercises)
        assert {tag for tag, _ in page.elements} <= {
            "html", "head", "meta", "title", "style", "body", "main", "h1", "bdi", "p", "section", "h2", "h3",
            "small", "span", "code", "div", "pre",
        }  # fmt: skip
        assert text.replace("\n", "").replace("\t", "").isprintable()
        assert not page.open
    assert "</script><script>alert(1)</script>" in page_of(evil[2], exercises)[1].text


def test_hostile_markdown(evil, exercises):
    """A Markdown reader finds our headings and code, and no link, no HTML and no emphasis that a student made."""
    markdown_it = pytest.importorskip("markdown_it")
    for result in evil:
        text = markdown_of(result, exercises)
        assert text.replace("\n", "").replace("\t", "").isprintable()
        # A lenient reader: with raw HTML, tables, strikethrough and links out of bare addresses where it has them.
        reader = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        tokens = [token for block in reader.parse(text) for token in (block, *(block.children or ()))]
        kinds = {token.type for token in tokens if token.nesting >= 0}
        assert kinds <= {
            "heading_open", "inline", "paragraph_open", "text", "strong_open", "code_inline", "fence", "softbreak",
            "hardbreak", "text_special",
        }  # fmt: skip
        assert "<" not in re.sub(r"(?ms)^(```+)text$.*?^\1$", "", text)
        headings = [block for block in tokens if block.type == "heading_open"]
        assert [block.tag for block in headings] == (["h1", "h2", "h3", "h3"] if result.verdict else ["h1"])
        assert kinds.isdisjoint({"html_inline", "html_block", "link_open", "image"})


def test_markdown_says_what_is_meant(exercises, make):
    """What Markdown reads is escaped so that a reader gives back the text."""
    markdown_it = pytest.importorskip("markdown_it")
    said = "# no *heading* _or_ [link](x) `code` <b> & 1. 2) - + www.x.y http://x.y ~~a~~ a|b $x$ {y} \\"
    result = make.result(said, [])
    [heading, inline, *_] = markdown_it.MarkdownIt().parse(markdown_of(result, exercises))
    assert heading.tag == "h1"
    assert "".join(child.content for child in inline.children) == said


def test_fences_hold(exercises, make):
    """No line of output ends the block that it stands in."""
    output = "```\nout\n`````\n~~~\n"
    linear = exercises["layers/linear"]
    text = markdown_of(make.result("a", [make.came_out(linear, Status.FAILED, output=output)]), exercises)
    assert re.search(r"\n``````text\n```\nout\n`````\n~~~\n``````\n$", text)


def test_long_output_is_cut_in_markdown(exercises, make):
    """Markdown, which is for a comment or a mail, holds the first lines of long output; the page holds all of it."""
    linear = exercises["layers/linear"]
    output = "".join(f"line {number}\n" for number in range(100))
    result = make.result("a", [make.came_out(linear, Status.FAILED, output=output)])
    assert "line 39\n… and 60 more lines\n```" in markdown_of(result, exercises)
    assert "line 99" in page_of(result, exercises)[0]


def test_an_exercise_that_the_course_lost(each, exercises):
    """A result from before an exercise was taken out can still be told: by the exercise's id."""
    rest = {"neuron/relu": exercises["neuron/relu"]}
    _, page = page_of(named(each)["s-failed"], rest)
    assert "layers/linear" in page.text
