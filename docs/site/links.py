"""Links between files of the repository, as links between pages of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from mkdocs.structure.files import File

from reference_pages import SCHEMAS_PAGE, anchor

_SCHEMAS = "autograder/bpkit/report/schema/"
MEASURED_PAGE = "reference/measured.md"
# Pages that lie elsewhere than their sources. (A README would be taken for the first page of all guides.)
MOVED = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "bench/RESULTS.md": MEASURED_PAGE,  # written by `make bench`: not every clone has it
    "docs/ci/README.md": "ci/pushes.md",
    "docs/ci": "ci/pushes.md",
}
_TITLE = re.compile(r"^# (.+?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"\s*(```|~~~)")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)|`[^`\n]+`")


def mended(markdown: str, source: str, pages: Mapping[str, File], root: Path) -> str:
    """Return a page whose links lead to pages, and name them where they named a file. source: the page's path in the site.

    Of a link to a file that the repository has, or may have, and the site has not, the words stay. What exists nowhere is
    left as it is: mkdocs complains of it.
    """
    here = posixpath.dirname(_repository(source))

    def mend(found: re.Match[str]) -> str:
        image, words, target = found.groups()
        if target is None or re.match(r"#|[a-z]+:", target):  # code, this page, or another site
            return found[0]
        path, hash_sign, fragment = target.partition("#")
        there = posixpath.normpath(posixpath.join(here, path))
        page = _page(there, pages)
        if page is None:
            known = there in MOVED or (root / there).exists()
            return words if known and not image else found[0]
        address, _, own = page.partition("#")
        address = posixpath.relpath(address, posixpath.dirname(source) or ".")
        if words in (path, posixpath.basename(path)) and not own:
            words = _title(pages[page], words)
        return f"{image}[{words}]({address}{hash_sign or (own and '#')}{fragment or own})"

    fenced = False
    pieces: list[tuple[bool, list[str]]] = []
    for line in markdown.split("\n"):
        fence = bool(_FENCE.match(line))
        fenced ^= fence
        if not pieces or pieces[-1][0] != (fenced or fence):
            pieces.append((fenced or fence, []))
        pieces[-1][1].append(line)
    return "\n".join(
        "\n".join(lines) if code else _LINK.sub(mend, "\n".join(lines)) for code, lines in pieces
    )


def _page(path: str, pages: Mapping[str, File]) -> str | None:
    """Return the page that shows a file or a folder of the repository."""
    if path.startswith(_SCHEMAS) and path.endswith(".json"):
        return f"{SCHEMAS_PAGE}#{anchor(posixpath.basename(path))}"
    plain = path.removeprefix("docs/")
    ways = (MOVED.get(path), plain, f"{plain}/README.md", f"{plain.removesuffix('.py')}.md")
    return next((way for way in ways if way in pages), None)


def _title(page: File, otherwise: str) -> str:
    """Return a page's heading."""
    found = _TITLE.search(page.content_string) if page.is_documentation_page() else None
    return found[1] if found else otherwise


def _repository(source: str) -> str:
    """Return the path in the repository of what a page is made of."""
    moved = {page: path for path, page in reversed(MOVED.items())} | {"exercises/index.md": "README.md"}
    return moved.get(source) or (source if source.startswith("exercises/") else f"docs/{source}")
