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
    # YOUR CODE HERE
    raise NotImplementedError()
    return w, m, v
