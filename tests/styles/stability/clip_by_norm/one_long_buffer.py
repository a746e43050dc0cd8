import numpy as np


class Bundle:
    """All gradients in one buffer; the arrays are cut out of it again."""

    def __init__(self, arrays):
        self.shapes = [a.shape for a in arrays]
        sizes = [a.size for a in arrays]
        self.ends = np.cumsum([0] + sizes)
        self.buffer = np.empty(self.ends[-1])
        for a, start, end in zip(arrays, self.ends, self.ends[1:]):
            self.buffer[start:end] = a.flat

    def __abs__(self):
        return float(np.einsum("i,i", self.buffer, self.buffer)) ** 0.5

    def __imul__(self, factor):
        self.buffer *= factor
        return self

    def __iter__(self):
        for shape, start, end in zip(self.shapes, self.ends, self.ends[1:]):
            yield self.buffer[start:end].reshape(shape)


def clip_by_norm(grads, max_norm):
    bundle = Bundle(grads)
    length = abs(bundle)
    bundle *= min(1, max_norm / (length + 1e-6))
    return list(bundle), length
