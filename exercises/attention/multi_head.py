"""Multi-head self-attention

One attention can look at one thing at a time. Several heads, each with queries, keys and values of its own, look
at several; what they find is put side by side and mixed. All queries, keys and values are made of the same x.

    x               (N, T, D)   N sequences of T positions with D numbers each
    Wq, Wk, Wv, Wo  (D, D)      weights for queries, keys, values, and for the output; no biases
    heads           a number    1, 2, ...; D is a multiple of it, and each head is D / heads columns wide
    causal          a flag      False unless told; if True, position t sees positions s <= t only
    y               (N, T, D)

    q, k, v = x Wq, x Wk, x Wv       (N, T, D) each

    Head h owns the columns h * D/heads ... (h+1) * D/heads - 1 of q, of k and of v, and works by itself:

    scores[t, s] = (q[t] . k[s]) / sqrt(D / heads)     over this head's columns, and its own width in the root
    p[t]         = softmax of scores[t] over all s that t may see
    found[t]     = sum over s of p[t, s] * v[s]        in this head's columns

    y = found Wo                     found (N, T, D): the heads' columns side by side, where they came from

Scores of ten thousand and of minus ten thousand occur and have to be right. T may be 1, and so may heads and D / heads.

The backward gets dy, the gradient of the loss with respect to y, and returns dx, dWq, dWk, dWv and dWo, in this
order, each in the shape of its input. The weights are square, so the shapes do not tell a product from its
transpose; and x is used three times.
"""

import numpy as np


def multi_head_forward(x, Wq, Wk, Wv, Wo, heads, causal=False):
    """x (N, T, D), Wq, Wk, Wv, Wo (D, D), heads a number, causal a flag -> y (N, T, D), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def multi_head_backward(dy, cache):
    """dy (N, T, D) -> dx (N, T, D), dWq, dWk, dWv, dWo, each (D, D)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dWq, dWk, dWv, dWo
