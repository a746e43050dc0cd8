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
    # YOUR CODE HERE
    raise NotImplementedError()
    return grad
