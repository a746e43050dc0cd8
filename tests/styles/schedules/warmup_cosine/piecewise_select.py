import numpy as np


class Schedule:
    def __init__(self, lr, warmup, total):
        self.lr, self.w, self.T = lr, warmup, total

    def __getitem__(self, t):
        t = np.asarray(t, dtype=float)
        return self.lr * np.piecewise(
            t,
            [t < self.w, (t >= self.w) & (t <= self.T)],
            [lambda s: s / self.w, lambda s: 0.5 + 0.5 * np.cos(np.pi * (s - self.w) / (self.T - self.w)), 0.0],
        )


def warmup_cosine(step, lr, warmup_steps, total_steps):
    return Schedule(lr, warmup_steps, total_steps)[step]
