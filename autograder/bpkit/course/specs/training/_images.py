"""The handwritten digits, and what can be said of a pair that learns images and then names them.

The labels of what is asked for at the end never reach the student's process: it gets images and answers with classes,
and here they are compared. What was learned stays there.
"""

import functools
from pathlib import Path
from typing import Any, NamedTuple

from bpkit.course.spec import Problem, describe

CLASSES = 10
GUESSING = (
    0.3  # below this share nothing was learned: guessing gets a tenth, and never this much of 100 images
)
FEW = 60  # so many are asked for one by one, and again
HARNESS = """
import copy
import random

LEARNED, SEEN, FIRST, ALONE, SPACES = {}, {}, {}, {}, {}
NOTED = {}  # by function: which of its arguments it has changed, and whose random numbers it has used

def copied(value):
    # So that nobody changes it afterwards. What cannot be copied, such as a module, is left as it is.
    try:
        return copy.deepcopy(value)
    except Exception:
        return value

def own(function):
    # The names of the module that it is from, with what lies in them; None where they cannot be told.
    space = getattr(function, "__globals__", None)
    if not isinstance(space, dict):
        return None
    plain = (np.ndarray, dict, list, set)
    return {key: copied(value) if type(value) in plain else value for key, value in space.items()}

def watched(student, name, arguments):
    # Call it, and note what it does besides.
    before = [value.copy() if isinstance(value, np.ndarray) else value for value in arguments]
    of_numpy, of_python = np.random.get_state(), random.getstate()
    result = getattr(student, name)(*arguments)
    noted = NOTED.setdefault(name, {"changed": [], "random": ""})
    for place, (old, new) in enumerate(zip(before, arguments)):
        if isinstance(new, np.ndarray) and not np.array_equal(old, new) and place not in noted["changed"]:
            noted["changed"].append(place)
    if any(not np.array_equal(old, new) for old, new in zip(of_numpy, np.random.get_state())):
        noted["random"] = "np.random"
    elif of_python != random.getstate():
        noted["random"] = "random"
    return result

def noted(student, name):
    return NOTED.get(name, {"changed": [], "random": ""})

def has_learned(student, name):
    return name in LEARNED

def learn(student, name, images, *others):
    SEEN[name] = images.copy()
    SPACES[name] = own(getattr(student, name))
    LEARNED[name] = watched(student, name, [images, *others])

def asked(student, name, learned, images):
    return copied(watched(student, name, [images.copy(), LEARNED[learned]]))

def named(student, name, learned, images):
    # None: those that it has learned from, which are too many to be sent each time.
    if learned not in FIRST:
        FIRST[learned] = asked(student, name, learned, SEEN[learned][:FEW])
    return asked(student, name, learned, SEEN[learned] if images is None else images)

def named_or_none(student, name, learned, images):
    try:
        return named(student, name, learned, images)
    except Exception:
        return None

def named_again(student, name, learned, images):
    # The same images: what was said at first, what is said of each alone, what is said of all now.
    if learned not in ALONE:
        named(student, name, learned, SEEN[learned][:FEW])
        ALONE[learned] = [asked(student, name, learned, image[None]) for image in SEEN[learned][:FEW]]
    return [FIRST[learned], ALONE[learned], asked(student, name, learned, SEEN[learned][:FEW])]

def named_by_params(student, name, learned, images):
    # Ask while the module's names are what they were before the learning; None where that cannot be done.
    space, before = getattr(getattr(student, learned), "__globals__", None), SPACES[learned]
    if before is None:
        return None
    now = dict(space)
    try:
        space.clear()
        space.update(before)
        return asked(student, name, learned, SEEN[learned][:FEW])
    except Exception:  # the same question has just been answered: something that it wants is no longer there
        return "an error"
    finally:
        space.clear()
        space.update(now)

def told(student, line):
    print(line)
""".replace("FEW", str(FEW))


class Learner(NamedTuple):
    """A pair of functions, and what it has to learn.

    arguments: of the function that learns; the images are the first of them. called: their names. labels: what it was told
    that they show.
    """

    learns: str
    names: str
    arguments: tuple[Any, ...]
    called: tuple[str, ...]
    labels: Any

    def answers(self, call, images=None, how="named"):
        """Return what the student's functions say of these images, as it came back.

        images: None for those that were learned from.
        how: "named_or_none" for None where the second function stops with an error, which is its own affair;
        "named_again" for three answers about the first few: at first, for each alone, and now.
        """
        # Once for all properties, unless the process had to be started again.
        if not call("has_learned", self.learns):
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
        return Problem(names, f"{wanted} {describe(answer)}.")
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

    first, alone, last = _again(learner, call)
    if last is None:
        if classes(learner.answers(call), len(learner.labels)) is None:
            return None  # `no_classes` tells
        text = f"For {FEW} images it should return {FEW} whole numbers, an array of shape ({FEW},). With all "
        return Problem(learner.names, f"{text}{len(learner.labels)} that it has learned from it does so.")
    if len(alone) != FEW or any(one is None for one in alone):
        return Problem(
            learner.names, "For a single image, of shape (1, 64), it should return one number, of shape (1,)."
        )
    if first is None or _differ(first, last):
        return None  # `another_time` tells
    changed = int((np.concatenate(alone) != last).sum())
    if changed <= 1:  # a sum's last bit may decide between two classes that are as likely as each other
        return None
    text = f"Of {FEW} images, {changed} get another answer when each comes alone than when all come together."
    return Problem(learner.names, text, None, "depends-on-the-others")


def _again(learner, call):
    """Return the class ids of the first few images: at first, of each alone, and now; None for what are no such."""
    answers = learner.answers(call, how="named_again")
    if not isinstance(answers, list) or len(answers) != 3:
        return None, [], None
    first, alone, last = answers
    alone = [classes(one, 1) for one in alone] if isinstance(alone, list) else []
    return classes(first, FEW), alone, classes(last, FEW)


def _differ(some, others):
    return (some != others).sum() > 1  # see `by_the_others`


def another_time(learner, call):
    """Say whether the same images get the same answers when asked again, and what asking does besides."""
    first, _, last = _again(learner, call)
    noted = call("noted", learner.names)
    if noted["changed"]:
        return Problem(learner.names, f"{learner.names} {_IN_PLACE.format('x')}", None, "images-changed")
    if (first is None) != (last is None) or (first is not None and _differ(first, last)):
        text = f"The same {FEW} images get other answers when asked again."
        return Problem(learner.names, text, None, "answers-change")
    if noted["random"]:
        text = f"While it answers, the state of {noted['random']} changes."
        return Problem(learner.names, text, None, "answers-change")
    return None


_IN_PLACE = "changes {} in place, and whoever called still needs it."


def kept_outside(learner, call):
    """Say whether what was learned lies anywhere but in what was returned."""
    first, _, last = _again(learner, call)
    if first is None or last is None or _differ(first, last):
        return None  # `no_classes` and `another_time` tell
    answer = call("named_by_params", learner.names, learner.learns, None)
    if answer is None:
        return None
    ids = classes(answer, FEW)
    if ids is not None and not _differ(ids, last):
        return None
    text = f"With the names of your module as they were before {learner.learns} was called, "
    text += f"{learner.names} {'stops with an error' if isinstance(answer, str) else 'gives other answers'}."
    return Problem(learner.names, text, None, "kept-outside")


def besides(learner, call):
    """Say what the learning does besides: to its arguments, and to random numbers that are not rng's."""
    learner.answers(call, how="named_or_none")  # so that it has learned
    noted = call("noted", learner.learns)
    if noted["changed"]:
        argument = learner.called[noted["changed"][0]]
        return Problem(learner.learns, f"{learner.learns} {_IN_PLACE.format(argument)}", None, "data-changed")
    if noted["random"]:
        text = f"While it learns, the state of {noted['random']} changes."
        return Problem(learner.learns, text, None, "other-chance")
    return None


def unusable(learner, call):
    """Return why the learning cannot be judged by the answers; None where it can."""
    answer = learner.answers(call, how="named_or_none")
    stopped = (
        classes(answer, len(learner.labels)) is None
        or learner.answers(call, learner.arguments[0][:1], "named_or_none") is None
    )
    checks = (other_classes, another_time, by_the_others)
    if stopped or any(check(learner, call) for check in checks):
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


def of_the_answers(learner):
    """Return the properties of the function that names images. learner: returns the pair, when it is wanted."""

    def one_class_for_each(call):
        return no_classes(learner(), call)

    def the_class_that_is_meant(call):
        return other_classes(learner(), call)

    def the_same_another_time(call):
        return another_time(learner(), call)

    def each_by_itself(call):
        return by_the_others(learner(), call)

    def by_params(call):
        return kept_outside(learner(), call)

    return one_class_for_each, the_class_that_is_meant, the_same_another_time, each_by_itself, by_params
