from concurrent.futures import ThreadPoolExecutor

import numpy as np


def clip_by_value(grads, limit):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda g: np.clip(g, -limit, limit), grads))
