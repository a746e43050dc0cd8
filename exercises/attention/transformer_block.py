"""A transformer block: attention and a small network, each with a norm before it and a residual around it

    x1 = x  + attention(norm(x))              every position looks at the others
    y  = x1 + gelu(norm(x1) W1 + b1) W2 + b2  every position thinks by itself

    x       (N, T, D)   N sequences of T positions with D numbers each
    params  a dictionary with the keys
            gamma1, beta1   (D,)     the norm before the attention
            Wq, Wk, Wv, Wo  (D, D)   the attention; no biases
            gamma2, beta2   (D,)     the norm before the network
            W1, b1          (D, F), (F,)
            W2, b2          (F, D), (D,)
    heads   a number    D is a multiple of it
    causal  a flag      True unless told: position t sees positions s <= t only
    y       (N, T, D)

norm, for each position by itself, over its D numbers u: gamma * (u - mean) / sqrt(variance + 1e-5) + beta, with the
variance divided by D.

attention, of its input a: q, k, v = a Wq, a Wk, a Wv. Head h owns the columns h * D/heads ... (h+1) * D/heads - 1 of
each; scores[t, s] = q[t] . k[s] / sqrt(D / heads) over its columns; softmax over the s that t may see; a mixture of
the v[s]. What the heads have found is put side by side, (N, T, D), and multiplied by Wo.

gelu(z) = z / 2 * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 * z**3))), entry by entry.

The backward gets dy, the gradient of the loss with respect to y, and returns dx (N, T, D) and grads, a dictionary
with the same keys as params, each gradient in the shape of its parameter. Everything in here you have met in earlier
exercises; you may write small functions of your own for the parts. What is new is only how they hang together: at
how many places is x used, and at how many x1?
"""

import numpy as np


def transformer_block_forward(x, params, heads, causal=True):
    """x (N, T, D), params a dictionary, heads a number, causal a flag -> y (N, T, D), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def transformer_block_backward(dy, cache):
    """dy (N, T, D) -> dx (N, T, D), grads a dictionary with the keys and the shapes of params"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, grads
