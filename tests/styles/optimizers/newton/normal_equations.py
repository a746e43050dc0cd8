import numpy as np
from numpy import *


def newton_step(w, gradient, hessian):
    # minimise |H s + g|^2: H^T H s = -H^T g, which has a positive definite matrix
    A = matmul(hessian.T, hessian)
    b = -dot(hessian.T, gradient)
    L = linalg.cholesky(A)
    half = linalg.solve(L, b)
    return w + linalg.solve(L.T, half)
