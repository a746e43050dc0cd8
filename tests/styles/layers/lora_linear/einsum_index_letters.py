import numpy


def lora_linear_forward(x, W, A, B, scale):
    if not scale:
        y = numpy.einsum("nd,dm->nm", x, W)
    else:
        y = numpy.einsum("nd,dm->nm", x, W) + numpy.einsum("nd,dr,rm->nm", x, A, B) * scale
    return y, lambda: (x, W, A, B, float(scale))


def lora_linear_backward(dy, cache):
    x, W, A, B, s = cache()
    dA = numpy.einsum("nd,nm,rm,->dr", x, dy, B, s)
    dB = numpy.einsum("nd,dr,nm,->rm", x, A, dy, s)
    dx = numpy.zeros_like(x)
    dx += numpy.einsum("nm,dm->nd", dy, W)
    dx += numpy.einsum("nm,rm,dr,->nd", dy, B, A, s)
    return dx, dA, dB
