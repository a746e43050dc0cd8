"""A two-layer network with its loss: loss = cross entropy of softmax(relu(x W1 + b1) W2 + b2)

A whole classifier in one function: a linear layer, relu, another linear layer, and the loss that says how
far the scores are from the right answers.

    x       (N, D)   N examples with D features each
    target  (N,)     the right class of each example, a whole number from 0 to C - 1
    W1, b1  (D, H), (H,)   the hidden layer
    W2, b2  (H, C), (C,)   the output layer

    z1      (N, H)   x W1 + b1
    h       (N, H)   relu of z1: z1 where it is above 0, else 0
    logits  (N, C)   h W2 + b2, with no relu after it
    loss    a number: the mean over the batch of -log(p[n, target[n]]), where p is softmax of the logits

Logits of 1000 and of -1000 occur, and the loss has to be right for them: it is large there, but not infinite.

The backward gets dloss, a number: the gradient of whatever comes after the loss. It is not always 1. From
there the gradient goes back through the network, one step at a time, to the four parameters; x and target
need none. The slope of relu at exactly 0 counts as 0. Nothing is updated here: gradients only.
"""

import numpy as np


def two_layer_net_forward(x, target, W1, b1, W2, b2):
    """x (N, D), target (N,), W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) -> loss, cache"""
    ### BEGIN SOLUTION
    z1 = x @ W1 + b1
    # MISTAKE biases-forgotten: z1 = x @ W1
    # MISTAKE hidden-bias-forgotten: z1 = x @ W1
    h = np.maximum(z1, 0)
    # MISTAKE no-relu: h = z1
    logits = h @ W2 + b2
    # MISTAKE biases-forgotten: logits = h @ W2
    # MISTAKE output-bias-forgotten: logits = h @ W2
    # MISTAKE relu-on-logits: logits = np.maximum(h @ W2 + b2, 0)
    shifted = logits - logits.max(axis=1, keepdims=True)
    # MISTAKE overflow-in-the-sum: shifted = logits
    # MISTAKE one-maximum-for-all: shifted = logits - logits.max()
    # MISTAKE one-maximum-in-softmax: shifted = logits - logits.max()
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    # MISTAKE overflow: log_p = np.log(np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True))
    # MISTAKE one-maximum-in-softmax: log_p = np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))
    # MISTAKE log-held-at-1e-12: log_p = np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True) + 1e-12)
    # MISTAKE log-of-zero: log_p = np.log(np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(len(x)), target].mean()
    # MISTAKE loss-summed: loss = -log_p[np.arange(len(x)), target].sum()
    # MISTAKE loss-summed-forward: loss = -log_p[np.arange(len(x)), target].sum()
    # MISTAKE loss-sign: loss = log_p[np.arange(len(x)), target].mean()
    # MISTAKE loss-negative: loss = log_p[np.arange(len(x)), target].mean()
    cache = (x, target, W2, z1, h, log_p)
    # MISTAKE relu-on-logits: cache = (x, target, W2, z1, h, log_p, logits > 0)
    ### END SOLUTION
    return loss, cache


def two_layer_net_backward(dloss, cache):
    """dloss a number -> dW1 (D, H), db1 (H,), dW2 (H, C), db2 (C,)"""
    ### BEGIN SOLUTION
    x, target, W2, z1, h, log_p = cache
    # MISTAKE relu-on-logits: x, target, W2, z1, h, log_p, positive = cache
    n = len(x)
    dlogits = np.exp(log_p)
    dlogits[np.arange(n), target] -= 1
    # MISTAKE target-not-used: pass
    # MISTAKE softmax-twice: p = np.exp(log_p); dlogits[np.arange(n), target] -= 1; dlogits *= p * (1 - p)
    dlogits *= dloss / n
    # MISTAKE relu-on-logits: dlogits *= positive * dloss / n
    # MISTAKE loss-summed: dlogits *= dloss
    # MISTAKE loss-negative: dlogits *= -dloss / n
    # MISTAKE batch-size-forgotten: dlogits *= dloss
    # MISTAKE divided-by-classes-too: dlogits *= dloss / dlogits.size
    # MISTAKE dloss-ignored: dlogits /= n
    # MISTAKE target-minus-probability: dlogits *= -dloss / n
    dW2 = h.T @ dlogits
    # MISTAKE hidden-before-relu: dW2 = z1.T @ dlogits
    # MISTAKE weights-averaged-again: dW2 = h.T @ dlogits / n
    db2 = dlogits.sum(axis=0)
    # MISTAKE biases-averaged: db2 = dlogits.mean(axis=0)
    # MISTAKE biases-not-summed: db2 = dlogits
    dh = dlogits @ W2.T
    # MISTAKE weights-ignored: dh = dlogits @ np.ones_like(W2.T)
    # MISTAKE weights-reshaped: dh = dlogits @ W2.reshape(W2.T.shape)
    # MISTAKE weights-after-a-step: dh = dlogits @ (W2 - dW2).T
    dz1 = dh * (z1 > 0)
    # MISTAKE no-relu: dz1 = dh
    # MISTAKE mask-missing: dz1 = dh
    # MISTAKE mask-of-the-gradient: dz1 = dh * (dh > 0)
    # MISTAKE mask-reversed: dz1 = dh * (z1 <= 0)
    # MISTAKE value-for-slope: dz1 = dh * h
    # MISTAKE slope-at-zero: dz1 = dh * (z1 >= 0)
    dW1 = x.T @ dz1
    # MISTAKE weights-averaged-again: dW1 = x.T @ dz1 / n
    db1 = dz1.sum(axis=0)
    # MISTAKE biases-averaged: db1 = dz1.mean(axis=0)
    # MISTAKE biases-not-summed: db1 = dz1
    # MISTAKE last-layer-first: dW1, db1, dW2, db2 = dW2, db2, dW1, dz1.sum(axis=0)
    ### END SOLUTION
    return dW1, db1, dW2, db2
