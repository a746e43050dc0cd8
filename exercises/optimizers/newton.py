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
    # YOUR CODE HERE
    raise NotImplementedError()
    return w
