"""Seven operations of a course on deep learning, forward and backward by hand.

A forward takes its inputs by name and returns `(output, cache)`; a backward takes the upstream gradient and the
cache, and returns the gradients by input. Several outputs, and their gradients, are a tuple.

A MISTAKE line, as in the course's solutions, replaces the statement above it: `bpkit.authoring.mutants` makes
the wrong variants from these. The id begins with the operation.
"""

# ruff: noqa: D403, RUF059 - docstrings begin with an input's name; some of a cache serves a mistake only

from __future__ import annotations

from typing import Any

import numpy as np

from bpkit.reference.trees import Array

Gradients = dict[str, Array]

### BEGIN SOLUTION


def linear_forward(x: Array, W: Array, b: Array) -> tuple[Array, Any]:
    """x (N, D), W (D, M), b (M,) -> y (N, M)"""
    return x @ W + b, (x, W)


def linear_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, M) -> x (N, D), W (D, M), b (M,)"""
    x, W = cache
    dx = dy @ W.T
    # MISTAKE linear-weights-reshaped: dx = dy @ W.reshape(W.T.shape)
    # MISTAKE linear-last-row-lost: dx = np.concatenate([dy[:-1] @ W.T, 0 * x[-1:]])
    dW = x.T @ dy
    # MISTAKE linear-weights-averaged: dW = x.T @ dy / len(x)
    # MISTAKE linear-dy-ignored: dW = x.T @ np.ones_like(dy)
    # MISTAKE linear-summed-too-early: dW = np.outer(x.sum(axis=0), dy.sum(axis=0))
    db = dy.sum(axis=0)
    # MISTAKE linear-bias-averaged: db = dy.mean(axis=0)
    # MISTAKE linear-bias-sign: db = -dy.sum(axis=0)
    # MISTAKE linear-bias-first-row: db = dy[0]
    return {"x": dx, "W": dW, "b": db}


def classifier_forward(
    x: Array, W1: Array, b1: Array, W2: Array, b2: Array, target: Array
) -> tuple[Array, Any]:
    """x (N, D), W1 (D, H), b1 (H,), W2 (H, C), b2 (C,), target (N,) of class ids -> the mean cross entropy"""
    hidden = np.maximum(x @ W1 + b1, 0.0)
    logits = hidden @ W2 + b2
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(len(x)), target].mean()
    return loss, (x, W1, W2, hidden, log_p, target)


def classifier_backward(dloss: Array, cache: Any) -> Gradients:
    """dloss () -> x, W1, b1, W2, b2"""
    x, W1, W2, hidden, log_p, target = cache
    dlogits = np.exp(log_p)
    dlogits[np.arange(len(x)), target] -= 1
    # MISTAKE classifier-target-not-subtracted: pass
    dlogits *= dloss / len(x)
    # MISTAKE classifier-not-averaged: dlogits *= dloss
    # MISTAKE classifier-over-classes-too: dlogits *= dloss / dlogits.size
    dhidden = dlogits @ W2.T
    dz = dhidden * (hidden > 0)
    # MISTAKE classifier-mask-missing: dz = dhidden
    # MISTAKE classifier-mask-of-the-gradient: dz = dhidden * (dhidden > 0)
    # MISTAKE classifier-value-for-slope: dz = dhidden * hidden
    dW1 = x.T @ dz
    # MISTAKE classifier-averaged-again: dW1 = x.T @ dz / len(x)
    db1 = dz.sum(axis=0)
    # MISTAKE classifier-bias-averaged: db1 = dz.mean(axis=0)
    dx = dz @ W1.T
    # MISTAKE classifier-weights-ignored: dx = dz @ np.ones_like(W1.T)
    return {"x": dx, "W1": dW1, "b1": db1, "W2": hidden.T @ dlogits, "b2": dlogits.sum(axis=0)}


def convolution_forward(x: Array, w: Array, b: Array) -> tuple[Array, Any]:
    """x (N, C, H, W), w (F, C, K, K), b (F,) -> y (N, F, H, W); stride 1, zeros around so that sizes stay

    Every patch of the image that the kernel sees becomes a row (im2col); then it is a linear layer.
    """
    size = w.shape[-1]
    edge = size // 2
    padded = np.pad(x, ((0, 0), (0, 0), (edge, edge), (edge, edge)))
    patches = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(2, 3))
    n, _, height, width = patches.shape[:4]
    rows = patches.transpose(0, 2, 3, 1, 4, 5).reshape(n * height * width, -1)
    y = rows @ w.reshape(len(w), -1).T + b
    return y.reshape(n, height, width, -1).transpose(0, 3, 1, 2), (rows, x.shape, w)


def convolution_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, F, H, W) -> x (N, C, H, W), w (F, C, K, K), b (F,)"""
    rows, (n, channels, height, width), w = cache
    filters, size = len(w), w.shape[-1]
    edge = size // 2
    flat = dy.transpose(0, 2, 3, 1).reshape(-1, filters)
    # MISTAKE convolution-filters-not-last: flat = dy.reshape(-1, filters)
    dw = (flat.T @ rows).reshape(w.shape)
    # MISTAKE convolution-kernel-turned: dw = (flat.T @ rows).reshape(w.shape)[:, :, ::-1, ::-1]
    # MISTAKE convolution-weights-averaged: dw = (flat.T @ rows).reshape(w.shape) / n
    # MISTAKE convolution-first-image-only: k = height * width; dw = (flat[:k].T @ rows[:k]).reshape(w.shape)
    db = dy.sum(axis=(0, 2, 3))
    # MISTAKE convolution-bias-per-batch: db = dy.mean(axis=0).sum(axis=(1, 2))
    patches = (flat @ w.reshape(filters, -1)).reshape(n, height, width, channels, size, size)
    padded = np.zeros((n, channels, height + 2 * edge, width + 2 * edge))
    for i in range(size):
        for j in range(size):
            # An entry of the image is part of several patches, which all send something back.
            padded[:, :, i : i + height, j : j + width] += patches[..., i, j].transpose(0, 3, 1, 2)
            # MISTAKE convolution-overlaps-lost: padded[:, :, i:i+height, j:j+width] = np.moveaxis(patches[..., i, j], 3, 1)
    dx = padded[:, :, edge : edge + height, edge : edge + width]
    # MISTAKE convolution-cropped-at-one-end: dx = padded[:, :, :height, :width]
    # MISTAKE convolution-border-lost: dx = padded[:, :, edge:-edge, edge:-edge].copy(); dx[:, :, -1] = 0
    return {"x": dx, "w": dw, "b": db}


def layer_norm_forward(x: Array, gain: Array, shift: Array) -> tuple[Array, Any]:
    """x (N, D), gain (D,), shift (D,) -> y (N, D), each row brought to mean 0 and variance 1 first"""
    centred = x - x.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    normal = centred / deviation
    return normal * gain + shift, (x, normal, deviation, gain)


def layer_norm_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, D) -> x (N, D), gain (D,), shift (D,)"""
    x, normal, deviation, gain = cache
    dnormal = dy * gain
    # MISTAKE layernorm-gain-forgotten: dnormal = dy
    through_mean = dnormal.mean(axis=1, keepdims=True)
    # MISTAKE layernorm-mean-forgotten: through_mean = 0.0
    # MISTAKE layernorm-mean-of-everything: through_mean = dnormal.mean()
    through_variance = normal * (dnormal * normal).mean(axis=1, keepdims=True)
    # MISTAKE layernorm-variance-forgotten: through_variance = 0.0
    # MISTAKE layernorm-variance-summed: through_variance = normal * (dnormal * normal).sum(axis=1, keepdims=True)
    # MISTAKE layernorm-variance-doubled: through_variance = 2 * normal * (dnormal * normal).mean(axis=1, keepdims=True)
    dx = (dnormal - through_mean - through_variance) / deviation
    # MISTAKE layernorm-deviation-forgotten: dx = dnormal - through_mean - through_variance
    dgain = (dy * normal).sum(axis=0)
    # MISTAKE layernorm-gain-of-raw-x: dgain = (dy * x).sum(axis=0)
    return {"x": dx, "gain": dgain, "shift": dy.sum(axis=0)}


def batch_norm_forward(x: Array, gain: Array, shift: Array) -> tuple[Array, Any]:
    """x (N, D), gain (D,), shift (D,) -> y (N, D), each column brought to mean 0 and variance 1 first"""
    centred = x - x.mean(axis=0)
    deviation = np.sqrt((centred**2).mean(axis=0) + 1e-5)
    normal = centred / deviation
    return normal * gain + shift, (x, normal, deviation, gain)


def batch_norm_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, D) -> x (N, D), gain (D,), shift (D,)"""
    x, normal, deviation, gain = cache
    dgain = (dy * normal).sum(axis=0)
    # MISTAKE batchnorm-gain-of-raw-x: dgain = (dy * x).sum(axis=0)
    dshift = dy.sum(axis=0)
    # MISTAKE batchnorm-shift-averaged: dshift = dy.mean(axis=0)
    dx = gain / deviation * (dy - dshift / len(x) - normal * dgain / len(x))
    # MISTAKE batchnorm-as-in-evaluation: dx = gain / deviation * dy
    # MISTAKE batchnorm-mean-forgotten: dx = gain / deviation * (dy - normal * dgain / len(x))
    # MISTAKE batchnorm-variance-forgotten: dx = gain / deviation * (dy - dshift / len(x))
    # MISTAKE batchnorm-bessel: dx = gain / deviation * (dy - dshift / len(x) - normal * dgain / max(len(x) - 1, 1))
    # MISTAKE batchnorm-gain-forgotten: dx = (dy - dshift / len(x) - normal * dgain / len(x)) / deviation
    return {"x": dx, "gain": dgain, "shift": dshift}


def _split(x: Array, heads: int) -> Array:
    """(N, T, D) -> (N, heads, T, D / heads)"""
    n, t, d = x.shape
    return x.reshape(n, t, heads, d // heads).transpose(0, 2, 1, 3)


def _join(x: Array) -> Array:
    """(N, heads, T, D / heads) -> (N, T, D)"""
    n, heads, t, d = x.shape
    return x.transpose(0, 2, 1, 3).reshape(n, t, heads * d)


def attention_forward(x: Array, Wq: Array, Wk: Array, Wv: Array, Wo: Array, heads: int) -> tuple[Array, Any]:
    """x (N, T, D) and four weights (D, D) -> y (N, T, D); every position looks at every other one"""
    q, k, v = (_split(x @ W, heads) for W in (Wq, Wk, Wv))
    scores = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    mixed = _join(weights @ v)
    return mixed @ Wo, (x, Wq, Wk, Wv, Wo, q, k, v, weights, mixed, heads)


def attention_backward(dy: Array, cache: Any) -> Gradients:
    """dy (N, T, D) -> x (N, T, D), Wq, Wk, Wv, Wo (D, D)"""
    x, Wq, Wk, Wv, Wo, q, k, v, weights, mixed, heads = cache
    dWo = np.tensordot(mixed, dy, ([0, 1], [0, 1]))
    dmixed = _split(dy @ Wo.T, heads)
    # MISTAKE attention-output-transposed: dmixed = _split(dy @ Wo, heads)
    dv = weights.swapaxes(-1, -2) @ dmixed
    # MISTAKE attention-weights-transposed: dv = weights @ dmixed
    dweights = dmixed @ v.swapaxes(-1, -2)
    dscores = weights * (dweights - (dweights * weights).sum(axis=-1, keepdims=True))
    # MISTAKE attention-softmax-sum-forgotten: dscores = weights * dweights
    # MISTAKE attention-softmax-elementwise: dscores = weights * (1 - weights) * dweights
    # MISTAKE attention-softmax-wrong-axis: dscores = weights * (dweights - (dweights * weights).sum(-2, keepdims=True))
    dscores = dscores / np.sqrt(q.shape[-1])
    # MISTAKE attention-scale-forgotten: dscores = 1.0 * dscores
    # MISTAKE attention-scale-of-all-heads: dscores = dscores / np.sqrt(x.shape[-1])
    dq, dk = dscores @ k, dscores.swapaxes(-1, -2) @ q
    # MISTAKE attention-scores-not-transposed: dq, dk = dscores @ k, dscores @ q
    dq, dk, dv = _join(dq), _join(dk), _join(dv)
    dWq, dWk, dWv = (np.tensordot(x, d, ([0, 1], [0, 1])) for d in (dq, dk, dv))
    dx = dq @ Wq.T + dk @ Wk.T + dv @ Wv.T
    # MISTAKE attention-values-forgotten: dx = dq @ Wq.T + dk @ Wk.T
    # MISTAKE attention-queries-only: dx = dq @ Wq.T
    return {"x": dx, "Wq": dWq, "Wk": dWk, "Wv": dWv, "Wo": dWo}


def _sigmoid(z: Array) -> Array:
    """Any shape -> the same; exp never overflows"""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def lstm_forward(
    x: Array, h: Array, c: Array, Wx: Array, Wh: Array, b: Array
) -> tuple[tuple[Array, Array], Any]:
    """x (N, D), h (N, H), c (N, H), Wx (D, 4H), Wh (H, 4H), b (4H,) -> the next h and c; one step"""
    z = x @ Wx + h @ Wh + b
    i, f, o = (_sigmoid(part) for part in np.split(z, 4, axis=1)[:3])
    g = np.tanh(np.split(z, 4, axis=1)[3])
    new_c = f * c + i * g
    squashed = np.tanh(new_c)
    return (o * squashed, new_c), (x, h, c, Wx, Wh, i, f, o, g, new_c, squashed)


def lstm_backward(upstream: tuple[Array, Array], cache: Any) -> Gradients:
    """dh (N, H) and dc (N, H) -> x, h, c, Wx, Wh, b"""
    dnew_h, dnew_c = upstream
    x, h, c, Wx, Wh, i, f, o, g, new_c, squashed = cache
    do = dnew_h * squashed
    # MISTAKE lstm-cell-not-squashed: do = dnew_h * new_c
    dc = dnew_c + dnew_h * o * (1 - squashed**2)
    # MISTAKE lstm-cell-through-output-forgotten: dc = dnew_c
    # MISTAKE lstm-cell-upstream-forgotten: dc = dnew_h * o * (1 - squashed**2)
    # MISTAKE lstm-cell-slope-forgotten: dc = dnew_c + dnew_h * o
    dz_i, dz_f, dz_o = dc * g * i * (1 - i), dc * c * f * (1 - f), do * o * (1 - o)
    # MISTAKE lstm-forget-gate-slope: dz_i, dz_f, dz_o = dc * g * i * (1 - i), dc * c * f, do * o * (1 - o)
    # MISTAKE lstm-new-cell-for-old: dz_i, dz_f, dz_o = dc * g * i * (1 - i), dc * new_c * f * (1 - f), do * o * (1 - o)
    dz = np.concatenate([dz_i, dz_f, dz_o, dc * i * (1 - g**2)], axis=1)
    # MISTAKE lstm-gates-swapped: dz = np.concatenate([dz_f, dz_i, dz_o, dc * i * (1 - g**2)], axis=1)
    # MISTAKE lstm-candidate-slope: dz = np.concatenate([dz_i, dz_f, dz_o, dc * i * g * (1 - g)], axis=1)
    db = dz.sum(axis=0)
    # MISTAKE lstm-bias-averaged: db = dz.mean(axis=0)
    return {"x": dz @ Wx.T, "h": dz @ Wh.T, "c": dc * f, "Wx": x.T @ dz, "Wh": h.T @ dz, "b": db}


### END SOLUTION
