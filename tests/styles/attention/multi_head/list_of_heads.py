import numpy as np


class Head:
    def __init__(self, x, Wq, Wk, Wv, causal):
        self.x, self.W = x, (Wq, Wk, Wv)
        self.q, self.k, self.v = x @ Wq, x @ Wk, x @ Wv
        T, d = self.q.shape[1:]
        s = self.q @ np.swapaxes(self.k, 1, 2) / np.sqrt(d)
        if causal:
            s += np.triu(np.full((T, T), -np.inf), k=1)
        s -= s.max(axis=-1, keepdims=True)
        e = np.exp(s)
        self.p = e / e.sum(axis=-1, keepdims=True)
        self.found = self.p @ self.v

    def backward(self, df):
        dp = df @ np.swapaxes(self.v, 1, 2)
        ds = self.p * (dp - (df * self.found).sum(-1, keepdims=True)) / np.sqrt(self.q.shape[-1])
        parts = ds @ self.k, np.swapaxes(ds, 1, 2) @ self.q, np.swapaxes(self.p, 1, 2) @ df
        dx = sum(d @ W.T for d, W in zip(parts, self.W))
        return dx, [np.tensordot(self.x, d, axes=([0, 1], [0, 1])) for d in parts]


def multi_head_forward(x, Wq, Wk, Wv, Wo, heads, causal=False):
    cut = lambda W: np.split(W, heads, axis=1)
    hs = [Head(x, a, b, c, causal) for a, b, c in zip(cut(Wq), cut(Wk), cut(Wv))]
    # y = sum over the heads of found_h times its own rows of Wo
    y = sum(h.found @ O for h, O in zip(hs, np.split(Wo, heads)))
    return y, (hs, Wo)


def multi_head_backward(dy, cache):
    hs, Wo = cache
    dx, dWs, dWo = 0, [], []
    for h, O in zip(hs, np.split(Wo, len(hs))):
        more, dW = h.backward(dy @ O.T)
        dx = dx + more
        dWs.append(dW)
        dWo.append(np.tensordot(h.found, dy, axes=((0, 1), (0, 1))))
    dWq, dWk, dWv = (np.hstack(d) for d in zip(*dWs))
    return dx, dWq, dWk, dWv, np.vstack(dWo)
