"""What mkdocs calls while it builds the site (`make docs`).

Pages that would double something in the repository are made of it: home of the README, lessons of `exercises/`, an
exercise's page of its stub and spec, the commands of click. They lie where their sources lie, so that links between them
stay.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

import formulas
import links
from bpkit.course import catalog, lessons
from bpkit.course.courses import OWN
from course_pages import EXERCISES_PAGE, exercise_page, lesson_of, overview, page_of, split
from reference_pages import SCHEMAS_PAGE, commands, schema_files, schemas

ROOT = Path(__file__).parents[2]
# In this order; a guide that is not named here stands behind them.
GUIDES = (
    "student.md", "instructor.md", "grading.md", "ci/pushes.md", "gpu.md", "security.md", "author.md", "architecture.md",
)  # fmt: skip
COMMANDS_PAGE, API_PAGE, CHANGELOG_PAGE = "reference/commands.md", "reference/api.md", "changelog.md"
_MEASURED = ROOT / "bench/RESULTS.md"
_CODE = re.compile(r"<(a|pre|h[1-6])\b.*?</\1>|<code>(\w+/\w+)</code>", re.DOTALL)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what is made, and put everything in order."""
    for name, content in _made(files).items():
        files.append(File.generated(config, name, content=content))
    guides = [name for name in GUIDES if files.get_file_from_path(name)]
    guides += sorted(
        file.src_uri
        for file in files.documentation_pages()
        if "/" not in file.src_uri and file.src_uri not in (*GUIDES, "index.md", CHANGELOG_PAGE)
    )
    config.nav = [
        {"Home": "index.md"},
        {"Exercises": [EXERCISES_PAGE, *_chapters()]},
        {"Guides": guides},
        {
            "Reference": [
                {"Commands": COMMANDS_PAGE},
                {"Python": API_PAGE},
                {"JSON schemas": SCHEMAS_PAGE},
                *([{"Measured": links.MEASURED_PAGE}] if _MEASURED.is_file() else []),
                {"Changes": CHANGELOG_PAGE},
            ]
        },
    ]
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links to files of the repository lead to their pages."""
    del config
    return links.mended(markdown, page.file.src_uri, files.src_uris, ROOT)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Set the formulas, and link exercises where they are named."""
    del config

    def link(found: re.Match[str]) -> str:
        exercise = files.get_file_from_path(page_of(found[2])) if found[2] else None
        if exercise is None or exercise is page.file:
            return found[0]
        return f'<a href="{get_relative_url(exercise.url, page.url)}"><code>{found[2]}</code></a>'

    return _CODE.sub(link, formulas.mathml(html))


def _moved(files: Files, path: str) -> dict[str, str]:
    """Return a page of `docs/` under its other name."""
    page = files.get_file_from_path(path.removeprefix("docs/"))
    if page is None:
        raise FileNotFoundError(path)
    files.remove(page)
    return {links.MOVED[path]: page.content_string}


def _made(files: Files) -> dict[str, str | bytes]:
    """Return every page and picture that does not lie in `docs/` itself, by its path in the site."""
    home, table = split((ROOT / "README.md").read_text(encoding="utf-8"))
    made: dict[str, str | bytes] = {
        "index.md": home,
        EXERCISES_PAGE: overview(table),
        CHANGELOG_PAGE: (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        COMMANDS_PAGE: commands(),
        SCHEMAS_PAGE: schemas(),
        **schema_files(),
        **_moved(files, "docs/ci/README.md"),
    }
    if _MEASURED.is_file():
        made[links.MEASURED_PAGE] = _MEASURED.read_text(encoding="utf-8")
    for chapter in catalog.chapters_of(OWN):
        folder = OWN.exercises / chapter
        made[lesson_of(chapter)] = (folder / lessons.LESSON).read_text(encoding="utf-8")
        made |= {f"exercises/{chapter}/{path}": data for path, data in lessons.beside(folder).items()}
        made |= {page_of(exercise.id): exercise_page(exercise) for exercise in catalog.in_chapter(chapter)}
    return made


def _chapters() -> list[Any]:
    return [
        {
            catalog.chapter(name).title: [
                lesson_of(name),
                *(page_of(one.id) for one in catalog.in_chapter(name)),
            ]
        }
        for name in catalog.chapters_of(OWN)
    ]
