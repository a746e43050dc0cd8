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
    ### BEGIN SOLUTION
    gamma1, beta1, gamma2, beta2 = (params[name] for name in ("gamma1", "beta1", "gamma2", "beta2"))
    # MISTAKE one-norm-for-both: gamma1, beta1, gamma2, beta2 = (params[name] for name in ("gamma1", "beta1", "gamma1", "beta1"))
    # MISTAKE beta-forgotten: gamma1, beta1, gamma2, beta2 = params["gamma1"], 0, params["gamma2"], 0
    # MISTAKE mask-ignored: gamma1, beta1, gamma2, beta2, causal = *(params[k] for k in ("gamma1", "beta1", "gamma2", "beta2")), False
    # MISTAKE always-causal: gamma1, beta1, gamma2, beta2, causal = *(params[k] for k in ("gamma1", "beta1", "gamma2", "beta2")), True
    # MISTAKE causal-turned-round: gamma1, beta1, gamma2, beta2, causal = *(params[k] for k in ("gamma1", "beta1", "gamma2", "beta2")), not causal
    Wq, Wk, Wv, Wo = (params[name] for name in ("Wq", "Wk", "Wv", "Wo"))
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    # MISTAKE hidden-bias-forgotten: W1, b1, W2, b2 = params["W1"], 0, params["W2"], params["b2"]
    # MISTAKE output-bias-forgotten: W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], 0
    n, steps, width = x.shape

    def normalised(u):
        centred = u - u.mean(axis=2, keepdims=True)
        scale = 1 / np.sqrt((centred**2).mean(axis=2, keepdims=True) + 1e-5)
        # MISTAKE eps-forgotten: scale = 1 / np.sqrt((centred**2).mean(axis=2, keepdims=True))
        # MISTAKE eps-outside-root: scale = 1 / (np.sqrt((centred**2).mean(axis=2, keepdims=True)) + 1e-5)
        # MISTAKE eps-too-small: scale = 1 / np.sqrt((centred**2).mean(axis=2, keepdims=True) + 1e-8)
        # MISTAKE unbiased-variance: scale = 1 / np.sqrt((centred**2).sum(axis=2, keepdims=True) / (width - 1) + 1e-5)
        # MISTAKE divided-by-variance: scale = 1 / ((centred**2).mean(axis=2, keepdims=True) + 1e-5)
        # MISTAKE eps-1e-6: scale = 1 / np.sqrt((centred**2).mean(axis=2, keepdims=True) + 1e-6)
        return centred * scale, scale

    x_hat1, scale1 = normalised(x)
    # MISTAKE norms-exchanged: x_hat1, scale1 = normalised(x); gamma1, beta1, gamma2, beta2 = gamma2, beta2, gamma1, beta1
    a = gamma1 * x_hat1 + beta1
    # MISTAKE first-norm-missing: a = x
    # MISTAKE post-norm: a = x
    # MISTAKE first-norm-behind: a = x
    q, k, v = ((a @ W).reshape(n, steps, heads, -1).swapaxes(1, 2) for W in (Wq, Wk, Wv))
    # MISTAKE norm-for-queries-only: q, k, v = ((u @ W).reshape(n, steps, heads, -1).swapaxes(1, 2) for u, W in ((a, Wq), (x, Wk), (x, Wv)))
    scores = q @ k.swapaxes(2, 3) / np.sqrt(width // heads)
    # MISTAKE scaled-by-whole-width: scores = q @ k.swapaxes(2, 3) / np.sqrt(width)
    if causal:
        scores = np.where(np.tri(steps, dtype=bool), scores, -np.inf)
        # MISTAKE looks-ahead: scores = np.where(np.tri(steps, dtype=bool).T, scores, -np.inf)
        # MISTAKE cannot-see-itself: scores = np.where(np.tri(steps, k=-1, dtype=bool), scores, -np.inf)
        # MISTAKE sees-one-ahead: scores = np.where(np.tri(steps, k=1, dtype=bool), scores, -np.inf)
        # MISTAKE masked-with-zero: scores = np.where(np.tri(steps, dtype=bool), scores, 0)
    exps = np.exp(scores - scores.max(axis=3, keepdims=True))
    p = exps / exps.sum(axis=3, keepdims=True)
    found = (p @ v).swapaxes(1, 2).reshape(n, steps, width)
    x1 = x + found @ Wo
    # MISTAKE first-residual-missing: x1 = found @ Wo
    # MISTAKE residual-of-the-norm: x1 = a + found @ Wo
    # MISTAKE norm-afterwards: x1 = normalised(x + found @ Wo)[0] * gamma1 + beta1
    # MISTAKE post-norm: x1 = normalised(x + found @ Wo)[0] * gamma1 + beta1
    # MISTAKE first-norm-behind: x1 = normalised(x + found @ Wo)[0] * gamma1 + beta1

    x_hat2, scale2 = normalised(x1)
    m = gamma2 * x_hat2 + beta2
    # MISTAKE second-norm-missing: m = x1
    # MISTAKE post-norm: m = x1
    z = m @ W1 + b1
    t = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    # MISTAKE cube-forgotten: t = np.tanh(np.sqrt(2 / np.pi) * z)
    # MISTAKE exact-gelu: t = np.vectorize(__import__("math").erf, otypes=[float])(z / np.sqrt(2))
    # MISTAKE sigmoid-gelu: t = np.tanh(1.702 / 2 * z)
    g = z / 2 * (1 + t)
    # MISTAKE relu-for-gelu: g = np.maximum(z, 0)
    # MISTAKE gelu-missing: g = z
    y = x1 + g @ W2 + b2
    # MISTAKE second-residual-missing: y = g @ W2 + b2
    # MISTAKE second-residual-from-x: y = x + g @ W2 + b2
    # MISTAKE post-norm: y = normalised(x1 + g @ W2 + b2)[0] * gamma2 + beta2
    cache = (params, q, k, v, p, found, a, m, x_hat1, scale1, x_hat2, scale2, z, t, g)
    ### END SOLUTION
    return y, cache


def transformer_block_backward(dy, cache):
    """dy (N, T, D) -> dx (N, T, D), grads a dictionary with the keys and the shapes of params"""
    ### BEGIN SOLUTION
    params, q, k, v, p, found, a, m, x_hat1, scale1, x_hat2, scale2, z, t, g = cache
    n, heads, steps, _ = q.shape

    def through_weights(name, inputs, d):
        grads[name] = np.einsum("ntd,nte->de", inputs, d)
        # MISTAKE gradients-from-x-hat: grads[name] = np.einsum("ntd,nte->de", x_hat1 if inputs is a else x_hat2 if inputs is m else inputs, d)
        # MISTAKE output-gradient-from-norm: grads[name] = np.einsum("ntd,nte->de", a if name == "Wo" else inputs, d)
        # MISTAKE averaged-over-batch: grads[name] = np.einsum("ntd,nte->de", inputs, d) / n
        # MISTAKE averaged-over-positions: grads[name] = np.einsum("ntd,nte->de", inputs, d) / (n * steps)
        return d @ params[name].T
        # MISTAKE through-weights-transposed: return d @ (params[name] if name == "Wo" else params[name].T)

    def through_norm(number, d, x_hat, scale):
        grads[f"gamma{number}"] = (d * x_hat).sum(axis=(0, 1))
        # MISTAKE gamma-averaged: grads[f"gamma{number}"] = (d * x_hat).mean(axis=(0, 1))
        # MISTAKE averaged-over-positions: grads[f"gamma{number}"] = (d * x_hat).mean(axis=(0, 1))
        # MISTAKE gamma-from-output: grads[f"gamma{number}"] = (d * (a if number == 1 else m)).sum(axis=(0, 1))
        # MISTAKE gamma-not-summed: grads[f"gamma{number}"] = (d * x_hat).sum(axis=0)
        grads[f"beta{number}"] = d.sum(axis=(0, 1))
        # MISTAKE gamma-averaged: grads[f"beta{number}"] = d.mean(axis=(0, 1))
        # MISTAKE averaged-over-positions: grads[f"beta{number}"] = d.mean(axis=(0, 1))
        # MISTAKE gamma-not-summed: grads[f"beta{number}"] = d.sum(axis=0)
        d = d * params[f"gamma{number}"]
        # MISTAKE gamma-ignored: pass
        own = x_hat * (d * x_hat).mean(axis=2, keepdims=True)
        return scale * (d - d.mean(axis=2, keepdims=True) - own)
        # MISTAKE mean-and-variance-held-fixed: return scale * d
        # MISTAKE mean-held-fixed: return scale * (d - own)
        # MISTAKE variance-held-fixed: return scale * (d - d.mean(axis=2, keepdims=True))
        # MISTAKE norm-scale-forgotten: return d - d.mean(axis=2, keepdims=True) - own

    grads = dict.fromkeys(params)
    dg = through_weights("W2", g, dy)
    grads["b2"] = dy.sum(axis=(0, 1))
    # MISTAKE biases-averaged: grads["b2"] = dy.mean(axis=(0, 1))
    # MISTAKE averaged-over-positions: grads["b2"] = dy.mean(axis=(0, 1))
    inner_slope = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z**2)
    # MISTAKE cube-not-differentiated: inner_slope = np.sqrt(2 / np.pi)
    dz = dg * ((1 + t) / 2 + z / 2 * (1 - t**2) * inner_slope)
    # MISTAKE gelu-slope-forgotten: dz = dg
    # MISTAKE gelu-gate-held-fixed: dz = dg * (1 + t) / 2
    # MISTAKE relu-slope-for-gelu: dz = dg * (z > 0)
    dm = through_weights("W1", m, dz)
    grads["b1"] = dz.sum(axis=(0, 1))
    # MISTAKE biases-averaged: grads["b1"] = dz.mean(axis=(0, 1))
    # MISTAKE averaged-over-positions: grads["b1"] = dz.mean(axis=(0, 1))
    # MISTAKE bias-past-gelu: grads["b1"] = dg.sum(axis=(0, 1))
    dx1 = dy + through_norm(2, dm, x_hat2, scale2)
    # MISTAKE second-shortcut-lost: dx1 = through_norm(2, dm, x_hat2, scale2)
    # MISTAKE network-way-lost: through_norm(2, dm, x_hat2, scale2); dx1 = dy

    dfound = through_weights("Wo", found, dx1).reshape(n, steps, heads, -1).swapaxes(1, 2)
    # MISTAKE attention-past-the-network: dfound = through_weights("Wo", found, dy).reshape(n, steps, heads, -1).swapaxes(1, 2)
    # MISTAKE heads-by-reshape: dfound = through_weights("Wo", found, dx1).reshape(n, heads, steps, -1)
    dp = dfound @ v.swapaxes(2, 3)
    dscores = p * (dp - (dp * p).sum(axis=3, keepdims=True)) / np.sqrt(q.shape[3])
    # MISTAKE scale-lost-on-the-way: dscores = p * (dp - (dp * p).sum(axis=3, keepdims=True))
    # MISTAKE denominator-held-fixed: dscores = p * dp / np.sqrt(q.shape[3])
    heads_apart = (dscores @ k, dscores.swapaxes(2, 3) @ q, p.swapaxes(2, 3) @ dfound)
    # MISTAKE scores-not-transposed: heads_apart = (dscores @ k, dscores @ q, p.swapaxes(2, 3) @ dfound)
    dq, dk, dv = (d.swapaxes(1, 2).reshape(a.shape) for d in heads_apart)
    da = through_weights("Wq", a, dq) + through_weights("Wk", a, dk) + through_weights("Wv", a, dv)
    # MISTAKE values-only: da = 0 * (through_weights("Wq", a, dq) + through_weights("Wk", a, dk)) + through_weights("Wv", a, dv)
    dx = dx1 + through_norm(1, da, x_hat1, scale1)
    # MISTAKE shortcut-counted-twice: dx = dy + dx1 + through_norm(1, da, x_hat1, scale1)
    # MISTAKE first-shortcut-lost: dx = through_norm(1, da, x_hat1, scale1)
    # MISTAKE shortcut-past-everything: dx = dy + through_norm(1, da, x_hat1, scale1)
    # MISTAKE attention-way-lost: through_norm(1, da, x_hat1, scale1); dx = dx1
    ### END SOLUTION
    return dx, grads
