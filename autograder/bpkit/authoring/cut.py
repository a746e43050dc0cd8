"""Cuts a stub from a solution. The markers and the stub's text are nbgrader's own."""

from __future__ import annotations

from bpkit.errors import BadCourse

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")


def lines_of(source: str) -> list[str]:
    """Return the lines as Python counts them: a form feed within one does not end it."""
    return source.removesuffix("\n").split("\n")


def cut(solution: str, name: str) -> str:
    """Return the stub: every region between the markers becomes `raise NotImplementedError()`."""
    lines: list[str] = []
    inside = False
    whole = lines_of(solution)
    for number, line in enumerate(whole, start=1):
        text = line.strip()
        if text == BEGIN and not inside:
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            lines += [indent + stub for stub in STUB]
        elif text == END and inside:
            inside = False
        elif BEGIN in line or END in line:
            raise BadCourse(f"{name}, line {number}: {text} does not pair up. Regions are not nested.")
        elif not inside:
            lines.append(line)
    if inside:
        raise BadCourse(f"{name}: the last {BEGIN} has no {END}.")
    if lines == whole:
        raise BadCourse(f"{name}: there is no {BEGIN}, so there is nothing to fill in.")
    return "\n".join(lines) + "\n"
