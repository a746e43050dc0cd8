"""The verdict for a terminal: one block an exercise, the details only where something is not right."""

from __future__ import annotations

import re
import unicodedata

import click

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report import screen, words

_COLOURS = {
    Status.PASSED: "green",
    Status.NOT_STARTED: "cyan",
    Status.BLOCKED: "cyan",
    Status.NOT_JUDGED: "magenta",
}
_MARKS = {Status.PASSED: "✓", Status.NOT_STARTED: "·", Status.BLOCKED: "·", Status.NOT_JUDGED: "?"}
_INDENT = " " * 8
_ABOUT_ARRAYS = ("values", "gradient", "shape", "finite", "dtype")
_OUTPUT_LINES, _OUTPUT_WIDTH = 20, 200


def render(verdict: Verdict, exercises: dict[str, Exercise], pictures: int = 0) -> str:
    """Return the text, with colours that click takes out where there is no terminal.

    pictures: how wide the window is, where one exercise alone may show pictures of what is wrong; 0 for none.
    """
    several = len(verdict.exercises) > 1
    room = 0 if several else pictures - len(_INDENT)
    blocks = [_block(judged, exercises[judged.id], room, short=several) for judged in verdict.exercises]
    text = "\n".join(blocks)
    if several:
        passed = sum(judged.status is Status.PASSED for judged in verdict.exercises)
        text += (
            f"\n\n{passed} of {len(verdict.exercises)} exercises pass, "
            f"{verdict.score} of {verdict.max_score} points{_open(verdict.open_score)}."
        )
    level = words.ISOLATION[verdict.isolation]
    return screen.encodable(
        f"{text}\n{click.style(f'Isolation level {verdict.isolation}: {level}.', dim=True)}"
    )


def _block(judged: ExerciseVerdict, exercise: Exercise, room: int, *, short: bool) -> str:
    head = f"{mark(judged.status)} {click.style(judged.id, bold=True)} · {judged.title}"
    points = f"{judged.points} of {judged.max_points} points" + _open(judged.open_points)
    if short and judged.status in (Status.PASSED, Status.NOT_STARTED):
        state = "" if judged.status is Status.PASSED else f", {words.STATUS[judged.status]}"
        return f"{head} ({points}{state})"
    lines = [f"{head} ({points})"]
    said: set[str] = set()
    for part in judged.parts:
        lines += _part(part, exercise, said, room)
    return "\n".join([*lines, *_output(judged.output)])


def _part(part: PartVerdict, exercise: Exercise, said: set[str], room: int) -> list[str]:
    state = words.STATUS[part.status]
    lines = [f"  {mark(part.status)} {part.name}: {state} ({_points(part)})"]
    grave = [finding for finding in part.findings if finding.status is not Status.PASSED]
    told: set[str] = set()
    if any(finding.check == "mend_forward" for finding in grave):
        room = 0  # that comes first, and has its own
    for finding in grave or part.findings:
        if finding.check == "not_started" and "line" not in finding.facts:
            continue
        text = words.message(finding, exercise, part.name)
        if text in said:  # what stops the whole file stops every part of it
            lines.append("      The same as above.")
            continue
        said.add(text)
        # One mistake shows in several arrays, and several arrays are wrong in one case: each is said once.
        first, *rest = [neutral(line) for line in text.split("\n")]
        if finding.check in _ABOUT_ARRAYS:
            rest = [line for line in rest if line not in told]
            told.update(rest)
        lines += [f"      {first}", *(f"{_INDENT}{line}" for line in rest)]
        if room > 0 and (drawn := _picture(finding, room)):
            lines += drawn
            room = 0  # the first wrong array shows it; more pictures would hide the words
    return lines


def _picture(finding: Finding, room: int) -> list[str]:
    if finding.compared is None:
        return []
    from bpkit.report import picture  # noqa: PLC0415 - what passes needs none of it

    name = neutral(finding.array or "the array")
    return [f"{_INDENT}{line}" for line in picture.lines(finding.compared, name, room)]


def _points(part: PartVerdict) -> str:
    return f"{part.max_points} open" if part.points is None else f"{part.points} of {part.max_points}"


def _open(points: int) -> str:
    return f", {points} not judged" if points else ""


def _output(output: str) -> list[str]:
    if not output.strip():
        return []
    printed = output.rstrip("\n").split("\n")
    shown = [f"    | {_cut(neutral(line))}" for line in printed[:_OUTPUT_LINES]]
    more = len(printed) - len(shown)
    return ["  Your code printed:", *shown, *([f"    | … and {more} more lines"] if more > 0 else [])]


def _cut(line: str) -> str:
    more = len(line) - _OUTPUT_WIDTH
    return line if more <= 0 else f"{line[:_OUTPUT_WIDTH]} … and {more:,} more characters"


def mark(status: Status) -> str:
    """Return the sign that stands for a status, in its colour."""
    return click.style(_MARKS.get(status, "✗"), fg=_COLOURS.get(status, "red"))


def neutral(line: str) -> str:
    """Return a line that steers neither a terminal nor a CI system: what a student prints must not.

    Control characters are spelled out, and so is the first character of what GitHub and Azure take for a command:
    "::error::" after blanks, "##[error]" and "##vso[" anywhere.
    """
    line = re.sub(r"^(\s*):(?=:)", r"\1\\x3a", line)
    line = re.sub(r"#(?=#\w*\[)", r"\\x23", line)
    return "".join(
        character if character == "\t" or unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")
        else f"\\x{ord(character):02x}"
        for character in line
    )  # fmt: skip
