import numpy as np
from layers.linear import linear_backward, linear_forward
from neuron.sigmoid import sigmoid_backward, sigmoid_forward
from neuron.tanh import tanh_backward, tanh_forward

SIGMOID, TANH = (sigmoid_forward, sigmoid_backward), (tanh_forward, tanh_backward)
KIND = {"i": SIGMOID, "f": SIGMOID, "g": TANH, "o": SIGMOID}


def lstm_step_forward(x, h, c, Wx, Wh, b):
    H = c.shape[1]
    both = np.concatenate([x, h], axis=1)
    gate, cache = {}, {"c": c, "D": x.shape[1]}
    for place, name in enumerate(KIND):
        cols = slice(place * H, (place + 1) * H)
        z, lin = linear_forward(both, np.concatenate([Wx[:, cols], Wh[:, cols]]), b[cols])
        gate[name], act = KIND[name][0](z)
        cache[name] = lin, act
    c_next = gate["f"] * c + gate["i"] * gate["g"]
    t, cache["t"] = tanh_forward(c_next)
    cache["gate"], cache["shown"] = gate, t
    return (gate["o"] * t, c_next), cache


def lstm_step_backward(dout, cache):
    dh_next, dc_next = dout
    G, c, D = cache["gate"], cache["c"], cache["D"]
    dct = dc_next + tanh_backward(dh_next * G["o"], cache["t"])
    local = {"i": dct * G["g"], "f": dct * c, "g": dct * G["i"], "o": dh_next * cache["shown"]}
    dboth, dWs, dbs = 0, [], []
    for name, da in local.items():
        lin, act = cache[name]
        d, dW, db = linear_backward(KIND[name][1](da, act), lin)
        dboth = dboth + d
        dWs.append(dW)
        dbs.append(db)
    dW = np.concatenate(dWs, axis=1)
    return dboth[:, :D], dboth[:, D:], dct * G["f"], dW[:D], dW[D:], np.concatenate(dbs)
