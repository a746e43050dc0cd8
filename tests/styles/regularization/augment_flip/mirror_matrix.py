import numpy as np


def augment_flip(images, p, rng):
    """Every image times I or times J, the identity with its columns reversed."""
    W = images.shape[-1]
    I = np.eye(W, dtype=images.dtype)
    pick = rng.choice(2, size=images.shape[0], p=[1 - p, p])
    M = np.stack([I, I[::-1]])[pick]
    return np.einsum("n...i,nij->n...j", images, M)
