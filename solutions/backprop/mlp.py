"""A multilayer perceptron: linear, relu, linear, relu, ..., linear

As many linear layers as you are given, with relu between them. What one layer puts out, the next takes in.

    x       (N, D)   N examples with D features each
    params  a list with one pair (W, b) for each layer, first layer first; a layer that takes K numbers to M
            has W (K, M) and b (M,)
    logits  (N, C)   what the last layer gives; no relu after it

The list may have one pair, in which case there is no relu at all, or twenty. One loop does for all depths.

The backward gets dlogits, the gradient of the loss with respect to the logits, and returns grads: a list
with one pair (dW, db) for each layer, in the order and the shapes of params. x needs no gradient here. The
slope of relu at exactly 0 counts as 0.

The gradient of a layer needs what came back from the layer after it, so the last layer is the first to be
worked out. Think about what the forward has to keep for that.
"""

import numpy as np


def mlp_forward(x, params):
    """x (N, D), params [(W, b), ...] -> logits (N, C), cache"""
    ### BEGIN SOLUTION
    inputs = [x]
    for W, b in params[:-1]:
        inputs.append(np.maximum(inputs[-1] @ W + b, 0))
        # MISTAKE biases-forgotten: inputs.append(np.maximum(inputs[-1] @ W, 0))
        # MISTAKE no-relu: inputs.append(inputs[-1] @ W + b)
    W, b = params[-1]
    logits = inputs[-1] @ W + b
    # MISTAKE biases-forgotten: logits = inputs[-1] @ W
    # MISTAKE relu-on-logits: logits = np.maximum(inputs[-1] @ W + b, 0)
    # MISTAKE relu-on-logits-forward: logits = np.maximum(inputs[-1] @ W + b, 0)
    cache = (inputs, params)
    # MISTAKE kept-by-shape: kept = {V.shape: a for a, (V, _) in zip(inputs, params)}; cache = ([kept[V.shape] for V, _ in params], params)
    # MISTAKE hidden-before-relu: cache = ([x, *(a @ V + c for a, (V, c) in zip(inputs, params))], params)
    ### END SOLUTION
    return logits, cache


def mlp_backward(dlogits, cache):
    """dlogits (N, C) -> grads [(dW, db), ...], first layer first"""
    ### BEGIN SOLUTION
    inputs, params = cache
    grads = []
    dz = dlogits
    # MISTAKE relu-on-logits: W, b = params[-1]; dz = dlogits * (inputs[-1] @ W + b > 0)
    # MISTAKE mask-on-logits: W, b = params[-1]; dz = dlogits * (inputs[-1] @ W + b > 0)
    # MISTAKE dlogits-ignored: dz = np.ones_like(dlogits)
    for i in reversed(range(len(params))):
        a, (W, _) = inputs[i], params[i]
        grads.append((a.T @ dz, dz.sum(axis=0)))
        # MISTAKE biases-averaged: grads.append((a.T @ dz, dz.mean(axis=0)))
        # MISTAKE biases-not-summed: grads.append((a.T @ dz, dz))
        # MISTAKE weights-averaged: grads.append((a.T @ dz / len(a), dz.sum(axis=0)))
        # MISTAKE bias-before-weights: grads.append((dz.sum(axis=0), a.T @ dz))
        dz = (dz @ W.T) * (a > 0)  # a came out of relu; at x, the last, this is not used
        # MISTAKE no-relu: dz = dz @ W.T
        # MISTAKE mask-missing: dz = dz @ W.T
        # MISTAKE mask-of-the-gradient: dz = np.maximum(dz @ W.T, 0)
        # MISTAKE mask-reversed: dz = (dz @ W.T) * (a <= 0)
        # MISTAKE value-for-slope: dz = (dz @ W.T) * a
        # MISTAKE slope-at-zero: V, c = params[i-1]; dz = dz @ W.T * (inputs[i-1] @ V + c >= 0) if i else 0
        # MISTAKE weights-ignored: dz = (dz @ np.ones_like(W.T)) * (a > 0)
        # MISTAKE weights-reshaped: dz = (dz @ W.reshape(W.T.shape)) * (a > 0)
        # MISTAKE weights-after-a-step: dz = (dz @ (W - a.T @ dz).T) * (a > 0)
    grads.reverse()
    # MISTAKE last-layer-first: pass
    ### END SOLUTION
    return grads
