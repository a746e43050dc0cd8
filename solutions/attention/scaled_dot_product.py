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
    ### BEGIN SOLUTION
    steps, width = q.shape[1:]
    scores = q @ k.swapaxes(1, 2) / np.sqrt(width)
    # MISTAKE not-scaled: scores = q @ k.swapaxes(1, 2)
    # MISTAKE not-scaled-forward: scores = q @ k.swapaxes(1, 2)
    # MISTAKE scaled-by-width: scores = q @ k.swapaxes(1, 2) / width
    # MISTAKE scaled-by-steps: scores = q @ k.swapaxes(1, 2) / np.sqrt(steps)
    # MISTAKE multiplied-by-root: scores = q @ k.swapaxes(1, 2) * np.sqrt(width)
    # MISTAKE keys-ask: scores = k @ q.swapaxes(1, 2) / np.sqrt(width)
    # MISTAKE keys-reshaped: scores = q @ k.reshape(len(k), width, steps) / np.sqrt(width)
    # MISTAKE mask-ignored: scores = q @ k.swapaxes(1, 2) / np.sqrt(width); causal = False
    # MISTAKE always-causal: scores = q @ k.swapaxes(1, 2) / np.sqrt(width); causal = True
    if causal:
        scores = np.where(np.tri(steps, dtype=bool), scores, -np.inf)
        # MISTAKE looks-ahead: scores = np.where(np.tri(steps, dtype=bool).T, scores, -np.inf)
        # MISTAKE cannot-see-itself: scores = np.where(np.tri(steps, k=-1, dtype=bool), scores, -np.inf)
        # MISTAKE sees-one-ahead: scores = np.where(np.tri(steps, k=1, dtype=bool), scores, -np.inf)
        # MISTAKE masked-with-zero: scores = np.where(np.tri(steps, dtype=bool), scores, 0)
        # MISTAKE finite-mask: scores = np.where(np.tri(steps, dtype=bool), scores, -1e4)
        # MISTAKE masked-afterwards: scores = scores
    exps = np.exp(scores - scores.max(axis=2, keepdims=True))
    # MISTAKE overflow: exps = np.exp(scores)
    # MISTAKE one-maximum-for-all: exps = np.exp(scores - scores.max())
    # MISTAKE maximum-of-hidden-scores: exps = np.exp(scores - (q @ k.swapaxes(1, 2) / np.sqrt(width)).max(axis=2, keepdims=True))
    # MISTAKE one-maximum-each: exps = np.exp(scores - scores.max(axis=(1, 2), keepdims=True))
    # MISTAKE clipped-scores: exps = np.exp(np.clip(scores, -700, 700))
    p = exps / exps.sum(axis=2, keepdims=True)
    # MISTAKE over-the-queries: exps = np.exp(scores - scores.max(axis=1, keepdims=True)); p = exps / exps.sum(axis=1, keepdims=True)
    # MISTAKE masked-afterwards: p = exps / exps.sum(axis=2, keepdims=True) * (np.tri(steps) if causal else 1)
    y = p @ v
    # MISTAKE answers-transposed: y = p.swapaxes(1, 2) @ v
    cache = (q, k, v, p)
    # MISTAKE keys-ask: cache = (k, q, v, p)
    # MISTAKE rebuilt-without-mask: s = q @ k.swapaxes(1, 2) / np.sqrt(width); s = np.exp(s - s.max(axis=2, keepdims=True)); cache = (q, k, v, s / s.sum(axis=2, keepdims=True))
    # MISTAKE rebuilt-looking-ahead: s = np.where(np.tri(steps).T + (not causal) > 0, q @ k.swapaxes(1, 2) / np.sqrt(width), -np.inf); s = np.exp(s - s.max(axis=2, keepdims=True)); cache = (q, k, v, s / s.sum(axis=2, keepdims=True))
    # MISTAKE rebuilt-without-itself: s = np.where(np.tri(steps, k=-1) + (not causal) > 0, q @ k.swapaxes(1, 2) / np.sqrt(width), -np.inf); s = np.exp(s - s.max(axis=2, keepdims=True)); cache = (q, k, v, s / s.sum(axis=2, keepdims=True))
    # MISTAKE rebuilt-one-ahead: s = np.where(np.tri(steps, k=1) + (not causal) > 0, q @ k.swapaxes(1, 2) / np.sqrt(width), -np.inf); s = np.exp(s - s.max(axis=2, keepdims=True)); cache = (q, k, v, s / s.sum(axis=2, keepdims=True))
    # MISTAKE way-back-masked-ahead: cache = (q, k, v, p, causal)
    # MISTAKE way-back-without-itself: cache = (q, k, v, p, causal)
    ### END SOLUTION
    return y, cache


def scaled_dot_product_backward(dy, cache):
    """dy (N, T, D) -> dq, dk, dv, each (N, T, D)"""
    ### BEGIN SOLUTION
    q, k, v, p = cache
    # MISTAKE way-back-masked-ahead: q, k, v, p, causal = cache
    # MISTAKE way-back-without-itself: q, k, v, p, causal = cache
    dv = p.swapaxes(1, 2) @ dy
    # MISTAKE shares-not-transposed: dv = p @ dy
    # MISTAKE answers-transposed: dv = p @ dy
    # MISTAKE values-untouched: dv = dy
    dp = dy @ v.swapaxes(1, 2)
    # MISTAKE answers-transposed: dp = v @ dy.swapaxes(1, 2)
    # MISTAKE values-ignored: dp = dy @ np.ones_like(v).swapaxes(1, 2)
    # MISTAKE shares-turned-round: dp = v @ dy.swapaxes(1, 2)
    dscores = p * (dp - (dp * p).sum(axis=2, keepdims=True))
    # MISTAKE softmax-forgotten: dscores = dp
    # MISTAKE denominator-held-fixed: dscores = p * dp
    # MISTAKE own-score-only: dscores = dp * p * (1 - p)
    # MISTAKE over-the-queries: dscores = p * (dp - (dp * p).sum(axis=1, keepdims=True))
    # MISTAKE summed-over-queries: dscores = p * (dp - (dp * p).sum(axis=1, keepdims=True))
    # MISTAKE sum-unweighted: dscores = p * (dp - dp.sum(axis=2, keepdims=True))
    # MISTAKE mean-for-sum: dscores = p * (dp - (dp * p).mean(axis=2, keepdims=True))
    # MISTAKE way-back-masked-ahead: dscores = p * (dp - (dp * p).sum(axis=2, keepdims=True)) * (np.tri(len(p[0])).T if causal else 1)
    # MISTAKE way-back-without-itself: dscores = p * (dp - (dp * p).sum(axis=2, keepdims=True)) * (np.tri(len(p[0]), k=-1) if causal else 1)
    dscores = dscores / np.sqrt(q.shape[2])
    # MISTAKE not-scaled: pass
    # MISTAKE scaled-by-width: dscores = dscores / q.shape[2]
    # MISTAKE scaled-by-steps: dscores = dscores / np.sqrt(q.shape[1])
    # MISTAKE multiplied-by-root: dscores = dscores * np.sqrt(q.shape[2])
    # MISTAKE scale-lost-on-the-way: pass
    # MISTAKE scaled-twice: dscores = dscores / q.shape[2]
    dq = dscores @ k
    # MISTAKE query-for-key: dq = dscores @ q
    dk = dscores.swapaxes(1, 2) @ q
    # MISTAKE scores-not-transposed: dk = dscores @ q
    # MISTAKE query-for-key: dk = dscores.swapaxes(1, 2) @ k
    # MISTAKE keys-ask: dq, dk = dscores.swapaxes(1, 2) @ q, dscores @ k
    # MISTAKE swapped: dq, dk = dscores.swapaxes(1, 2) @ q, dscores @ k
    # MISTAKE values-first: dq, dk, dv = dv, dq, dscores.swapaxes(1, 2) @ q
    ### END SOLUTION
    return dq, dk, dv
