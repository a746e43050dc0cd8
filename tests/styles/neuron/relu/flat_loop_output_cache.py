import numpy as np


def relu_forward(z):
    out = [v if v > 0 else 0.0 for v in z.flat]
    a = np.array(out).reshape(z.shape)
    return a, out          # where the output is positive, the input was


def relu_backward(da, cache):
    dz = np.zeros_like(da)
    for i, v in enumerate(cache):
        if v:
            dz.flat[i] = da.flat[i]
    return dz
