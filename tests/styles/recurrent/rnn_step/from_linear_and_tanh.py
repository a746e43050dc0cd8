import numpy as np
from layers.linear import linear_backward, linear_forward
from neuron.tanh import tanh_backward, tanh_forward


def rnn_step_forward(x, h, Wx, Wh, b):
    u, cache_x = linear_forward(x, Wx, b)
    r, cache_h = linear_forward(h, Wh, np.zeros(len(Wh)))
    out, cache_t = tanh_forward(u + r)
    return out, {"x": cache_x, "h": cache_h, "tanh": cache_t}


def rnn_step_backward(dh_next, cache):
    dz = tanh_backward(dh_next, cache["tanh"])
    dx, dWx, db = linear_backward(dz, cache["x"])
    dh, dWh, _ = linear_backward(dz, cache["h"])
    return dx, dh, dWx, dWh, db
