import numpy as np
from collections import OrderedDict
from functools import partial

FOUR = ("Wq", "Wk", "Wv", "Wo")


def linear(P, W, b, x):
    y = np.tensordot(x, P[W], 1) + P[b]
    return y, lambda g: (g @ P[W].T, {W: np.einsum("ntd,ntf->df", x, g), b: g.sum((0, 1))})


def norm(P, gamma, beta, u):
    sd = np.sqrt(u.var(-1) + 1e-5)[..., None]
    h = (u - u.mean(-1)[..., None]) / sd

    def back(g):
        d = g * P[gamma]
        d = d - d.mean(-1, keepdims=True) - h * np.mean(d * h, -1, keepdims=True)
        return d / sd, {gamma: (g * h).sum((0, 1)), beta: g.sum((0, 1))}
    return h * P[gamma] + P[beta], back


def gelu(z):
    """z * sigmoid(2 k): the same function, as tanh(k) = 2 sigmoid(2 k) - 1"""
    c = np.sqrt(8 / np.pi)
    s = np.exp(-np.logaddexp(0, -c * (z + 0.044715 * z ** 3)))
    return z * s, lambda g: (g * (s + z * s * (1 - s) * c * (1 + 0.134145 * z ** 2)), {})


def attention(P, heads, causal, a):
    split = lambda m: np.stack(np.array_split(m, heads, axis=-1))           # (heads, N, T, d)
    join = lambda m: np.concatenate(list(m), axis=-1)
    q, k, v = (split(a @ P[W]) for W in FOUR[:3])
    s = np.einsum("hntd,hnsd->hnts", q, k) * (scale := q.shape[-1] ** -0.5)
    T = s.shape[-1]
    s = np.where(np.greater.outer(range(T), range(-1, T - 1)) if causal else True, s, -1e300)
    p = np.exp(s - s.max(-1, keepdims=True))
    p = p / p.sum(-1, keepdims=True)
    found = join(p @ v)

    def back(g):
        df = split(g @ P["Wo"].T)
        dp = np.einsum("hntd,hnsd->hnts", df, v)
        ds = scale * p * (dp - (p * dp).sum(-1, keepdims=True))
        parts = join(ds @ k), join(np.swapaxes(ds, 2, 3) @ q), join(np.swapaxes(p, 2, 3) @ df)
        grads = {W: np.einsum("nta,ntb->ab", a, d) for W, d in zip(FOUR, parts)}
        return sum(d @ P[W].T for W, d in zip(FOUR, parts)), grads | {"Wo": np.einsum("nta,ntb->ab", found, g)}
    return found @ P["Wo"], back


def shortcut(*layers):
    def forward(x):
        y, backs = x, []
        for layer in layers:
            y, b = layer(y)
            backs.insert(0, b)

        def back(g):
            d, grads = g, {}
            for b in backs:
                d, more = b(d)
                grads.update(more)
            return g + d, grads
        return x + y, back
    return forward


def transformer_block_forward(x, params, heads, causal=True):
    P = params
    first = shortcut(partial(norm, P, "gamma1", "beta1"), partial(attention, P, heads, causal))
    second = shortcut(partial(norm, P, "gamma2", "beta2"), partial(linear, P, "W1", "b1"), gelu, partial(linear, P, "W2", "b2"))
    x1, b1 = first(x)
    y, b2 = second(x1)
    return y, [b2, b1]


def transformer_block_backward(dy, cache):
    d, grads = dy, OrderedDict()
    for back in cache:
        d, more = back(d)
        grads.update(more)
    return d, grads
