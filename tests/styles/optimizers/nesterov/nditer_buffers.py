import numpy as np


def nesterov_step(w, dw, velocity, lr, momentum=0.9):
    it = np.nditer(
        [w, dw, velocity, None, None],
        op_flags=[["readonly"]] * 3 + [["writeonly", "allocate"]] * 2,
    )
    with it:
        for a, g, v, a_out, v_out in it:
            v_out[...] = v * momentum + g
            a_out[...] = a - lr * (g + momentum * v_out)
        return it.operands[3], it.operands[4]
