"""Where a student is: the course as a list, and in short what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from bpkit.course.spec import Chapter
from bpkit.judging.standing import Standing, State
from bpkit.judging.verdict import Status
from bpkit.report import screen, words

MARKS = {
    State.PASSED: "✓", State.FAILED: "✗", State.CHANGED: "~", State.BEGUN: "~", State.NOT_STARTED: "·",
    State.MISSING: "!",
}  # fmt: skip
_COLOURS = {State.PASSED: "green", State.FAILED: "red", State.NOT_STARTED: "cyan", State.MISSING: "red"}
_STATES = {
    State.PASSED: "passed",
    State.CHANGED: "changed since the last check",
    State.BEGUN: "begun, not checked yet",
    State.NOT_STARTED: "not started",
    State.MISSING: "the file is missing",
}
WELL_DONE = "Everything passes. Well done!"
_NARROW = 60  # below it there is no room for titles
_BAR = 24
_MANY = 4  # exercises, of which two are named


def state(standing: Standing) -> str:
    """Return how it stands, in words: colours and marks only repeat it."""
    said = _STATES.get(standing.state) or words.STATUS[standing.status or Status.FAILED]
    if standing.passed and standing.state is not State.PASSED:
        said += ", passed before"
    if standing.waits_for and standing.state is not State.PASSED:
        said += f", builds on {_some(standing.waits_for)}"
    return said


def _some(ids: Sequence[str]) -> str:
    if len(ids) < _MANY:
        return " and ".join(ids)
    return f"{ids[0]}, {ids[1]} and {len(ids) - 2} more"


def points(standing: Standing) -> str:
    """Return "2 of 6"."""
    return f"{standing.points} of {standing.exercise.points}"


def mark(standing: Standing) -> str:
    """Return the mark before an exercise's name."""
    return click.style(MARKS[standing.state], fg=_COLOURS.get(standing.state, "yellow"))


def course(chapters: Mapping[str, Chapter], standings: Sequence[Standing], columns: int) -> str:
    """Return the whole list, chapter by chapter."""
    blocks = []
    for name, chapter in chapters.items():
        of_chapter = [standing for standing in standings if standing.exercise.chapter == name]
        blocks.append("\n".join(_chapter(name, chapter, of_chapter, columns)))
    if len(chapters) > 1:
        blocks.append("\n".join(screen.fill(f"All: {summary(standings)}.", columns)))
    return "\n\n".join(blocks)


def summary(standings: Sequence[Standing]) -> str:
    """Return "4 of 8 exercises pass, 15 of 33 points"."""
    passed = sum(standing.state is State.PASSED for standing in standings)
    earned = sum(standing.points for standing in standings)
    possible = sum(standing.exercise.points for standing in standings)
    return f"{passed} of {len(standings)} exercises pass, {earned} of {possible} points"


def here(
    root: str,
    standings: Sequence[Standing],
    last: Standing | None,
    upcoming: Standing | None,
    columns: int,
) -> str:
    """Return where a student is, what is next, and how to go on."""
    lines = [
        f"Workspace: {root}",
        *screen.fill(f"{summary(standings)}.", columns),
        _bar(standings, columns),
        "",
    ]
    if upcoming is None:
        why = "`bpkit explain ID` tells why an answer is what it is."
        return "\n".join([*lines, WELL_DONE, *screen.fill(why, columns)])
    chapter = upcoming.exercise.chapter
    of_chapter = [standing for standing in standings if standing.exercise.chapter == chapter]
    told = [f"Chapter: {chapter} ({_passed(of_chapter)})"]
    go_on = how_to_go_on(upcoming)
    if last and last.exercise.id != upcoming.exercise.id:
        told.append(f"Checked last: {last.exercise.id} ({state(last)})")
        if last.state is State.FAILED:
            go_on += f" Or stay with {last.exercise.name}: `bpkit hint` opens a hint for it."
    told.append(f"Next: {upcoming.exercise.id}, {upcoming.exercise.title} ({state(upcoming)})")
    for text in told:
        lines += screen.fill(text, columns, "", "  ")
    return "\n".join([*lines, "", *screen.fill(go_on, columns)])


def how_to_go_on(upcoming: Standing, *, shown: bool = False) -> str:
    """Return the one line that says what to do with the next exercise. shown: its statement stands above."""
    name, path = upcoming.exercise.name, upcoming.path
    match upcoming.state:
        case State.NOT_STARTED:
            fill_in = f"Fill in {path}" if shown else f"Read it with `bpkit show {name}`, fill in {path}"
            return f"{fill_in}, then `bpkit check {name}`."
        case State.FAILED:
            return f"Mend {path}, then `bpkit check {name}`. Stuck? `bpkit hint {name}`."
        case State.MISSING:
            return f"`bpkit reset {name}` puts a fresh stub there."
        case _:
            return f"`bpkit check {name}` tells how {path} does now."


def outside(folder: str, columns: int) -> str:
    """Return how to begin, where there is no workspace."""
    return "\n".join(
        [
            *screen.fill("bpkit teaches backpropagation by having you write it.", columns),
            *screen.fill(f"There is no workspace in {folder} or above it.", columns),
            "",
            "To begin:",
            "    bpkit init course",
            "    cd course",
            "    bpkit",
            "",
            "All commands: bpkit --help",
        ]
    )


def _passed(standings: Sequence[Standing]) -> str:
    return f"{sum(standing.state is State.PASSED for standing in standings)} of {len(standings)} pass"


def _bar(standings: Sequence[Standing], columns: int) -> str:
    done = sum(standing.points for standing in standings)
    return screen.bar(done, sum(standing.exercise.points for standing in standings), min(_BAR * 2, columns))


def _chapter(name: str, chapter: Chapter, standings: Sequence[Standing], columns: int) -> list[str]:
    head, *rest = screen.fill(f"{name}: {chapter.title}", columns, "", "  ")
    done = sum(standing.points for standing in standings)
    possible = sum(standing.exercise.points for standing in standings)
    bar = screen.bar(done, possible, min(_BAR, columns // 4))
    told = f"{bar} {_passed(standings)}, {done} of {possible} points"
    lines = [click.style(head, bold=True), *rest, *screen.fill(told, columns)]
    return lines + [line for standing in standings for line in _row(standing, standings, columns)]


def _row(standing: Standing, beside: Sequence[Standing], columns: int) -> list[str]:
    """Return an exercise's line; what does not fit comes below it, and in a narrow window there are no titles."""
    names = max(len(other.exercise.name) for other in beside)
    titles = max(len(other.exercise.title) for other in beside)
    counts = max(len(points(other)) for other in beside)
    exercise, said = standing.exercise, state(standing)
    title = f"  {exercise.title:{titles}}" if columns >= _NARROW else ""
    text = f"{exercise.name:{names}}{title}  {points(standing):>{counts}}"
    if columns >= _NARROW and 4 + len(text) + 2 + len(said) <= columns:
        return [f"  {mark(standing)} {text}  {said}"]
    return [f"  {mark(standing)} {text}", *screen.fill(said, columns, "    ")]
