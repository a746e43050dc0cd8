"""Hints. The first begins with what the last check found: where in the student's own code that is made, and what to ask.

No mistake needs a text of its own for this. Its sentence is the spec's; the question comes from what kind of thing is
wrong, and from the names of the arrays.
"""

from __future__ import annotations

import ast
import re
import warnings

import click

from bpkit.course.spec import Exercise
from bpkit.judging.standing import Found, Hints
from bpkit.report import screen
from bpkit.report.terminal import neutral

_MOST_LINES = 3
_SIGNATURES = {
    "zero": "Where is {array} filled? Print it right after that line: does the code get there at all?",
    "reshaped": "Which shape should {array} have, and which line gives it another one?",
    "factor": "Count the factors in the formula of {array}. Which one is in your line and not in the formula, or the "
    "other way round? Is there a mean where a sum belongs?",
    "blocks": "In which order does the statement put the blocks of {array} together, and in which order do you?",
    "transposed": "Which index of {array} runs along its rows, and which along its columns? Write the shapes of what you "
    "multiply next to each other.",
    "not_summed": "One number of {input} is used in several places. What has to happen to what they all send back?",
    "summed": "Which numbers of {array} belong to one place only? Which sum brought them together?",
    "wrong_axis": "Which axis should {array} lose, and which should it keep? Its shape tells.",
    "is_other": "Which line makes {array}, and in which order are the arrays returned?",
    "ignores_upstream": "Where does {upstream} come into your line for {array}?",
    "bent": "What happens to {upstream} on the way to {array}, besides being multiplied?",
    "signs": "If one number of {input} grows a little, does {output} grow or shrink? Does the sign of {array} say so?",
    "gaps": "Which places of {array} does your loop, mask or slice leave out?",
    "close": "What on the way to {array} is rounded, or has something small added to it?",
    "shifted": "Which term of {array} is the same for all of its numbers? Does the formula have it?",
}
_CHECKS = {
    "shape": "Which shape should {array} have? Which axis is too many or missing, and what takes one away: a sum, or a "
    "product?",
    "finite": "Which step on the way to {array} can overflow or has no answer: a division, a logarithm, an exponential?",
    "deadline": "Which loop might never end? What would have to change in each round so that it does?",
}
_KINDS = {
    "forward": "Take the smallest example that you can think of, and work {array} out by hand from the statement. At "
    "which step does your code do something else?",
    "backward": "Take one number of {input}. Which numbers of {output} does it reach, and how much does each of them "
    "change when it grows a little? What comes back along these ways?",
    "step": "Work one number of {array} out by hand from the statement. At which step does your code do something else?",
}


def hints(exercise: Exercise, opened: Hints, columns: int, *, key: str = "") -> str:
    """Return the hints that are open, the newest last.

    key: in `bpkit watch`, the one that opens the next; there the exercise is named above.
    """
    lines = [] if key else [click.style(f"{exercise.id}: {exercise.title}", bold=True), ""]
    for level, hint in enumerate(exercise.hints[: opened.opened]):
        lines.append(click.style(f"Hint {level + 1} of {len(exercise.hints)}", bold=True))
        if level == 0 and opened.found:
            lines += [*_pointer(exercise, opened.found, opened.source, columns), ""]
        lines += [*screen.flow(hint, columns), ""]
    opens = f"{key or f'`bpkit hint {exercise.name}`'} opens"
    if not opened.opened:
        end = f"No hint is open yet. {opens} the first one."
    elif opened.opened < len(exercise.hints):
        end = f"{'Try it with that. ' if opened.new else ''}{opens} the next one."
    else:
        end = f"That is all of them. `bpkit show {exercise.name}` has the statement with its formulas."
    lines += screen.fill(end, columns)
    if opened.why_not:
        lines.append(click.style("\n".join(screen.fill(opened.why_not, columns)), dim=True))
    return "\n".join(lines)


def passes(exercise: Exercise, columns: int) -> str:
    """Return what to say where a hint is asked for and none is needed."""
    name = exercise.name
    return "\n".join(
        screen.fill(
            f"{exercise.id} passes: it needs no hint. `bpkit explain {name}` tells why the answer is what it is, and "
            f"`bpkit hint {name} --again` shows the hints that you opened.",
            columns,
        )
    )


def _pointer(exercise: Exercise, found: Found, source: str, columns: int) -> list[str]:
    about = f"{found.array} in {found.part}" if found.array else found.part
    sentence = exercise.mistakes.get(found.mistake or "", "")
    lines = screen.fill(f"The last check stumbled over {about}{':' if sentence else '.'}", columns)
    lines += screen.fill(sentence, columns, "  ")
    question = _question(exercise, found)
    if found.array and question:
        made = made_at(exercise, found, source)
        if made:
            lines += screen.fill(f"{_base(found.array)} is made here, in {exercise.id}.py:", columns)
            lines += [f"  line {number}: {text}" for number, text in made]
    if question is None:
        question = f"`bpkit check {exercise.name}` says at which line. Mend that first: it comes before the mathematics."
    elif sentence and found.signature is None and found.check not in _CHECKS:
        return lines  # the sentence asks enough, and the hint below it is about the whole
    return lines + screen.fill(question, columns)


def _question(exercise: Exercise, found: Found) -> str | None:
    part = next((part for part in exercise.parts if part.function == found.part), None)
    if part is None:
        return None
    template = _SIGNATURES.get(found.signature or "") or _CHECKS.get(found.check)
    if template is None and found.array:
        template = _KINDS[part.kind]
    if template is None:
        return None
    array = found.array or part.returns[0]
    inputs = dict(zip(part.returns, exercise.gradients_of, strict=False)) if part.kind == "backward" else {}
    return template.format(
        array=array,
        input=inputs.get(_base(array), "the input"),
        output=" and ".join(exercise.returns),
        upstream=" and ".join(exercise.upstream),
    )


def _base(array: str) -> str:
    """Return "dparams" of "dparams[0].W"."""
    return re.split(r"[\[.]", array, maxsplit=1)[0]


def made_at(exercise: Exercise, found: Found, source: str) -> list[tuple[int, str]]:
    """Return the lines in the student's function that make the array, by the name under which it is returned."""
    part = next((part for part in exercise.parts if part.function == found.part), None)
    function = _function(source, found.part)
    if part is None or function is None or _base(found.array or "") not in part.returns:
        return []
    index = part.returns.index(_base(found.array or ""))
    ends = [node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
    if not ends:
        return []
    end = max(ends, key=lambda node: node.lineno)
    value = _element(end.value, index, len(part.returns), forward=part.kind == "forward")
    numbers = [end.lineno]
    if isinstance(value, ast.Name):
        numbers = _assigned(function, value.id) or numbers
    text = source.splitlines()
    return [
        (number, neutral(text[number - 1].strip()))
        for number in numbers[-_MOST_LINES:]
        if number <= len(text)
    ]


def _function(source: str, name: str) -> ast.FunctionDef | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    return max(found, key=lambda node: node.lineno, default=None)


def _element(value: ast.expr | None, index: int, count: int, *, forward: bool) -> ast.expr | None:
    """Return what stands for the array in `return y, cache`, `return (y, z), cache` or `return dx, dW`."""
    if forward and isinstance(value, ast.Tuple) and value.elts:
        value = value.elts[0]
    if count > 1:
        value = value.elts[index] if isinstance(value, ast.Tuple) and index < len(value.elts) else None
    return value


def _assigned(function: ast.FunctionDef, name: str) -> list[int]:
    lines = set()
    for node in ast.walk(function):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if any(
                isinstance(inner, ast.Name) and inner.id == name and not _is_index(target, inner)
                for inner in ast.walk(target)
            ):
                lines.add(node.lineno)  # type: ignore[attr-defined]
    return sorted(lines)


def _is_index(target: ast.expr, name: ast.Name) -> bool:
    """Tell whether a name only says where in something else is written: the i of `dx[i] = …`."""
    return any(
        isinstance(node, ast.Subscript) and name in list(ast.walk(node.slice)) for node in ast.walk(target)
    )
