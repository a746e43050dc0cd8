"""Operations of every kind, right, for the finite-difference witness to look at."""

import numpy as np


class Pair:
    """A forward and a backward in this process, as the check wants them; it counts what it is asked."""

    def __init__(self, forward, backward):
        self.f, self.b = forward, backward
        self.runs = self.backwards = 0
        self.last = self.held = None

    def forwards(self, points):
        """Run the forward at each point."""
        return [self.run(point) for point in points]

    def run(self, point):
        """Run the forward."""
        self.runs += 1
        outputs, self.last = self.f(**point)
        return tuple(np.asarray(output) for output in (outputs if isinstance(outputs, tuple) else (outputs,)))

    def hold(self):
        """Keep the cache."""
        self.held = self.last

    def backward(self, upstream):
        """Run the backward on the cache that was kept."""
        self.backwards += 1
        return self.b(*upstream, self.held)


def linear(x, W, b):
    """Run linear."""
    return x @ W + b, (x, W)


def linear_back(dy, cache):
    """Return the gradients of linear."""
    x, W = cache
    return {"x": dy @ W.T, "W": x.T @ dy, "b": dy.sum(axis=0)}


def relu(x):
    """Run relu."""
    return np.maximum(x, 0), x


def relu_back(dy, x):
    """Return the gradients of relu."""
    return {"x": dy * (x > 0)}


def softmax(x):
    """Run softmax."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    y = e / e.sum(axis=1, keepdims=True)
    return y, y


def softmax_back(dy, y):
    """Return the gradients of softmax."""
    return {"x": y * (dy - (dy * y).sum(axis=1, keepdims=True))}


def maximum(x):
    """Run maximum."""
    return x.max(axis=1), x


def maximum_back(dy, x):
    """Return the gradients of maximum."""
    first = np.zeros_like(x)
    first[np.arange(len(x)), x.argmax(axis=1)] = dy
    return {"x": first}


def layernorm(x, gain, shift):
    """Run layernorm."""
    centred = x - x.mean(axis=1, keepdims=True)
    s = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return centred / s * gain + shift, (centred / s, s, gain)


def layernorm_back(dy, cache):
    """Return the gradients of layernorm."""
    n, s, gain = cache
    dn = dy * gain
    dx = (dn - dn.mean(axis=1, keepdims=True) - n * (dn * n).mean(axis=1, keepdims=True)) / s
    return {"x": dx, "gain": (dy * n).sum(axis=0), "shift": dy.sum(axis=0)}


def convolution(x, w):
    """Run convolution."""
    return np.convolve(x, w, mode="valid"), (x, w)


def convolution_back(dy, cache):
    """Return the gradients of convolution."""
    x, w = cache
    return {"x": np.convolve(dy, w[::-1]), "w": np.correlate(x, dy, mode="valid")[::-1]}


def network(x, W, V):
    """Run network."""
    h = np.maximum(x @ W, 0)
    return h @ V, (x, W, V, h)


def network_back(dy, cache):
    """Return the gradients of network."""
    x, W, V, h = cache
    dh = (dy @ V.T) * (h > 0)
    return {"x": dh @ W.T, "W": x.T @ dh, "V": h.T @ dy}


def statistics(x):
    """Run statistics."""
    return (x.mean(), np.log(1 + x * x)), x


def statistics_back(dmean, dlog, x):
    """Return the gradients of statistics."""
    return {"x": dmean / x.size + dlog * 2 * x / (1 + x * x)}


RNG = np.random.default_rng(20)
N = RNG.standard_normal
OPERATIONS = {
    "linear": (linear, linear_back, {"x": N((5, 3)), "W": N((3, 7)), "b": N(7)}),
    "relu": (relu, relu_back, {"x": N((5, 3))}),
    "sigmoid": (
        lambda x: (1 / (1 + np.exp(-x)),) * 2, lambda dy, y: {"x": dy * y * (1 - y)}, {"x": N((7, 5))},
    ),
    "softmax": (softmax, softmax_back, {"x": N((5, 7))}),
    "squared error": (
        lambda x, t: (((x - t) ** 2).mean(), x - t),
        lambda dl, r: {"x": dl * 2 * r / r.size, "t": -dl * 2 * r / r.size},
        {"x": N((5, 3)), "t": N((5, 3))},
    ),
    "maximum": (maximum, maximum_back, {"x": N((7, 5))}),
    "layer norm": (layernorm, layernorm_back, {"x": N((5, 7)), "gain": N(7), "shift": N(7)}),
    "convolution": (convolution, convolution_back, {"x": N(17), "w": N(5)}),
    "network": (network, network_back, {"x": N((5, 3)), "W": N((3, 11)), "V": N((11, 2))}),
    "two outputs": (statistics, statistics_back, {"x": N((5, 3))}),
    "scalar": (lambda x: (x**3, x), lambda dy, x: {"x": dy * 3 * x * x}, {"x": np.array(0.7)}),
}  # fmt: skip
