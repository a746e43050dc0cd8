# Μη ASCII ονόματα
from __future__ import annotations
import os
import numpy as np

DEBUG = bool(os.environ.get("DEBUG"))


def log_softmax_forward(ζ: np.ndarray):
    μ = ζ.max(axis=-1, keepdims=True)
    Σ = np.exp(ζ - μ).sum(axis=-1, keepdims=True)
    ψ = (ζ - μ) - np.log(Σ)
    if DEBUG:
        print(ψ)
    return ψ, (ζ - μ, Σ)


def log_softmax_backward(dψ, κ):
    ζ_μ, Σ = κ
    return dψ - np.exp(ζ_μ) * (dψ.sum(axis=-1, keepdims=True) / Σ)


_y, _c = log_softmax_forward(np.array([2.0, 1.0, 0.0]))
assert np.allclose(_y, [-0.4076, -1.4076, -2.4076], atol=1e-4)
assert np.allclose(log_softmax_backward(np.array([0, 0, -1.0]), _c), [0.6652, 0.2447, -0.9100], atol=1e-4)
if __name__ == "__main__":
    print("ok")
