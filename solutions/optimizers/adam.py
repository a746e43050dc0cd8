"""Adam: momentum, with a step size for each parameter

Adam keeps two running averages: m of the gradient, and v of its square. The step goes along m and is
divided by the root of v, so that a parameter with small gradients moves about as far as one with large
gradients. Written for one parameter, with g for its gradient:

    m     <- beta1 * m + (1 - beta1) * g
    v     <- beta2 * v + (1 - beta2) * g**2
    m_hat =  m / (1 - beta1**t)
    v_hat =  v / (1 - beta2**t)
    w     <- w - lr * m_hat / (sqrt(v_hat) + eps)

Both averages start from 0 and are too small at first; m_hat and v_hat make up for that. eps keeps a
parameter without gradient from dividing 0 by 0.

    w, dw         the parameters and the gradient g, of one shape, any
    m, v          the averages so far, of the same shape; zeros before the first step
    t             the number of this step, counted from 1
    lr, eps       numbers
    beta1, beta2  numbers from 0 to below 1: how slowly m and v forget

Return the new w, m and v in new arrays. The caller keeps m and v as they are in the first two lines,
without the correction, and hands them back at the next step.
"""

import numpy as np


def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """w, dw, m, v of one shape, t = 1, 2, ... -> the new w, the new m, the new v, of the same shape"""
    ### BEGIN SOLUTION
    m = beta1 * m + (1 - beta1) * dw
    # MISTAKE gradient-not-weighted: m = beta1 * m + dw
    # MISTAKE m-not-weighted: m = beta1 * m + dw
    # MISTAKE weights-swapped: m = (1 - beta1) * m + beta1 * dw
    # MISTAKE betas-swapped: m = beta2 * m + (1 - beta2) * dw
    # MISTAKE state-not-updated: old_m = m; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE old-averages-used: old_m = m; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE betas-fixed: beta1, beta2 = 0.9, 0.999; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE constants-fixed: beta1, beta2, eps = 0.9, 0.999, 1e-8; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE zero-for-default: beta1, beta2 = beta1 or 0.9, beta2 or 0.999; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE beta1-fixed: beta1 = 0.9; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE beta2-fixed: beta2 = 0.999; m = beta1 * m + (1 - beta1) * dw
    # MISTAKE learning-rate-fixed: lr = 1e-3; m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * dw**2
    # MISTAKE gradient-not-weighted: v = beta2 * v + dw**2
    # MISTAKE weights-swapped: v = (1 - beta2) * v + beta2 * dw**2
    # MISTAKE betas-swapped: v = beta1 * v + (1 - beta1) * dw**2
    # MISTAKE one-beta: v = beta1 * v + (1 - beta1) * dw**2
    # MISTAKE state-not-updated: old_v = v; v = beta2 * v + (1 - beta2) * dw**2
    # MISTAKE old-averages-used: old_v = v; v = beta2 * v + (1 - beta2) * dw**2
    # MISTAKE not-squared: v = beta2 * v + (1 - beta2) * np.abs(dw)
    # MISTAKE average-squared: v = beta2 * v + (1 - beta2) * m**2
    # MISTAKE one-v-for-all: v = beta2 * v + (1 - beta2) * np.mean(dw**2)
    m_hat = m / (1 - beta1**t)
    # MISTAKE no-correction: m_hat = m
    # MISTAKE eps-inside-uncorrected: m_hat = m
    # MISTAKE m-not-corrected: m_hat = m
    # MISTAKE betas-swapped: m_hat = m / (1 - beta2**t)
    # MISTAKE power-forgotten: m_hat = m / (1 - beta1)
    # MISTAKE betas-swapped-in-correction: m_hat = m / (1 - beta2**t)
    # MISTAKE power-of-difference: m_hat = m / (1 - beta1) ** t
    # MISTAKE times-for-power: m_hat = m / (1 - beta1 * t)
    # MISTAKE corrected-at-first-only: m_hat = m / (1 - beta1**t) if t == 1 else m
    # MISTAKE steps-from-zero: m_hat = m / (1 - beta1 ** (t + 1))
    # MISTAKE old-averages-used: m_hat = old_m / (1 - beta1**t)
    # MISTAKE gradient-for-m: m_hat = dw
    v_hat = v / (1 - beta2**t)
    # MISTAKE no-correction: v_hat = v
    # MISTAKE eps-inside-uncorrected: v_hat = v
    # MISTAKE v-not-corrected: v_hat = v
    # MISTAKE betas-swapped: v_hat = v / (1 - beta1**t)
    # MISTAKE one-beta: v_hat = v / (1 - beta1**t)
    # MISTAKE power-forgotten: v_hat = v / (1 - beta2)
    # MISTAKE betas-swapped-in-correction: v_hat = v / (1 - beta1**t)
    # MISTAKE power-of-difference: v_hat = v / (1 - beta2) ** t
    # MISTAKE times-for-power: v_hat = v / (1 - beta2 * t)
    # MISTAKE corrected-at-first-only: v_hat = v / (1 - beta2**t) if t == 1 else v
    # MISTAKE steps-from-zero: v_hat = v / (1 - beta2 ** (t + 1))
    # MISTAKE old-averages-used: v_hat = old_v / (1 - beta2**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    # MISTAKE uphill: w = w + lr * m_hat / (np.sqrt(v_hat) + eps)
    # MISTAKE no-learning-rate: w = w - m_hat / (np.sqrt(v_hat) + eps)
    # MISTAKE no-root: w = w - lr * m_hat / (v_hat + eps)
    # MISTAKE no-v: w = w - lr * m_hat
    # MISTAKE eps-missing: w = w - lr * m_hat / np.sqrt(v_hat)
    # MISTAKE eps-fixed: w = w - lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    # MISTAKE eps-inside-root: w = w - lr * m_hat / np.sqrt(v_hat + eps)
    # MISTAKE root-before-correction: w = w - lr * m_hat / (np.sqrt(v) / (1 - beta2**t) + eps)
    # MISTAKE eps-inside-uncorrected: w = w - lr * m_hat / np.sqrt(v_hat + eps)
    # MISTAKE eps-before-correction: w = w - lr * m_hat * np.sqrt(1 - beta2**t) / (np.sqrt(v) + eps)
    # MISTAKE corrected-returned: w = w - lr * m_hat / (np.sqrt(v_hat) + eps); m, v = m_hat, v_hat
    # MISTAKE state-not-updated: w = w - lr * m_hat / (np.sqrt(v_hat) + eps); m, v = old_m, old_v
    # MISTAKE averages-returned-swapped: w = w - lr * m_hat / (np.sqrt(v_hat) + eps); m, v = v, m
    ### END SOLUTION
    return w, m, v
