import math
import numpy as np


def l2_penalty_forward(w, weight_decay):
    numbers = w.ravel().tolist()
    loss = math.fsum(a * a for a in numbers) * weight_decay / 2
    return float(loss), {"numbers": numbers, "shape": w.shape, "lambda": weight_decay}


def l2_penalty_backward(dloss, cache):
    dw = []
    for a in cache["numbers"]:
        dw.append(float(dloss) * 2 * (cache["lambda"] / 2) * a)
    return np.array(dw).reshape(cache["shape"])
