"""What dropout must satisfy whichever way the mask is drawn, and by which signs a known mistake shows itself.

A check judges with draws from fixed seeds, so the same code always gets the same verdict. An honest mask fails
one of them with a probability below 1e-9, by Hoeffding's inequality unless a comment says otherwise: of n
independent elements, the share that is dropped lies further than t from p with a probability of at most
2 exp(-2 n t**2). Nothing is assumed about how much of `rng` is used, and in which order, but that it does not
depend on the numbers in x.
"""

import math

from bpkit.course.spec import Problem, Seed
from bpkit.course.specs._again import SAME_AGAIN
from bpkit.course.specs.regularization._draws import (
    BLOCK,
    CLOSE,
    FORWARD,
    MATRIX,
    WITHIN,
    _all_or_nothing,
    _check,
    _dropped,
    _forward,
    _in_words,
    _inputs,
    _near,
    _same_for_all,
    _shrunk,
)
from bpkit.course.specs.regularization._passes import (
    backward_follows_forward,
    evaluation_lets_through,
    everything_dropped,
    nothing_dropped,
    zeros_in_x,
)


def _drops_at_evaluation(call):
    x = _inputs(MATRIX)
    return bool((_forward(call, x, 0.5, 2, False)[0] == 0).any())


def kept_or_dropped(call):
    """In training, every element of y is either 0 or x / (1 - p)."""
    import numpy as np

    for shape, p in ((MATRIX, 0.3), (BLOCK, 0.6), ((1009,), 0.8)):
        x = _inputs(shape)
        y = np.asarray(call(FORWARD, x, p, Seed(1), True)[0])
        if y.shape != shape or y.dtype.kind != "f":
            return Problem(FORWARD, f"x has shape {shape}, y is {_in_words(y)}.", "y")
        if not np.isfinite(y).all():
            return Problem(FORWARD, f"y holds NaN or infinity at p = {p}.", "y")
        strange = (y != 0) & (np.abs(y - x / (1 - p)) > CLOSE * np.abs(x / (1 - p)))
        if strange.any():
            at = tuple(int(i) for i in np.argwhere(strange)[0])
            became = f"With p = {p}, x{list(at)} = {x[at]:.6g} became {y[at]:.6g}"
            wanted = f"It should be {x[at] / (1 - p):.6g} where it is kept and 0 where it is dropped."
            return Problem(FORWARD, f"{became}. {wanted}", "y", _wrong_scale(call, x, y, p))
    return None


def _wrong_scale(call, x, y, p):
    """Return the mistake by which the kept elements got this factor, if they all got the same."""
    import numpy as np

    kept = y != 0
    factors = (y / x)[kept]
    factor = factors[0]
    if not _near(factors, factor):
        return None
    if kept.all():
        return "flag-inverted" if _near(factor, 1.0) and _drops_at_evaluation(call) else None
    if _near(factor, 1.0):
        evaluated = np.asarray(call(FORWARD, x, p, Seed(1), False)[0])
        usable = evaluated.shape == x.shape and evaluated.dtype.kind == "f"
        return "scaled-at-evaluation" if usable and _shrunk(evaluated, x, p) else "not-scaled"
    if _near(factor, 1 / p):
        return "p-keeps" if abs(kept.mean() - p) < abs(kept.mean() - (1 - p)) else "scaled-by-p"
    if _near(factor, 1 - p) or _near(factor, p):
        return "scaled-down"
    return "scaled-by-share" if _near(factor, 1 / kept.mean()) else None


@_check
def dropped_share(call):
    """In training, the share of elements that are dropped is p, up to chance."""
    # Numbers in tenths cannot drop a share of 0.25; those that stop short of 1 show near 1.
    for p, seed in ((0.3, 2), (0.8, 3), (0.25, 17), (0.99, 18)):
        x = _inputs(MATRIX)
        y, _ = _forward(call, x, p, seed)
        dropped = y == 0
        share = float(dropped.mean())
        if _by_chance(share, p, dropped.size):
            continue
        half = _dropped(call, 0.5, 4)
        if _same_for_all(half) and (not _all_or_nothing(half) or _one_draw(call)):
            return None  # too few draws to judge their share; `each_by_itself` tells
        if not dropped.any() and (_forward(call, x, p, seed, True)[0] == 0).any():
            message = f"With p = {p}, nothing is dropped where training is left out, and with training=True something is. "
            return Problem(FORWARD, message + "The stub has training=True: put its signature back.", "y")
        counted = f"With p = {p}, {int(dropped.sum())} of {dropped.size} elements are dropped, a share of {share:.3f}."
        far = "By chance alone it is that far from p less than once in a billion times."
        return Problem(FORWARD, f"{counted} {far}", "y", _wrong_share(call, x, y, p))
    return None


def _by_chance(share, p, count):
    """Whether a share may come from `count` draws at p; of honest masks, 1 in 1e10 is not let through.

    Chernoff: a share at least as far to the same side has a probability of at most exp(-count * divergence). It is
    sharper than Hoeffding where p is near 0 or 1. 4 shares with 2 sides each: 8 exp(-25.2) < 1e-10.
    """
    parts = ((share, p), (1 - share, 1 - p))
    divergence = sum(seen * math.log(seen / expected) for seen, expected in parts if seen > 0)
    return count * divergence <= 25.2


def _wrong_share(call, x, y, p):
    """Return the mistake by which this share is dropped, where it is known: it has to fit another p as well."""
    dropped = y == 0
    if not dropped.any():
        return "flag-inverted" if _drops_at_evaluation(call) else None
    other = 0.8 if p < 0.5 else 0.3
    shares = ((p, float(dropped.mean())), (other, float(_dropped(call, other, 4).mean())))

    def always(expected):
        return all(abs(share - expected(p)) <= WITHIN for p, share in shares)

    if always(lambda p: 1 - p):
        return "p-keeps" if _near((y / x)[~dropped], 1 / p) else "mask-inverted"
    if always(lambda _: 0.5):
        return "coin-flip"
    return "normal-numbers" if always(_below) or always(lambda p: 1 - _below(p)) else None


def _below(p):
    """Return the probability of a standard normal number to be below p."""
    return (1 + math.erf(p / math.sqrt(2))) / 2


def _one_draw(call):
    """Whether some seeds drop everything and others nothing, as one draw for the whole array does."""
    masks = [_dropped(call, 0.5, seed) for seed in range(40, 72)]
    return all(map(_all_or_nothing, masks)) and len({bool(mask.all()) for mask in masks}) == 2


@_check
def each_by_itself(call):
    """In training, each element is dropped by itself, not whole rows or columns at once."""
    import numpy as np

    for shape in (MATRIX, BLOCK):
        mask = _dropped(call, 0.5, 4, shape)
        if _all_or_nothing(mask):
            if _one_draw(call):
                message = "Some seeds drop every element and others drop none."
                return Problem(FORWARD, message, "y", "one-draw")
            return None  # `dropped_share` tells
        if not 0.1 < mask.mean() < 0.9:
            return None  # so few are dropped that rows may agree by chance; `dropped_share` tells
        for axis, size in enumerate(shape):
            # At p = 0.5 two slices of n elements agree with probability 2**-n, n being at least 97.
            different = len(np.unique(np.moveaxis(mask, axis, 0).reshape(size, -1), axis=0))
            if different < size:
                message = f"x has shape {shape}, and its {size} slices along axis {axis} have {different} different "
                message += (
                    f"mask{'' if different == 1 else 's'} between them. Each should have one of its own."
                )
                return Problem(FORWARD, message, "y", _shared_mask(mask))
    return _echo(_dropped(call, 0.5, 4))


def _echo(mask):
    """Find two elements at a fixed distance of which one tells of the other, as where a few draws serve for all."""
    import numpy as np

    count = mask.size
    distances = np.arange(1, count)
    pairs = count - distances
    # What a mask with as many dropped elements would give without any echo: 0.005 of the pairs at most where the
    # share is within 0.035 of a half, as an honest one is.
    by_share = pairs * (1 - 2 * mask.mean()) ** 2
    for order, flat in (("row by row", mask.ravel()), ("column by column", mask.T.ravel())):
        # How many pairs agree, less how many do not. At p = 0.5 whether a pair agrees is a fair coin of its own:
        # a sum of n such signs is beyond s with a probability of at most 2 exp(-s**2 / (2 n)), and there are
        # 2 * 9796 distances: 2 * 2 * 9796 * exp(-68 / 2) < 1e-10.
        spectrum = np.fft.rfft(np.where(flat, 1.0, -1.0), 2 * count)
        agreement = np.fft.irfft(np.abs(spectrum) ** 2, 2 * count)[1:count]
        found = np.flatnonzero(np.abs(agreement - by_share) > np.sqrt(68 * pairs) + 0.005 * pairs + 1e-6)
        if len(found):
            distance = int(distances[found[0]])
            share = (1 + agreement[found[0]] / pairs[found[0]]) / 2
            message = f"With p = 0.5 and x of shape {mask.shape}, elements that stand {distance} apart, counted {order}, "
            message += f"are both dropped or both kept in a share of {share:.3f} of all pairs. It should be about a half."
            return Problem(FORWARD, message, "y")
    return None


def _shared_mask(mask):
    if (mask == mask[:1]).all():
        return "one-mask-for-all-rows"
    return "one-mask-for-all-columns" if (mask == mask[..., :1]).all() else None


@_check
def count_left_to_chance(call):
    """In training, it is left to chance how many elements are dropped, and where."""
    import numpy as np

    masks = np.array([_dropped(call, 0.3, seed) for seed in range(5, 11)])
    if (masks == masks[0]).all() or any(map(_same_for_all, masks)):
        return None  # `randomness_from_rng` or `each_by_itself` tells
    # The likeliest count of 9797 has a probability below 0.009: all six agree with one below 0.009**5 < 1e-10.
    # Of 97, the likeliest has one below 0.09.
    totals, rows, columns = masks.sum(axis=(1, 2)), masks[0].sum(axis=1), masks[0].sum(axis=0)
    for counts, place in ((totals, "six arrays"), (rows, "every row"), (columns, "every column")):
        if len(set(counts.tolist())) == 1:
            number = int(counts[0])
            message = (
                f"With p = 0.3 and x of shape {MATRIX}, exactly {number} elements are dropped in {place}."
            )
            return Problem(FORWARD, message, "y", "exact-count")
    # A row has 6 * 97 draws, a column 6 * 101: 2 * 198 * exp(-2 * 582 * 0.155**2) < 1e-9.
    for axis, name in ((1, "row"), (0, "column")):
        shares = masks.mean(axis=(0, axis + 1))
        far = np.abs(shares - masks.mean())
        worst = int(far.argmax())
        if far[worst] > 0.155 + WITHIN:
            message = f"Over six seeds, {name} {worst} loses a share of {shares[worst]:.3f} of its elements, "
            message += f"and the whole array {masks.mean():.3f}. Every element should have the same chance."
            return Problem(FORWARD, message, "y")
    # Of 35 elements one has the same fate 44 times with a probability of 35 * 2 * 2**-44 < 1e-11.
    small = np.array([_dropped(call, 0.5, seed, (5, 7)) for seed in range(100, 144)])
    settled = small.all(axis=0) | ~small.any(axis=0)
    if settled.any():
        at = tuple(int(i) for i in np.argwhere(settled)[0])
        fate = "dropped" if small[0][at] else "kept"
        message = (
            f"With p = 0.5 and x of shape (5, 7), x{list(at)} is {fate} at every one of {len(small)} seeds."
        )
        return Problem(FORWARD, message, "y")
    return None


@_check
def randomness_from_rng(call):
    """All randomness comes from rng: the same seed gives the same y, another seed gives another mask."""
    import numpy as np

    x = _inputs(MATRIX)
    first, again, other = (_forward(call, x, 0.5, seed)[0] for seed in (7, 7, 8))
    if not np.array_equal(first, again):
        message = "Two forwards with the same x and the same seed in rng give different y."
        return Problem(FORWARD, message, "y", "own-generator")
    if np.array_equal(first, other) and not _all_or_nothing(first == 0):
        message = "Two forwards with different seeds in rng drop the same elements."
        return Problem(FORWARD, message, "y", "fixed-seed")
    of_another, _ = _forward(call, -1.5 * x[::-1, ::-1], 0.5, 7)
    if not np.array_equal(first == 0, of_another == 0):
        message = "Two forwards with the same seed in rng and different x drop different elements. Chance alone decides "
        message += "which ones, whatever the numbers in x."
        return Problem(FORWARD, message, "y")
    if not np.array_equal(first, other):
        one, next_one = call("two_masks", _inputs((53, 47)), 0.5, Seed(7))
        if np.array_equal(one, next_one) and not _all_or_nothing(one == 0):
            return Problem(FORWARD, SAME_AGAIN, "y", "rng-copied")
    return None


PROPERTIES = (
    kept_or_dropped,
    dropped_share,
    each_by_itself,
    count_left_to_chance,
    randomness_from_rng,
    evaluation_lets_through,
    backward_follows_forward,
    zeros_in_x,
    nothing_dropped,
    everything_dropped,
)
