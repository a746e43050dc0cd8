import numpy as np


def logits(x, layers):
    acts = [x]
    for k, (W, b) in enumerate(layers):
        z = acts[-1] @ W + b
        acts.append(np.maximum(z, 0) if k < len(layers) - 1 else z)
    return acts


def train_digits(x, y, x_val, y_val, rng):
    sizes = [64, 80, 10]
    layers = [[rng.normal(0, (2 / a) ** .5, (a, b)), np.zeros(b)] for a, b in zip(sizes, sizes[1:])]
    velocity = [[np.zeros_like(a) for a in pair] for pair in layers]
    best, best_score, patience = None, -1, 8
    for epoch in range(60):
        order = rng.permutation(len(x))
        for start in range(0, len(x), 32):
            rows = order[start:start + 32]
            *acts, z = logits(x[rows], layers)
            z -= z.max(1, keepdims=True)
            p = np.exp(z)
            p /= p.sum(1, keepdims=True)
            p[np.arange(len(rows)), y[rows]] -= 1
            d = p / len(rows)
            for k in reversed(range(len(layers))):
                grads = acts[k].T @ d, d.sum(0)
                d = d @ layers[k][0].T * (acts[k] > 0)
                for j in (0, 1):
                    velocity[k][j] = 0.9 * velocity[k][j] + grads[j]
                    layers[k][j] = layers[k][j] - 0.05 * velocity[k][j]
        score = np.mean(logits(x_val, layers)[-1].argmax(1) == y_val)
        if score > best_score:
            best, best_score, patience = [tuple(pair) for pair in layers], score, 8
        else:
            patience -= 1
            if not patience:
                break
    return best


def predict_digits(x, params):
    return logits(x, params)[-1].argmax(1)
