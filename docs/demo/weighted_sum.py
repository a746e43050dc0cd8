"""A right answer, for `make demo`."""


def weighted_sum_forward(x, w, b):
    z = sum(x_d * w_d for x_d, w_d in zip(x, w)) + b
    return z, (x, w)


def weighted_sum_backward(dz, cache):
    x, w = cache
    return dz * w, dz * x, dz
