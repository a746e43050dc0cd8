import numpy as np


class Step:
    def __init__(self, default=0.9):
        self.default = default

    def __call__(self, w, dw, velocity, lr, momentum=None):
        mu = self.default if momentum is None else momentum
        print("momentum step", np.shape(w), "lr", lr, "mu", mu)
        u = np.add(np.multiply(mu, velocity), dw)
        return np.subtract(w, np.multiply(lr, u)), u


momentum_step = Step()
