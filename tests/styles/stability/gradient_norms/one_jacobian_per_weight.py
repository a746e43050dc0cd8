import numpy as np

F = {
    "sigmoid": (lambda z: np.exp(-np.logaddexp(0, -z)), lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.where(z > 0, z, 0), lambda z: np.piecewise(z, [z > 0], [1, 0])),
}


def gradient_norms(x, weights, activation, dlast):
    """Forward mode: how every entry of one W moves the output, for all entries at once."""
    f, df = F[activation]
    inputs = [x]
    for W in weights:
        inputs.append(f(inputs[-1] @ W))
    norms = []
    for l, W in enumerate(weights):
        K, M = W.shape
        # d a_l[n, j] / d W[k, m] = a_(l-1)[n, k] [j = m] slope[n, m]
        J = np.einsum("nk,jm,nm->nkmj", inputs[l], np.eye(M), df(inputs[l] @ W))
        for a, V in zip(inputs[l + 1:], weights[l + 1:]):
            J = np.einsum("nkmj,ji,ni->nkmi", J, V, df(a @ V))
        norms.append(np.sqrt(np.sum(np.einsum("nkmi,ni->km", J, dlast) ** 2)).item())
    return norms
