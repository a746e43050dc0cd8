import math
import numpy as np


def scaled_dot_product_forward(q, k, v, causal=False):
    """one query at a time; only the keys that it may see are ever touched"""
    N, T, D = q.shape
    y = np.zeros((N, T, D))
    shares = {}
    for n in range(N):
        for t in range(T):
            end = t + 1 if causal else T
            s = [sum(q[n, t] * k[n, u]) / math.sqrt(D) for u in range(end)]
            top = max(s)
            e = [math.exp(a - top) for a in s]
            total = sum(e)
            shares[n, t] = p = [a / total for a in e]
            for u in range(end):
                y[n, t] += p[u] * v[n, u]
    return y, (q, k, v, shares)


def scaled_dot_product_backward(dy, cache):
    q, k, v, shares = cache
    r = math.sqrt(q.shape[-1])
    dq, dk, dv = np.zeros_like(q), np.zeros_like(k), np.zeros_like(v)
    for (n, t), p in shares.items():
        dp = [float(dy[n, t] @ v[n, u]) for u in range(len(p))]
        mean = sum(a * b for a, b in zip(p, dp))
        for u, (a, b) in enumerate(zip(p, dp)):
            ds = a * (b - mean) / r
            dv[n, u] += a * dy[n, t]
            dq[n, t] += ds * k[n, u]
            dk[n, u] += ds * q[n, t]
    return dq, dk, dv
