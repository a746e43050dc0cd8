import numpy as np


def diagnose(norms, low=1e-6, high=1e3):
    norms = np.array(norms, dtype=float)
    # 0 below low, 1 from low to high, 2 above high, 3 for NaN, which numpy sorts behind infinity
    place = np.searchsorted([low, np.nextafter(high, np.inf), np.nan], norms, side="right")
    place[np.isposinf(norms)] = 2
    order = [3, 2, 0, 1]
    words = {3: "nan", 2: "exploding", 0: "vanishing", 1: "ok"}
    return words[min(place.tolist(), key=order.index)]
