import numpy as np

E = lambda f, *a: np.einsum(f, *a, optimize="greedy")


def multi_head_forward(x, Wq, Wk, Wv, Wo, heads, causal=False):
    N, T, D = x.shape
    d = D // heads
    Q, K, V = (W.reshape(D, heads, d) for W in (Wq, Wk, Wv))
    O = Wo.reshape(heads, d, D)
    S = E("nta,ahi,bhi,nsb->nhts", x, Q, K, x) / d ** .5
    if causal:
        S = np.where(np.arange(T)[:, None] >= np.arange(T), S, -np.inf)
    p = np.exp(S - np.logaddexp.reduce(S, axis=-1, keepdims=True))
    return E("nhts,nsb,bhi,hic->ntc", p, x, V, O), dict(x=x, Q=Q, K=K, V=V, O=O, p=p)


def multi_head_backward(dy, cache):
    x, Q, K, V, O, p = cache.values()
    D, heads, d = Q.shape
    dp = E("ntc,nsb,bhi,hic->nhts", dy, x, V, O)
    dS = p * (dp - E("nhts,nhts->nht", p, dp)[..., None]) / d ** .5
    A = E("ahi,bhi->hab", Q, K)
    dx = (E("nhts,hab,nsb->nta", dS, A, x) + E("nhts,hab,nta->nsb", dS, A, x)
          + E("ntc,nhts,bhi,hic->nsb", dy, p, V, O))
    dQ = E("nhts,nta,bhi,nsb->ahi", dS, x, K, x)
    dK = E("nhts,nta,ahi,nsb->bhi", dS, x, Q, x)
    dV = E("ntc,nhts,nsb,hic->bhi", dy, p, x, O)
    dO = E("ntc,nhts,nsb,bhi->hic", dy, p, x, V)
    return [dx] + [g.reshape(D, D) for g in (dQ, dK, dV, dO)]
