"""Builds the source notebook of an nbgrader assignment. The same course gives the same bytes."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import nbformat
from nbformat import v4

from bpkit.authoring.cut import BEGIN, END, STUB, lines_of
from bpkit.authoring.mutants import MISTAKE
from bpkit.course import catalog
from bpkit.course.spec import Exercise, Part, Question
from bpkit.grading import grade_ids

SETUP = "import numpy as np\n\nimport bpkit"
_NUMPY = "import numpy as np"
_NO_FILES = (
    "In a notebook there are no files to import from: call what you wrote further up by its name, and copy what you "
    "wrote in another chapter into a cell of your own."
)
_DIGEST, _CHOSEN, _PICTURES = "digest", "exercises", "pictures"


class Materials(NamedTuple):
    """The texts that a chapter's notebook is made of.

    sources: solutions with their markers, or stubs where there are no solutions, by exercise. lesson: Markdown.
    answer: what a good answer to the chapter's question says, for who grades it; "" where there is none.
    pictures: what the lesson shows, by the path from it.
    """

    sources: Mapping[str, str]
    lesson: str
    answer: str
    pictures: Mapping[str, bytes]


def build(chapter: str, exercises: Sequence[Exercise], materials: Materials) -> str:
    """Return the notebook as JSON text: nbformat 4.5, cells with nbgrader's metadata (schema 3)."""
    notebook = v4.new_notebook(
        cells=list(_cells(chapter, exercises, materials)),
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "bpkit": {},
        },
    )
    notebook.nbformat_minor = 5
    notebook.metadata.bpkit[_DIGEST] = _digest(notebook)
    if len(exercises) < len(catalog.in_chapter(chapter)):
        notebook.metadata.bpkit[_CHOSEN] = [exercise.id for exercise in exercises]
    if materials.pictures:
        digests = {path: picture_digest(content) for path, content in materials.pictures.items()}
        notebook.metadata.bpkit[_PICTURES] = digests
    nbformat.validate(notebook)
    return _text(notebook)


def is_edited(text: str) -> bool:
    """Tell whether a notebook is not as `build` wrote it. Saving it in Jupyter, which adds outputs, is no edit."""
    try:
        notebook = nbformat.reads(text, as_version=4)
        told = notebook.metadata["bpkit"][_DIGEST]
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError):
        return True
    return bool(told != _digest(notebook))


def chosen(text: str, chapter: str) -> tuple[Exercise, ...]:
    """Return the exercises that a chapter's notebook was built for: all, unless some were named."""
    exercises = catalog.in_chapter(chapter)
    try:
        ids = nbformat.reads(text, as_version=4).metadata.get("bpkit", {}).get(_CHOSEN)
    except (ValueError, AttributeError, nbformat.ValidationError):
        return exercises
    return tuple(one for one in exercises if one.id in ids) if isinstance(ids, list) else exercises


def picture_digests(text: str) -> dict[str, str]:
    """Return the digests of the pictures that were written beside a notebook: by them an edited one is known."""
    try:
        digests = json.loads(text)["metadata"]["bpkit"][_PICTURES]
    except (ValueError, KeyError, TypeError, RecursionError):  # whatever somebody has made of it
        return {}
    return dict(digests) if isinstance(digests, dict) else {}


def picture_digest(content: bytes) -> str:
    """Return the digest of a picture."""
    return hashlib.sha256(content).hexdigest()[:16]


def _digest(notebook: nbformat.NotebookNode) -> str:
    cells = [
        (cell.cell_type, cell.source, dict(cell.metadata.get("nbgrader", {}))) for cell in notebook.cells
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()[:16]


def _text(notebook: nbformat.NotebookNode) -> str:
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _cells(
    chapter: str, exercises: Sequence[Exercise], materials: Materials
) -> Iterator[nbformat.NotebookNode]:
    yield _read_only("markdown", f"{chapter}-lesson", materials.lesson.rstrip())
    yield _read_only("code", f"{chapter}-setup", SETUP)
    for exercise in exercises:
        yield from _exercise(exercise, materials.sources[exercise.id])
    question = catalog.chapter(chapter).question
    if question is not None:
        yield from _question(chapter, question, materials.answer)


def _exercise(exercise: Exercise, source: str) -> Iterator[nbformat.NotebookNode]:
    statement, pieces = _pieces(source, exercise.parts)
    if exercise.needs:
        statement += f"\n\n{_NO_FILES}"
    yield _read_only("markdown", grade_ids.of_statement(exercise.id), statement)
    for part, piece in zip(exercise.parts, pieces, strict=True):
        yield _cell(
            "code",
            grade_ids.of_function(exercise.id, part.function),
            piece,
            solution=True,
            exercise=exercise.id,
        )
        plural = "point" if part.points == 1 else "points"
        yield _cell(
            "code",
            grade_ids.of_check(exercise.id, part.function),
            f'bpkit.check("{exercise.id}", "{part.function}")  # {part.points} {plural}',
            locked=True,
            points=part.points,
        )


def _question(chapter: str, question: Question, answer: str) -> Iterator[nbformat.NotebookNode]:
    plural = "point" if question.points == 1 else "points"
    text = f"## A question\n\n{question.text}\n\nAnswer in your own words, in the cell below ({question.points} {plural})."
    yield _read_only("markdown", f"{chapter}-question", text)
    # nbgrader puts "YOUR ANSWER HERE" in the place of what stands between the markers.
    body = f"{BEGIN}\n{answer.rstrip()}\n{END}" if answer else "YOUR ANSWER HERE"
    yield _cell("markdown", f"{chapter}-answer", body, solution=True, points=question.points)


def _read_only(kind: str, name: str, source: str) -> nbformat.NotebookNode:
    return _cell(kind, name, source, locked=True)


def _cell(
    kind: str,
    name: str,
    source: str,
    *,
    solution: bool = False,
    locked: bool = False,
    points: int | None = None,
    exercise: str = "",
) -> nbformat.NotebookNode:
    nbgrader = {
        "cell_type": kind,
        "grade": points is not None,
        "grade_id": name,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        nbgrader["points"] = points
    metadata: dict[str, object] = {"nbgrader": nbgrader}
    if exercise:
        metadata["bpkit"] = {"exercise": exercise}
    if locked:
        metadata |= {"deletable": False, "editable": False}
    make = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
    # An id made of the name, and not by chance: at most 64 characters.
    return make(source, metadata=metadata, id=hashlib.sha256(name.encode()).hexdigest()[:16])


def _pieces(source: str, parts: Sequence[Part]) -> tuple[str, list[str]]:
    """Return the statement as Markdown, and the text of the cell of each function."""
    lines = lines_of(source)
    tree = ast.parse(source)
    statement = ast.get_docstring(tree) or ""
    ends = {
        node.name: node.end_lineno or 0
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    for name, end in ends.items():
        # A marker at a body's end is a comment, which is no part of it to Python.
        ends[name] = next(
            (place for place in range(end, len(lines)) if not lines[place].startswith(" ")), len(lines)
        )
    begin = tree.body[0].end_lineno or 0 if statement else 0
    pieces = []
    for part in parts:
        # With all that stands between the functions, such as an import or a constant of the exercise's.
        own = [
            line for line in lines[begin : ends[part.function]] if line != _NUMPY and not MISTAKE.match(line)
        ]
        pieces.append("\n".join(_marked(own)).strip("\n"))
        begin = ends[part.function]
    title, _, body = statement.partition("\n")
    return f"## {title}\n{body}".rstrip(), pieces


def _marked(lines: Sequence[str]) -> Iterator[str]:
    """Put a stub's own two lines between the markers: nbgrader empties a whole cell that has none."""
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip() == STUB[0]:
            yield indent + BEGIN
        yield line
        if line.strip() == STUB[1]:
            yield indent + END
