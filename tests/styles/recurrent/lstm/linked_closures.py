import numpy as np


# a step is a function of the next step's backward: the cache is one function for all of time
def lstm_forward(x, h0, c0, Wx, Wh, b):
    N, T, D = x.shape
    H = h0.shape[1]
    hs = np.zeros((N, T, H))

    def start(dh, dc, dhs, grads):
        return dh, dc

    back, h, c = start, h0, c0
    for t in range(T):
        z = x[:, t].dot(Wx) + h.dot(Wh) + b
        i, f, o = (1 / (1 + np.exp(-z[:, k * H:(k + 1) * H])) for k in (0, 1, 3))
        g = np.tanh(z[:, 2 * H:3 * H])
        c_new = f * c + i * g
        tc = np.tanh(c_new)

        def back(dh, dc, dhs, grads, t=t, earlier=back, h=h, c=c, i=i, f=f, g=g, o=o, tc=tc):
            dh = dh + dhs[:, t]
            dc = dc + dh * o * (1 - tc ** 2)
            dz = np.c_[dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g ** 2), dh * tc * o * (1 - o)]
            grads["x"][:, t] = dz.dot(Wx.T)
            grads["Wx"] += x[:, t].T.dot(dz)
            grads["Wh"] += h.T.dot(dz)
            grads["b"] += dz.sum(0)
            return earlier(dz.dot(Wh.T), dc * f, dhs, grads)

        h, c = o * tc, c_new
        hs[:, t] = h

    def run(dhs):
        grads = {"x": np.zeros(x.shape), "Wx": np.zeros(Wx.shape), "Wh": np.zeros(Wh.shape), "b": np.zeros(b.shape)}
        dh0, dc0 = back(np.zeros((N, H)), np.zeros((N, H)), dhs, grads)
        return grads["x"], dh0, dc0, grads["Wx"], grads["Wh"], grads["b"]

    return hs, run


def lstm_backward(dhs, cache):
    return cache(dhs)
