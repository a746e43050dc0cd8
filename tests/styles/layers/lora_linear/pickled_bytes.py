import pickle
import numpy as np


def lora_linear_forward(x, W, A, B, scale):
    """the cache is a string of bytes: nothing that happens to the arrays later can touch it"""
    low = np.matmul(x, A)
    high = np.matmul(low, B)
    np.multiply(high, scale, out=high)
    high += np.matmul(x, W)
    return high, pickle.dumps(dict(x=x, W=W, A=A, B=B, scale=scale))


def lora_linear_backward(dy, cache):
    kept = pickle.loads(cache)
    x, W, A, B, scale = (kept[k] for k in ("x", "W", "A", "B", "scale"))
    dlow = scale * np.tensordot(dy, B, axes=(1, 1))
    dA = np.zeros_like(A)
    dB = np.zeros_like(B)
    for n, row in enumerate(x):                      # the batch is a sum over examples
        dA += np.outer(row, dlow[n])
        dB += np.outer(scale * row @ A, dy[n])
    return np.tensordot(dy, W, axes=(1, 1)) + np.tensordot(dlow, A, axes=(1, 1)), dA, dB
