import numpy


def newton_step(w, gradient, hessian):
    H = numpy.array(hessian, dtype=float)
    g = numpy.array(gradient, dtype=float).reshape(-1, 1)
    w_col = w.reshape(-1, 1)
    return (w_col - numpy.dot(numpy.linalg.inv(H), g)).flatten()
