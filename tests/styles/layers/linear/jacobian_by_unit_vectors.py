import numpy as np
def linear_forward(x, W, b):
    return x @ W + b, (x, W, b)
def linear_backward(dy, cache):
    """y is linear in each input by itself: its Jacobian is what comes out for the unit vectors. Exact."""
    x, W, b = cache
    N, D = x.shape; M = b.size
    zero = np.zeros_like
    dx, dW, db = zero(x), zero(W), zero(b)
    for i in np.ndindex(x.shape):
        e = zero(x); e[i] = 1
        dx[i] = (linear_forward(e, W, zero(b))[0] * dy).sum()
    for i in np.ndindex(W.shape):
        e = zero(W); e[i] = 1
        dW[i] = (linear_forward(x, e, zero(b))[0] * dy).sum()
    for i in range(M):
        e = zero(b); e[i] = 1
        db[i] = (linear_forward(x, zero(W), e)[0] * dy).sum()
    return dx, dW, db
