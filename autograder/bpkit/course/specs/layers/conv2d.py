from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal


def reference(torch, x, W, b, stride=1, padding=0):
    """Pass on what PyTorch has by the same names."""
    return torch.nn.functional.conv2d(x, W, b, stride, padding)


ANOTHER = """
def windows_of(images, height, width):
    # (N, C, H, W) -> every window, (N, C, H - height + 1, W - width + 1, height, width), without copying
    return np.lib.stride_tricks.sliding_window_view(images, (height, width), axis=(2, 3))


def conv2d_forward(x, W, b, stride=1, padding=0):
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    seen = windows_of(xp, *W.shape[2:])[:, :, ::stride, ::stride]
    y = np.tensordot(seen, W, axes=((1, 4, 5), (1, 2, 3))) + b
    return np.moveaxis(y, -1, 1), (seen, xp.shape, W, stride, padding)


def conv2d_backward(dy, cache):
    seen, (N, _, height, width), W, stride, padding = cache
    F, _, KH, KW = W.shape
    dW = np.tensordot(dy, seen, axes=((0, 2, 3), (0, 2, 3)))
    # dx is a convolution, too: of dy with gaps of stride - 1 and a wide border, with every filter turned by 180 degrees.
    spread = np.zeros((N, F, height + KH - 1, width + KW - 1))
    inner = spread[:, :, KH - 1 :, KW - 1 :]
    inner[:, :, : stride * dy.shape[2] : stride, : stride * dy.shape[3] : stride] = dy
    dxp = np.tensordot(windows_of(spread, KH, KW), W[:, :, ::-1, ::-1], axes=((1, 4, 5), (0, 2, 3)))
    dx = np.moveaxis(dxp, -1, 1)[:, :, padding : height - padding, padding : width - padding]
    return dx, dW, dy.sum(axis=(0, 2, 3))
"""

EXERCISE = Exercise(
    title="Two-dimensional convolution",
    position=80,
    points=12,
    cases=(
        Case("a batch", x=(5, 3, 7, 11), W=(11, 3, 5, 7), b=(11,)),
        Case("stride 2, padding 2", x=(3, 1, 7, 13), W=(7, 1, 3, 5), b=(7,), stride=2, padding=2),
        Case(
            "rows and columns left over",
            x=(3, 1, 7, 5),
            W=Given(
                (
                    (((1.0, -2.0), (0.5, 3.0)),),
                    (((-1.5, 0.25), (2.0, -1.0)),),
                    (((0.75, 1.25), (-0.5, 4.0)),),
                )
            ),
            b=(3,),
            stride=2,
        ),
        Case("gaps between the windows", x=(3, 5, 7, 11), W=(7, 5, 1, 3), b=(7,), stride=3, padding=1),
        Case("a window as large as the image", x=Normal((1, 3, 5, 7), std=10.0), W=(11, 3, 5, 7), b=(11,)),
        Case("one example, padded", x=(1, 3, 5, 7), W=(5, 3, 7, 1), b=(5,), stride=1, padding=1),
    ),
    gradients_of=("x", "W", "b"),
    reference=reference,
    hints=(
        "Take a small image and one filter, and write down all outputs in which one pixel occurs, and with which weight. Then all "
        "outputs in which one weight occurs, and with which pixel.",
        "y[n, f, i, j] contains xp[n, c, i*s + k, j*s + m] times W[f, c, k, m]. So for each place (k, m) of the window there is one "
        "slice of the padded images, (N, C, OH, OW), starting at (k, m), in steps of s. Its gradient is dy summed over f with W[f, c, k, m]; dW[f, c, k, m] "
        "sums slice times dy over n, i and j; db[f] sums dy over n, i and j.",
        "Forward: pad; start y with the bias; for each place of the window take the slice of the padded images that this place sees, "
        "and add to y what it gives with the weights of that place, summed over channels. Backward: zeros in the shape of the padded "
        "images; for each place of the window take the same slice: with dy it gives the weights' gradient at that place, and into that slice of "
        "the zeros add dy times the weights of the place, summed over filters. At the end cut the padding off.",
    ),
    mistakes={
        "border-counted-from-the-end": "dx is empty where padding is 0: in [padding:-padding] the end is then 0 too, and [0:0] is nothing. Count "
        "the end from the front, or leave the cut out.",
        "stride-in-the-size-only": "The stride makes y smaller, but the windows still lie side by side. From one position to the next the "
        "window moves by stride.",
        "stride-forgotten-for-x": "dx is made as if the windows lay side by side. In the forward they lay stride apart.",
        "windows-overwrite": "Of all the windows and filters that see a pixel only the last one counts. What they all send back has to "
        "come together.",
        "weights-last-position": "dW knows the last position only, of all images. A weight was used at every "
        "position, and what they send back has to come together.",
        "positions-overwrite": "Of all the windows that see a pixel only the last one counts. What they all send "
        "back has to come together.",
        "weights-last-window": "dW knows the last window of the last image only. A weight was used at every position of every image, and "
        "what they send back has to come together.",
        "padding-forgotten": "padding is not used. The zeros around the image make y larger.",
        "padding-on-two-sides": "Zeros are put above and to the left only. They belong on all four sides.",
        "padding-repeats-the-edge": "The border repeats the image's edge. It is made of zeros.",
        "padding-of-ones": "The border is made of ones. It is made of zeros.",
        "stride-ignored": "The window moves by one, whatever stride is.",
        "last-position-forgotten": "y is too small by one row and one column: the first position counts as well.",
        "bias-forgotten": "The forward leaves b out. Every filter adds its bias at every position.",
        "bias-in-every-term": "The bias went in once for every place of the window. It comes in once, when everything else has been added up.",
        "stride-inside-the-window": "The places of one window lie stride apart, and the windows side by side. That is called dilation; stride is how far "
        "the window moves.",
        "kernel-turned": "The filter is turned by 180 degrees, as mathematicians define a convolution. Here, as in PyTorch, it is laid on as it is.",
        "kernel-upside-down": "The rows of the filter are upside down. It is laid on as it is.",
        "first-channel-only": "Only the first channel is looked at. A window goes through all of them.",
        "channels-averaged": "The channels are averaged. What they give adds up, as everything does in a weighted sum.",
        "window-averaged": "The window is averaged. A filter's weights are learned, and nothing is divided.",
        "channels-mixed": "Every channel meets the weights of all channels. Each has weights of its own in a filter.",
        "stride-forgotten-backward": "The backward looks for the windows side by side. In the forward they lay stride apart.",
        "weights-averaged": "dW is divided by the batch size. A layer does not average: a loss that takes a mean has already put its "
        "1/N into dy.",
        "weights-averaged-over-positions": "dW is divided by the number of positions. A weight is used at all of them, and what they send back "
        "adds up.",
        "weights-turned": "dW is turned by 180 degrees. The weight at the top left of the window met the pixels at its top left.",
        "weights-last-example": "dW takes only the last image. Every image used the same weights, so every image has a say.",
        "weights-first-position": "dW takes only the first position. The weights were used at every position, so every position has a say.",
        "weights-without-x": "dW takes each pixel to be 1. A weight that was multiplied by a large pixel moves y a lot.",
        "weights-summed-too-early": "dW multiplies sums over the positions. Each position's own pixels belong with its own dy; what the positions say is "
        "added up after that.",
        "weights-same-everywhere": "dW is the same for all places of the window. Each place saw other pixels: which?",
        "overlaps-overwritten": "Where windows overlap, dx keeps only what came last. A pixel that was seen several times collects from all.",
        "kernel-turned-backward": "The filters are turned before dy is sent through them. Turning belongs to the form in which dx is written "
        "as a convolution of dy; where each window hands back its own share, it goes along the weights by which it came.",
        "first-filter-only": "dx listens to the first filter only. All filters looked at each pixel.",
        "filters-averaged": "What comes back from the filters is averaged. It adds up.",
        "weights-ignored": "dx is what you would get if every weight were 1. How much a pixel matters depends on the weights that it met.",
        "padding-kept": "dx still has its border. It needs the shape of x; nobody asked for the gradient of the zeros around it.",
        "padding-cut-at-the-end": "The border is cut off at the bottom and the right only, so that dx is shifted. It lies on all four sides.",
        "bias-averaged": "db is averaged. b is added at every position of every image, and what they send back adds up.",
        "bias-averaged-over-batch": "db is divided by the batch size. b is added to every image, and what they send back adds up.",
        "bias-averaged-over-positions": "db is averaged over the positions. b is added at each of them, and what they send back adds up.",
        "bias-over-batch-only": "db has one number for each position. One bias serves all positions of a filter: there is more to add up.",
        "bias-over-positions-only": "db has one row for each image. One bias serves all images: there is more to add up.",
        "bias-wrong-axis": "db has one number for each column of y. It needs one for each filter: which axes are to disappear?",
    },
    explanation=Explanation(
        why="y[n, f, i, j] is a linear function of the pixels in its window, with the weights as slopes, and of the weights, with the pixels as slopes. "
        "Hence dW[f, c, k, m] = sum over n, i, j of dy[n, f, i, j] * xp[n, c, i*s + k, j*s + m]: a correlation of the images with dy. And "
        "dxp[n, c, p, q] adds up dy[n, f, i, j] * W[f, c, p - i*s, q - j*s] over all f and all windows that contain (p, q). There the indices of W run "
        "against those of dy, so dx is itself a convolution of dy (with stride - 1 zeros between its numbers) with the filters turned by 180 degrees. "
        "The bias has slope 1 everywhere: db sums dy over images and positions. Pixels at the far end that no window reached get 0.",
        another=ANOTHER,
        pytorch="torch.nn.functional.conv2d takes the same layouts, and stride and padding as pairs too. It keeps x and W for the backward, not the padded images "
        "or the windows. On a GPU, cuDNN chooses among several algorithms (a matrix product over windows, FFT, Winograd), which add up in different orders, so that "
        "results differ in their last digits. The gradient of x is what conv_transpose2d computes.",
    ),
)
