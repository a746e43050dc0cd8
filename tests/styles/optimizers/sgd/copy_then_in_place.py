from copy import deepcopy

import numpy


def sgd_step(w, dw, lr, minus=-1.0):
    new = deepcopy(w)
    step = numpy.array(dw, dtype=numpy.float64, copy=True)
    step *= minus * lr
    numpy.add(new, step, out=new)
    return new
