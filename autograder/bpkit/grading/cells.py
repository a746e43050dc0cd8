"""Cells of notebooks, as the files that they stand for. A notebook is parsed and never run.

A function in a cell may use what other cells define: imports, helpers, constants. A file gets just those of their
statements that its functions need, directly or through others, in the notebook's order. All the rest, such as plots,
experiments and checks, is left out: it would run with every import of the file, and much of it cannot run in a worker.
"""

from __future__ import annotations

import ast
import json
import re
import symtable
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from bpkit.course import catalog
from bpkit.grading import grade_ids
from bpkit.grading.members import Refused
from bpkit.grading.names import shown

_MAX_SOURCE = 128 << 10  # characters of code in one notebook, which are parsed into much larger trees
_MAGIC = re.compile(
    r"^([ \t]*+)(%{1,2}[A-Za-z].*|![^=\n].*|\?{1,2}\w.*|[\w.]+\?{1,2}|[\w., ]+=[ ]*[%!]\w.*)$", re.MULTILINE
)
_CELL_MAGIC = re.compile(r"\A\s*%%(\w+)[^\n]*\n?")
_OF_PYTHON = frozenset({"capture", "prun", "time", "timeit"})  # the rest of the cell is Python all the same
# What asks for a verdict is no part of the answer, and the worker has no bpkit.
_ASKS = re.compile(r"^(?:import bpkit|bpkit\.check\(.*\))[ \t]*(?:#.*)?$", re.MULTILINE)
_DEFINES = re.compile(r"^(?:def|class)[ \t]+(\w+)", re.MULTILINE)
_FUTURE = re.compile(r"^from[ \t]+__future__[ \t].*\n?", re.MULTILINE)
_NUMPY = "import numpy as np"
_UNSOLVED = "raise NotImplementedError"


class _Cell(NamedTuple):
    text: str
    solution: bool = False
    named: str = ""  # the exercise that its metadata names


class _Statement(NamedTuple):
    text: str
    binds: frozenset[str]
    needs: frozenset[str]


def exercises(contents: bytes, path: str) -> dict[str, str]:
    """Return the files that a notebook's solution cells stand for, by exercise.

    Where no cell is marked as a solution, as in a notebook that a student made, all cells with code are looked at.
    Otherwise another cell is only looked at for a function that no marked one has written, and the last such cell counts.
    `Refused` where it is no notebook.
    """
    cells = _cells(contents, path)
    homes = _homes(cells)
    statements = [_statements(cell.text) for cell in cells]
    return {
        exercise_id: _file([exercise_id in home for home in homes], cells, statements)
        for exercise_id in sorted(frozenset[str]().union(*homes))
    }


def is_of_nbgrader(contents: bytes, path: str) -> tuple[bool, bool]:
    """Tell whether nbgrader made a notebook, and whether a cell in it is named after an exercise.

    By metadata alone, so that it does not matter how much code is in it.
    """
    names = [name for name in map(_grade_id, _code(contents, path)) if name]
    return bool(names), any(map(grade_ids.exercise_of, names))


def _homes(cells: Sequence[_Cell]) -> list[frozenset[str]]:
    """Return the exercises that each cell is of."""
    if not any(cell.solution for cell in cells):
        return [_belongs(cell) for cell in cells]
    homes = [_belongs(cell) if cell.solution else frozenset() for cell in cells]
    written = {
        name
        for cell in cells
        if cell.solution and not is_unsolved(cell.text)
        for name in _DEFINES.findall(cell.text)
    }
    asked_for = {cell.named for cell in cells}.union(*homes)
    owners = _owners()
    for place in reversed(range(len(cells))):
        names = [] if cells[place].solution else _DEFINES.findall(cells[place].text)
        for name in names:
            if owners.get(name) in asked_for and name not in written:
                written.add(name)
                homes[place] |= {owners[name]}
    return homes


def as_run(texts: Sequence[str], functions: Collection[str]) -> str:
    """Return the file that an exercise's functions stand for, "" where none of them is defined.

    texts: of cells in the order in which they were run, some of them several times. A function is what the last cell
    says that defines it.
    """
    cells = [_Cell(_python(text)) for text in texts]
    last = {name: place for place, cell in enumerate(cells) for name in _DEFINES.findall(cell.text)}
    own = {place for name, place in last.items() if name in functions}
    statements = [_statements(cell.text) for cell in cells]
    return _file([place in own for place in range(len(cells))], cells, statements, live=True) if own else ""


def is_unsolved(text: str) -> bool:
    """Tell whether something in it is still to be written."""
    return _UNSOLVED in text


def _cells(contents: bytes, path: str) -> list[_Cell]:
    cells = [_cell(cell) for cell in _code(contents, path)]
    if sum(len(cell.text) for cell in cells) > _MAX_SOURCE:
        raise Refused(f"{shown(path)} holds more than {_MAX_SOURCE >> 10} KiB of code.")
    return cells


def _code(contents: bytes, path: str) -> list[dict[str, Any]]:
    try:
        notebook = json.loads(contents)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{shown(path)} is no notebook: its JSON cannot be read.") from error
    found = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(found, list):
        raise Refused(f"{shown(path)} is no notebook of format 4: it has no list of cells.")
    return [cell for cell in found if isinstance(cell, dict) and cell.get("cell_type") == "code"]


def _grade_id(cell: Mapping[str, Any]) -> str:
    name = _table(_table(cell.get("metadata")).get("nbgrader")).get("grade_id")
    return name if isinstance(name, str) else ""


def _cell(cell: Mapping[str, Any]) -> _Cell:
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    text = source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else ""
    text = text.encode(errors="replace").decode()  # JSON can spell halves of characters, and files cannot
    nbgrader, own = (_table(_table(cell.get("metadata")).get(key)) for key in ("nbgrader", "bpkit"))
    solution = nbgrader.get("solution") is True or "exercise" in own
    told = own.get("exercise"), nbgrader.get("grade_id")
    names = [grade_ids.exercise_of(name.replace("/", "-")) for name in told if isinstance(name, str)]
    return _Cell(_python(text), solution, next(filter(None, names), ""))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _python(text: str) -> str:
    """Return a cell's text without IPython's own commands, and without those that ask for a verdict."""
    magic = _CELL_MAGIC.match(text)
    if magic:
        if magic[1] not in _OF_PYTHON:
            return ""
        text = text[magic.end() :]
    if _parsed(text) is None:  # a `%` that begins a line may be Python's own
        # An empty block would be an error of ours.
        text = _MAGIC.sub(lambda line: f"{line[1]}pass" if line[1] else "", text)
    return _ASKS.sub("", text)


def _belongs(cell: _Cell) -> frozenset[str]:
    """Return the exercises that a cell is of."""
    if cell.named:
        return frozenset({cell.named})
    owners = _owners()
    return frozenset(owners[name] for name in _DEFINES.findall(cell.text) if name in owners)


@cache
def _owners() -> dict[str, str]:
    """Return the exercise of each function that only one exercise asks for."""
    found: dict[str, list[str]] = {}
    for exercise_id in catalog.ids():
        for part in catalog.find(exercise_id).parts:
            found.setdefault(part.function, []).append(exercise_id)
    return {function: ids[0] for function, ids in found.items() if len(ids) == 1}


def _file(
    is_own: Sequence[bool],
    cells: Sequence[_Cell],
    statements: Sequence[Sequence[_Statement]],
    *,
    live: bool = False,
) -> str:
    wanted = _wanted(is_own, statements)
    if live:
        wanted -= _overtaken(is_own, statements, wanted)
    pieces = []
    for place, (mine, cell) in enumerate(zip(is_own, cells, strict=True)):
        if mine:
            pieces.append(cell.text.strip("\n"))
        else:
            pieces += [
                statement.text for line, statement in enumerate(statements[place]) if (place, line) in wanted
            ]
    text = "\n\n\n".join(pieces)
    future = "".join(dict.fromkeys(_FUTURE.findall(text)))
    return f"{future}{_NUMPY}\n\n\n{_FUTURE.sub('', text)}\n"


def _wanted(is_own: Sequence[bool], statements: Sequence[Sequence[_Statement]]) -> set[tuple[int, int]]:
    """Return which statements of other cells these need, directly or through one another: cell and place in it."""
    bound = {"np"}
    waiting: list[str] = ["*"]
    binders: dict[str, list[tuple[int, int]]] = {}
    for place, (mine, inside) in enumerate(zip(is_own, statements, strict=True)):
        for line, statement in enumerate(inside):
            if mine:
                bound |= statement.binds
                waiting += statement.needs
                continue
            for name in statement.binds:
                binders.setdefault(name, []).append((place, line))
    wanted: set[tuple[int, int]] = set()
    seen = set(bound)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for place, line in binders.get(name, ()):
            if (place, line) not in wanted:
                wanted.add((place, line))
                waiting += statements[place][line].needs
    return wanted


def _overtaken(
    is_own: Sequence[bool], statements: Sequence[Sequence[_Statement]], wanted: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return which of the wanted statements were made again before anything used them, perhaps because they failed."""
    found = set()
    rebound: set[str] = set()  # in what follows, before it is used
    for place in reversed(range(len(statements))):
        for line in reversed(range(len(statements[place]))):
            statement = statements[place][line]
            if not is_own[place]:
                if (place, line) not in wanted:
                    continue
                if statement.binds and statement.binds <= rebound:
                    found.add((place, line))
                    continue
            rebound = (rebound | statement.binds) - statement.needs
    return found


def _statements(text: str) -> tuple[_Statement, ...]:
    """Return a cell's statements with the names that each binds and needs; none where it is no Python."""
    tree = _parsed(text)
    if tree is None:
        return ()
    return tuple(filter(None, map(_statement, tree.body)))


def _statement(node: ast.stmt) -> _Statement | None:
    try:
        text = ast.unparse(node)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = symtable.symtable(text, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    top = table.get_symbols()
    binds = {symbol.get_name() for symbol in top if symbol.is_assigned() or symbol.is_imported()}
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        binds.add("*")
    needs = {symbol.get_name() for symbol in top if symbol.is_referenced()}
    for inner in table.get_children():
        needs |= set(_globals(inner))
    return _Statement(text, frozenset(binds), frozenset(needs))


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for inner in table.get_children():
        yield from _globals(inner)


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            # A student's invalid escape is not the instructor's to read about.
            warnings.simplefilter("ignore")
            return ast.parse(text)
    # Each is what the parser says of code that is nested too deeply, or holds a NUL.
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
