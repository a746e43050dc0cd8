# written like C: three nested loops, no numpy functions beyond zeros
import numpy as np;

def linear_forward(x, W, b):
    N = len(x); D = len(W); M = len(b);
    y = np.zeros((N, M));
    n = 0;
    while n < N:
        m = 0;
        while m < M:
            acc = float(b[m]);
            for d in range(D):
                acc += x[n][d] * W[d][m];
            y[n, m] = acc;
            m += 1;
        n += 1;
    cache = [x, W];
    return y, cache;

def linear_backward(dy, cache):
    x, W = cache;
    N = len(x); D = len(W); M = len(W[0]);
    dx = np.zeros((N, D)); dW = np.zeros((D, M)); db = np.zeros(M);
    for n in range(N):
        for m in range(M):
            g = dy[n, m];
            db[m] += g;
            for d in range(D):
                dx[n, d] += g * W[d, m];
                dW[d, m] += g * x[n, d];
    return dx, dW, db;
