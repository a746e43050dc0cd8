import functools
import numpy as np


def noisy(f):
    def wrapper(*args, **kwargs):
        print(f.__name__, [np.shape(v) for v in args])
        return f(*args, **kwargs)
    return wrapper


@noisy
def tanh_forward(z):
    a = np.tanh(z)
    return a, a


@noisy
def tanh_backward(da, cache):
    return da - da * cache * cache


if __name__ == "__main__":
    a, c = tanh_forward(np.array([0.0, 1000.0]))
    assert a[1] == 1, a
