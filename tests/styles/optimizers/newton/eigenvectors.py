import numpy as np


def newton_step(w, gradient, hessian):
    # H = Q diag(c) Q^T: along each axis of the ellipsoid it is Newton in one dimension
    curvature, Q = np.linalg.eigh(hessian)
    return w - np.einsum("ik,k,jk,j->i", Q, 1 / curvature, Q, gradient)
