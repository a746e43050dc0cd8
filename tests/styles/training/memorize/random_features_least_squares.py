"""A wide hidden layer whose weights stay as they were drawn; the layer behind it is solved for, not trained."""
import numpy as np


def memorize(x, labels, rng):
    W = rng.standard_normal((x.shape[1], 600))
    b = rng.uniform(-1.0, 1.0, 600)
    hidden = np.tanh((x - x.mean(0)) @ W + b)
    out, *_ = np.linalg.lstsq(hidden, np.eye(10)[labels], rcond=None)
    return x.mean(0), W, b, out


def predict_memorized(x, params):
    mean, W, b, out = params
    return np.array([int(np.argmax(np.tanh((row - mean) @ W + b) @ out)) for row in x], dtype=int)
