import numpy as np
from numpy.linalg import multi_dot


def lora_linear_forward(x, W, A, B, scale):
    return x @ W + scale * multi_dot([x, A, B]), (x, W, A, B, scale)


def lora_linear_backward(dy, cache):
    x, W, A, B, scale = cache
    dx = np.dot(dy, W.T) + scale * multi_dot([dy, B.T, A.T])
    return dx, scale * multi_dot((x.T, dy, B.T)), scale * multi_dot((A.T, x.T, dy))
