"""relu(z) = s * z with s in {0, 1}: for a given s the block is linear in everything, and einsum does it in one line each."""
import numpy as np

ein = np.einsum


def residual_forward(x, W1, b1, W2, b2):
    z = ein('nd,dh->nh', x, W1) + b1
    s = np.heaviside(z, 0)
    y = x + ein('nh,nh,hd->nd', s, z, W2) + b2
    D = x.shape[1]
    # J[n, i, j] = dy[n, i] / dx[n, j]
    J = np.eye(D) + ein('jh,nh,hi->nij', W1, s, W2)
    return y, (J, s, z, x, W2)


def residual_backward(dy, cache):
    J, s, z, x, W2 = cache
    return (
        ein('ni,nij->nj', dy, J),
        ein('nd,nh,hk,nk->dh', x, s, W2, dy),
        ein('nh,hk,nk->h', s, W2, dy),
        ein('nh,nh,nk->hk', s, z, dy),
        ein('nk->k', dy),
    )
