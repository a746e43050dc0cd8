import numpy as np


def cosine_decay(step, lr, total_steps, lr_min=0.0):
    curve = np.cos(np.linspace(0, np.pi, total_steps + 1))
    rates = np.interp(curve, [-1, 1], [lr_min, lr])
    return rates[min(step, total_steps)]
