def prelu_forward(z, alpha):
    N, C = z.shape
    a = z.copy()
    n = 0
    while n < N:
        for c in range(C):
            if not z[n, c] > 0: a[n, c] = alpha[c] * z[n, c]
        n += 1
    return a, (z, alpha)


def prelu_backward(da, cache):
    z, alpha = cache
    N, C = z.shape
    dz = 0 * z
    dalpha = 0 * alpha
    for c in range(C):
        for n in range(N):
            if z[n, c] > 0:
                dz[n, c] = da[n, c]
            else:
                dz[n, c] = da[n, c] * alpha[c]
                dalpha[c] += da[n, c] * z[n, c]
    return [dz, dalpha]
