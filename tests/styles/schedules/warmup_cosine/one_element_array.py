import numpy as np


def warmup_cosine(step, lr, warmup_steps, total_steps):
    s = np.array([step], dtype=float)
    w, T = warmup_steps, total_steps
    with np.errstate(all="ignore"):
        up = np.where(s < w, s / w, (1 + np.cos(np.pi * np.minimum((s - w) / (T - w), 1))) / 2)
    return lr * up.item()
