"""mean (p - t)^2 = |p - t|_2^2 / n, and the gradient as Jacobian of the mean times Jacobian of the square."""
import numpy as np
from dataclasses import dataclass


@dataclass
class Cache:
    diff: np.ndarray
    shape: tuple

    @property
    def row(self):
        return np.full((1, self.diff.size), 1 / self.diff.size)


def mse_forward(prediction, target):
    c = Cache(np.ravel(prediction) - np.ravel(target), prediction.shape)
    return np.array(np.linalg.norm(c.diff) ** 2 / c.diff.size), c


def mse_backward(dloss, cache):
    jac = cache.row @ np.diag(2 * cache.diff)
    return (np.asarray(dloss) * jac).reshape(cache.shape)
