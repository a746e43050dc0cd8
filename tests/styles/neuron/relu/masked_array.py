import numpy as np
import numpy.ma as ma


def relu_forward(z):
    m = ma.masked_less_equal(z, 0, copy=True)
    return m.filled(0.0), m


def relu_backward(da, cache):
    return ma.array(da, mask=ma.getmaskarray(cache)).filled(0.0)
