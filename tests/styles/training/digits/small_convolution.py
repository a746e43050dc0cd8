"""3 by 3 filters and a pooling written as slices: what a student does who has liked the chapter on images."""
import numpy as np


def patches(x):
    img = np.pad(x.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    return np.stack([img[:, i:i + 8, j:j + 8] for i in range(3) for j in range(3)], axis=-1)   # (N, 8, 8, 9)


def forward(x, p):
    col = patches(x)
    a = np.maximum(col @ p["K"] + p["k"], 0)                              # (N, 8, 8, F)
    pooled = a.reshape(len(x), 4, 2, 4, 2, -1).mean(axis=(2, 4))          # averages are enough
    flat = pooled.reshape(len(x), -1)
    return col, a, flat, flat @ p["W"] + p["b"]


def train_digits(x, y, x_val, y_val, rng):
    F = 12
    p = {"K": rng.normal(0, 0.4, (9, F)), "k": np.zeros(F), "W": rng.normal(0, 0.1, (16 * F, 10)), "b": np.zeros(10)}
    speed = {k: 0.0 for k in p}
    for epoch in range(25):
        lr = 0.1 if epoch < 18 else 0.02
        for rows in np.array_split(rng.permutation(len(x)), len(x) // 32):
            col, a, flat, z = forward(x[rows], p)
            e = np.exp(z - z.max(1, keepdims=True))
            d = (e / e.sum(1, keepdims=True) - np.eye(10)[y[rows]]) / len(rows)
            dflat = (d @ p["W"].T).reshape(len(rows), 4, 1, 4, 1, F) / 4
            da = np.broadcast_to(dflat, (len(rows), 4, 2, 4, 2, F)).reshape(a.shape) * (a > 0)
            g = {"K": np.tensordot(col, da, axes=([0, 1, 2], [0, 1, 2])), "k": da.sum((0, 1, 2)),
                 "W": flat.T @ d, "b": d.sum(0)}
            for k in p:
                speed[k] = 0.9 * speed[k] + g[k]
                p[k] = p[k] - lr * speed[k]
    return p


def predict_digits(x, params):
    return forward(x, params)[-1].argmax(axis=-1)
