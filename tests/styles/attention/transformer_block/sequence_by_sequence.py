# один пример за другим: (T, D) матрицы, всё заново на обратном пути
import numpy as np


def norm(u, gamma, beta):
    m = u.mean(1)[:, None]; s = np.sqrt(((u - m) ** 2).mean(1)[:, None] + 1e-5); h = (u - m) / s
    return h * gamma + beta, (h, s, gamma)


def norm_back(g, saved):
    h, s, gamma = saved; d = g * gamma
    return (d - d.mean(1)[:, None] - h * (d * h).mean(1)[:, None]) / s, (g * h).sum(0), g.sum(0)


def tanh_part(z):
    c = (2 / np.pi) ** 0.5; t = np.tanh(c * (z + 0.044715 * z * z * z)); return c, t


def run(x, P, heads, causal):
    T, D = x.shape; w = D // heads
    a, n1 = norm(x, P["gamma1"], P["beta1"])
    qkv = [a @ P[name] for name in ("Wq", "Wk", "Wv")]; found = np.zeros((T, D)); ps = []
    for h in range(heads):
        q, k, v = (m[:, h * w:h * w + w] for m in qkv); s = q @ k.T / w ** 0.5
        if causal:
            for t in range(T): s[t, t + 1:] = float("-inf")
        e = np.exp(s - s.max(1)[:, None]); ps.append(e / e.sum(1)[:, None]); found[:, h * w:h * w + w] = ps[-1] @ v
    x1 = x + found @ P["Wo"]
    u, n2 = norm(x1, P["gamma2"], P["beta2"])
    z = u @ P["W1"] + P["b1"]; c, t = tanh_part(z); g = 0.5 * z * (1 + t)
    return x1 + g @ P["W2"] + P["b2"], (a, n1, qkv, ps, found, u, n2, z, c, t, g)


def transformer_block_forward(x, params, heads, causal=True):
    P = dict(params)
    return np.stack([run(xi, P, heads, causal)[0] for xi in x]), (x, P, heads, causal)


def transformer_block_backward(dy, cache):
    x, P, heads, causal = cache; w = x.shape[2] // heads
    grads = {name: np.zeros_like(p) for name, p in P.items()}; dx = np.zeros_like(x)
    for n in range(len(x)):
        a, n1, qkv, ps, found, u, n2, z, c, t, g = run(x[n], P, heads, causal)[1]; G = {}
        G["W2"] = g.T @ dy[n]; G["b2"] = dy[n].sum(0)
        dz = dy[n] @ P["W2"].T * (0.5 * (1 + t) + 0.5 * z * (1 - t ** 2) * c * (1 + 0.134145 * z * z))
        G["W1"] = u.T @ dz; G["b1"] = dz.sum(0)
        back, G["gamma2"], G["beta2"] = norm_back(dz @ P["W1"].T, n2); dx1 = dy[n] + back
        G["Wo"] = found.T @ dx1; df = dx1 @ P["Wo"].T; d = [np.zeros_like(m) for m in qkv]
        for h, p in enumerate(ps):
            cols = slice(h * w, h * w + w); q, k, v = (m[:, cols] for m in qkv)
            dp = df[:, cols] @ v.T; ds = p * (dp - (p * dp).sum(1)[:, None]) / w ** 0.5
            d[0][:, cols] = ds @ k; d[1][:, cols] = ds.T @ q; d[2][:, cols] = p.T @ df[:, cols]
        for name, m in zip(("Wq", "Wk", "Wv"), d): G[name] = a.T @ m
        back, G["gamma1"], G["beta1"] = norm_back(sum(m @ P[k].T for m, k in zip(d, ("Wq", "Wk", "Wv"))), n1)
        dx[n] = dx1 + back
        for name in grads: grads[name] += G[name]
    return dx, grads
