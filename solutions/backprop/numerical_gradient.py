"""The numerical gradient: nudge every number, and look what the function does

The slope of a function can be measured without knowing its formula: move one number a little up and a little
down, and divide the difference of the two values by the way between them. Here both moves have the length eps:
central differences.

    f     a function: f(x) is one number, x an array of the shape that it was given here
    x     float64, of any shape with at least one axis
    eps   how far each number is moved, up and down; 1e-5 unless told
    grad  an array of the shape of x: at each place, how fast f grows with the number at that place of x

Each number is moved by itself, while all others stay where they are. f is given arrays of the shape of x, and may
depend on their shape. It does not change its argument and gives the same value for the same numbers.

You may move the numbers of x itself and put them back, or work on copies. At the end x has to be bit for bit what it
was: adding eps and taking it away again does not always lead back to the same float. x need not lie in memory in
one piece: it may be a view of another array, such as a transpose.
"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """f a function from arrays to numbers, x of any shape -> grad of the shape of x"""
    ### BEGIN SOLUTION
    grad = np.zeros_like(x)
    # MISTAKE eps-ignored: grad = np.zeros_like(x); eps = 1e-5
    # MISTAKE default-too-large: grad = np.zeros_like(x); eps = 1e-3 if eps == 1e-5 else eps
    # MISTAKE default-too-small: grad = np.zeros_like(x); eps = 1e-7 if eps == 1e-5 else eps
    # MISTAKE copy-not-put-back: grad = np.zeros_like(x); x = x.copy()
    # MISTAKE flattened-for-f: grad = np.zeros_like(x); inner = f; f = lambda moved: inner(moved.ravel())
    # MISTAKE shape-lost: grad = np.zeros(x.size)
    # MISTAKE whole-numbers: grad = np.zeros(x.shape, dtype=int)
    # MISTAKE copy-for-a-view: grad = np.zeros_like(x); flat = x.ravel()
    for place in np.ndindex(x.shape):
        # MISTAKE whole-rows: for place in range(len(x)):
        # MISTAKE all-at-once: for place in [...]:
        before = x[place]
        # MISTAKE whole-rows: before = x[place].copy()
        # MISTAKE all-at-once: before = x[place].copy()
        # MISTAKE relative-steps: before = x[place]; step = eps * max(1, abs(before))
        # MISTAKE copy-for-a-view: before = x[place]; at = np.ravel_multi_index(place, x.shape)
        x[place] = before + eps
        # MISTAKE moved-there-and-back: x[place] += eps
        # MISTAKE half-steps: x[place] = before + eps / 2
        # MISTAKE relative-steps: x[place] = before + step
        # MISTAKE backward-difference: x[place] = before
        # MISTAKE one-array-twice: x[place] = before
        # MISTAKE copy-for-a-view: flat[at] = before + eps
        high = f(x)
        x[place] = before - eps
        # MISTAKE moved-there-and-back: x[place] -= 2 * eps
        # MISTAKE half-steps: x[place] = before - eps / 2
        # MISTAKE relative-steps: x[place] = before - step
        # MISTAKE forward-difference: x[place] = before
        # MISTAKE one-array-twice: x[place] = before
        # MISTAKE copy-for-a-view: flat[at] = before - eps
        low = f(x)
        x[place] = before
        # MISTAKE not-put-back: pass
        # MISTAKE copy-not-put-back: pass
        # MISTAKE moved-there-and-back: x[place] += eps
        # MISTAKE put-back-by-adding: x[place] += eps
        # MISTAKE copy-for-a-view: flat[at] = before
        grad[place] = (high - low) / (2 * eps)
        # MISTAKE relative-steps: grad[place] = (high - low) / (2 * step)
        # MISTAKE half-steps: grad[place] = (high - low) / eps
        # MISTAKE forward-difference: grad[place] = (high - low) / eps
        # MISTAKE backward-difference: grad[place] = (high - low) / eps
        # MISTAKE two-forgotten: grad[place] = (high - low) / eps
        # MISTAKE eps-forgotten: grad[place] = (high - low) / 2
        # MISTAKE eps-multiplied: grad[place] = (high - low) / 2 * eps
        # MISTAKE sign: grad[place] = (low - high) / (2 * eps)
        # MISTAKE shape-lost: grad[np.ravel_multi_index(place, x.shape)] = (high - low) / (2 * eps)
    ### END SOLUTION
    return grad
