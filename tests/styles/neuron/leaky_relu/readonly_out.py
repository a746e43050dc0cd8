import numpy as np


def leaky_relu_forward(z, alpha=0.01):
    out = np.array(z, order="F")
    np.multiply(z, alpha, out=out, where=z <= 0)
    out.flags.writeable = False
    return out, (z, alpha)


def leaky_relu_backward(da, cache):
    z, alpha = cache
    dz = np.select([z > 0, z <= 0], [da, alpha * da])
    dz.setflags(write=False)
    return dz.T.copy().T
