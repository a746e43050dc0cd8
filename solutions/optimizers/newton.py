"""Newton's method: w <- w - H^-1 g

Gradient descent knows how steep the ground is, and has to be told how far to go. Newton's method also knows
how the slope changes, so it can work out where the slope becomes 0. If the loss is a paraboloid it gets there
in one step, without any learning rate.

    w         (D,)    the parameters
    gradient  (D,)    g: the gradient of the loss at w
    hessian   (D, D)  H: the second derivatives of the loss at w; hessian[i, j] says how gradient[i] changes with w[j]

H is symmetric and has an inverse, H^-1. It need not be positive definite: it may have zeros on its diagonal,
and at a saddle point some curvatures are negative. The step then goes to the point where the slope is 0, be
that a minimum or not, and this function does not change that.

Return the new parameters in a new array. D may be 1.
"""

import numpy as np


def newton_step(w, gradient, hessian):
    """w, gradient (D,), hessian (D, D) -> the new w, (D,)"""
    ### BEGIN SOLUTION
    step = np.linalg.solve(hessian, gradient)
    # MISTAKE multiplied: step = hessian @ gradient
    # MISTAKE curvature-ignored: step = gradient
    # MISTAKE diagonal-only: step = gradient / np.diag(hessian)
    # MISTAKE inverted-entry-by-entry: step = (1 / hessian) @ gradient
    # MISTAKE one-curvature-for-all: step = gradient / np.trace(hessian)
    # MISTAKE divided-by-determinant: step = gradient / np.linalg.det(hessian)
    # MISTAKE divided-by-rows: step = gradient / hessian.sum(axis=1)
    # MISTAKE solved-for-weights: step = np.linalg.solve(hessian, w)
    # MISTAKE inverted-twice: step = np.linalg.solve(hessian @ hessian, gradient)
    # MISTAKE curvature-made-positive: e, U = np.linalg.eigh(hessian); step = U @ (U.T @ gradient / np.abs(e))
    # MISTAKE damped: step = np.linalg.solve(hessian + 0.001 * np.eye(len(w)), gradient)
    # MISTAKE damped-slightly: step = np.linalg.solve(hessian + 1e-8 * np.eye(len(w)), gradient)
    # MISTAKE length-one: step = np.linalg.solve(hessian, gradient); step = step / np.linalg.norm(step)
    # MISTAKE half-a-step: step = np.linalg.solve(hessian, gradient) / 2
    # MISTAKE tenth-of-a-step: step = 0.1 * np.linalg.solve(hessian, gradient)
    w = w - step
    # MISTAKE uphill: w = w + step
    # MISTAKE old-weights-forgotten: w = -step
    # MISTAKE step-returned: w = step
    ### END SOLUTION
    return w
