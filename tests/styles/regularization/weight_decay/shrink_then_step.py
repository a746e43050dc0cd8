import numpy as np


def weight_decay_step(w, dw, lr, weight_decay):
    new = w * (1 - lr * weight_decay)
    new -= lr * dw
    return new
