import numpy as np
import numpy.ma as ma


def scaled_dot_product_forward(q, k, v, causal=False):
    T, D = q.shape[1:]
    hidden = np.triu(np.ones((T, T), bool), 1) & bool(causal)
    root4 = D ** 0.25                              # half of the root to each of the two
    qs, ks = q / root4, k / root4
    scores = ma.masked_array(qs @ ks.transpose(0, 2, 1), mask=np.tile(hidden, (len(q), 1, 1)))
    w = ma.exp(scores - scores.max(axis=2)[..., None]).filled(0)
    p = w / w.sum(2, keepdims=True)

    def ds(dy):
        dp = dy @ v.transpose(0, 2, 1)
        J = np.einsum("nts,su->ntsu", p, np.eye(T)) - np.einsum("nts,ntu->ntsu", p, p)
        return np.einsum("ntu,ntsu->nts", dp, J)

    return p @ v, (lambda dy: ds(dy) @ ks / root4,
                   lambda dy: ds(dy).transpose(0, 2, 1) @ qs / root4,
                   lambda dy: p.transpose(0, 2, 1) @ dy)


def scaled_dot_product_backward(dy, cache):
    return tuple(f(dy) for f in cache)
