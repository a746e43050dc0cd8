from numpy import *


def adagrad_step(w, dw, square_sum, lr, eps=1e-10):
    w, g, s = (asarray(a, dtype=longdouble) for a in (w, dw, square_sum))
    s = s + power(g, 2)
    step = divide(g, add(sqrt(s), eps))
    return (w - lr * step).astype(float64), s.astype(float64)
