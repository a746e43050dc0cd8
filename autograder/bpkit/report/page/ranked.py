"""Ranked lists: what the class does wrong, how many do it, and whose feedback shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from bpkit.report.exports.summary import Exercises
from bpkit.report.page.table import link
from bpkit.report.page.tally import Common
from bpkit.report.results import Result

_AT_FIRST = 15

_SIGNATURES = {
    "zero": "zero everywhere",
    "reshaped": "the right numbers in another shape",
    "factor": "the right array times a factor",
    "blocks": "its blocks in another order",
    "transposed": "transposed, or its axes in another order",
    "not_summed": "not added up along an axis",
    "wrong_axis": "added up along another axis",
    "summed": "added up where it should not be",
    "is_other": "another array instead of it",
    "ignores_upstream": "the same whatever comes from above",
    "signs": "right but for some signs",
    "gaps": "right, with a part that is still 0",
    "close": "close, but not exact",
    "shifted": "off by the same amount everywhere",
}
_CHECKS = {
    "values": "wrong values, none of the known mistakes",
    "gradient": "not the derivative of the student's own forward, none of the known mistakes",
    "shape": "wrong shape",
    "dtype": "not float64",
    "finite": "NaN or infinity",
    "count": "returned too many values or too few",
    "no_tuple": "returned one thing instead of several",
    "none": "returned None",
    "no_array": "returned something that is no array",
    "pair": "a forward without a cache",
    "name": "the function is not there",
    "signature": "other arguments than the stub's",
    "syntax": "Python cannot read the file",
    "file_missing": "the file is missing",
    "encoding": "the file is not in UTF-8",
    "exception": "stopped with an exception",
    "import": "imports what is not there",
    "memory": "ran out of memory",
    "killed": "ended by the system",
    "deadline": "no answer in time",
    "signal": "Python itself crashed",
    "exit": "ended the whole process",
    "sys_exit": "left the program",
    "garbled": "wrote where the checker listens",
    "numerical": "numerical differentiation instead of a derivative",
    "mutation": "changed an argument in place",
    "cache_mutation": "changed an argument through the cache",
    "not_proportional": "not proportional to the upstream gradient",
    "repeatable": "another result when called again",
    "backward_repeatable": "another gradient when called again",
    "cache_not_own": "uses more than its cache",
}


class List(NamedTuple):
    """One ranked list. say: what was done, in words. button: the page's script can show these students in the table."""

    name: str
    found: Sequence[Common]
    say: Callable[[Common, Exercises], str]
    button: bool = False


def mistake(one: Common, exercises: Exercises) -> str:
    """Return the known mistake's sentence."""
    return exercises[one.exercise].mistakes.get(one.key[0], one.key[0])


def signature(one: Common, exercises: Exercises) -> str:
    """Say how the array is wrong."""
    del exercises
    array, name = one.key
    return f"{array}: {_SIGNATURES.get(name, name)}" if array else _SIGNATURES.get(name, name)


def check(one: Common, exercises: Exercises) -> str:
    """Say which check failed; of one that the course itself brings, its name and how it came out."""
    del exercises
    name, status = one.key
    return _CHECKS.get(name) or f"{name.replace('_', ' ')} ({status.replace('_', ' ')})"


def listed(of: List, results: Sequence[Result], exercises: Exercises) -> Iterator[str]:
    """Yield the list as a table; what is rare is folded in."""
    if not of.found:
        yield '<p class="soft">None.</p>'
        return
    rows = [_row(place, one, of, results, exercises) for place, one in enumerate(of.found)]
    yield from _table(of, rows[:_AT_FIRST])
    if rows[_AT_FIRST:]:
        yield f"<details><summary>{len(rows) - _AT_FIRST} more</summary>"
        yield from _table(of, rows[_AT_FIRST:])
        yield "</details>"


def _table(of: List, rows: Sequence[str]) -> Iterator[str]:
    yield f'<table class="ranked"><caption class="unseen">{of.name}</caption>'
    yield '<thead><tr><th scope="col">Exercise</th><th scope="col">What they did</th>'
    yield '<th scope="col">Students</th><th scope="col">Whose feedback shows it</th></tr></thead><tbody>'
    yield from rows
    yield "</tbody></table>"


def _row(place: int, one: Common, of: List, results: Sequence[Result], exercises: Exercises) -> str:
    count, most = len(one.students), len(of.found[0].students)
    bar = (
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * count / most:.4g}" height="10"/></svg>'
    )
    links = "".join(f"<li>{link(results[student], one.exercise)}</li>" for student in one.students)
    button = f'<button type="button" class="show" data-mistake="{place}" hidden>show in table</button>'
    title = exercises[one.exercise].title
    return (
        f'<tr><th scope="row" title="{escape(one.exercise)}">{escape(title)}</th>'
        f'<td>{escape(of.say(one, exercises))}</td><td class="n"><span>{count}</span>{bar}</td>'
        f"<td><details><summary>{count} {'student' if count == 1 else 'students'}</summary>"
        f"<ul>{links}</ul></details>{button if of.button else ''}</td></tr>"
    )
