from itertools import cycle, islice


def one_cycle(lo, hi, h):
    d = (hi - lo) / h
    yield from (lo + d * k for k in range(h))
    yield from (hi - d * k for k in range(h))


def cyclical(step, lr_min, lr_max, half_cycle):
    return next(islice(cycle(one_cycle(lr_min, lr_max, half_cycle)), step, None))
