"""Max pooling in two dimensions: of every window the largest number

A square window moves over each channel of each image and keeps the largest number that it sees. The image gets
smaller, and a pattern that has moved a little gives the same answer. Nothing is learned.

    x            (N, C, H, W)    N images with C channels, H rows and W columns
    kernel_size  a whole number  k: the window has k rows and k columns; no larger than the image
    stride       a whole number  s, 1 or more: how far the window moves from one position to the next, down
                                 and across. With s < k windows overlap, with s > k there are gaps
    y            (N, C, OH, OW)  OH = (H - k) // s + 1, and OW in the same way from W

    y[n, c, i, j] = the largest of x[n, c, i * s + p, j * s + q] for p and q from 0 to k - 1

OH and OW round down; rows and columns at the far end into which no whole window fits any more are not looked
at. There is no padding. All numbers of a window may be negative.

The backward gets dy (N, C, OH, OW), the gradient of the loss with respect to y, and returns dx in the shape of
x. After a relu many numbers are exactly 0, so that windows have several largest numbers: then the first of
them gets the gradient, going through the window row by row, and each row from left to right, as in PyTorch.
A number that is the largest in several windows hears from each of them.
"""

import numpy as np


def max_pool2d_forward(x, kernel_size, stride):
    """x (N, C, H, W), two whole numbers -> y (N, C, OH, OW), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def max_pool2d_backward(dy, cache):
    """dy (N, C, OH, OW) -> dx (N, C, H, W)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx
