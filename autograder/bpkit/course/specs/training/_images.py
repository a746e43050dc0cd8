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
LEARNED, SEEN = {}, {}

def has_learned(student, name):
    return name in LEARNED

def learn(student, name, images, *others):
    SEEN[name] = images.copy()
    LEARNED[name] = getattr(student, name)(images, *others)

def named(student, name, learned, images):
    # None: those that it has learned from, which are too many to be sent each time.
    return getattr(student, name)(SEEN[learned].copy() if images is None else images, LEARNED[learned])

def named_or_none(student, name, learned, images):
    try:
        return named(student, name, learned, images)
    except Exception:
        return None

def named_alone(student, name, learned, images):
    found = []
    for image in images:
        answer = named(student, name, learned, image[None].copy())
        found.append(answer.copy() if isinstance(answer, np.ndarray) else answer)
    return found

def told(student, line):
    print(line)
"""


class Learner(NamedTuple):
    """A pair of functions, and what it has to learn.

    arguments: of the function that learns; the images are the first of them. labels: what it was told that they show.
    """

    learns: str
    names: str
    arguments: tuple[Any, ...]
    labels: Any

    def answers(self, call, images=None, how="named"):
        """Return what the student's functions say of these images, as it came back.

        images: None for those that were learned from.
        how: "named_or_none" for None where the second function stops with an error, which is its own affair;
        "named_alone" for a list with an answer for each image.
        """
        if not call(
            "has_learned", self.learns
        ):  # once for all properties, unless the process had to be started again
            call("learn", self.learns, *self.arguments)
        return call(how, self.names, self.learns, images)


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
    answer = learner.answers(call)
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
    ids = classes(learner.answers(call), len(learner.labels))
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
    images = learner.arguments[0][:count]
    together = classes(learner.answers(call, images), count)
    if together is None:
        if classes(learner.answers(call), len(learner.labels)) is None:
            return None  # `no_classes` tells
        text = f"For {count} images it should return {count} whole numbers, an array of shape ({count},). With all "
        return Problem(learner.names, f"{text}{len(learner.labels)} that it has learned from it does so.")
    answers = learner.answers(call, images, "named_alone")
    alone = [classes(one, 1) for one in answers] if isinstance(answers, list) else []
    if len(alone) != count or any(one is None for one in alone):
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
    answer = learner.answers(call, how="named_or_none")
    stopped = (
        classes(answer, len(learner.labels)) is None
        or learner.answers(call, learner.arguments[0][:1], "named_or_none") is None
    )
    if stopped or other_classes(learner, call) or by_the_others(learner, call):
        return Problem(
            learner.learns, f"What was learned shows in what {learner.names} says, which is not right yet."
        )
    return None


def nothing_learned(learner, call):
    """Say of one who names the images that it has learned from no better than by guessing, what it looks like."""
    ids = classes(learner.answers(call), len(learner.labels))
    right = int((ids == learner.labels).sum())
    learned_from = f"Of the {len(ids)} images that it has learned from, it names {right} rightly"
    if len(set(ids.tolist())) == 1:
        return Problem(learner.learns, f"{learned_from}: it says {ids[0]} to all.", None, "always-the-same")
    if right < GUESSING * len(ids):
        return Problem(learner.learns, f"{learned_from}; guessing gets a tenth.", None, "nothing-learned")
    return None
