import numpy as np


def adamw_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    # both parts start from the same w, so one step along their sum does
    stack = np.stack([m, v])
    seen = np.stack([dw, dw * dw])
    betas = np.array([beta1, beta2]).reshape(2, *[1] * w.ndim)
    stack = stack * betas + seen * (1 - betas)
    hat = stack / (1 - betas**t)
    direction = weight_decay * w + hat[0] / (np.sqrt(hat[1]) + eps)
    return w - lr * direction, stack[0], stack[1]
