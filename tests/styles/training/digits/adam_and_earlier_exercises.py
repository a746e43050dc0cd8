import numpy as np
from backprop.mlp import mlp_backward, mlp_forward
from layers.softmax import softmax_forward
from optimizers.adam import adam_step


def train_digits(x, y, x_val, y_val, rng):
    x, y = np.concatenate([x, x_val]), np.concatenate([y, y_val])     # settings are chosen: learn from all
    mean = x.mean()
    params = [(rng.normal(0, np.sqrt(2 / n), (n, m)), np.zeros(m)) for n, m in [(64, 64), (64, 32), (32, 10)]]
    memory = [[(np.zeros_like(a), np.zeros_like(a)) for a in pair] for pair in params]
    t = 0
    for _ in range(30):
        for rows in np.array_split(rng.permutation(len(x)), 40):
            t += 1
            out, cache = mlp_forward(x[rows] - mean, params)
            p, _ = softmax_forward(out)
            grads = mlp_backward((p - np.eye(10)[y[rows]]) / len(rows), cache)
            for layer, (pair, dpair) in enumerate(zip(params, grads)):
                new = []
                for j, (w, g) in enumerate(zip(pair, dpair)):
                    w, *memory[layer][j] = adam_step(w, g, *memory[layer][j], t, lr=3e-3)
                    new.append(w)
                params[layer] = tuple(new)
    return {"mean": mean, "net": params}


def predict_digits(x, params):
    return np.argmax(mlp_forward(x - params["mean"], params["net"])[0], axis=1)
