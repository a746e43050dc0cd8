import numpy as np


def clip_by_norm(grads, max_norm):
    everything = np.concatenate([np.zeros(0), *(g.ravel() for g in grads)])
    total_norm = np.linalg.norm(everything)
    factor = np.minimum(1.0, max_norm / (total_norm + 1e-6))
    return [g * factor for g in grads], total_norm
