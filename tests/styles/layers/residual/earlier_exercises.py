from layers.linear import linear_backward, linear_forward
from neuron.relu import relu_backward, relu_forward


def residual_forward(x, W1, b1, W2, b2):
    z, c1 = linear_forward(x, W1, b1)
    a, c2 = relu_forward(z)
    r, c3 = linear_forward(a, W2, b2)
    return x + r, [c1, c2, c3]


def residual_backward(dy, cache):
    c1, c2, c3 = cache
    da, dW2, db2 = linear_backward(dy, c3)
    dz = relu_backward(da, c2)
    dx, dW1, db1 = linear_backward(dz, c1)
    return dx + dy, dW1, db1, dW2, db2
