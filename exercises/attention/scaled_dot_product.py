"""Scaled dot-product attention: y = softmax(q k^T / sqrt(D)) v

Every position of a sequence asks all positions a question and gets a mixture of their answers. Position t has a
query q[t]; position s has a key k[s], which says what it can be asked for, and a value v[s], which is what it
answers. How well query and key fit decides how large a share of the answer comes from there.

    q, k, v  (N, T, D)   N sequences, T positions, D numbers for each
    causal   a flag      False unless told; if True, position t sees itself and earlier positions only: s <= t
    y        (N, T, D)

For each sequence by itself:

    scores[t, s] = (sum over d of q[t, d] * k[s, d]) / sqrt(D)           (T, T)
    p[t]         = softmax of scores[t] over all s that t may see        (T, T), 0 where t may not look
    y[t]         = sum over s of p[t, s] * v[s]                          (T, D)

Scores of ten thousand and of minus ten thousand occur, and y has to be right for them; no float holds
exp(1000). T may be 1.

The backward gets dy, the gradient of the loss with respect to y, and returns dq, dk and dv, each (N, T, D). The
flag gets no gradient. What a position may not see must get nothing from it either.
"""

import numpy as np


def scaled_dot_product_forward(q, k, v, causal=False):
    """q, k, v (N, T, D), causal a flag -> y (N, T, D), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def scaled_dot_product_backward(dy, cache):
    """dy (N, T, D) -> dq, dk, dv, each (N, T, D)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dq, dk, dv
