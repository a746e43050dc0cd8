"""Makes the wrong solutions: each `# MISTAKE id: code` line replaces the statement right above it.

Several such lines in a row all speak of the same statement. A statement that spans lines is replaced whole;
below the head of a block (`if …:`) only the head is. One id at several places is one mistake: all of them apply.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass

from bpkit.authoring.cut import BEGIN, END, lines_of
from bpkit.errors import BadCourse

MISTAKE = re.compile(r"^(?P<indent>\s*)# MISTAKE (?P<id>[a-z0-9]+(?:-[a-z0-9]+)*): (?P<code>\S.*)$")


@dataclass(frozen=True)
class _Edit:
    first: int  # lines, from 1, both included
    last: int
    text: str


def mutants(solution: str, name: str) -> dict[str, str]:
    """Return every known mistake's source, by the mistake's id, in the order of the file."""
    lines = lines_of(solution)
    edits: dict[str, list[_Edit]] = defaultdict(list)
    spans = _statements(solution)
    inside = False
    for number, line in enumerate(lines, start=1):
        inside = (inside or line.strip() == BEGIN) and line.strip() != END
        if "# MISTAKE" not in line:
            continue
        found = MISTAKE.match(line)
        if found is None:
            raise BadCourse(f"{name}, line {number}: write `# MISTAKE some-id: code` on a line of its own.")
        if not inside:
            raise BadCourse(
                f"{name}, line {number}: a MISTAKE outside the solution region would reach students."
            )
        first, last = _above(number, lines, spans, name)
        above = lines[first - 1]
        indent = above[: len(above) - len(above.lstrip())]
        if any(edit.first == first for edit in edits[found["id"]]):
            raise BadCourse(
                f"{name}, {found['id']}: line {number} replaces what another has replaced already."
            )
        edits[found["id"]].append(_Edit(first, last, indent + found["code"]))
    return {mistake: _apply(lines, changes, f"{name}, {mistake}") for mistake, changes in edits.items()}


def _statements(source: str) -> dict[int, tuple[int, int]]:
    """Map each line of a simple statement to the lines that the statement spans."""
    spans: dict[int, tuple[int, int]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and not hasattr(node, "body"):
            assert node.end_lineno is not None
            spans |= dict.fromkeys(range(node.lineno, node.end_lineno + 1), (node.lineno, node.end_lineno))
    return spans


def _above(number: int, lines: list[str], spans: dict[int, tuple[int, int]], name: str) -> tuple[int, int]:
    for above in range(number - 1, 0, -1):
        text = lines[above - 1].strip()
        if text and not text.startswith("#"):
            return spans.get(above, (above, above))
        if text == BEGIN:
            break
    raise BadCourse(f"{name}, line {number}: there is no statement above this MISTAKE to replace.")


def _apply(lines: list[str], edits: list[_Edit], name: str) -> str:
    changed = list(lines)
    for edit in sorted(edits, key=lambda edit: edit.first, reverse=True):
        changed[edit.first - 1 : edit.last] = [edit.text]
    source = "\n".join(changed) + "\n"
    try:
        ast.parse(source)
    except SyntaxError as error:
        raise BadCourse(f"{name}: the replaced line is no Python: {error.msg}.") from error
    return source
