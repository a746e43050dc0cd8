"""The site: it builds without a warning, links lead somewhere, nothing comes from elsewhere, and no answer is in it."""

import importlib.util
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from site_page import IN_CSS, Page, from_elsewhere

from bpkit.course import catalog, spec
from bpkit.course.courses import OWN

ROOT = Path(__file__).parents[2]
IDS = catalog.ids_of(OWN)
NEEDED = ("mkdocs", "material", "mkdocstrings", "latex2mathml")
LACKING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(LACKING), reason="the site is built with the extra: pip install -e '.[docs]'"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the built site's folder."""
    built = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(built)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return built


@pytest.fixture(scope="module")
def pages(folder):
    """Return every page, read, by its path."""
    return {path.relative_to(folder).as_posix(): Page(path.read_text()) for path in folder.rglob("*.html")}


def exercise_page(pages, exercise_id):
    """Return an exercise's page."""
    return pages[f"exercises/{exercise_id}.html"]


def test_every_link_leads_somewhere(folder, pages):
    """To a file of the site, and where it names a place in a page, to that place."""
    dead = []
    for name, page in pages.items():
        for link in page.links:
            address, place = urldefrag(link)
            if re.match(r"[a-z]+:", link):
                continue
            there = (
                (folder / address[1:])
                if address.startswith("/")
                else (folder / name).parent / unquote(address)
            )
            there = (folder / name if not address else there).resolve()
            found = there.is_file() and there.is_relative_to(folder.resolve())
            if found and place and there.suffix == ".html":
                found = unquote(place) in pages[there.relative_to(folder.resolve()).as_posix()].ids
            if not found:
                dead.append(f"{name}: {link}")
    assert dead == []
    assert sum(len(page.links) for page in pages.values()) > 3_000


def test_nothing_comes_from_elsewhere(folder, pages):
    """No script, style, font or picture is fetched from another server, not even by a style sheet."""
    asked = {name: from_elsewhere(page.fetched) for name, page in pages.items()}
    for sheet in folder.rglob("*.css"):
        asked[sheet.name] = from_elsewhere(IN_CSS.findall(sheet.read_text()))
    assert {name: found for name, found in asked.items() if found} == {}
    # For a page with a diagram the theme would fetch mermaid from unpkg.com.
    assert [name for name, page in pages.items() if "mermaid" in page.classes] == []


def test_what_comes_from_elsewhere_would_be_seen():
    """Each way in which a page fetches something."""
    page = Page(
        '<link rel="stylesheet" href="https://fonts.example/a.css"><script src="//cdn.example/a.js"></script>'
        '<img src="http://pictures.example/a.png"><p style="background: url(https://b.example/b.png)">'
        '<style>@import "https://c.example/c.css"; p {background: url(data:image/png;base64,AA)}</style>'
        '<a href="https://www.python.org">a link is nothing that is fetched</a><img src="own.svg">'
    )
    assert len(from_elsewhere(page.fetched)) == 5


def test_lessons_and_exercises_follow_each_other_in_the_courses_order(pages):
    """From the table of exercises, `next` leads through all of them."""
    expected = []
    for chapter in catalog.chapters_of(OWN):
        expected.append(f"exercises/{chapter}/index.html")
        expected += [f"exercises/{exercise.id}.html" for exercise in catalog.in_chapter(chapter)]
    here, walked = "exercises/index.html", []
    for _ in expected:
        here = os.path.normpath(Path(here).parent / pages[here].next)
        walked.append(here)
    assert walked == expected


@pytest.mark.parametrize("exercise_id", IDS)
def test_an_exercise_has_its_statement_its_functions_and_its_hints(pages, exercise_id):
    """Word for word, as the stub and the spec have them."""
    exercise, text = catalog.find(exercise_id), exercise_page(pages, exercise_id).text
    stub = catalog.stub(exercise_id).read_text()
    statement = stub.split('"""')[1].partition("\n")[2]
    assert exercise.title in text
    assert f"{exercise.points} point" in text
    for part in exercise.parts:
        head = re.search(rf"^(?:def|class) {part.function}\b.*?:$", stub, re.MULTILINE)[0]
        assert head in text
        assert f"{part.function} · {part.points} point" in text
    for plain in (statement, *exercise.hints):
        words = re.sub(r"(?<![\w*/])\*(\w[\w -]*)\*(?![\w*])", r"\1", plain).replace("`", "").split()
        assert " ".join(words) in text


@pytest.mark.parametrize("exercise_id", IDS)
def test_no_answer_is_on_its_page(pages, exercise_id):
    """No line of the solution, of a known mistake, or of the other way, but what stub and hints say too."""
    exercise, text = catalog.find(exercise_id), exercise_page(pages, exercise_id).text
    told = " ".join([catalog.stub(exercise_id).read_text(), *exercise.hints])
    told = " ".join(told.split())
    lines = [line for line in answers(exercise) if len(line) > 8 and line not in told]
    assert lines, "there is something to look for"
    assert [line for line in lines if line in text] == []


def answers(exercise):
    """Return every line that a student should not read: solution, mistakes, the explanation."""
    source = (ROOT / "solutions" / f"{exercise.id}.py").read_text()
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", source, re.DOTALL)
    lines = "".join(regions).splitlines()
    lines = [re.sub(r"^\s*# MISTAKE [\w-]+:", "", line) for line in lines]
    if exercise.explanation:
        lines += [
            *exercise.explanation.another.splitlines(),
            exercise.explanation.why,
            exercise.explanation.pytorch,
        ]
    return [" ".join(line.split()) for line in lines]


def test_no_file_of_code_is_in_the_site(folder):
    """Neither solutions nor packs; and nowhere but in the guide for authors a solution's markers."""
    kinds = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert kinds <= {".html", ".css", ".js", ".map", ".json", ".svg", ".png", ".yml", ".xml", ".gz", ".inv"}
    marked = [path.name for path in folder.rglob("*.html") if "BEGIN SOLUTION" in path.read_text()]
    assert marked == ["author.html"]


def test_the_search_finds_layer_norm_however_it_is_written(folder):
    """With the words that the index is cut into, and without what is folded away."""
    index = json.loads((folder / "search/search_index.json").read_text())
    # Python and JavaScript mean the same by it.
    separator = re.compile(index["config"]["separator"])

    def cut(text):
        return {word.lower() for word in separator.split(text) if word}

    for query in ("LayerNorm", "layer_norm", "layer norm"):
        titled = [doc["location"] for doc in index["docs"] if cut(query) <= cut(doc["title"])]
        assert "exercises/layers/layer_norm.html" in titled
    everything = " ".join(" ".join(doc["text"].split()) for doc in index["docs"])
    assert [one for one in IDS if " ".join(catalog.find(one).hints[2].split()) in everything] == []


def test_a_folder_has_its_search_too(folder):
    """Opened without a server, a page reads the index from a script, and starts the search in a frame."""
    assert (folder / "search/search_index.js").read_text().startswith("var __index = {")
    assert 'src="assets/iframe-worker.js"' in (folder / "index.html").read_text()


def test_formulas_are_set(folder):
    """As MathML that has no command of LaTeX left in it; and there are as many as the lessons have."""
    lessons = "".join(
        (OWN.exercises / chapter / "README.md").read_text() for chapter in catalog.chapters_of(OWN)
    )
    inline = re.findall(
        r"(?<!\$)\$(?!\$)[^$]+\$(?!\$)", re.sub(r"```.*?```|\$\$.*?\$\$", "", lessons, flags=re.DOTALL)
    )
    displayed = re.findall(r"\$\$.*?\$\$", lessons, re.DOTALL)
    html = "".join(path.read_text() for path in folder.glob("exercises/*/index.html"))
    formulas = re.findall(r"<math.*?</math>", html, re.DOTALL)
    assert len(formulas) == len(inline) + len(displayed) > 100
    assert [one for one in formulas if "\\" in one or "merror" in one] == []
    assert "arithmatex" not in html


def test_every_guide_has_a_page(pages):
    """Whatever lies in docs/, whether or not the navigation names it."""
    guides = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert {f"{name}.html" for name in guides} <= pages.keys()
    assert {"architecture", "author", "grading", "instructor", "security"} <= guides


def test_the_commands_are_all_there(pages):
    """Each with its options."""
    page = pages["reference/commands.html"]
    assert {
        "bpkit-check",
        "bpkit-watch",
        "bpkit-grade",
        "bpkit-author-sync",
        "bpkit-nbgrader-init",
    } <= page.ids
    assert "--no-arrays" in page.text


def test_every_value_of_a_spec_is_described(pages):
    """A class that is added to spec.py has its place on the page."""
    defined = [
        name
        for name, value in inspect.getmembers(spec, inspect.isclass)
        if value.__module__ == spec.__name__ and not name.startswith("_")
    ]
    assert len(defined) >= 14
    assert {f"bpkit.course.spec.{name}" for name in defined} | {"bpkit.check"} <= pages[
        "reference/api.html"
    ].ids


@pytest.fixture
def mended(monkeypatch):
    """Return the function that mends links."""
    monkeypatch.syspath_prepend(ROOT / "docs/site")
    import links

    return links.mended


def test_a_link_to_a_file_without_a_page_keeps_its_words(mended):
    """One to a file that is nowhere stays, for mkdocs to complain of; code is left alone."""
    assert mended("see [the tests](../tests/conftest.py).", "security.md", {}, ROOT) == "see the tests."
    assert mended("[gone](../tests/gone.py)", "security.md", {}, ROOT) == "[gone](../tests/gone.py)"
    assert mended("`[a](../LICENSE)`", "security.md", {}, ROOT) == "`[a](../LICENSE)`"
    assert mended("```\n[a](../LICENSE)\n```", "security.md", {}, ROOT) == "```\n[a](../LICENSE)\n```"


def test_links_in_words_that_span_lines_are_mended(mended):
    """As the words of a picture do."""
    assert mended("![two\nlines](docs/a.svg)", "index.md", {"a.svg": None}, ROOT) == "![two\nlines](a.svg)"


def test_a_link_to_a_file_leads_to_its_page(pages):
    """From the README, which lies elsewhere than its page."""
    home = pages["index.html"].links
    assert {
        "security.html",
        "ci/pushes.html",
        "reference/schemas.html#verdict-v1",
        "exercises/index.html",
    } <= set(home)
