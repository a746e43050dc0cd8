import numpy as np


def chain_rule_forward(x, y, z):
    tape = []
    vals = {"x": x, "y": y, "z": z}

    def op(out, value, **back):
        vals[out] = value
        tape.append((out, back))

    op("p", x * y, x=lambda g: g * vals["y"], y=lambda g: g * vals["x"])
    op("e", np.exp(z), z=lambda g: g * vals["e"])
    op("num", vals["p"] + vals["e"], p=lambda g: g, e=lambda g: g)
    op("den", 1 + x * x, x=lambda g: 2 * g * vals["x"])
    op("f", vals["num"] / vals["den"], num=lambda g: g / vals["den"], den=lambda g: -g * vals["f"] / vals["den"])
    return vals["f"], tape


def chain_rule_backward(df, cache):
    grads = {"f": df}
    for out, back in reversed(cache):
        for name, slope in back.items():
            grads[name] = grads.get(name, 0) + slope(grads[out])
    return grads["x"], grads["y"], grads["z"]
