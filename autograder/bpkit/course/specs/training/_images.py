"""The handwritten digits, and what can be said of a pair that learns images and then names them.

The labels of what is asked for at the end never reach the student's process: it gets images and answers with classes,
and here they are compared. What was learned stays there; `trained` gives a number for it.
"""

import functools
from pathlib import Path
from typing import Any, NamedTuple

from bpkit.course.spec import Problem

CLASSES = 10
GUESSING = (
    0.3  # below this share nothing was learned: guessing gets a tenth, and never this much of 100 images
)
HARNESS = """
KEPT = {}

def trained(student, name, *arguments):
    # Once for all checks: the arguments are the same each time.
    if name not in KEPT:
        KEPT[name] = getattr(student, name)(*arguments)
    return name

def named(student, name, images, learned):
    return getattr(student, name)(images, KEPT[learned])

def named_or_none(student, name, images, learned):
    try:
        return named(student, name, images, learned)
    except Exception:
        return None

def told(student, line):
    print(line)
"""


class Learner(NamedTuple):
    """A pair of functions, and what it has to learn.

    arguments: of the function that learns. learned, labels: what it is asked first, having seen both.
    """

    learns: str
    names: str
    arguments: tuple[Any, ...]
    learned: Any
    labels: Any

    def answers(self, call, images, *, or_none=False):
        """Return what the student's functions say of these images, as it came back.

        or_none: where the second function stops with an error, which is its own affair, None.
        """
        handle = call("trained", self.learns, *self.arguments)
        return call("named_or_none" if or_none else "named", self.names, images, handle)


@functools.cache
def digits():
    """Return the images, in 0 … 1, and what they show."""
    import numpy as np

    with np.load(Path(__file__).parent / "_digits.npz", allow_pickle=False) as stored:
        return stored["images"] / 16.0, stored["labels"].astype(np.int64)


def classes(answer, count):
    """Return the answers as class ids, or None where they are not one whole number for each image."""
    import numpy as np

    try:
        ids = np.asarray(answer)
    except ValueError:
        return None
    if ids.shape != (count,) or ids.dtype.kind not in "iuf" or not np.isfinite(ids).all():
        return None
    return None if (ids != np.round(ids)).any() else ids.astype(np.int64)


def no_classes(learner, call):
    """Say what is wrong with answers that are not one class for each image."""
    import numpy as np

    names, count = learner.names, len(learner.labels)
    answer = learner.answers(call, learner.learned)
    if classes(answer, count) is not None:
        return None
    wanted = f"For {count} images it should return {count} whole numbers, an array of shape ({count},), and returned"
    if not isinstance(answer, (np.ndarray, list, tuple, int, float)):
        return Problem(names, f"{wanted} {'None' if answer is None else f'a {type(answer).__name__}'}.")
    try:
        got = np.asarray(answer)
    except ValueError:
        return Problem(names, f"{wanted} a list of parts of several lengths.")
    if got.dtype.kind not in "iuf":
        return Problem(names, f"{wanted} an array of type {got.dtype}.")
    mistake = {
        (count, CLASSES): "scores-returned",
        (): "one-answer",
        (count,): "largest-score-returned",
    }.get(got.shape)
    if mistake == "largest-score-returned":
        return Problem(names, f"{wanted} numbers that are not whole, such as {got[0]:.6g}.", None, mistake)
    return Problem(names, f"{wanted} an array of shape {got.shape}.", None, mistake)


def other_classes(learner, call):
    """Say of answers that are one class for each image whether they are another than is meant."""
    ids = classes(learner.answers(call, learner.learned), len(learner.labels))
    if ids is None:
        return None
    share = (ids == learner.labels).mean()
    if (ids - 1 == learner.labels).mean() > 0.9:
        text = f"Every answer is one more than it should be, up to {ids.max()}."
        return Problem(learner.names, text, None, "one-too-many")
    if share < 0.02 and len(set(ids.tolist())) > 2:
        text = f"Of {len(ids)} images that it has learned from, {round(share * len(ids))} are right. Guessing gets more."
        return Problem(learner.names, text, None, "least-likely")
    if (ids < 0).any() or (ids >= CLASSES).any():
        return Problem(
            learner.names, f"There are answers from {ids.min()} to {ids.max()}; classes go from 0 to 9."
        )
    return None


def by_the_others(learner, call):
    """Say whether an image gets another answer when it comes alone."""
    import numpy as np

    count = 60
    together = classes(learner.answers(call, learner.learned[:count]), count)
    if together is None:
        if classes(learner.answers(call, learner.learned), len(learner.labels)) is None:
            return None  # `no_classes` tells
        text = f"For {count} images it should return {count} whole numbers, an array of shape ({count},). With all "
        return Problem(learner.names, f"{text}{len(learner.labels)} that it has learned from it does so.")
    alone = [classes(learner.answers(call, learner.learned[i : i + 1]), 1) for i in range(count)]
    if any(one is None for one in alone):
        return Problem(
            learner.names, "For a single image, of shape (1, 64), it should return one number, of shape (1,)."
        )
    changed = int((np.concatenate(alone) != together).sum())
    if changed <= 1:  # a sum's last bit may decide between two classes that are as likely as each other
        return None
    text = (
        f"Of {count} images, {changed} get another answer when each comes alone than when all come together."
    )
    return Problem(learner.names, text, None, "depends-on-the-others")


def unusable(learner, call):
    """Return why the learning cannot be judged by the answers; None where it can."""
    answer = learner.answers(call, learner.learned, or_none=True)
    stopped = (
        classes(answer, len(learner.labels)) is None
        or learner.answers(call, learner.learned[:1], or_none=True) is None
    )
    if stopped or other_classes(learner, call) or by_the_others(learner, call):
        return Problem(
            learner.learns, f"What was learned shows in what {learner.names} says, which is not right yet."
        )
    return None


def nothing_learned(learner, call):
    """Say of one who names the images that it has learned from no better than by guessing, what it looks like."""
    ids = classes(learner.answers(call, learner.learned), len(learner.labels))
    right = int((ids == learner.labels).sum())
    learned_from = f"Of the {len(ids)} images that it has learned from, it names {right} rightly"
    if len(set(ids.tolist())) == 1:
        return Problem(learner.learns, f"{learned_from}: it says {ids[0]} to all.", None, "always-the-same")
    if right < GUESSING * len(ids):
        return Problem(learner.learns, f"{learned_from}; guessing gets a tenth.", None, "nothing-learned")
    return None
