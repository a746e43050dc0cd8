import numpy as np


def multi_head_forward(x, Wq, Wk, Wv, Wo, heads, causal=False):
    N, T, D = x.shape
    W3 = np.concatenate((Wq, Wk, Wv), axis=1)                       # (D, 3D)
    qkv = np.dot(x, W3).reshape(N, T, 3, heads, D // heads).transpose(2, 0, 3, 1, 4)
    q, k, v = qkv.reshape(3, N * heads, T, D // heads)              # heads are more examples
    s = np.matmul(q, k.swapaxes(-1, -2))
    s /= np.sqrt(D / heads)
    if causal:
        s[:, np.triu_indices(T, 1)[0], np.triu_indices(T, 1)[1]] = -np.inf
    s -= np.max(s, -1, keepdims=True)
    np.exp(s, out=s)
    s /= np.sum(s, -1, keepdims=True)
    found = np.matmul(s, v).reshape(N, heads, T, -1).swapaxes(1, 2).reshape(N, T, D)
    return np.dot(found, Wo), (x, W3, Wo, q, k, v, s, found, heads)


def multi_head_backward(dy, cache):
    x, W3, Wo, q, k, v, p, found, heads = cache
    N, T, D = x.shape
    two = lambda a: a.reshape(N * T, -1)
    df = np.dot(dy, Wo.T).reshape(N, T, heads, -1).swapaxes(1, 2).reshape(v.shape)
    dp = np.matmul(df, v.swapaxes(-1, -2))
    ds = dp * p
    ds -= p * ds.sum(-1, keepdims=True)
    ds /= np.sqrt(D / heads)
    d3 = np.stack([np.matmul(ds, k), np.matmul(ds.swapaxes(-1, -2), q), np.matmul(p.swapaxes(-1, -2), df)])
    d3 = d3.reshape(3, N, heads, T, -1).transpose(1, 3, 0, 2, 4).reshape(N, T, 3 * D)
    dWq, dWk, dWv = np.split(np.dot(two(x).T, two(d3)), 3, axis=1)
    return np.dot(d3, W3.T), dWq, dWk, dWv, np.dot(two(found).T, two(dy))
