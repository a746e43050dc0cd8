import math
import numpy as np

def adagrad_step(w, dw, square_sum, lr, eps=1e-10):
    ws = []
    ss = []
    for a, g, s in zip(w.flat, dw.flat, square_sum.flat):
        s = float(s) + float(g) ** 2
        ss.append(s)
        ws.append(float(a) - lr * float(g) / (math.sqrt(s) + eps))
    return np.reshape(ws, w.shape), np.reshape(ss, w.shape)
