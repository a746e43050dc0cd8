"""A tape of Nodes: every operation knows its own way back; shortcuts need no thought at all."""
import math
import numpy as np


class Node:
    def __init__(self, value, *parents):
        self.value, self.parents, self.grad = value, parents, np.zeros(np.shape(value))


def add(a, b): return Node(a.value + b.value, (a, lambda g: g), (b, lambda g: g))


def mul(a, b): return Node(a.value * b.value, (a, lambda g: g * b.value), (b, lambda g: g * a.value))


def ein(f, a, b):
    (i, j), o = f.split("->")[0].split(","), f.split("->")[1]
    return Node(np.einsum(f, a.value, b.value), (a, lambda g: np.einsum(f"{o},{j}->{i}", g, b.value)),
                (b, lambda g: np.einsum(f"{o},{i}->{j}", g, a.value)))


def plain(a, y, back): return Node(y, (a, back))


def spread(u):
    c = u.value - u.value.mean(-1, keepdims=True)
    r = (np.square(c).mean(-1, keepdims=True) + 1e-5) ** -0.5
    h = c * r
    return plain(u, h, lambda g: r * (g - g.mean(-1, keepdims=True) - h * (g * h).mean(-1, keepdims=True)))


def softmax(s):
    p = np.exp(s.value - s.value.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return plain(s, p, lambda g: p * (g - (g * p).sum(-1, keepdims=True)))


def gelu(z):
    a, c = z.value, math.sqrt(2 / math.pi)
    t = np.tanh(c * (a + 0.044715 * a ** 3))
    return plain(z, a / 2 * (1 + t), lambda g: g * ((1 + t) / 2 + a / 2 * (1 - t * t) * c * (1 + 3 * 0.044715 * a * a)))


def transformer_block_forward(x, params, heads, causal=True):
    D, T = x.shape[-1], x.shape[1]
    P, X = {name: Node(w) for name, w in params.items()}, Node(x)
    norm = lambda u, i: add(mul(spread(u), to_rows_as(P["gamma" + i], u)), to_rows_as(P["beta" + i], u))
    a, w = norm(X, "1"), D // heads
    cut = lambda v: plain(v, v.value.reshape(D, heads, w), lambda g: g.reshape(D, D))
    q, k, v = (ein("nta,ahi->nhti", a, cut(P[name])) for name in ("Wq", "Wk", "Wv"))
    s = ein("nhti,nhsi->nhts", q, k)
    seen = np.tri(T, dtype=bool) | (not causal)
    p = softmax(plain(s, np.where(seen, s.value / math.sqrt(w), -np.inf), lambda g: g / math.sqrt(w)))
    O = plain(P["Wo"], P["Wo"].value.reshape(heads, w, D), lambda g: g.reshape(D, D))
    x1 = add(X, ein("nhti,hic->ntc", ein("nhts,nhsi->nhti", p, v), O))
    z = ein("ntc,cf->ntf", norm(x1, "2"), P["W1"])
    r = ein("ntf,fc->ntc", gelu(add(z, to_rows_as(P["b1"], z))), P["W2"])
    y = add(x1, add(r, to_rows_as(P["b2"], r)))
    return y.value, (X, P, y)


def to_rows_as(v, like):
    return Node(np.broadcast_to(v.value, like.value.shape), (v, lambda g: g.reshape(-1, v.value.size).sum(0)))


def transformer_block_backward(dy, cache):
    X, P, y = cache
    order, seen = [], set()

    def visit(n):
        if id(n) not in seen:
            seen.add(id(n))
            for parent, _ in n.parents:
                visit(parent)
            order.append(n)

    visit(y)
    for n in order:
        n.grad = np.zeros(n.value.shape)
    y.grad = dy
    for n in reversed(order):
        for parent, back in n.parents:
            parent.grad = parent.grad + back(n.grad)
    return X.grad, {name: n.grad for name, n in P.items()}
