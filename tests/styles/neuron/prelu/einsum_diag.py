import numpy as np


def prelu_forward(z, alpha):
    right = (z > 0).astype(float)
    left = 1 - right
    a = z * right + np.einsum("nc,c->nc", z * left, alpha)
    return a, {"z": z, "left": left, "right": right, "alpha": alpha.copy()}


def prelu_backward(da, cache):
    z, left, right, alpha = (cache[k] for k in ("z", "left", "right", "alpha"))
    dz = da * right + (da * left) @ np.diag(alpha)
    dalpha = np.einsum("nc,nc,nc->c", da, z, left)
    return dz, dalpha
