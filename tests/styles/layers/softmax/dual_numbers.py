"""forward mode: exact derivatives, no differences"""
import numpy as np
class Dual:
    def __init__(s, v, d): s.v, s.d = v, d
def softmax_forward(z):
    return _run(Dual(z, np.zeros_like(z))).v, z
def _run(x):
    e = np.exp(x.v - x.v.max(-1, keepdims=True)); de = e * x.d
    s, ds = e.sum(-1, keepdims=True), de.sum(-1, keepdims=True)
    return Dual(e / s, de / s - e * ds / s ** 2)
def softmax_backward(dp, cache):
    dz = np.zeros_like(cache)
    for i in range(cache.shape[-1]):
        seed = np.zeros_like(cache); seed[..., i] = 1
        dz[..., i] = (dp * _run(Dual(cache, seed)).d).sum(-1)
    return dz
