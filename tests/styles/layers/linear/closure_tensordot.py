import functools
import operator
import numpy as np

# der Cache ist einfach die Rückwärtsfunktion selbst (Ä, Ö, Ü)


def linear_forward(x: np.ndarray, W: np.ndarray, b: np.ndarray):
    zeilen = (np.tensordot(zeile, W, axes=1) + b for zeile in x)
    y = np.stack(list(zeilen))

    def zurück(dy):
        outer = (np.multiply.outer(xn, gn) for xn, gn in zip(x, dy))
        return [
            np.tensordot(dy, W, axes=([1], [1])),
            functools.reduce(operator.add, outer),
            functools.reduce(operator.add, list(dy)),
        ]

    return y, zurück


def linear_backward(dy, cache):
    return cache(dy)
