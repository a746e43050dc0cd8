"""Like the famous blog post: every node of the graph is one step back."""
import numpy as np


def layer_norm_forward(x, gamma, beta, eps=1e-5):
    D = x.shape[-1]
    mu = np.sum(x, axis=-1, keepdims=True) / D
    xmu = x - mu
    sq = xmu ** 2
    var = np.sum(sq, axis=-1, keepdims=True) / D
    sqrtvar = np.sqrt(var + eps)
    ivar = 1. / sqrtvar
    xhat = xmu * ivar
    out = gamma * xhat + beta
    return out, (xhat, gamma, xmu, ivar, sqrtvar, var, eps)


def layer_norm_backward(dy, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    D = dy.shape[-1]
    lead = tuple(range(dy.ndim - 1))
    dbeta = np.sum(dy, axis=lead)
    dgamma = np.sum(dy * xhat, axis=lead)
    dxhat = dy * gamma
    divar = np.sum(dxhat * xmu, axis=-1, keepdims=True)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1. / (sqrtvar ** 2) * divar
    dvar = 0.5 * 1. / np.sqrt(var + eps) * dsqrtvar
    dsq = 1. / D * np.ones(dy.shape) * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dx1, axis=-1, keepdims=True)
    dx2 = 1. / D * np.ones(dy.shape) * dmu
    return dx1 + dx2, dgamma, dbeta
