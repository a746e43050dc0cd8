from optimizers.sgd import sgd_step
from regularization.l2_penalty import l2_penalty_backward, l2_penalty_forward


def weight_decay_step(w, dw, lr, weight_decay):
    _, cache = l2_penalty_forward(w, weight_decay)
    return sgd_step(w, dw + l2_penalty_backward(1.0, cache), lr)
