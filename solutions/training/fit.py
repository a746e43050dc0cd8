"""A training run: forward, loss, backward, update, two hundred times

Everything so far in one loop: a multilayer perceptron, softmax cross entropy, backpropagation, and SGD with momentum
and weight decay. The run follows PyTorch's step for step: the same losses and the same parameters, to the last
digits.

    x             (N, D)   the training examples
    target        (N,)     the right class of each, a whole number from 0 to C - 1
    params        a list with one pair (W, b) for each layer, first layer first; relu between the layers, none after
                  the last, as in backprop/mlp. One layer or more.
    batches       a list of index arrays, one for each step: step i uses the examples x[batches[i]]. Their lengths may
                  differ.
    lr, momentum, weight_decay   numbers

One step: the forward on this batch; the loss, the mean over this batch of -log(p[right class]); the gradient g of
every W and b; and then, for every W and for every b alike,

    g        <- g + weight_decay * w
    velocity <- momentum * velocity + g        (each parameter has a velocity of its own, 0 before the first step)
    w        <- w - lr * velocity

Return the new params, as a list of pairs like the old ones, and losses: a list or an array with one number for each
step, the loss of that step's batch *before* its update. The params that were passed in stay as they are.
"""

import numpy as np


def fit(x, target, params, batches, lr, momentum, weight_decay):
    """x (N, D), target (N,), params [(W, b), ...], batches [indices, ...] -> params, losses"""
    ### BEGIN SOLUTION

    def each(function, *lists):
        return [tuple(map(function, *pairs)) for pairs in zip(*lists, strict=True)]

    velocities = each(np.zeros_like, params)
    losses = []
    for batch in batches:
        rows = np.arange(len(batch))
        # MISTAKE whole-data: batch = np.arange(len(x)); rows = batch
        inputs = [x[batch]]
        # MISTAKE targets-not-picked: inputs = [x[:len(batch)]]
        # MISTAKE classes-not-picked: inputs = [x[batch]]; batch = np.arange(len(batch))
        for W, b in params[:-1]:
            inputs.append(np.maximum(inputs[-1] @ W + b, 0))
            # MISTAKE no-relu: inputs.append(inputs[-1] @ W + b)
        logits = inputs[-1] @ params[-1][0] + params[-1][1]
        # MISTAKE relu-on-logits: logits = np.maximum(inputs[-1] @ params[-1][0] + params[-1][1], 0)
        logits = logits - logits.max(axis=1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        losses.append(-log_p[rows, target[batch]].mean())
        # MISTAKE loss-summed: losses.append(-log_p[rows, target[batch]].sum())
        # MISTAKE loss-running-mean: losses.append((sum(losses[-1:]) * len(losses) - log_p[rows, target[batch]].mean()) / (len(losses) + 1))
        # MISTAKE decay-in-loss: losses.append(-log_p[rows, target[batch]].mean() + weight_decay / 2 * sum((a**2).sum() for pair in params for a in pair))
        # MISTAKE loss-after-update: pass
        # MISTAKE decay-in-loss-weights-only: losses.append(-log_p[rows, target[batch]].mean() + weight_decay / 2 * sum((W**2).sum() for W, b in params))
        # MISTAKE decay-in-loss-not-halved: losses.append(-log_p[rows, target[batch]].mean() + weight_decay * sum((a**2).sum() for pair in params for a in pair))
        dz = np.exp(log_p)
        dz[rows, target[batch]] -= 1
        dz /= len(batch)
        # MISTAKE gradient-summed: pass
        # MISTAKE divided-by-all-examples: dz /= len(x)
        # MISTAKE divided-by-first-batch: dz /= len(batches[0])
        grads = []
        # MISTAKE gradients-pile-up: grads, before = [], grads if len(losses) > 1 else None
        for layer in reversed(range(len(params))):
            grads.insert(0, (inputs[layer].T @ dz, dz.sum(axis=0)))
            # MISTAKE biases-averaged: grads.insert(0, (inputs[layer].T @ dz, dz.mean(axis=0)))
            dz = (dz @ params[layer][0].T) * (inputs[layer] > 0)
            # MISTAKE no-relu: dz = dz @ params[layer][0].T
            # MISTAKE mask-missing: dz = dz @ params[layer][0].T
            # MISTAKE updated-on-the-way: dz = (dz @ (params[layer][0] - lr * (momentum * velocities[layer][0] + grads[0][0] + weight_decay * params[layer][0])).T) * (inputs[layer] > 0)
        # MISTAKE gradients-pile-up: grads = grads if before is None else [tuple(a + c for a, c in zip(p, q)) for p, q in zip(grads, before)]
        grads = each(lambda g, w: g + weight_decay * w, grads, params)
        # MISTAKE decay-forgotten: pass
        # MISTAKE decay-beside-velocity: pass
        # MISTAKE decay-on-weights-only: grads = each(lambda g, w: g + weight_decay * w * (w.ndim == 2), grads, params)
        # MISTAKE decay-twice: grads = each(lambda g, w: g + 2 * weight_decay * w, grads, params)
        # MISTAKE decay-sign: grads = each(lambda g, w: g - weight_decay * w, grads, params)
        # MISTAKE only-last-layer: grads = [*each(lambda g: 0 * g, grads[:-1]), *each(lambda g, w: g + weight_decay * w, grads[-1:], params[-1:])]
        # MISTAKE biases-not-updated: grads = each(lambda g, w: (g + weight_decay * w) * (w.ndim == 2), grads, params)
        # MISTAKE old-velocity-used: grads = each(lambda g, w: g + weight_decay * w, grads, params); old = velocities
        # MISTAKE decay-halved: grads = each(lambda g, w: g + weight_decay / 2 * w, grads, params)
        # MISTAKE decay-beside-velocity-weights-only: pass
        # MISTAKE decay-without-learning-rate: pass
        velocities = each(lambda v, g: momentum * v + g, velocities, grads)
        # MISTAKE momentum-forgotten: velocities = grads
        # MISTAKE gradient-damped: velocities = each(lambda v, g: momentum * v + (1 - momentum) * g, velocities, grads)
        # MISTAKE velocity-not-fading: velocities = each(lambda v, g: v + g, velocities, grads)
        # MISTAKE momentum-fixed: velocities = each(lambda v, g: 0.9 * v + g, velocities, grads)
        params = each(lambda w, v: w - lr * v, params, velocities)
        # MISTAKE decay-beside-velocity: params = each(lambda w, v: w - lr * v - lr * weight_decay * w, params, velocities)
        # MISTAKE nesterov: params = each(lambda w, g, v: w - lr * (g + momentum * v), params, grads, velocities)
        # MISTAKE old-velocity-used: params = each(lambda w, v: w - lr * v, params, old)
        # MISTAKE uphill: params = each(lambda w, v: w + lr * v, params, velocities)
        # MISTAKE loss-after-update: params = each(lambda w, v: w - lr * v, params, velocities); z = x[batch]; [z := np.maximum(z @ W + b, 0) for W, b in params[:-1]]; z = z @ params[-1][0] + params[-1][1]; losses.append((np.log(np.exp(z).sum(axis=1)) - z[rows, target[batch]]).mean())
        # MISTAKE decay-beside-velocity-weights-only: params = each(lambda w, v: w - lr * v - lr * weight_decay * w * (w.ndim == 2), params, velocities)
        # MISTAKE decay-without-learning-rate: params = each(lambda w, v: w - lr * v - weight_decay * w, params, velocities)
    losses = np.array(losses)
    # MISTAKE biases-first: losses = np.array(losses); params = [(b, W) for W, b in params]
    ### END SOLUTION
    return params, losses
