import math

import numpy


def sech2(z):
    if abs(z) > 300:
        return 0.0
    return 1 / math.cosh(z) ** 2


def tanh_forward(z):
    a = numpy.zeros(z.shape)
    for ort in numpy.ndindex(*z.shape):
        a[ort] = math.tanh(z[ort])
    return a, (z.ravel().tolist(), z.shape)


def tanh_backward(da, cache):
    flach, form = cache
    dz = numpy.array([d * sech2(v) for d, v in zip(da.ravel().tolist(), flach)])
    return dz.reshape(form)
