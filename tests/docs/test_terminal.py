"""The documents' terminal pictures show what the commands write today."""

import html
import importlib.util
import re
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")


@pytest.fixture(scope="module")
def make():
    """Load the script that makes the pictures."""
    spec = importlib.util.spec_from_file_location("terminal_pictures", DOCS / "terminal/make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(svg):
    """Return a picture's words, without what depends on the clock, the folder and the machine."""
    rows = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    words = " ".join(html.unescape(" ".join(rows)).split())
    words = re.sub(r"\d\d:\d\d:\d\d · \d+ ms", "CLOCK", words)
    words = re.sub(r"Workspace: \S+", "Workspace", words)
    return re.sub(r"Isolation level \d: [^.]*\.", "LEVEL", words)


@pytest.mark.parametrize("name", ["loop", "start", "check", "hint", "watch"])
def test_a_picture_is_what_is_written_now(make, name):
    """Run `make figures` where it is not."""
    shown = text((DOCS / f"terminal/{name}.svg").read_text(encoding="utf-8"))
    assert "layers/linear" in shown or name == "start"
    assert text(make.picture(name)) == shown


def test_every_picture_is_named_and_nothing_else(make):
    """The documents show each picture, and none that is not there."""
    pages = [DOCS.parent / "README.md", *DOCS.glob("*.md")]
    named = {found for page in pages for found in re.findall(r"terminal/(\w+)\.svg", page.read_text())}
    assert named == set(make.PICTURES) == {path.stem for path in (DOCS / "terminal").glob("*.svg")}


def test_nothing_is_fetched(make):
    """A page that shows a picture loads nothing from elsewhere."""
    for name in make.PICTURES:
        svg = (DOCS / f"terminal/{name}.svg").read_text(encoding="utf-8")
        assert set(re.findall(r"https?://[^\"' )]+", svg)) == {"http://www.w3.org/2000/svg"}
