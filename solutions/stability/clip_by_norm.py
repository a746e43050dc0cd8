"""Clipping by norm: all gradients are made shorter together if they are too long

Taken together, the gradients of a network are one long vector. Its length, the norm, is the root of the sum of
all squares, over every entry of every array. If it is too large, everything is multiplied by one factor, so that
the direction stays and only the length changes:

    total_norm = root of the sum of g**2, over all entries g of all arrays
    factor     = min(1, max_norm / (total_norm + 1e-6))

    grads     a list of arrays, the gradients of a network's parameters; each of any shape, as many as there are, and
              at least one
    max_norm  a number above 0

Return two things: a list of new arrays of the same shapes and in the same order, each the old one times factor;
and total_norm, a number, as it was before clipping. Where the factor is 1 the values stay as they are, in new
arrays all the same. The 1e-6 keeps a norm of 0 from being a divisor; it is PyTorch's. The list that came in and its
arrays stay as they were.
"""

import numpy as np


def clip_by_norm(grads, max_norm):
    """grads a list of arrays, max_norm a number -> a list of arrays of the same shapes, total_norm (a number)"""
    ### BEGIN SOLUTION
    total_norm = np.sqrt(sum(np.sum(grad**2) for grad in grads))
    # MISTAKE norm-squared: total_norm = sum(np.sum(grad**2) for grad in grads)
    # MISTAKE norms-added: total_norm = sum(np.linalg.norm(grad) for grad in grads)
    # MISTAKE largest-norm: total_norm = max(np.linalg.norm(grad) for grad in grads)
    # MISTAKE largest-entry: total_norm = max(np.abs(grad).max() for grad in grads)
    # MISTAKE absolute-values: total_norm = sum(np.abs(grad).sum() for grad in grads)
    # MISTAKE mean-square: total_norm = np.sqrt(np.mean(np.concatenate([grad.ravel() for grad in grads]) ** 2))
    # MISTAKE mean-of-norms: total_norm = np.mean([np.linalg.norm(grad) for grad in grads])
    # MISTAKE small-number-in-norm: total_norm = np.sqrt(sum(np.sum(grad**2) for grad in grads)) + 1e-6
    # MISTAKE small-number-in-root: total_norm = np.sqrt(sum(np.sum(grad**2) for grad in grads) + 1e-6)
    # MISTAKE first-array-only: total_norm = np.linalg.norm(grads[0])
    # MISTAKE norm-of-sum: total_norm = abs(sum(np.sum(grad) for grad in grads))
    factor = min(1.0, max_norm / (total_norm + 1e-6))
    # MISTAKE always-scaled: factor = max_norm / (total_norm + 1e-6)
    # MISTAKE max-for-min: factor = max(1.0, max_norm / (total_norm + 1e-6))
    # MISTAKE never-clipped: factor = 1.0
    # MISTAKE divided-by-norm: factor = min(1.0, 1.0 / (total_norm + 1e-6))
    # MISTAKE divided-by-norm-alone: factor = 1.0 / (total_norm + 1e-6) if total_norm > max_norm else 1.0
    # MISTAKE upside-down: factor = min(1.0, (total_norm + 1e-6) / max_norm)
    # MISTAKE small-number-in-numerator: factor = min(1.0, (max_norm + 1e-6) / (total_norm or 1.0))
    # MISTAKE small-number-missing: factor = min(1.0, max_norm / (total_norm or 1.0))
    # MISTAKE small-number-in-norm: factor = min(1.0, max_norm / total_norm)
    # MISTAKE small-number-in-root: factor = min(1.0, max_norm / total_norm)
    # MISTAKE too-long-becomes-zero: factor = 1.0 if total_norm <= max_norm else 0.0
    clipped = [grad * factor for grad in grads]
    # MISTAKE each-by-itself: clipped = [grad * min(1.0, max_norm / (np.linalg.norm(grad) + 1e-6)) for grad in grads]
    # MISTAKE by-value: clipped = [np.clip(grad, -max_norm, max_norm) for grad in grads]
    # MISTAKE first-array-clipped: clipped = [grads[0] * factor, *grads[1:]]
    # MISTAKE in-place: clipped = [np.multiply(grad, factor, out=grad) for grad in grads]
    # MISTAKE list-changed: clipped = grads; clipped[:] = [grad * factor for grad in grads]
    # MISTAKE memory-shared: clipped = [grad * factor for grad in grads] if factor < 1 else grads
    # MISTAKE factor-twice: clipped = [grad * factor**2 for grad in grads]
    # MISTAKE norm-after-clipping: clipped = [g * factor for g in grads]; total_norm = total_norm * factor
    # MISTAKE factor-returned: clipped = [g * factor for g in grads]; total_norm = factor
    ### END SOLUTION
    return clipped, total_norm
