"""A class's results as the ledger has them, written to a gradebook of the course of `two_chapters`."""

import json

from nbgrader.api import Gradebook
from two_chapters import run

from bpkit.report.results import Outcome

LINEAR, SOFTMAX, MSE = "layers/linear", "layers/softmax", "losses/mse"
POINTS = {LINEAR: (2, 4), SOFTMAX: (2, 4), MSE: (1, 2)}


def opened(address):
    """Open a gradebook as nbgrader does."""
    return Gradebook(address)


def graded(points, status=None):
    """Return a verdict. points: of both functions, by exercise; None could not be judged, "" was not started."""
    exercises = [
        {
            "id": exercise_id,
            "status": "failed",
            "points": 0,
            "parts": [
                {
                    "name": f"{exercise_id.partition('/')[2]}_{which}",
                    "status": status or ("not_started" if earned == "" else "failed"),
                    "points": earned or (None if earned is None else 0),
                    "max_points": largest,
                }
                for which, earned, largest in zip(
                    ("forward", "backward"), both, POINTS[exercise_id], strict=True
                )
            ],
        }
        for exercise_id, both in points.items()
    ]
    return json.dumps({"score": 0, "max_score": 0, "open_score": 0, "exercises": exercises})


ALL = {
    "anna": ("Anna Maria Müller", Outcome.GRADED, graded({LINEAR: (2, 4), SOFTMAX: (2, 0), MSE: (1, 2)})),
    "bert": ("Brecht, Bert", Outcome.GRADED, graded({LINEAR: (2, None), SOFTMAX: (0, 0), MSE: ("", "")})),
    "carl": ("", Outcome.REFUSED, ""),
    "dora": ("Dora", Outcome.NOT_HANDED_IN, ""),
    "emil": ("Emil", Outcome.NOT_JUDGED, ""),
    "fay": ("Fay", Outcome.GRADED, graded({LINEAR: ("", ""), SOFTMAX: ("", ""), MSE: ("", "")})),
}


def export(results, address, *more):
    """Write to a gradebook; return what was said."""
    code, out, err = run("export", results, "--format", "nbgrader", "--gradebook", address, *more)
    assert (code, err) == (0, ""), err
    return out


def grades(address):
    """Return every grade that is there: student, assignment, cell → automatic score, manual score, asks for a person."""
    with opened(address) as book:
        return {
            (student.id, submission.name, grade.name): (
                grade.auto_score, grade.manual_score, grade.needs_manual_grade,
            )
            for student in book.students
            for submission in student.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }  # fmt: skip
