"""One exercise's verdict below a notebook's cell: a piece of HTML, or plain text where there is no HTML.

The HTML stands alone among others of its kind: no script, no style sheet, no id, nothing from elsewhere. Colours are
spelled as JupyterLab's sanitizer lets them pass; with all styles taken away it reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Status
from bpkit.report import heatmap, words
from bpkit.report.exports import markup, summary
from bpkit.report.exports.summary import Told
from bpkit.report.exports.text import line, plain

_EDGES = {Status.PASSED: "#2e9e5b", Status.NOT_STARTED: "#808890", Status.BLOCKED: "#808890"}
_EDGES[Status.NOT_JUDGED] = "#9467d6"
_WRONG = "#e04030"
_P = '<p style="margin: 2px 0">'
_PRE = (
    '<pre style="margin: 4px 0; padding: 6px 10px; max-height: 320px; overflow: auto; white-space: pre-wrap; '
    'background-color: rgba(128, 128, 128, 0.12)">'
)
_HELPS_NO_MORE = (Status.PASSED, Status.NOT_JUDGED)  # where a hint would send astray


def html(judged: Mapping[str, Any], exercise: Exercise, function: str = "") -> str:
    """Return a piece of HTML about one exercise.

    judged: the exercise's verdict as `data.to_data` gives it; with arrays, there is a picture of the first wrong one.
    function: one function to speak of, by its name or as "forward" or "backward"; all of them unless told.

    Raises ValueError where the exercise has no such function.
    """
    judged = _only(judged, exercise, function)
    status, parts = summary.status(judged), summary.told(judged)
    edge = f"border-left: 4px solid {_EDGES.get(status, _WRONG)}; padding: 2px 0 2px 12px; margin: 4px 0"
    lines = [f'<div style="{edge}; overflow-wrap: break-word">']
    lines.append(
        f"{_P}{markup.mark(status)} <b>{escape(exercise.title)}</b>: {escape(_came_out(judged, exercise))}</p>"
    )
    pictured = _pictured(judged)
    for part in parts:
        lines += _part(part, alone=len(parts) == 1)
        if pictured and pictured[0] == part.name:
            lines.append(heatmap.html(*_subject(pictured[1]), where=_where(pictured[1])))
    if judged["output"].strip():
        lines.append(f"{_P}Your code printed:</p>{_PRE}{escape(plain(judged['output']))}</pre>")
    if status not in _HELPS_NO_MORE:
        lines.append(markup.hints(exercise.hints, _P, _PRE))
    return "\n".join([*lines, "</div>"])


def text(judged: Mapping[str, Any], exercise: Exercise, function: str = "", hints: int = 1) -> str:
    """Return the same as plain text. hints: how many to give, since text cannot hide them until they are asked for.

    Raises ValueError where the exercise has no such function.
    """
    judged = _only(judged, exercise, function)
    status, parts = summary.status(judged), summary.told(judged)
    lines = [f"{markup.mark(status)} {exercise.title}: {_came_out(judged, exercise)}"]
    pictured = _pictured(judged)
    for part in parts:
        said = part.messages
        if len(parts) > 1 and (said or part.status is not Status.PASSED):
            lines.append(f"{markup.mark(part.status)} {part.name}: {_part_came_out(part)}")
        for message in said:
            lines += ["", *(f"    {line}".rstrip() for line in plain(message).split("\n"))]
        if pictured and pictured[0] == part.name:
            picture = heatmap.text(*_subject(pictured[1]), where=_where(pictured[1]))
            lines += ["", *(f"    {line}" for line in picture.split("\n"))]
        lines += [""] if said else []
    if judged["output"].strip():
        printed = plain(judged["output"]).rstrip("\n").split("\n")
        lines += ["Your code printed:", *(f"    {line}".rstrip() for line in printed), ""]
    if status not in _HELPS_NO_MORE:
        total = len(exercise.hints)
        lines += [] if lines[-1] == "" else [""]
        lines += [
            f"Hint {number} of {total}: {hint}" for number, hint in enumerate(exercise.hints[:hints], start=1)
        ]
    return "\n".join(lines).rstrip()


def _only(judged: Mapping[str, Any], exercise: Exercise, function: str) -> Mapping[str, Any]:
    """Return the exercise's verdict as if it had this function only, less the findings that repeat a status."""
    parts = [
        {**part, "findings": [found for found in part["findings"] if found["message"] != words.NOT_STARTED]}
        for part in judged["parts"]
    ]
    if not function:
        return {**judged, "parts": parts}
    names = {part.function for part in exercise.parts if function in (part.function, part.kind)}
    parts = [part for part in parts if part["name"] in names]
    if not parts:
        raise ValueError(f"{exercise.id} has no function {function!r}")
    [part] = parts
    unjudged = part["points"] is None
    return {
        **judged,
        "status": part["status"],
        "points": part["points"] or 0,
        "open_points": part["max_points"] if unjudged else 0,
        "max_points": part["max_points"],
        "parts": parts,
    }


def _came_out(judged: Mapping[str, Any], exercise: Exercise) -> str:
    """Say how it came out; of one function among several, which."""
    which = f"{judged['parts'][0]['name']} " if len(judged["parts"]) < len(exercise.parts) else ""
    still = f", {judged['open_points']} not judged" if judged["open_points"] else ""
    points = f"{judged['points']} of {judged['max_points']} points{still}"
    return f"{which}{words.STATUS[summary.status(judged)]}, {points}"


def _part_came_out(part: Told) -> str:
    return f"{words.STATUS[part.status]}, {summary.points(part.points, part.max_points)}"


def _part(part: Told, *, alone: bool) -> Iterator[str]:
    said = part.messages
    if not alone and (said or part.status is not Status.PASSED):
        look = '<p style="margin: 8px 0 2px 0">'
        yield f"{look}{markup.mark(part.status)} <code>{escape(part.name)}</code>: {escape(_part_came_out(part))}</p>"
    for message in said:
        yield f'<div style="margin: 4px 0 8px 0">{markup.message(message, _P, _PRE)}</div>'


def _pictured(judged: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """Return the first finding about a wrong array, and the function's name; of a scalar the message says all."""
    for part in judged["parts"]:
        for finding in part["findings"]:
            if finding.get("arrays", {}).get("shape"):
                return part["name"], finding
    return None


def _subject(finding: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    return finding["arrays"], line(finding["array"] or "the array")


def _where(finding: Mapping[str, Any]) -> str:
    return f'in case "{line(finding["case"])}"' if finding["case"] else ""
