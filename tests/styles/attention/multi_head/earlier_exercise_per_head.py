import numpy as np
from attention.scaled_dot_product import scaled_dot_product_backward as attend_back
from attention.scaled_dot_product import scaled_dot_product_forward as attend


def multi_head_forward(x, Wq, Wk, Wv, Wo, heads, causal=False):
    w = x.shape[-1] // heads
    q, k, v = x @ Wq, x @ Wk, x @ Wv
    found, caches = np.empty_like(q), []
    for h in range(heads):
        mine = np.s_[:, :, h * w:(h + 1) * w]
        found[mine], c = attend(q[mine], k[mine], v[mine], causal)
        caches.append((mine, c))
    return found @ Wo, (caches, found, x, Wq, Wk, Wv, Wo)


def multi_head_backward(dy, cache):
    caches, found, x, *W = cache
    weight = lambda a, g: sum(a[n].T @ g[n] for n in range(len(a)))
    dfound = dy @ W[3].T
    dqkv = np.empty((3,) + found.shape)
    for mine, c in caches:
        for into, part in zip(dqkv, attend_back(dfound[mine], c)):
            into[mine] = part
    dx = np.add.reduce([g @ w.T for g, w in zip(dqkv, W)])
    return (dx, *(weight(x, g) for g in dqkv), weight(found, dy))
