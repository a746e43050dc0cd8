import logging
import warnings
import numpy as np

log = logging.getLogger(__name__)
logging.basicConfig(level=logging.DEBUG)


def huber_forward(prediction, target, delta=1.0):
    d = prediction - target
    warnings.warn("huber is being called")
    log.debug("d = %s", d)
    # sqrt(d^2) for |d|; the part past delta by relu
    far = np.maximum(np.sqrt(d * d) - delta, 0)
    return ((d * d - far * far) / 2).mean(), (d, far)


def huber_backward(dloss, cache):
    d, far = cache
    return dloss * (d - far * np.sign(d)) / d.size
