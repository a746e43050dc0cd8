import numpy as np
from optimizers.momentum import momentum_step
from optimizers.rmsprop import rmsprop_step


def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    # momentum keeps m if it is fed with (1 - beta1) g; rmsprop keeps v.
    _, m_new = momentum_step(w, (1 - beta1) * dw, m, lr, beta1)
    _, v_new = rmsprop_step(w, dw, v, lr, beta2, eps)
    m_hat, v_hat = m_new / (1 - beta1**t), v_new / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m_new, v_new
