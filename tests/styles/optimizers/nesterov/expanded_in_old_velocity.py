import numpy as np


def nesterov_step(w, dw, velocity, lr, momentum=0.9):
    mu = momentum
    # w - lr (g + mu (mu u + g)) = w - lr (1 + mu) g - lr mu^2 u, with the old u
    coefficients = [1, -lr * (1 + mu), -lr * mu**2]
    w_new = sum(c * a for c, a in zip(coefficients, (w, dw, velocity)))
    return w_new, mu * velocity + dw
