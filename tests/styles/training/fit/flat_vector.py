"""All parameters lie in one long vector; W and b are views into it, and so an update is one line."""
import numpy as np


def views(flat, shapes):
    out, at = [], 0
    for shape in shapes:
        n = int(np.prod(shape))
        out.append(flat[at:at + n].reshape(shape))
        at += n
    return out


def fit(x, target, params, batches, lr, momentum, weight_decay):
    arrays = [a for pair in params for a in pair]
    shapes = [a.shape for a in arrays]
    theta = np.concatenate([a.ravel() for a in arrays]).astype(np.float64)
    velocity, grad = np.zeros_like(theta), np.zeros_like(theta)
    w, g = views(theta, shapes), views(grad, shapes)
    losses = np.zeros(len(batches))
    for step, batch in enumerate(batches):
        acts = [x[batch]]
        for k in range(0, len(w), 2):
            z = acts[-1] @ w[k] + w[k + 1]
            acts.append(np.maximum(z, 0) if k + 2 < len(w) else z)
        z = acts.pop()
        z = z - z.max(axis=1, keepdims=True)
        e = np.exp(z)
        right = np.eye(z.shape[1])[target[batch]]
        losses[step] = np.mean(np.log(e.sum(1)) - (z * right).sum(1))
        d = (e / e.sum(1, keepdims=True) - right) / len(batch)
        for k in range(len(w) - 2, -1, -2):
            a = acts.pop()
            g[k][...] = a.T @ d
            g[k + 1][...] = d.sum(0)
            if k:
                d = d @ w[k].T * (a > 0)
        velocity *= momentum
        velocity += grad + weight_decay * theta
        theta -= lr * velocity
    return list(zip(w[::2], w[1::2])), losses
