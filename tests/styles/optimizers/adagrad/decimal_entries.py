from decimal import Decimal, localcontext

import numpy as np


def adagrad_step(w, dw, square_sum, lr, eps=1e-10):
    out_w, out_s = w.copy(), square_sum.copy()
    with localcontext() as ctx:
        ctx.prec = 50
        for i in np.ndindex(w.shape):
            a, g, s = (Decimal(float(x[i])) for x in (w, dw, square_sum))
            s += g * g
            out_s[i] = float(s)
            out_w[i] = float(a - Decimal(lr) * g / (s.sqrt() + Decimal(eps)))
    return out_w, out_s
