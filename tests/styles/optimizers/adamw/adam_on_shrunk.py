from optimizers.adam import adam_step


def adamw_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    return adam_step((1 - lr * weight_decay) * w, dw, m, v, t, lr, beta1, beta2, eps)
