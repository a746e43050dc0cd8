"""What initial weights must satisfy whichever way they are drawn, and by which signs a known mistake shows itself.

A check judges with draws from fixed seeds, so the same code always gets the same verdict. Honest weights fail one of
them with a probability below 1e-9; the bound stands beside each check. Nothing is assumed about how much of `rng` is
used, and in which order.
"""

import functools
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bpkit.course.spec import Problem, Seed, describe
from bpkit.course.specs._again import SAME_AGAIN

# Wide, tall, and nearly square, so that the two fans are told apart, and their sum from twice one of them.
SHAPES = ((41, 503), (503, 41), (211, 199))


class _OtherTrouble(Exception):
    """The weights are not such that this check can judge them; `array_of_weights` says so."""


def uniform(limit):
    """Return the probability of being below x, for numbers drawn evenly from [-limit, limit)."""
    import numpy as np

    return lambda x: np.clip((x / limit + 1) / 2, 0.0, 1.0)


def normal(std, mean=0.0):
    """Return the probability of being below x, for normal numbers."""
    import numpy as np

    error = np.vectorize(math.erf, otypes=[float])
    return lambda x: (1 + error((x - mean) / (std * math.sqrt(2)))) / 2


def shifted(limit, low):
    """Return the probability of being below x, for numbers drawn evenly from [low, limit)."""
    import numpy as np

    return lambda x: np.clip((x - low) / (limit - low), 0.0, 1.0)


def _check(judge):
    """Let a check pass over weights that another check complains about."""

    @functools.wraps(judge)
    def property_check(self, call):
        try:
            return judge(self, call)
        except _OtherTrouble:
            return None

    return property_check


class Initialisation(NamedTuple):
    """The checks of one function that draws weights.

    law: `law(fan_in, fan_out)` gives the probability of a weight to be below x, as `uniform` or `normal` does.
    spread: `spread(fan_in, fan_out)` gives the standard deviation.
    known: known mistake -> the law by which its weights are drawn.
    words: what the weights should be, with {} for the number that `spread` gives.
    """

    function: str
    law: Callable[..., Any]
    spread: Callable[..., Any]
    known: Mapping[str, Callable[..., Any]]
    words: str

    @property
    def properties(self):
        """All checks, in order."""
        return (
            self.array_of_weights,
            self.one_weight,
            self.spread_by_fans,
            self.law_of_the_weights,
            self.each_by_itself,
            self.randomness_from_rng,
        )

    def array_of_weights(self, call):
        """Make sure that the weights are an array (fan_in, fan_out) of float64, without NaN or infinity."""
        for shape in (*SHAPES, (1, 3), (7, 1), (1, 1)):
            W = call(self.function, *shape, Seed(1))
            wrong = _misshapen(W, shape)
            if wrong:
                transposed = getattr(W, "shape", None) == shape[::-1]
                message = f"{_fans(*shape)}, what comes back is {wrong}."
                return Problem(self.function, message, "W", "transposed" if transposed else None)
        return None

    def one_weight(self, call):
        """Draw a layer of one weight: it is drawn like any other, and no mean or spread is taken of it."""
        drawn = [call(self.function, 1, 1, Seed(seed)) for seed in range(6, 36)]
        if any(_misshapen(W, (1, 1)) for W in drawn):
            return None
        # That 30 honest draws are all below 0.006 times the spread has a probability below 1e-65; that their mean square is
        # above 100 times its own, one below 1e-300.
        size = math.sqrt(sum(float(W[0, 0]) ** 2 for W in drawn) / len(drawn)) / self.spread(1, 1)
        if 1e-3 < size < 10:
            return None
        if _alike(self._draw(call, SHAPES[0], 6)) or self.spread_by_fans(call):
            return None  # others tell
        message = f"{_fans(1, 1)}, the one weight is {float(drawn[0][0, 0]):.4g}. It is drawn like any other: its spread follows "
        return Problem(
            self.function, f"{message}from the fans alone, and not from the numbers that were drawn.", "W"
        )

    @_check
    def spread_by_fans(self, call):
        """Measure the spread of the weights: it follows from fan_in and fan_out."""
        for shape in SHAPES:
            W = self._draw(call, shape, 1)
            if _alike(W):
                return None  # `each_by_itself` tells
            wanted = self.spread(*shape)
            # Of n weights, the mean square over the wanted one deviates from 1 by more than 2 sqrt(24 / n) + 48 / n
            # with a probability of at most 2 exp(-24) a shape (Laurent and Massart, for normal numbers; by Bernstein's
            # inequality it is less for uniform ones, whose squares vary less and are bounded): 6 exp(-24) < 1e-9.
            off = (W**2).mean() / wanted**2 - 1
            if abs(off) > 2 * math.sqrt(24 / W.size) + 48 / W.size:
                message = f"{_fans(*shape)}, the root of the mean square of the weights is {math.sqrt((W**2).mean()):.4g}. "
                return Problem(
                    self.function, message + self.words.format(f"{wanted:.4g}"), "W", self._known(call)
                )
        return None

    @_check
    def law_of_the_weights(self, call):
        """Hold the weights against the law that they should follow."""
        if self.spread_by_fans(call):
            return None  # it tells itself
        for shape in SHAPES:
            W = self._draw(call, shape, 2)
            if not _alike(W) and not _follows(W, self.law(*shape)):
                message = (
                    f"{_fans(*shape)}, the weights are spread as widely as they should be, but lie between "
                )
                message += f"{W.min():.4g} and {W.max():.4g} in another way. "
                message += self.words.format(f"{self.spread(*shape):.4g}")
                return Problem(self.function, message, "W", self._known(call))
        return self._far_out(call)

    def _far_out(self, call):
        """Say it where too few or too many weights are far from 0: the law's ends hold too little to show in the whole."""
        for shape in SHAPES:
            W = self._draw(call, shape, 2)
            for times in (2.5, 3.0):
                end = times * self.spread(*shape)
                far, wanted = (
                    int((abs(W) > end).sum()),
                    1 - float(self.law(*shape)(end) - self.law(*shape)(-end)),
                )
                # Chernoff: 6 shares with 2 sides each: 12 exp(-25) < 1e-9.
                if not _alike(W) and W.size * _divergence(far / W.size, wanted) > 25:
                    message = f"{_fans(*shape)}, {far} of {W.size} weights are further from 0 than {times} standard deviations. "
                    message += f"About {wanted * W.size:.0f} would be right."
                    return Problem(self.function, message, "W", "cut-off" if far == 0 else None)
        return None

    @_check
    def each_by_itself(self, call):
        """Compare rows, columns and single weights: every one is drawn by itself."""
        import numpy as np

        for shape in SHAPES:
            W = self._draw(call, shape, 3)
            if W.min() == W.max():
                mistake = "one-number-for-all" if W.any() else "all-zero"
                return Problem(
                    self.function, f"{_fans(*shape)}, all weights are {W[0, 0]:.4g}.", "W", mistake
                )
            # Two honest weights agree with a probability below 1e-14, and all 41 or more of two rows never do.
            for part, name, mistake in (
                (W, "rows", "one-row-for-all"),
                (W.T, "columns", "one-column-for-all"),
            ):
                different = _different(part)
                if different < len(part):
                    message = f"{_fans(*shape)}, {len(part)} {name} have only {different} different ones between them, but for "
                    message += "the sign. Every weight needs a draw of its own."
                    return Problem(self.function, message, "W", mistake if different == 1 else None)
            # Of the 2**24 numbers that a float32 between 0 and 1 can be, 20989 honest draws hit a few twice.
            values = len(np.unique(W))
            if values < W.size / 2:
                message = f"{_fans(*shape)}, {W.size} weights have only {values} different values. Drawn one by one, from all "
                message += "numbers in question, hardly any two are equal."
                return Problem(self.function, message, "W")
        return None

    @_check
    def randomness_from_rng(self, call):
        """Compare seeds: the same one gives the same weights, another one gives others."""
        first, again, other = (self._draw(call, SHAPES[0], seed) for seed in (4, 4, 5))
        if (first != again).any():
            message = "Two calls with the same fans and the same seed in rng give different weights."
            return Problem(self.function, message, "W", "own-generator")
        if (first == other).all() and first.min() < first.max():
            message = "Two calls with different seeds in rng give the same weights."
            return Problem(self.function, message, "W", "fixed-seed")
        one, next_one = call("twice", self.function, 7, 11, Seed(4))
        if (first != other).any() and (one == next_one).all():
            return Problem(self.function, SAME_AGAIN, "W", "rng-copied")
        return None

    def _draw(self, call, shape, seed):
        W = call(self.function, *shape, Seed(seed))
        if _misshapen(W, shape):
            raise _OtherTrouble
        return W

    def _known(self, call):
        """Return the first known mistake as which the weights of all shapes look."""
        drawn = [(shape, self._draw(call, shape, 1)) for shape in SHAPES]
        for mistake, law in self.known.items():
            if all(_follows(W, law(*shape)) for shape, W in drawn):
                return mistake
        return None


def _fans(fan_in, fan_out):
    return f"With fan_in = {fan_in} and fan_out = {fan_out}"


def _misshapen(W, shape):
    """Say in which way this is no array of weights; None where it is one."""
    import numpy as np

    if not isinstance(W, np.ndarray):
        return "None" if W is None else f"no array, but {describe(W)}"
    if W.shape != shape:
        return f"an array of shape {W.shape}. It should be {shape}"
    if W.dtype != np.float64:
        return f"an array of type {W.dtype}. It should be float64"
    return None if np.isfinite(W).all() else "an array with NaN or infinity in it"


def _different(rows):
    """Return how many different rows there are, but for the sign."""
    import numpy as np

    return len(np.unique(rows * np.where(rows[:, :1] < 0, -1.0, 1.0), axis=0))


def _alike(W):
    """Whether rows or columns repeat, so that there are fewer draws than weights."""
    return any(_different(part) < len(part) for part in (W, W.T))


def _divergence(share, expected):
    parts = ((share, expected), (1 - share, 1 - expected))
    return sum(seen * math.log(seen / wanted) if wanted else math.inf for seen, wanted in parts if seen > 0)


def _follows(W, law):
    """Whether numbers may be drawn by a law; of honest ones, less than 1 in 1e10 is not let through.

    Dvoretzky, Kiefer and Wolfowitz: of n numbers, the share below x is anywhere further than t from its probability
    with a probability of at most 2 exp(-2 n t**2), which is 2 exp(-50) < 1e-20 here.
    """
    import numpy as np

    below = law(np.sort(W.ravel()))
    steps = np.arange(W.size + 1) / W.size
    return bool(max((steps[1:] - below).max(), (below - steps[:-1]).max()) <= 5 / math.sqrt(W.size))
