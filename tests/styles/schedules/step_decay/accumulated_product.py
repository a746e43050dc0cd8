import math
from fractions import Fraction
from itertools import accumulate, repeat, takewhile
from operator import mul


def drops(step: int, size: int) -> int:
    return sum(1 for _ in takewhile(lambda s: s <= step, range(size, step + size + 1, size)))


def step_decay(step: int, lr: float, step_size: int, gamma: float = 0.1) -> float:
    k = drops(step, step_size)
    assert k == math.floor(Fraction(step, step_size))
    *_, rate = accumulate(repeat(gamma, k), mul, initial=lr)
    return rate
