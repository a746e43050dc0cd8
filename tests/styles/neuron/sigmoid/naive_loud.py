import numpy as np

def sigmoid_forward(z):
    a = 1.0 / (1.0 + np.exp(-z))   # warns for z = -1000, but 1 / inf = 0 is what we want
    cache = {'a': a}
    return a, cache

def sigmoid_backward(da, cache):
    a = cache['a']
    dz = np.multiply(da, a - a ** 2)
    return dz
