import logging
import warnings

import numpy as np

log = logging.getLogger(__name__)


def _one(w, g, lr, decay):
    return w - lr * g - lr * decay * w


def weight_decay_step(w, dw, lr, weight_decay):
    log.warning("step with lr=%s", lr)
    warnings.warn("weight decay pulls towards 0")
    pairs = np.stack([w, dw], axis=-1)
    return np.apply_along_axis(lambda pair: _one(*pair, lr, weight_decay), -1, pairs)
