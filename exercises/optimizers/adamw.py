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
    # YOUR CODE HERE
    raise NotImplementedError()
    return w, m, v
