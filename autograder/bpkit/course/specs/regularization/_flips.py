"""What flipping images at random must satisfy, and by which signs a known mistake shows itself.

As in `_mask`: draws from fixed seeds, and an honest function fails a check with a probability below 1e-9. Nothing is
assumed about how much of `rng` is used, and in which order, but that it does not depend on the numbers in `images`.
"""

import functools
import math

from bpkit.course.spec import Problem, Seed, describe
from bpkit.course.specs._again import SAME_AGAIN, TWICE

HARNESS = f"""{TWICE}
def shares_memory(student, images, p, rng):
    flipped = student.augment_flip(images, p, rng)
    return isinstance(flipped, np.ndarray) and bool(np.shares_memory(flipped, images))
"""
FUNCTION = "augment_flip"
MANY, MORE = (1009, 3, 5), (5003, 3, 5)  # images that are so small that many of them are cheap
SHAPES = (MANY, (101, 5), (97, 3, 5, 7))


class _OtherTrouble(Exception):
    """The images are not such that this check can judge them; `flipped_or_not` says so."""


def _check(judge):
    """Let a check pass over images that another check complains about."""

    @functools.wraps(judge)
    def property_check(call):
        try:
            return judge(call)
        except _OtherTrouble:
            return None

    return property_check


def _images(shape, sign=1):
    """Return images of which no two pixels are the same."""
    import numpy as np

    size = math.prod(shape)
    return sign * (1 + np.random.default_rng(11).permutation(size).reshape(shape) / size)


def _flips(call, p, seed, shape=MANY, sign=1):
    """Return which images were flipped."""
    import numpy as np

    images = _images(shape, sign)
    got = call(FUNCTION, images, p, Seed(seed))
    if not isinstance(got, np.ndarray) or got.shape != shape or got.dtype.kind != "f":
        raise _OtherTrouble
    flips = _same(got, images[..., ::-1])
    if not (flips | _same(got, images)).all():
        raise _OtherTrouble
    return flips


def _same(some, others):
    """Return for each image whether the two are the same."""
    return (abs(some - others) < 1e-9).all(axis=tuple(range(1, some.ndim)))


def flipped_or_not(call):
    """Look at each image: it comes back as it was, or with its last axis in reverse order."""
    import numpy as np

    seen = []
    for shape in SHAPES:
        images = _images(shape)
        got = call(FUNCTION, images, 0.5, Seed(1))
        if not isinstance(got, np.ndarray) or got.shape != shape or got.dtype.kind != "f":
            what = f"images has shape {shape}, and what comes back is {describe(got)}."
            return Problem(FUNCTION, what, "images")
        seen.append((images, got, _same(got, images) | _same(got, images[..., ::-1])))
    for images, got, right in seen:
        if not right.all():
            at = int(np.flatnonzero(~right)[0])
            row = tuple([at] + [0] * (images.ndim - 2))
            message = f"With images of shape {images.shape}, image {at} comes back neither as it was nor flipped. Its first row "
            message += f"was {_numbers(images[row])} and became {_numbers(got[row])}."
            return Problem(FUNCTION, message, "images", _wrong_flip(seen))
    return None


def _numbers(row):
    return "[" + ", ".join(f"{number:.3g}" for number in row) + "]"


def _upside_down(images):
    return images[..., ::-1, :] if images.ndim > 2 else images


def _half_overwritten(images):
    half = images.shape[-1] // 2
    changed = images.copy()
    changed[..., :half] = images[..., : -half - 1 : -1]
    return changed


def _turned(images):
    import numpy as np

    return np.flip(images, axis=tuple(range(1, images.ndim)))


def _shifted(images):
    import numpy as np

    return np.roll(images, 1, axis=-1)


_KNOWN = {
    "upside-down": _upside_down,
    "turned-by-half": _turned,
    "first-axis-after-batch": lambda images: images[:, ::-1],
    "shifted": _shifted,
    "minus-zero": lambda images: _shifted(images[..., ::-1]),
    "negated": lambda images: -images,
    "set-to-zero": lambda images: 0 * images,
    "half-overwritten": _half_overwritten,
}


def _wrong_flip(seen):
    import numpy as np

    for mistake, change in _KNOWN.items():
        if all((_same(got, images) | _same(got, change(images))).all() for images, got, _ in seen):
            return mistake
    if all(_in_groups(got, images) for images, got, _ in seen):
        return "flipped-ones-together"
    if all(_all_reversed(got, images) for images, got, _ in seen):
        return "batch-and-image-reversed"
    found = set()
    for images, got, _ in seen:
        rows = (-1, images.shape[-1])
        pairs = np.stack([got.reshape(rows), images.reshape(rows), images.reshape(rows)[:, ::-1]])
        if (_same(pairs[0], pairs[1]) | _same(pairs[0], pairs[2])).all():
            found.add("rows-by-themselves")
            continue
        moved = ~_same(got, images)
        pixels = abs(got - images[..., ::-1])[moved] < 1e-9
        if len(np.unique(pixels, axis=0)) > 2 and (pixels | (abs(got - images)[moved] < 1e-9)).all():
            found.add("pixels-by-themselves")
            continue
        there = images[moved][::-1]
        if _same(got[moved], there).all():
            found.add("batch-reversed")
        elif moved.any() and (abs(np.sort(got, axis=None) - np.sort(images, axis=None)) < 1e-9).all():
            flipped = got[moved][..., ::-1]
            found.add("batch-reversed-too" if _same(flipped, there).all() else None)
    found -= {"rows-by-themselves"} if len(found) > 1 else set()
    return found.pop() if len(found) == 1 else None


def _all_reversed(got, images):
    """Whether the images that have changed are reversed along every axis, that of the batch included."""
    import numpy as np

    moved = ~_same(got, images)
    return bool(_same(got[moved], np.flip(images[moved])).all())


def _in_groups(got, images):
    """Whether the flipped images stand together, and the others too, each group in its old order."""
    import numpy as np

    was, now = (
        array.reshape(len(array), -1).min(axis=1) for array in (images, got)
    )  # no two have one in common
    order = np.argsort(was)
    at = order[np.searchsorted(was[order], now - 1e-9).clip(0, len(was) - 1)]
    flips = _same(got, images[at][..., ::-1])
    if not (flips | _same(got, images[at])).all():
        return False
    kept, turned = at[~flips].tolist(), at[flips].tolist()
    return at.tolist() in (sorted(kept) + sorted(turned), sorted(turned) + sorted(kept))


@_check
def flipped_share(call):
    """Count the flipped images: their share is p, up to chance."""
    shares = {
        p: float(_flips(call, p, seed, MORE).mean()) for p, seed in ((0.3, 2), (0.8, 3), (0.25, 4), (0.95, 5))
    }
    for p, share in shares.items():
        # Chernoff: a share at least as far to the same side has a probability of at most exp(-n * divergence). 4 shares
        # with 2 sides each: 8 exp(-25.2) < 1e-10.
        if MORE[0] * _divergence(share, p) <= 25.2:
            continue
        if _one_draw(call):
            return None  # `each_by_itself` tells
        message = f"With p = {p}, {round(share * MORE[0])} of {MORE[0]} images are flipped, a share of {share:.3f}. By chance "
        message += "alone it is that far from p less than once in a billion times."
        return Problem(FUNCTION, message, "images", _wrong_share(shares))
    return None


def _divergence(share, expected):
    parts = ((share, expected), (1 - share, 1 - expected))
    return sum(seen * math.log(seen / wanted) for seen, wanted in parts if seen > 0)


def _wrong_share(shares):
    def always(expected):
        return all(abs(share - expected(p)) <= 0.07 for p, share in shares.items())

    known = {
        "never-flips": lambda _: 0.0,
        "flips-all": lambda _: 1.0,
        "p-keeps": lambda p: 1 - p,
        "coin-flip": lambda _: 0.5,
        "normal-numbers": lambda p: (1 + math.erf(p / math.sqrt(2))) / 2,
    }
    return next((mistake for mistake, expected in known.items() if always(expected)), None)


def _one_draw(call):
    """Whether some seeds flip everything and others nothing, as one draw for the whole batch does."""
    flips = [_flips(call, 0.5, seed, (31, 3)) for seed in range(40, 72)]
    return len({bool(found.all()) for found in flips}) == 2 and all(
        found.all() or not found.any() for found in flips
    )


@_check
def each_by_itself(call):
    """Compare the images of one batch: each is flipped or not by a draw of its own."""
    import numpy as np

    if _one_draw(call):
        message = "Some seeds flip every image of the batch and others none."
        return Problem(FUNCTION, message, "images", "one-draw")
    flips = _flips(call, 0.5, 6)
    if not 0.1 < flips.mean() < 0.9:
        return None  # `flipped_share` tells
    # At p = 0.5 whether two images share their fate is a fair coin: of n pairs at one distance, the share that does is
    # further than t from a half with a probability of at most 2 exp(-2 n t**2), and there are 952 distances: with
    # n t**2 = 16, it is 2 * 952 * exp(-32) < 1e-10.
    signs = np.where(flips, 1.0, -1.0)
    for distance in range(1, 953):
        together = float((signs[distance:] == signs[:-distance]).mean())
        if abs(together - 0.5) > math.sqrt(16 / (len(signs) - distance)):
            message = f"With p = 0.5 and {MANY[0]} images, two that stand {distance} apart are both flipped or both not in a "
            message += f"share of {together:.3f} of all pairs. It should be about a half."
            runs = bool(flips[: flips.sum()].all()) and distance == 1
            return Problem(FUNCTION, message, "images", "first-ones" if runs else None)
    return None


@_check
def count_left_to_chance(call):
    """Compare seeds: it is left to chance how many images are flipped, and which."""
    import numpy as np

    found = np.array([_flips(call, 0.3, seed, (47, 3)) for seed in range(10, 28)])
    if (found == found[0]).all() or all(row.all() or not row.any() for row in found):
        return None  # `randomness_from_rng` or `flipped_share` tells
    # The likeliest count of 47 at p = 0.3 has a probability below 0.13: eighteen agree with one below 0.13**17 < 1e-14.
    counts = set(found.sum(axis=1).tolist())
    if len(counts) == 1:
        message = (
            f"With p = 0.3 and 47 images, exactly {counts.pop()} are flipped at each of {len(found)} seeds."
        )
        return Problem(FUNCTION, message, "images", "exact-count")
    # Of 7 images one has the same fate 40 times with a probability of 7 * 2 * 2**-40 < 1e-10.
    few = np.array([_flips(call, 0.5, seed, (7, 3)) for seed in range(100, 140)])
    settled = few.all(axis=0) | ~few.any(axis=0)
    if settled.any():
        at = int(np.flatnonzero(settled)[0])
        fate = "flipped" if few[0][at] else "left as it is"
        message = f"With p = 0.5 and 7 images, image {at} is {fate} at every one of {len(few)} seeds."
        return Problem(FUNCTION, message, "images")
    return None


@_check
def randomness_from_rng(call):
    """Compare calls: the same seed flips the same images, and another seed flips others."""
    first, again, other, another = (
        _flips(call, 0.5, seed, MANY, sign) for seed, sign in ((7, 1), (7, 1), (8, 1), (7, -1))
    )
    if (first != again).any():
        message = "Two calls with the same images and the same seed in rng flip different images."
        return Problem(FUNCTION, message, "images", "own-generator")
    if (first == other).all() and first.any() and not first.all():
        first_ones = bool(first[: first.sum()].all())
        message = "Two calls with different seeds in rng flip the same images."
        return Problem(FUNCTION, message, "images", "first-ones" if first_ones else "fixed-seed")
    if (first != another).any():
        message = "Two calls with the same seed in rng and images of other numbers flip different ones. Chance alone decides "
        message += "which ones."
        return Problem(FUNCTION, message, "images")
    one, next_one = call("twice", FUNCTION, _images((101, 3)), 0.5, Seed(7))
    chosen = not first.all() and first.any() and (first != other).any()  # and not one draw for all
    if chosen and (one == next_one).all():
        return Problem(FUNCTION, SAME_AGAIN, "images", "rng-copied")
    return None


def an_array_of_its_own(call):
    """Change nothing or everything: what comes back shares no memory with what came in."""
    for p in (0.0, 1.0):
        if call("shares_memory", _images((5, 3)), p, Seed(1)):
            message = f"With p = {p:.0f}, what comes back is the array that came in, or shares its memory."
            return Problem(FUNCTION, message, "images", "memory-shared")
    return None


PROPERTIES = (
    flipped_or_not,
    flipped_share,
    each_by_itself,
    count_left_to_chance,
    randomness_from_rng,
    an_array_of_its_own,
)
