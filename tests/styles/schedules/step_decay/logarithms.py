import numpy as np


def step_decay(step, lr, step_size, gamma=0.1):
    drops = np.floor(np.true_divide(step, step_size))
    return lr * np.exp(drops * np.log(gamma))
