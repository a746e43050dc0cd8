"""Pages of the course: a page for each exercise, made of what students have anyway, and the table of all of them.

Of a spec only title, points, hints and needs are read, and of its explanation only names of PyTorch's; nothing of the
solution, the mistakes, or another way to write it.
"""

from __future__ import annotations

import ast
import html
import re

import prose
from bpkit.course import catalog
from bpkit.course.spec import Exercise, Part

EXERCISES_PAGE = "exercises/index.md"
_DEFINED = ast.FunctionDef | ast.ClassDef
_BEGIN, _END = "<!-- exercises: begin -->", "<!-- exercises: end -->"
_CHAPTER = re.compile(r"^\| \*\*(\w+)\*\* \|", re.MULTILINE)
_PYTORCH = re.compile(r"\b(torch|nn|F)((?:\.\w+)+)")
_SHORT = {"torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional"}
_LOOKED_UP = 3
_ALONE = "---\nhide: [navigation]\n---\n\n"  # a page of its own, with nothing beside it


def page_of(exercise_id: str) -> str:
    """Return where an exercise's page lies."""
    return f"exercises/{exercise_id}.md"


def lesson_of(chapter: str) -> str:
    """Return where a chapter's lesson lies."""
    return f"exercises/{chapter}/README.md"


def split(readme: str) -> tuple[str, str]:
    """Return the README without its table of exercises, and the table."""
    before, _, rest = readme.partition(_BEGIN)
    table, _, after = rest.partition(_END)
    heading = before.rstrip().rpartition("\n")
    home = f"{_ALONE}{heading[0]}\n{heading[2]}\n\n[All exercises, chapter by chapter](exercises)\n{after}"
    return home, table


def overview(table: str) -> str:
    """Return the page with the table of exercises. table: the README's."""
    linked = _CHAPTER.sub(
        lambda found: f"| **[{found[1]}](exercises/{found[1]}/README.md)** |", table.strip()
    )
    return (
        "# Exercises\n\nIn the course's order. "
        "Each chapter begins with its lesson; an exercise may build on earlier ones.\n\n"
        f"{linked}\n"
    )


def exercise_page(exercise: Exercise) -> str:
    """Return an exercise's page."""
    source = catalog.stub(exercise.id).read_text(encoding="utf-8")
    stub = ast.parse(source)
    first, _, statement = (ast.get_docstring(stub) or "").partition("\n")
    blocks = [
        f"# {exercise.title}",
        prose.said(first.removeprefix(f"{exercise.title}: "), "lead"),
        prose.said(
            f"{_count(exercise.points, 'point')} · `{exercise.id}.py` in a workspace · `bpkit check {exercise.id}`",
            "facts",
        ),
        prose.flow(statement),
        "## To fill in",
        *(_function(part, stub, source.splitlines()) for part in exercise.parts),
    ]
    later = [other.id for other in _all() if exercise.id in other.needs]
    if exercise.needs or later:
        blocks.append("## Before and after")
        blocks += (
            [_linked("It may use what you wrote for", exercise.needs, exercise)] if exercise.needs else []
        )
        blocks += [_linked("What you write here may be used in", later, exercise)] if later else []
    blocks += [
        "## Stuck?",
        prose.said(f"The same hints as `bpkit hint {exercise.name}` gives, one at a time."),
    ]
    blocks += [_folded(f"Hint {number}", hint) for number, hint in enumerate(exercise.hints, 1)]
    if exercise.explanation:
        names = ", ".join(f"`{name}`" for name in _pytorch(exercise.explanation.pytorch))
        look_up = f"To look up in PyTorch: {names}. " if names else ""
        explain = (
            f"When yours has passed, `bpkit explain {exercise.name}` says why the answer is what it is, "
            "and what PyTorch does."
        )
        blocks += ["## Afterwards", prose.said(look_up + explain)]
    return "\n\n".join(blocks) + "\n"


def _function(part: Part, stub: ast.Module, lines: list[str]) -> str:
    """Return what is to be filled in: its points, its head and its shapes, as the stub has them."""
    node = next(node for node in stub.body if isinstance(node, _DEFINED) and node.name == part.function)
    code = "\n".join(_heads(node, lines))
    return f"### `{part.function}` · {_count(part.points, 'point')}\n\n```python\n{code}\n```"


def _heads(node: ast.FunctionDef | ast.ClassDef, lines: list[str]) -> list[str]:
    """Return a function down to the end of its docstring; of a class, every method so."""
    first = node.body[0]
    last = first.end_lineno if isinstance(first, ast.Expr) and first.end_lineno else first.lineno - 1
    methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    return lines[node.lineno - 1 : last] + [line for one in methods for line in ["", *_heads(one, lines)]]


def _linked(words: str, ids: tuple[str, ...] | list[str], source: Exercise) -> str:
    there = (
        f"[{catalog.find(one).title}]({'' if one.startswith(f'{source.chapter}/') else '../' + one.split('/')[0] + '/'}"
        f"{one.split('/')[1]}.md)"
        for one in ids
    )
    return f"{words}: {', '.join(there)}."


def _folded(title: str, text: str) -> str:
    # Kept out of the search, which would show it unfolded.
    return f"<details data-search-exclude><summary>{html.escape(title)}</summary>\n{prose.flow(text)}\n</details>"


def _pytorch(explanation: str) -> list[str]:
    """Return the first names of PyTorch's that an explanation mentions; the rest of it gives answers away."""
    names = dict.fromkeys(_SHORT[found[1]] + found[2] for found in _PYTORCH.finditer(explanation))
    return list(names)[:_LOOKED_UP]


def _all() -> list[Exercise]:
    return [catalog.find(one) for one in catalog.ids()]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
