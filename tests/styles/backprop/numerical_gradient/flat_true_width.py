import numpy as np


def central(f, x, work, k, eps):
    v = x.flat[k]
    work.flat[k] = up = v + eps
    y1 = f(work)
    work.flat[k] = down = v - eps
    y0 = f(work)
    work.flat[k] = v
    # the way that was really gone, after rounding
    return (y1 - y0) / (up - down)


def numerical_gradient(f, x, eps=1e-5):
    work = np.array(x, order="C")
    g = map(lambda k: central(f, x, work, k, eps), range(x.size))
    return np.fromiter(g, dtype=np.float64, count=x.size).reshape(np.shape(x))
