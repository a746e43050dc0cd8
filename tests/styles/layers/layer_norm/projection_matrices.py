import numpy as np


def layer_norm_forward(x, gamma, beta, eps=1e-5):
    D = gamma.size
    center = np.eye(D) - np.full((D, D), 1 / D)
    X = x.reshape(-1, D)
    X = X - X[:, :1]              # the shift does not matter, and the product below stays exact far from 0
    xc = X @ center
    r = 1 / np.sqrt(np.einsum("nd,nd->n", xc, xc) / D + eps)
    xh = xc * r[:, None]
    y = (xh * gamma + beta).reshape(x.shape)
    # d xh / d x, one (D, D) matrix for each row
    J = np.einsum("n,ij->nij", r, center) - np.einsum("n,ni,nj->nij", r, xh, xh) / D
    return y, (J, xh, gamma, x.shape)


def layer_norm_backward(dy, cache):
    J, xh, gamma, shape = cache
    g = dy.reshape(xh.shape)
    dx = np.einsum("ni,i,nij->nj", g, gamma, J).reshape(shape)
    return dx, np.einsum("ni,ni->i", g, xh), np.einsum("ni->i", g)
