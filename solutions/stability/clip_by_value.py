"""Clipping by value: every entry of every gradient is held between -limit and limit

    grads  a list of arrays, the gradients of a network's parameters; each of any shape, as many as there are, and at
           least one
    limit  a number above 0

Return a list of new arrays, of the same shapes and in the same order, also where nothing has to be clipped. An
entry above limit becomes limit, one below -limit becomes -limit, and all others stay as they are. Infinity is
above every limit. The list that came in and its arrays stay as they were: the caller may still want to look at
them.
"""

import numpy as np


def clip_by_value(grads, limit):
    """grads a list of arrays, limit a number -> a list of arrays of the same shapes"""
    ### BEGIN SOLUTION
    clipped = [np.clip(grad, -limit, limit) for grad in grads]
    # MISTAKE nothing-clipped: clipped = [grad.copy() for grad in grads]
    # MISTAKE memory-shared: clipped = [np.clip(grad, -limit, limit) if np.abs(grad).max() > limit else grad for grad in grads]
    # MISTAKE above-only: clipped = [np.minimum(grad, limit) for grad in grads]
    # MISTAKE below-only: clipped = [np.maximum(grad, -limit) for grad in grads]
    # MISTAKE negative-to-zero: clipped = [np.clip(grad, 0, limit) for grad in grads]
    # MISTAKE large-to-zero: clipped = [np.where(np.abs(grad) > limit, 0.0, grad) for grad in grads]
    # MISTAKE sign-lost: clipped = [np.minimum(np.abs(grad), limit) for grad in grads]
    # MISTAKE sign-only: clipped = [limit * np.sign(grad) for grad in grads]
    # MISTAKE limit-one: clipped = [np.clip(grad, -1, 1) for grad in grads]
    # MISTAKE scaled: clipped = [grad * min(1.0, limit / np.abs(grad).max()) for grad in grads]
    # MISTAKE scaled-together: top = max(np.abs(g).max() for g in grads); clipped = [g * min(1.0, limit / top) for g in grads]
    # MISTAKE by-norm: clipped = [grad * min(1.0, limit / np.linalg.norm(grad)) for grad in grads]
    # MISTAKE first-only: clipped = [np.clip(grads[0], -limit, limit), *grads[1:]]
    # MISTAKE small-ones-raised: clipped = [np.where(np.abs(grad) < limit, np.copysign(limit, grad), grad) for grad in grads]
    # MISTAKE tanh: clipped = [limit * np.tanh(grad / limit) for grad in grads]
    # MISTAKE limit-squared: clipped = [np.clip(grad, -(limit**2), limit**2) for grad in grads]
    # MISTAKE large-to-plus: clipped = [np.where(np.abs(grad) > limit, limit, grad) for grad in grads]
    ### END SOLUTION
    return clipped
