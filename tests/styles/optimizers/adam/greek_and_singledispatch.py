from functools import singledispatch
from types import SimpleNamespace

import numpy as np


@singledispatch
def wurzel(x):
    return x**0.5


@wurzel.register
def _(x: np.ndarray):
    return np.exp2(0.5 * np.log2(x, out=np.full_like(x, -np.inf), where=x > 0))


def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    α, ε, β1, β2 = lr, eps, beta1, beta2
    s = SimpleNamespace(θ=w, m=m, v=v)
    s.m = dw + β1 * (m - dw)  # to m from the other end
    s.v = β2 * v + (dw - β2 * dw) * dw
    m̂, v̂ = s.m / (1 - pow(β1, t)), s.v / (1 - pow(β2, t))
    s.θ = s.θ - α * m̂ / (wurzel(np.asarray(v̂)) + ε)
    return s.θ, s.m, s.v
