"""What one epoch's batches must satisfy whichever way they are drawn, and by which signs a known mistake shows itself.

Every check judges with draws from fixed seeds, so the same code always gets the same verdict. Honest batches, in which
every order is equally likely, fail one with a probability below 1e-9; the bound stands beside each check. Nothing is
assumed about how much of `rng` is used, and in which order.
"""

import functools
import itertools
import math

from bpkit.course.spec import Problem, Seed, describe
from bpkit.course.specs._again import SAME_AGAIN

PART = "minibatches"
# A short last batch, none, one batch in all, a batch that is too large, batches of one; the first is the one to tell of.
SIZES = ((23, 5), (20, 5), (7, 7), (7, 11), (1, 3), (5, 1), (97, 13), (96, 13))


class _OtherTrouble(Exception):
    """The batches are not such that this check can judge them; `list_of_index_arrays` or `every_example_once` says so."""


def _check(judge):
    """Let a check pass over batches that another check complains about."""

    @functools.wraps(judge)
    def property_check(call):
        try:
            return judge(call)
        except _OtherTrouble:
            return None

    return property_check


def _batches(call, n, batch_size, seed):
    """Return the student's batches as lists of whole numbers."""
    found = call(PART, n, batch_size, Seed(seed))
    if _no_batches(found) is not None:
        raise _OtherTrouble
    return [batch.tolist() for batch in found]


def _no_batches(found):
    """Say in which way this is no list of index arrays; None where it is one."""
    import numpy as np

    if isinstance(found, np.ndarray):
        return f"one array of shape {found.shape}, and not a list of arrays"
    if not isinstance(found, (list, tuple)):
        return "None" if found is None else f"no list, but {describe(found)}"
    for place, batch in enumerate(found):
        if isinstance(batch, (list, tuple)):
            return f"a list in which number {place} is a {type(batch).__name__} and no array"
        if not isinstance(batch, np.ndarray) or batch.ndim != 1:
            shape = f"has the shape {batch.shape}" if isinstance(batch, np.ndarray) else "is no array"
            return f"a list in which number {place} {shape}"
        if batch.dtype.kind not in "iu":
            return f"a list in which number {place} is of type {batch.dtype}. Indices are whole numbers"
    return None


def _order(call, n, batch_size, seed):
    """Return one epoch's examples in order, where each is there once."""
    order = [index for batch in _batches(call, n, batch_size, seed) for index in batch]
    if sorted(order) != list(range(n)):
        raise _OtherTrouble
    return order


def list_of_index_arrays(call):
    """Only arrays of shape (B,) that hold whole numbers come back, in a list."""
    for n, batch_size in SIZES:
        wrong = _no_batches(call(PART, n, batch_size, Seed(1)))
        if wrong:
            return Problem(
                PART, f"With n = {n} and batch_size = {batch_size}, what comes back is {wrong}.", "batches"
            )
    return None


@_check
def sizes_of_batches(call):
    """Every batch has batch_size examples but the last, which may be shorter and is never empty."""
    seen = {(n, size): [len(batch) for batch in _batches(call, n, size, 2)] for n, size in SIZES}
    wrong = [given for given in SIZES if seen[given] != _sizes(*given)]
    if not wrong:
        return None
    n, size = wrong[0]
    message = f"With n = {n} and batch_size = {size}, the batches have the sizes {seen[wrong[0]]}. "
    return Problem(PART, f"{message}They should have {_sizes(n, size)}.", "batches", _wrong_sizes(seen))


def _sizes(n, size):
    return [min(size, n - start) for start in range(0, n, size)]


def _evened(n, count):
    """Return the sizes of n examples in so many parts that differ by one at most, the larger ones first."""
    return [n // count + (place < n % count) for place in range(count) if n // count + (place < n % count)]


_KNOWN = {
    "last-dropped": lambda n, size: [size] * (n // size),
    "last-filled-up": lambda n, size: [size] * -(-n // size),
    "empty-batch": lambda n, size: _sizes(n, size) + [0] * (n % size == 0),
    "evened-out": lambda n, size: _evened(n, -(-n // size)),
    "evened-out-larger": lambda n, size: _evened(n, max(n // size, 1)),
    "count-for-size": _evened,
    "one-too-many-in-a-batch": lambda n, size: [min(size + 1, n - start) for start in range(0, n, size)],
    "one-too-few-in-a-batch": lambda n, size: [
        min(max(size - 1, 1), n - start) for start in range(0, n, size)
    ],
    "first-batch-only": lambda n, size: [min(size, n)],
    "batches-overlap": lambda n, size: [min(size, n - start) for start in range(n)],
    "short-batch-first": lambda n, size: _sizes(n, size)[::-1],
    "one-left-out": lambda n, size: [max(min(size, n - 1 - start), 0) for start in range(0, n, size)],
}


def _wrong_sizes(seen):
    for mistake, sizes in _KNOWN.items():
        if all(found == sizes(*given) for given, found in seen.items()):
            return mistake
    return None


@_check
def every_example_once(call):
    """Over one epoch, every index from 0 to n - 1 stands in the batches exactly once."""
    for n, batch_size in SIZES:
        batches = _batches(call, n, batch_size, 3)
        if [len(batch) for batch in batches] != _sizes(n, batch_size):
            return None  # `sizes_of_batches` tells
        order = [index for batch in batches for index in batch]
        if sorted(order) == list(range(n)):
            continue
        message = f"With n = {n} and batch_size = {batch_size}"
        outside = [index for index in order if not 0 <= index < n]
        if outside:
            from_one = sorted(order) == list(range(1, n + 1))
            message += f", there is the index {outside[0]}. The indices go from 0 to {n - 1}."
            return Problem(PART, message, "batches", "counted-from-one" if from_one else None)
        twice = next(index for index in order if order.count(index) > 1)
        absent = next(index for index in range(n) if index not in order)
        message += f", example {twice} comes {order.count(twice)} times, and example {absent} never."
        return Problem(PART, message, "batches", _repeated(call))
    return None


def _repeated(call):
    """Return the mistake by which examples repeat: within batches as well, or only between them.

    A batch of 97 draws without any repetition among 997 has a probability below 0.01 where the draws know nothing of
    each other; ten such batches have one below 1e-19.
    """
    batches = _batches(call, 997, 97, 4)[:10]
    if all(len(set(batch)) == len(batch) for batch in batches):
        return "every-batch-drawn-anew"
    together = any(len(set(batch)) < len(batch) for batch in batches)
    return "with-replacement" if together and len(batches) == 10 else None


@_check
def shuffled(call):
    """In an epoch, neighbours of the data part, and so do those that would share a batch."""
    n, size = 97, 13
    order = _order(call, n, size, 5)
    if order == list(range(n)):
        message = f"With n = {n} and batch_size = {size}, the examples come in the order 0, 1, 2, ... They should be shuffled."
        return Problem(PART, message, "batches", "not-shuffled" if _settled(call) else None)
    # So many k with k + 1 right after it, or right before it: at least 20 with a probability below 2 / 20! < 1e-18.
    for step, word in ((1, "after"), (-1, "before")):
        follow = sum(b - a == step for a, b in itertools.pairwise(order))
        if follow >= 20:
            message = f"With n = {n} and batch_size = {size}, {follow} examples still come right {word} the one that they "
            message += (
                f"{'follow' if step == 1 else 'precede'} in the data. They should be shuffled one by one."
            )
            return Problem(PART, message, "batches", _in_runs(order, size) if step == 1 else None)
    # A batch of 13 consecutive examples: 97 * 97 / (97 choose 13) < 1e-11.
    batches = _batches(call, n, size, 5)
    close = [place for place, batch in enumerate(batches[:-1]) if max(batch) - min(batch) == size - 1]
    if close:
        message = f"With n = {n} and batch_size = {size}, the examples in batch {close[0]} stand next to each other in the "
        message += "data. It should be left to chance which examples share a batch."
        in_place = all(batch[0] // size == place for place, batch in enumerate(batches))
        everywhere = len(close) == len(batches) - 1 and in_place
        return Problem(PART, message, "batches", "shuffled-within-batches" if everywhere else None)
    # A batch of 13 is in order with a probability of 1 / 13!, and the first six are with one below 1e-50.
    if all(batch == sorted(batch) for batch in batches[:6]):
        message = f"With n = {n} and batch_size = {size}, each batch is in ascending order. The order within a batch is left "
        return Problem(PART, message + "to chance as well.", "batches", "sorted-within-batches")
    # One batch in all, and batches of one: in order with a probability of 1 / 97!.
    settled = [other for other in (97, 200, 1) if _order(call, n, other, 5) == list(range(n))]
    if settled:
        message = f"With n = {n} and batch_size = {settled[0]}, the examples come in the order 0, 1, 2, ... They should be "
        message += f"shuffled, as they are with batch_size = {size}."
        return Problem(PART, message, "batches", "one-batch-in-order" if settled == [97, 200] else None)
    return None


def _settled(call):
    """Whether the order is that of the data at every seed."""
    return all(_order(call, 97, 13, seed) == list(range(97)) for seed in (6, 7, 8))


def _in_runs(order, size):
    """Return the mistake that leaves runs of neighbours: the whole rotated, or batches in another order."""
    n = len(order)
    if [(index - order[0]) % n for index in order] == list(range(n)):
        return "rotated-only"
    starts = [index for at, index in enumerate(order) if at == 0 or index != order[at - 1] + 1]
    return "batches-shuffled-only" if all(start % size == 0 for start in starts) else None


@_check
def every_place_as_likely(call):
    """Over many seeds, every example is as often at every place as any other."""
    n, size, times = 5, 3, 125
    counts = [[0] * n for _ in range(n)]
    for seed in range(100, 100 + times):
        for place, index in enumerate(_order(call, n, size, seed)):
            counts[index][place] += 1
    if all(set(row) <= {0, times} for row in counts):
        return None  # always the same order: `randomness_from_rng` tells
    # Chernoff: a share at least as far to one side of 1 / 5 has a probability of at most exp(-times * divergence). 25
    # counts with 2 sides each: 50 * exp(-27) < 1e-10. An example that is never somewhere has 125 * log(5 / 4) = 27.9.
    for index, row in enumerate(counts):
        for place, count in enumerate(row):
            if times * _divergence(count / times, 1 / n) > 27:
                message = f"Over {times} seeds with n = {n}, example {index} is at place {place} {count} times. About "
                message += f"{times / n:.0f} would be right: every order should be as likely as every other."
                return Problem(PART, message, "batches")
    return _every_stretch_as_likely(call)


def _every_stretch_as_likely(call):
    """Say it where some seventh of a long epoch holds more of some seventh of the data than of another.

    A shuffle that swaps each example with any other is off by too little to be seen at five places.
    """
    n, times, parts = 497, 120, 7
    counts = [[0] * parts for _ in range(parts)]
    for seed in range(300, 300 + times):
        for place, index in enumerate(_order(call, n, 71, seed)):
            counts[index * parts // n][place * parts // n] += 1
    # Chernoff, which holds for draws without replacement too (Hoeffding): 49 counts with 2 sides each, of n / 7 draws each
    # time: 98 * exp(-27) < 1e-9.
    drawn = times * n // parts
    for start, row in enumerate(counts):
        for end, count in enumerate(row):
            if drawn * _divergence(count / drawn, 1 / parts) > 27:
                first, last = start * n // parts, (start + 1) * n // parts - 1
                message = (
                    f"Over {times} seeds with n = {n}, the examples {first} to {last} are at the places "
                )
                message += f"{end * n // parts} to {(end + 1) * n // parts - 1} {count} times. About {drawn / parts:.0f} "
                message += "would be right: every order should be as likely as every other. Who swaps examples has to choose "
                message += "among those whose place is not settled yet."
                return Problem(PART, message, "batches")
    return None


def _divergence(share, expected):
    parts = ((share, expected), (1 - share, 1 - expected))
    return sum(seen * math.log(seen / wanted) for seen, wanted in parts if seen > 0)


@_check
def randomness_from_rng(call):
    """All randomness comes from rng: the same seed gives the same batches, another seed gives others."""
    # Two orders of 97 agree with a probability of 1 / 97!.
    first, again, other = (_batches(call, 97, 13, seed) for seed in (9, 9, 10))
    if first != again:
        message = "Two calls with the same n and batch_size and the same seed in rng give different batches."
        return Problem(PART, message, "batches", "own-generator")
    in_order = [index for batch in first for index in batch] == sorted(
        index for batch in first for index in batch
    )
    if first == other and not in_order:
        message = "Two calls with different seeds in rng give the same batches."
        return Problem(PART, message, "batches", "fixed-seed")
    epochs = call("twice", PART, 97, 13, Seed(9))
    if first != other and all(_no_batches(epoch) is None for epoch in epochs):
        one, next_one = ([batch.tolist() for batch in epoch] for epoch in epochs)
        if one == next_one:
            return Problem(PART, SAME_AGAIN, "batches", "rng-copied")
    return None


PROPERTIES = (
    list_of_index_arrays,
    sizes_of_batches,
    every_example_once,
    shuffled,
    every_place_as_likely,
    randomness_from_rng,
)
