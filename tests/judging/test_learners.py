"""What is asked of a pair that learns and then answers: training/memorize, in answers that are right and in wrong ones."""

from pathlib import Path

import pytest

from bpkit.course import catalog
from bpkit.judging.judge import judge
from bpkit.judging.runner import Submission
from bpkit.reference.pack import open_file

ROOT = Path(__file__).parents[2]
BOOK = """
import functools
import numpy as np

{top}

def memorize(x, labels, rng):
    book = dict(zip(map(bytes, x), labels.tolist()))
    {learn}
    return {returned}

def predict_memorized(x, params):
    {ask}
    return np.array([params.get(bytes(row), 0) for row in x])
"""
PLAIN = {"top": "", "learn": "pass", "returned": "book", "ask": "pass"}


@pytest.fixture(scope="module")
def judged(zygote):
    """Return what judges a book of images with these parts in place of the plain ones."""
    exercise = catalog.find("training/memorize")
    recordings = open_file(ROOT / "exercises" / "course.pack").load(exercise)

    def of(**parts):
        files = {f"{exercise.id}.py": BOOK.format(**{**PLAIN, **parts})}
        verdict = judge(zygote, Submission(files), exercise, recordings)
        return verdict.points, {finding.mistake for part in verdict.parts for finding in part.findings}

    return of


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"top": "CALLS = []", "learn": "CALLS.append(len(x))", "ask": "CALLS.append(len(x))"},
        {"top": "LAST = None", "learn": "global LAST; LAST = book"},
        {
            "top": "class Book:\n    def __init__(self, pages): self.get = pages.get",
            "returned": "Book(book)",
            "ask": "assert isinstance(params, Book)",
        },
        {"top": "@functools.cache\ndef wide():\n    return 64", "ask": "assert x.shape[1] == wide()"},
        {"learn": "x = x.copy(); x -= 1; labels = labels + 1", "ask": "x = x + 0; x -= 1; x += 1"},
        {"learn": "rng.random()", "ask": "np.random.default_rng(0).random()"},
    ],
    ids=["plain", "a list of calls", "a name beside", "a class", "a cache", "copies", "rng"],
)
def test_a_right_answer_has_nothing_to_hide(judged, parts):
    """A module may have names of its own, and work on copies."""
    points, _ = judged(**parts)
    assert points == 6


@pytest.mark.parametrize(
    ("parts", "mistake"),
    [
        (
            {"top": "M = {}", "learn": "M.update(book)", "returned": "None", "ask": "params = M"},
            "kept-outside",
        ),
        ({"learn": "global M; M = book", "returned": "3", "ask": "params = M"}, "kept-outside"),
        ({"learn": "labels[:] = 0"}, "data-changed"),
        ({"learn": "np.random.seed(0)"}, "other-chance"),
        ({"learn": "import random; random.random()"}, "other-chance"),
        ({"ask": "x[0, 0] += 1; x[0, 1] += 1"}, "images-changed"),
        ({"ask": "params = {} if np.random.random() < 0.5 else params"}, "answers-change"),
        ({"ask": "params.popitem() if len(params) > 1 else 0"}, "answers-change"),
    ],
    ids=["dict", "global", "labels", "seed", "random", "images", "chance", "state"],
)
def test_a_wrong_one_is_named(judged, parts, mistake):
    """Where the same answers come by a way that is not params'."""
    points, mistakes = judged(**parts)
    assert points < 6
    assert mistake in mistakes
