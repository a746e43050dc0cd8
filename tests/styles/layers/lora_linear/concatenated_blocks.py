import numpy as np


# [x, s x A] times [W; B] is one linear layer; run its backward and split
def lora_linear_forward(x, W, A, B, scale):
    wide = np.concatenate([x, scale * x.dot(A)], axis=1)
    tall = np.concatenate([W, B], axis=0)
    return wide.dot(tall), iter([(wide, tall, A, scale)]).__next__()


def lora_linear_backward(dy, cache):
    wide, tall, A, scale = cache
    D = A.shape[0]
    dwide, dtall = dy.dot(tall.T), wide.T.dot(dy)
    dx, dlow = np.split(dwide, [D], axis=1)
    _, dB = np.split(dtall, [D])
    dlow = dlow * scale
    return dx + dlow.dot(A.T), wide[:, :D].T.dot(dlow), dB
