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
    ### BEGIN SOLUTION
    n, steps, width = x.shape
    # MISTAKE one-head: n, steps, width = x.shape; heads = 1
    # MISTAKE keys-ask: n, steps, width = x.shape; Wq, Wk = Wk, Wq
    # MISTAKE mask-ignored: n, steps, width = x.shape; causal = False
    # MISTAKE always-causal: n, steps, width = x.shape; causal = True
    # MISTAKE weights-transposed: n, steps, width = x.shape; Wq, Wk, Wv = Wq.T, Wk.T, Wv.T
    # MISTAKE output-weights-transposed: n, steps, width = x.shape; Wo = Wo.T
    # MISTAKE output-weights-unused: n, steps, width = x.shape; Wo = np.eye(width)
    q, k, v = (
        (x @ W).reshape(n, steps, heads, width // heads).swapaxes(1, 2)  # (N, heads, T, D / heads)
        for W in (Wq, Wk, Wv)
    )
    # MISTAKE heads-split-by-reshape: q, k, v = ((x @ W).reshape(n, heads, steps, -1) for W in (Wq, Wk, Wv))
    # MISTAKE columns-dealt-out: q, k, v = ((x @ W).reshape(n, steps, -1, heads).transpose(0, 3, 1, 2) for W in (Wq, Wk, Wv))
    # MISTAKE heads-interleaved: q, k, v = ((x @ W).reshape(n, steps, -1, heads).transpose(0, 3, 1, 2) for W in (Wq, Wk, Wv))
    # MISTAKE heads-by-reshape: q, k, v = ((x @ W).reshape(n, heads, steps, -1) for W in (Wq, Wk, Wv))
    scale = 1 / np.sqrt(width // heads)
    # MISTAKE not-scaled: scale = 1
    # MISTAKE scaled-by-whole-width: scale = 1 / np.sqrt(width)
    # MISTAKE scaled-by-width-unrooted: scale = heads / width
    # MISTAKE scaled-by-heads: scale = 1 / np.sqrt(heads)
    scores = q @ k.swapaxes(2, 3) * scale
    if causal:
        scores = np.where(np.tri(steps, dtype=bool), scores, -np.inf)
        # MISTAKE looks-ahead: scores = np.where(np.tri(steps, dtype=bool).T, scores, -np.inf)
        # MISTAKE cannot-see-itself: scores = np.where(np.tri(steps, k=-1, dtype=bool), scores, -np.inf)
        # MISTAKE sees-one-ahead: scores = np.where(np.tri(steps, k=1, dtype=bool), scores, -np.inf)
        # MISTAKE masked-with-zero: scores = np.where(np.tri(steps, dtype=bool), scores, 0)
        # MISTAKE finite-mask: scores = np.where(np.tri(steps, dtype=bool), scores, -1e4)
    exps = np.exp(scores - scores.max(axis=3, keepdims=True))
    # MISTAKE over-the-queries: exps = np.exp(scores - scores.max(axis=2, keepdims=True))
    # MISTAKE maximum-of-hidden-scores: exps = np.exp(scores - (q @ k.swapaxes(2, 3) * scale).max(axis=3, keepdims=True))
    # MISTAKE overflow: exps = np.exp(scores)
    # MISTAKE softmax-over-heads: exps = np.exp(scores - scores.max(axis=3, keepdims=True)) + 1e-300
    p = exps / exps.sum(axis=3, keepdims=True)
    # MISTAKE over-the-queries: p = exps / exps.sum(axis=2, keepdims=True)
    # MISTAKE softmax-over-heads: p = exps / exps.sum(axis=1, keepdims=True)
    # MISTAKE one-softmax-for-all-heads: p = exps / exps.sum(axis=(1, 3), keepdims=True)
    found = (p @ v).swapaxes(1, 2).reshape(n, steps, width)
    # MISTAKE heads-interleaved: found = (p @ v).transpose(0, 2, 3, 1).reshape(n, steps, width)
    # MISTAKE heads-by-reshape: found = (p @ v).reshape(n, steps, width)
    # MISTAKE joined-by-reshape: found = (p @ v).reshape(n, steps, width)
    # MISTAKE heads-averaged: found = (p @ v).swapaxes(1, 2).reshape(n, steps, width) / heads
    y = found @ Wo
    cache = (x, Wq, Wk, Wv, Wo, q, k, v, p, found, scale)
    # MISTAKE rebuilt-without-mask: s = q @ k.swapaxes(2, 3) * scale; s = np.exp(s - s.max(axis=3, keepdims=True)); cache = (x, Wq, Wk, Wv, Wo, q, k, v, s / s.sum(axis=3, keepdims=True), found, scale)
    # MISTAKE rebuilt-looking-ahead: s = np.where(np.tri(steps).T + (not causal) > 0, q @ k.swapaxes(2, 3) * scale, -np.inf); s = np.exp(s - s.max(axis=3, keepdims=True)); cache = (x, Wq, Wk, Wv, Wo, q, k, v, s / s.sum(axis=3, keepdims=True), found, scale)
    # MISTAKE rebuilt-without-itself: s = np.where(np.tri(steps, k=-1) + (not causal) > 0, q @ k.swapaxes(2, 3) * scale, -np.inf); s = np.exp(s - s.max(axis=3, keepdims=True)); cache = (x, Wq, Wk, Wv, Wo, q, k, v, s / s.sum(axis=3, keepdims=True), found, scale)
    # MISTAKE rebuilt-one-ahead: s = np.where(np.tri(steps, k=1) + (not causal) > 0, q @ k.swapaxes(2, 3) * scale, -np.inf); s = np.exp(s - s.max(axis=3, keepdims=True)); cache = (x, Wq, Wk, Wv, Wo, q, k, v, s / s.sum(axis=3, keepdims=True), found, scale)
    # MISTAKE way-back-masked-ahead: cache = (x, Wq, Wk, Wv, Wo, q, k, v, p, found, scale, causal)
    # MISTAKE way-back-without-itself: cache = (x, Wq, Wk, Wv, Wo, q, k, v, p, found, scale, causal)
    ### END SOLUTION
    return y, cache


def multi_head_backward(dy, cache):
    """dy (N, T, D) -> dx (N, T, D), dWq, dWk, dWv, dWo, each (D, D)"""
    ### BEGIN SOLUTION
    x, Wq, Wk, Wv, Wo, q, k, v, p, found, scale = cache
    # MISTAKE way-back-masked-ahead: x, Wq, Wk, Wv, Wo, q, k, v, p, found, scale, causal = cache
    # MISTAKE way-back-without-itself: x, Wq, Wk, Wv, Wo, q, k, v, p, found, scale, causal = cache
    n, heads, steps, _ = q.shape
    dWo = np.einsum("ntd,nte->de", found, dy)
    # MISTAKE output-gradient-transposed: dWo = np.einsum("ntd,nte->ed", found, dy)
    # MISTAKE output-gradient-from-input: dWo = np.einsum("ntd,nte->de", x, dy)
    # MISTAKE averaged-over-batch: dWo = np.einsum("ntd,nte->de", found, dy) / n
    # MISTAKE averaged-over-steps: dWo = np.einsum("ntd,nte->de", found, dy) / steps
    # MISTAKE not-summed-over-batch: dWo = found.swapaxes(1, 2) @ dy
    # MISTAKE output-weights-transposed: dWo = np.einsum("ntd,nte->ed", found, dy)
    # MISTAKE output-weights-unused: dWo = np.zeros_like(Wo)
    dfound = (dy @ Wo.T).reshape(n, steps, heads, -1).swapaxes(1, 2)
    # MISTAKE way-through-output-transposed: dfound = (dy @ Wo).reshape(n, steps, heads, -1).swapaxes(1, 2)
    # MISTAKE way-back-transposed: dfound = (dy @ Wo).reshape(n, steps, heads, -1).swapaxes(1, 2)
    # MISTAKE output-weights-skipped: dfound = dy.reshape(n, steps, heads, -1).swapaxes(1, 2)
    # MISTAKE split-by-reshape: dfound = (dy @ Wo.T).reshape(n, heads, steps, -1)
    # MISTAKE heads-interleaved: dfound = (dy @ Wo.T).reshape(n, steps, -1, heads).transpose(0, 3, 1, 2)
    # MISTAKE heads-by-reshape: dfound = (dy @ Wo.T).reshape(n, heads, steps, -1)
    # MISTAKE heads-averaged: dfound = (dy @ Wo.T).reshape(n, steps, heads, -1).swapaxes(1, 2) / heads
    dv = p.swapaxes(2, 3) @ dfound
    # MISTAKE shares-not-transposed: dv = p @ dfound
    dp = dfound @ v.swapaxes(2, 3)
    dscores = p * (dp - (dp * p).sum(axis=3, keepdims=True)) * scale
    # MISTAKE over-the-queries: dscores = p * (dp - (dp * p).sum(axis=2, keepdims=True)) * scale
    # MISTAKE softmax-forgotten: dscores = dp * scale
    # MISTAKE denominator-held-fixed: dscores = p * dp * scale
    # MISTAKE own-score-only: dscores = dp * p * (1 - p) * scale
    # MISTAKE scale-lost-on-the-way: dscores = p * (dp - (dp * p).sum(axis=3, keepdims=True))
    # MISTAKE way-back-masked-ahead: dscores = p * (dp - (dp * p).sum(axis=3, keepdims=True)) * scale * (np.tri(steps).T if causal else 1)
    # MISTAKE way-back-without-itself: dscores = p * (dp - (dp * p).sum(axis=3, keepdims=True)) * scale * (np.tri(steps, k=-1) if causal else 1)
    dq = dscores @ k
    dk = dscores.swapaxes(2, 3) @ q
    # MISTAKE scores-not-transposed: dk = dscores @ q
    # MISTAKE query-for-key: dq, dk = dscores @ q, dscores.swapaxes(2, 3) @ k
    dq, dk, dv = (d.swapaxes(1, 2).reshape(x.shape) for d in (dq, dk, dv))
    # MISTAKE heads-interleaved: dq, dk, dv = (d.transpose(0, 2, 3, 1).reshape(x.shape) for d in (dq, dk, dv))
    # MISTAKE heads-by-reshape: dq, dk, dv = (d.reshape(x.shape) for d in (dq, dk, dv))
    # MISTAKE put-back-by-reshape: dq, dk, dv = (d.reshape(x.shape) for d in (dq, dk, dv))
    # MISTAKE queries-put-back-by-reshape: dq, dk, dv = (dq.reshape(x.shape), *(d.swapaxes(1, 2).reshape(x.shape) for d in (dk, dv)))
    dx = dq @ Wq.T + dk @ Wk.T + dv @ Wv.T
    # MISTAKE way-back-transposed: dx = dq @ Wq + dk @ Wk + dv @ Wv
    # MISTAKE way-to-x-transposed: dx = dq @ Wq + dk @ Wk + dv @ Wv
    # MISTAKE queries-only: dx = dq @ Wq.T
    # MISTAKE values-only: dx = dv @ Wv.T
    # MISTAKE values-lost: dx = dq @ Wq.T + dk @ Wk.T
    # MISTAKE weights-skipped: dx = dq + dk + dv
    # MISTAKE three-ways-averaged: dx = (dq @ Wq.T + dk @ Wk.T + dv @ Wv.T) / 3
    # MISTAKE as-if-residual: dx = dq @ Wq.T + dk @ Wk.T + dv @ Wv.T + dy
    dWq, dWk, dWv = (np.einsum("ntd,nte->de", x, d) for d in (dq, dk, dv))
    # MISTAKE averaged-over-batch: dWq, dWk, dWv = (np.einsum("ntd,nte->de", x, d) / n for d in (dq, dk, dv))
    # MISTAKE averaged-over-steps: dWq, dWk, dWv = (np.einsum("ntd,nte->de", x, d) / steps for d in (dq, dk, dv))
    # MISTAKE not-summed-over-batch: dWq, dWk, dWv = (x.swapaxes(1, 2) @ d for d in (dq, dk, dv))
    # MISTAKE gradients-transposed: dWq, dWk, dWv = (np.einsum("ntd,nte->ed", x, d) for d in (dq, dk, dv))
    # MISTAKE weights-transposed: dWq, dWk, dWv = (np.einsum("ntd,nte->ed", x, d) for d in (dq, dk, dv))
    # MISTAKE keys-ask: dWk, dWq, dWv = (np.einsum("ntd,nte->de", x, d) for d in (dq, dk, dv))
    # MISTAKE swapped: dWk, dWq, dWv = (np.einsum("ntd,nte->de", x, d) for d in (dq, dk, dv))
    ### END SOLUTION
    return dx, dWq, dWk, dWv, dWo
