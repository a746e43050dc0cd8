"""Operations with kinks and ties, where a derivative from one side is not that from the other, and saturated ones.

As in `operations.py`: a forward returns `(output, cache)`, a backward takes the upstream gradient and the cache and
returns the gradients by input. At a kink, any value between the two one-sided slopes is right.
"""

# ruff: noqa: D403 - docstrings begin with an input's name

from __future__ import annotations

from typing import Any

import numpy as np

from bpkit.reference.trees import Array

Gradients = dict[str, Array]


def relu_forward(x: Array) -> tuple[Array, Any]:
    """Any shape -> the same"""
    return np.maximum(x, 0.0), x


def relu_backward(dy: Array, x: Any) -> Gradients:
    """Slope 0 at 0, as PyTorch has it"""
    return {"x": dy * (x > 0)}


def relu_one_backward(dy: Array, x: Any) -> Gradients:
    """Slope 1 at 0"""
    return {"x": dy * (x >= 0)}


def leaky_forward(x: Array) -> tuple[Array, Any]:
    """Any shape -> the same"""
    return np.where(x > 0, x, 0.01 * x), x


def leaky_backward(dy: Array, x: Any) -> Gradients:
    """Slope 0.01 at 0"""
    return {"x": np.where(x > 0, dy, 0.01 * dy)}


def prelu_forward(x: Array, slope: Array) -> tuple[Array, Any]:
    """x (N, C), slope (C,) -> y (N, C)"""
    return np.where(x > 0, x, slope * x), (x, slope)


def prelu_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, C) -> x (N, C), slope (C,)"""
    x, slope = cache
    return {"x": np.where(x > 0, dy, slope * dy), "slope": (dy * np.minimum(x, 0.0)).sum(axis=0)}


def absolute_forward(x: Array) -> tuple[Array, Any]:
    """Any shape -> the same"""
    return np.abs(x), x


def absolute_backward(dy: Array, x: Any) -> Gradients:
    """Slope 0 at 0"""
    return {"x": dy * np.sign(x)}


def clip_forward(x: Array) -> tuple[Array, Any]:
    """Any shape -> the same, held between -1 and 1"""
    return np.clip(x, -1.0, 1.0), x


def clip_backward(dy: Array, x: Any) -> Gradients:
    """Slope 1 at -1 and at 1"""
    return {"x": dy * (np.abs(x) <= 1)}


def larger_forward(x: Array, z: Array) -> tuple[Array, Any]:
    """Two of one shape -> the larger of each two entries"""
    return np.maximum(x, z), (x, z)


def larger_backward(dy: Array, cache: Any) -> Gradients:
    """Half to each of two that are equal"""
    x, z = cache
    share = 0.5 * (1 + np.sign(x - z))
    return {"x": dy * share, "z": dy * (1 - share)}


def row_maximum_forward(x: Array) -> tuple[Array, Any]:
    """x (N, D) -> y (N,)"""
    return x.max(axis=1), x


def row_maximum_backward(dy: Array, x: Any) -> Gradients:
    """All to the first of the largest"""
    dx = np.zeros_like(x)
    dx[np.arange(len(x)), x.argmax(axis=1)] = dy
    return {"x": dx}


def row_maximum_shared_backward(dy: Array, x: Any) -> Gradients:
    """Equal parts to all that are the largest"""
    largest = x == x.max(axis=1, keepdims=True)
    return {"x": dy[:, None] * largest / largest.sum(axis=1, keepdims=True)}


def pooling_forward(x: Array) -> tuple[Array, Any]:
    """x (N, C, H, W) -> y (N, C, H // 2, W // 2): the largest of every square of four"""
    n, c, height, width = x.shape
    even = x[:, :, : height // 2 * 2, : width // 2 * 2]
    squares = even.reshape(n, c, height // 2, 2, width // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    squares = squares.reshape(n, c, height // 2, width // 2, 4)
    return squares.max(axis=-1), (x.shape, squares)


def pooling_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, C, H // 2, W // 2) -> x (N, C, H, W)"""
    (n, c, height, width), squares = cache
    chosen = np.zeros_like(squares)
    np.put_along_axis(chosen, squares.argmax(axis=-1)[..., None], dy[..., None], axis=-1)
    chosen = chosen.reshape(n, c, height // 2, width // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    dx = np.zeros((n, c, height, width))
    dx[:, :, : height // 2 * 2, : width // 2 * 2] = chosen.reshape(n, c, height // 2 * 2, width // 2 * 2)
    return {"x": dx}


def hinge_forward(scores: Array, target: Array) -> tuple[Array, Any]:
    """scores (N, C), target (N,) -> the mean over rows of all that comes within 1 of the right score"""
    rows = np.arange(len(scores))
    margins = np.maximum(0.0, scores - scores[rows, target][:, None] + 1)
    margins[rows, target] = 0.0
    return np.asarray(margins.sum() / len(scores)), (margins, target)


def hinge_backward(dloss: Array, cache: Any) -> Gradients:
    """dloss () -> scores (N, C)"""
    margins, target = cache
    dscores = (margins > 0) * 1.0
    dscores[np.arange(len(target)), target] = -dscores.sum(axis=1)
    return {"scores": dloss * dscores / len(target)}


def l1_forward(x: Array, z: Array) -> tuple[Array, Any]:
    """Two of one shape -> the mean absolute difference"""
    return np.abs(x - z).mean(), x - z


def l1_backward(dloss: Array, difference: Any) -> Gradients:
    """dloss () -> x, z"""
    dx = dloss * np.sign(difference) / difference.size
    return {"x": dx, "z": -dx}


def huber_forward(x: Array, z: Array) -> tuple[Array, Any]:
    """Two of one shape -> the mean of half the square up to a difference of 1, of a line beyond"""
    size = np.abs(x - z)
    return np.where(size <= 1, size**2 / 2, size - 0.5).mean(), x - z


def huber_backward(dloss: Array, difference: Any) -> Gradients:
    """dloss () -> x, z"""
    dx = dloss * np.clip(difference, -1, 1) / difference.size
    return {"x": dx, "z": -dx}


def cross_entropy_forward(logits: Array, target: Array) -> tuple[Array, Any]:
    """logits (N, C), target (N,) -> the mean of -log(softmax(logits)[target])"""
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(target)), target].mean(), (log_p, target)


def cross_entropy_backward(dloss: Array, cache: Any) -> Gradients:
    """dloss () -> logits (N, C)"""
    log_p, target = cache
    dlogits = np.exp(log_p)
    dlogits[np.arange(len(target)), target] -= 1
    return {"logits": dloss * dlogits / len(target)}


def softmax_forward(x: Array) -> tuple[Array, Any]:
    """x (N, D) -> y (N, D)"""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    y = e / e.sum(axis=1, keepdims=True)
    return y, y


def softmax_backward(dy: Array, y: Any) -> Gradients:
    """dy (N, D) -> x (N, D)"""
    return {"x": y * (dy - (dy * y).sum(axis=1, keepdims=True))}


def sigmoid_forward(x: Array) -> tuple[Array, Any]:
    """Any shape -> the same"""
    small = np.exp(-np.abs(x))
    y = np.where(x >= 0, 1.0, small) / (1.0 + small)
    return y, y


def sigmoid_backward(dy: Array, y: Any) -> Gradients:
    """Any shape -> the same"""
    return {"x": dy * y * (1 - y)}


def row_length_forward(x: Array) -> tuple[Array, Any]:
    """x (N, D) -> the length of every row (N,)"""
    length = np.sqrt((x**2).sum(axis=1))
    return length, (x, length)


def row_length_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N,) -> x (N, D); 0 for a row of zeros"""
    x, length = cache
    return {"x": dy[:, None] * x / np.where(length > 0, length, 1.0)[:, None]}
