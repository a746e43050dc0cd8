import numpy as np
from backprop.mlp import mlp_backward, mlp_forward
from layers.log_softmax import log_softmax_backward, log_softmax_forward
from optimizers.momentum import momentum_step


def fit(x, target, params, batches, lr, momentum, weight_decay):
    velocities = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    losses = []
    for rows in batches:
        n = len(rows)
        logits, way = mlp_forward(x[rows], params)
        logp, soft = log_softmax_forward(logits)
        pick = (np.arange(n), target[rows])
        losses.append(-logp[pick].mean())
        dlogp = np.zeros_like(logp)
        dlogp[pick] = -1 / n
        grads = mlp_backward(log_softmax_backward(dlogp, soft), way)
        new_params, new_velocities = [], []
        for pair, dpair, vpair in zip(params, grads, velocities):
            stepped = [momentum_step(w, g + weight_decay * w, v, lr, momentum) for w, g, v in zip(pair, dpair, vpair)]
            new_params.append(tuple(w for w, _ in stepped))
            new_velocities.append(tuple(v for _, v in stepped))
        params, velocities = new_params, new_velocities
    return params, losses
