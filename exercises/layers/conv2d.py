"""Two-dimensional convolution: a small window of weights slides over an image

A filter looks at a window of the image, multiplies each number in it by a weight of its own, adds everything up, and
gives one number. Then it moves on. The same weights serve everywhere, so that a pattern is found wherever it is.

    x        (N, C, H, W)    N images with C channels, H rows and W columns
    W        (F, C, KH, KW)  F filters; each has one weight for every place of a window in every channel
    b        (F,)            one bias for each filter, added at every position
    stride   a whole number  1 or more: how far the window moves from one position to the next, down and across
    padding  a whole number  0 or more: so many rows and columns of zeros are put around each image first, on all
                             four sides
    y        (N, F, OH, OW)  OH = (H + 2 * padding - KH) // stride + 1, and OW in the same way from W and KW

(W stands for the filters in the code; the images' width is their last axis.) With xp for the padded image,

    y[n, f, i, j] = b[f] + sum over c, k, m of
                    xp[n, c, i * stride + k, j * stride + m] * W[f, c, k, m]

The window is laid on as it is: nothing is turned round or mirrored, as in PyTorch. OH and OW round down; rows and
columns at the far end into which no whole window fits any more are not looked at. The window is nowhere larger than
the padded image.

The backward gets dy (N, F, OH, OW), the gradient of the loss with respect to y, and returns dx, dW and db in the
shapes of x, W and b. A pixel may be seen by many windows, by one, or by none; a weight was used at every position of
every image. Loops over the places of a window are fine; the images here are small.
"""

import numpy as np


def conv2d_forward(x, W, b, stride=1, padding=0):
    """x (N, C, H, W), W (F, C, KH, KW), b (F,), two whole numbers -> y (N, F, OH, OW), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def conv2d_backward(dy, cache):
    """dy (N, F, OH, OW) -> dx (N, C, H, W), dW (F, C, KH, KW), db (F,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dW, db
