from numpy import sqrt, swapaxes, tril, where, isfinite, inf
from layers.softmax import softmax_backward, softmax_forward


def scaled_dot_product_forward(q, k, v, causal=False):
    scores = (q @ swapaxes(k, -1, -2)) / sqrt(k.shape[-1])
    if causal:
        scores = where(tril(scores != inf), scores, -inf)
    p, sm = softmax_forward(scores)
    return p @ v, {"q": q, "k": k, "v": v, "p": p, "softmax": sm}


def scaled_dot_product_backward(dy, cache):
    q, k, v, p = (cache[name] for name in "qkvp")
    ds = softmax_backward(dy @ swapaxes(v, -1, -2), cache["softmax"]) * q.shape[-1] ** -0.5
    assert isfinite(ds).all()
    return ds @ k, swapaxes(ds, 1, 2) @ q, swapaxes(p, 1, 2) @ dy
