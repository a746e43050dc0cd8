"""Properties that are a table: inputs, the right answers, and what each known mistake would answer."""

from bpkit.course.spec import Problem

CLOSE = 1e-6  # of the largest number that an array should hold, as everywhere in the course


def same(got, expected):
    """Whether an answer is the expected one: texts equal, arrays and numbers close, lists of one length."""
    import numpy as np

    if isinstance(expected, str):
        return got == expected if isinstance(got, str) else False
    if isinstance(expected, (list, tuple)):
        if not isinstance(got, (list, tuple)) or len(got) != len(expected):
            return False
        return all(same(ours, theirs) for ours, theirs in zip(got, expected, strict=True))
    if isinstance(got, bool) or not isinstance(got, (int, float, np.ndarray)):
        return False
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape or got.dtype.kind not in "fiu":
        return False
    scale = np.abs(expected[np.isfinite(expected)]).max(initial=0.0)
    return bool(np.allclose(got, expected, rtol=0.0, atol=CLOSE * scale, equal_nan=True))


def answers(function, rows, right, wrong, say):
    """Return the property that `function` answers every row of arguments as `right` does.

    wrong: known mistake -> a function that answers as it does. One is named if it agrees in every row.
    say: `say(arguments, got, expected)` gives the sentence and the name of what is wrong.
    """

    def as_the_table_says(call):
        return first_wrong(
            [(arguments, call(function, *arguments)) for arguments in rows], function, right, wrong, say
        )

    return as_the_table_says


def first_wrong(seen, function, right, wrong, say):
    """Judge what was returned for each row, and name the mistake that explains all of it."""
    for arguments, got in seen:
        expected = right(*arguments)
        if not same(got, expected):
            text, array = say(arguments, got, expected)
            named = [
                mistake
                for mistake, other in wrong.items()
                if all(same(answer, other(*inputs)) for inputs, answer in seen)
            ]
            return Problem(function, text, array, named[0] if named else None)
    return None
