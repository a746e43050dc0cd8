"""Gradient norms: how much of the gradient is left at each layer of a deep stack

A stack of layers without biases, one after the other: a = x at first, and then for each W in weights

    a = act(a @ W)

The backward starts from the gradient at the last output and goes through the same layers in reverse. On its way
it gives a gradient for each W. How large these are, layer by layer, is the first thing to look at when a deep
network does not learn.

    x           (N, D)           a batch of N examples
    weights     a list of L >= 1 arrays; the first is (D, M1), the next (M1, M2), and so on
    activation  a str: "sigmoid", "tanh" or "relu"; it follows every W, the last one too
    dlast       (N, ML)          the gradient of the loss with respect to the last a

Return a list of L numbers, first layer first: for each W the Frobenius norm of the gradient of the loss with respect
to it, that is, the root of the sum of the squares of all entries of dW. The slope of relu at 0 is 0.
"""

import numpy as np


def gradient_norms(x, weights, activation, dlast):
    """x (N, D), weights a list of arrays, activation a str, dlast (N, ML) -> a list of numbers, first layer first"""
    ### BEGIN SOLUTION
    outputs = [x]
    for W in weights:
        z = outputs[-1] @ W
        if activation == "sigmoid":
            a = 1 / (1 + np.exp(-z))
        elif activation == "tanh":
            a = np.tanh(z)
        else:
            a = np.maximum(z, 0)
        outputs.append(a)
        # MISTAKE linear: outputs.append(z)
        # MISTAKE always-tanh: activation = "tanh"; outputs.append(np.tanh(z))
    norms = []
    da = dlast
    # MISTAKE dlast-ignored: da = np.ones_like(dlast)
    for layer in reversed(range(len(weights))):
        a = outputs[layer + 1]
        if activation == "sigmoid":
            slope = a * (1 - a)
            # MISTAKE sigmoid-slope-at-output: slope = 1 / (1 + np.exp(-a)); slope = slope * (1 - slope)
            # MISTAKE slope-at-output: slope = 1 / (1 + np.exp(-a)); slope = slope * (1 - slope)
            # MISTAKE sigmoid-slope-plus: slope = a * (1 + a)
            # MISTAKE sigmoid-slope-of-tanh: slope = 1 - a**2
        elif activation == "tanh":
            slope = 1 - a**2
            # MISTAKE tanh-slope-not-squared: slope = 1 - a
            # MISTAKE tanh-slope-at-output: slope = 1 - np.tanh(a) ** 2
            # MISTAKE slope-at-output: slope = 1 - np.tanh(a) ** 2
        else:
            slope = a > 0
            # MISTAKE relu-at-zero: slope = a >= 0
            # MISTAKE relu-at-exactly-zero: slope = outputs[layer] @ weights[layer] >= 0
        dz = da * slope
        # MISTAKE slope-forgotten: dz = da
        # MISTAKE no-activation-at-last: dz = da if layer == len(weights) - 1 else da * slope
        # MISTAKE slope-at-last-only: dz = da * slope if layer == len(weights) - 1 else da
        dW = outputs[layer].T @ dz
        # MISTAKE activation-left-out-of-dw: dW = outputs[layer].T @ da
        # MISTAKE output-for-input: dW = outputs[layer + 1].T @ dz
        # MISTAKE signal-gradient: dW = dz
        # MISTAKE gradient-of-input: dW = dz @ weights[layer].T
        # MISTAKE weights-norm: dW = weights[layer]
        # MISTAKE averaged-over-batch: dW = outputs[layer].T @ dz / len(x)
        # MISTAKE forward-signal: dW = outputs[layer + 1]
        norms.append(np.sqrt(np.sum(dW**2)))
        # MISTAKE not-rooted: norms.append(np.sum(dW**2))
        # MISTAKE mean-square: norms.append(np.sqrt(np.mean(dW**2)))
        # MISTAKE spectral: norms.append(np.linalg.norm(dW, 2))
        # MISTAKE largest-entry: norms.append(np.abs(dW).max())
        # MISTAKE absolute-values: norms.append(np.abs(dW).sum())
        # MISTAKE mean-size: norms.append(np.abs(dW).mean())
        da = dz @ weights[layer].T
        # MISTAKE weights-reshaped: da = dz @ weights[layer].reshape(weights[layer].T.shape)
        # MISTAKE slope-left-behind: da = da @ weights[layer].T
        # MISTAKE dlast-everywhere: da = np.resize(dlast, outputs[layer].shape)
    norms.reverse()
    # MISTAKE last-layer-first: pass
    ### END SOLUTION
    return norms
