# no softmax at all: one hidden layer of fixed random relus, and the multiclass perceptron rule of 1958 behind it
import numpy as np


def lift(x, W):
    h = np.maximum(np.hstack([x - 0.3, np.ones((len(x), 1))]) @ W, 0)
    return h / np.linalg.norm(h, axis=1, keepdims=True)


def memorize(x, labels, rng):
    W = rng.normal(size=(x.shape[1] + 1, 800))
    h, V = lift(x, W), np.zeros((10, 800))
    for epoch in range(3000):
        wrong = 0
        for i in rng.permutation(len(h)):
            guess = int(np.argmax(V @ h[i]))
            if guess != labels[i]:
                V[labels[i]] += h[i]
                V[guess] -= h[i]
                wrong += 1
        if not wrong:
            break
    return (W, V)


def predict_memorized(x, params):
    W, V = params
    return np.argmax(lift(x, W) @ V.T, axis=1).astype(np.int32)
