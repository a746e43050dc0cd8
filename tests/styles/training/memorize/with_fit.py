import numpy as np
from backprop.mlp import mlp_forward
from training.fit import fit


class Net:
    def __init__(self, rng, *sizes):
        self.params = [(rng.normal(size=(a, b)) * (2 / a) ** 0.5, np.zeros(b)) for a, b in zip(sizes, sizes[1:])]

    def __call__(self, x):
        return [int(c) for c in np.argmax(mlp_forward(x, self.params)[0], axis=-1)]


def memorize(x, labels, rng):
    net, everything = Net(rng, 64, 100, 100, 10), np.arange(len(x))
    while net(x) != labels.tolist():
        batches = [b for _ in range(20) for b in np.array_split(rng.permutation(everything), 4)]
        net.params, losses = fit(x, labels, net.params, batches, 0.05, 0.9, 0.0)
        print("loss", losses[-1])
    return net


def predict_memorized(x, params):
    return np.asarray(params(x))
