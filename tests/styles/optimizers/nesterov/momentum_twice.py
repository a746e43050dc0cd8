from optimizers.momentum import momentum_step


def nesterov_step(w, dw, velocity, lr, momentum=0.9):
    # the second push by the same gradient looks ahead: v2 = momentum * v1 + dw
    _, v1 = momentum_step(w, dw, velocity, lr, momentum)
    w_new, _ = momentum_step(w, dw, v1, lr, momentum)
    return w_new, v1
