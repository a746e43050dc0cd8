import numpy as np


def forward(x, p):
    h = np.maximum(x @ p["W1"] + p["b1"], 0)
    return h, h @ p["W2"] + p["b2"]


def memorize(x, labels, rng):
    D, H, C = x.shape[1], 128, 10
    p = {"W1": rng.normal(0, np.sqrt(2 / D), (D, H)), "b1": np.zeros(H),
         "W2": rng.normal(0, np.sqrt(2 / H), (H, C)), "b2": np.zeros(C)}
    m = {k: np.zeros_like(a) for k, a in p.items()}
    v = {k: np.zeros_like(a) for k, a in p.items()}
    right = np.eye(C)[labels]
    for t in range(1, 5001):
        h, z = forward(x, p)
        if (z.argmax(1) == labels).all():
            break
        e = np.exp(z - z.max(1, keepdims=True))
        d = (e / e.sum(1, keepdims=True) - right) / len(x)
        dh = d @ p["W2"].T * (h > 0)
        g = {"W1": x.T @ dh, "b1": dh.sum(0), "W2": h.T @ d, "b2": d.sum(0)}
        for k in p:
            m[k] = 0.9 * m[k] + 0.1 * g[k]
            v[k] = 0.999 * v[k] + 0.001 * g[k] ** 2
            p[k] = p[k] - 0.01 * (m[k] / (1 - 0.9 ** t)) / (np.sqrt(v[k] / (1 - 0.999 ** t)) + 1e-8)
    return p


def predict_memorized(x, params):
    return forward(x, params)[1].argmax(axis=1)
