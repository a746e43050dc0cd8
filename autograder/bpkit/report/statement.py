"""One exercise for who is about to solve it, or has: its statement, and its explanation."""

from __future__ import annotations

import ast

import click

from bpkit.course.spec import Exercise
from bpkit.judging.standing import Standing
from bpkit.report import listing, screen


def show(standing: Standing, stub: str, columns: int) -> str:
    """Return the statement with all that belongs to it. stub: the course's own file, whatever became of the copy."""
    exercise = standing.exercise
    statement, functions = _read(stub)
    head, *rest = screen.fill(f"{exercise.id}: {exercise.title}", columns)
    lines = [
        click.style(head, bold=True),
        *rest,
        *screen.fill(f"{listing.points(standing)} points, {listing.state(standing)}.", columns),
        f"File: {standing.path}",
        "",
        *screen.flow(statement, columns),
        "",
        f"To fill in ({_count(len(exercise.parts), 'function')}):",
    ]
    for part in exercise.parts:
        signature, shapes = functions.get(part.function, (part.function, ""))
        lines.append("")
        lines += screen.fill(f"{signature}: {_count(part.points, 'point')}", columns, "  ", "      ")
        lines += screen.flow(shapes, columns, "      ")
    if exercise.needs:
        *most, last = exercise.needs
        used = f"{', '.join(most)} and {last}" if most else last
        lines += ["", *screen.fill(f"It may use what you wrote for {used}.", columns)]
    return "\n".join(lines)


def explanation(exercise: Exercise, columns: int) -> str:
    """Return why the answer is what it is, another way to write it, and what PyTorch does."""
    title = click.style(f"{exercise.id}: {exercise.title}", bold=True)
    told = exercise.explanation
    if told is None:
        return "\n".join(
            [title, *screen.fill("It passes. Nobody has written an explanation of it yet.", columns)]
        )
    code = [f"    {line}".rstrip() for line in told.another.strip("\n").splitlines()]
    return "\n".join(
        [
            title, "", *screen.flow(told.why, columns), "",
            click.style("Another way to write it", bold=True), "", *code, "",
            click.style("What PyTorch does", bold=True), "", *screen.flow(told.pytorch, columns),
        ]
    )  # fmt: skip


def not_yet(exercise: Exercise, columns: int) -> str:
    """Return the refusal to explain what has not been solved."""
    name = exercise.name
    return "\n".join(
        screen.fill(
            f"The explanation of {exercise.id} gives the answer away, so it waits until yours has passed: "
            f"`bpkit check {name}`. If you are stuck, `bpkit hint {name}` helps without giving it away.",
            columns,
        )
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _read(stub: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """Return a stub's statement, and the head and the shapes of each function."""
    tree = ast.parse(stub)
    functions = {
        node.name: (f"{node.name}({ast.unparse(node.args)})", ast.get_docstring(node) or "")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    return ast.get_docstring(tree) or "", functions
