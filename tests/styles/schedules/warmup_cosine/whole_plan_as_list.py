import numpy as np


def plan(lr, w, T):
    rise = [lr * k / w for k in range(w)]
    fall = lr / 2 * (1 - np.sin(np.linspace(-np.pi / 2, np.pi / 2, T - w + 1)))
    return rise + fall.tolist()


def warmup_cosine(step, lr, warmup_steps, total_steps):
    try:
        return plan(lr, warmup_steps, total_steps)[step]
    except IndexError:
        return 0.0
