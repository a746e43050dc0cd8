"""AdamW: Adam, with a weight decay that Adam does not rescale

Adam divides each parameter's gradient by the root of that gradient's average square. A penalty on the
weights that stands in the loss is part of the gradient, so it is divided as well, and weights with large
gradients are hardly held back at all. AdamW keeps the decay out of the gradient: the weights shrink by
themselves, and Adam's step is taken for the loss alone. Written for one parameter, with g for its gradient:

    w     <- w - lr * weight_decay * w
    m     <- beta1 * m + (1 - beta1) * g
    v     <- beta2 * v + (1 - beta2) * g**2
    m_hat =  m / (1 - beta1**t)
    v_hat =  v / (1 - beta2**t)
    w     <- w - lr * m_hat / (sqrt(v_hat) + eps)

    w, dw         the parameters and the gradient g of the loss without any penalty, of one shape, any
    m, v          the averages so far, of the same shape; zeros before the first step
    t             the number of this step, counted from 1
    lr, eps       numbers
    beta1, beta2  numbers from 0 to below 1: how slowly m and v forget
    weight_decay  a number, 0 or more: how strongly the weights are drawn towards 0

Return the new w, m and v in new arrays. The caller keeps m and v without the correction, as in Adam, and
hands them back at the next step.
"""

import numpy as np


def adamw_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """w, dw, m, v of one shape, t = 1, 2, ... -> the new w, the new m, the new v, of the same shape"""
    ### BEGIN SOLUTION
    shrunk = w - lr * weight_decay * w
    # MISTAKE no-decay: shrunk = w
    # MISTAKE growing: shrunk = w + lr * weight_decay * w
    # MISTAKE decay-without-lr: shrunk = w - weight_decay * w
    # MISTAKE decay-squared: shrunk = w - lr * weight_decay * w**2
    # MISTAKE sign-of-weights: shrunk = w - lr * weight_decay * np.sign(w)
    # MISTAKE factor-two: shrunk = w - 2 * lr * weight_decay * w
    # MISTAKE gradient-decayed: shrunk = w - lr * weight_decay * dw
    # MISTAKE decay-only: shrunk = weight_decay * w
    # MISTAKE decay-in-gradient: shrunk, dw = w, dw + weight_decay * w
    # MISTAKE decay-in-both: shrunk, dw = w - lr * weight_decay * w, dw + weight_decay * w
    # MISTAKE decay-in-m-only: shrunk = w
    # MISTAKE decay-after-step: shrunk = w
    # MISTAKE decay-rescaled: shrunk = w
    # MISTAKE decay-fixed: weight_decay = 0.01; shrunk = w - lr * weight_decay * w
    # MISTAKE decay-zero-for-default: weight_decay = weight_decay or 0.01; shrunk = w - lr * weight_decay * w
    # MISTAKE zero-for-default: weight_decay = weight_decay or 0.01; beta1 = beta1 or 0.9; beta2 = beta2 or 0.999; shrunk = w - lr * weight_decay * w
    # MISTAKE learning-rate-fixed: lr = 1e-3; shrunk = w - lr * weight_decay * w
    m = beta1 * m + (1 - beta1) * dw
    # MISTAKE weights-swapped: m = (1 - beta1) * m + beta1 * dw
    # MISTAKE decay-in-m-only: m = beta1 * m + (1 - beta1) * (dw + weight_decay * w)
    # MISTAKE betas-swapped: m = beta2 * m + (1 - beta2) * dw
    # MISTAKE betas-fixed: beta1, beta2 = 0.9, 0.999; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE constants-fixed: beta1, beta2, eps = 0.9, 0.999, 1e-8; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE beta1-fixed: beta1 = 0.9; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE beta2-fixed: beta2 = 0.999; m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    # MISTAKE weights-swapped: v = (1 - beta2) * v + beta2 * dw**2
    # MISTAKE betas-swapped: v = beta1 * v + (1 - beta1) * dw**2
    # MISTAKE not-squared: v = beta2 * v + (1 - beta2) * np.abs(dw)
    m_hat = m / (1 - beta1**t)
    # MISTAKE no-correction: m_hat = m
    # MISTAKE m-not-corrected: m_hat = m
    # MISTAKE betas-swapped: m_hat = m / (1 - beta2**t)
    # MISTAKE steps-from-zero: m_hat = m / (1 - beta1 ** (t + 1))
    # MISTAKE gradient-for-m: m_hat = dw
    v_hat = v / (1 - beta2**t)
    # MISTAKE no-correction: v_hat = v
    # MISTAKE v-not-corrected: v_hat = v
    # MISTAKE betas-swapped: v_hat = v / (1 - beta1**t)
    # MISTAKE steps-from-zero: v_hat = v / (1 - beta2 ** (t + 1))
    # MISTAKE decay-rescaled: v_hat = v / (1 - beta2**t); m_hat = m_hat + weight_decay * w
    w = shrunk - lr * m_hat / (np.sqrt(v_hat) + eps)
    # MISTAKE uphill: w = shrunk + lr * m_hat / (np.sqrt(v_hat) + eps)
    # MISTAKE no-learning-rate: w = shrunk - m_hat / (np.sqrt(v_hat) + eps)
    # MISTAKE no-root: w = shrunk - lr * m_hat / (v_hat + eps)
    # MISTAKE eps-missing: w = shrunk - lr * m_hat / np.sqrt(v_hat)
    # MISTAKE eps-fixed: w = shrunk - lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    # MISTAKE eps-added-to-step: w = shrunk - lr * m_hat / np.sqrt(v_hat) + eps
    # MISTAKE eps-inside-root: w = shrunk - lr * m_hat / np.sqrt(v_hat + eps)
    # MISTAKE decay-after-step: w = (w - lr * m_hat / (np.sqrt(v_hat) + eps)) * (1 - lr * weight_decay)
    # MISTAKE corrected-returned: w = shrunk - lr * m_hat / (np.sqrt(v_hat) + eps); m, v = m_hat, v_hat
    ### END SOLUTION
    return w, m, v
