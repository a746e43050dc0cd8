import numpy as np


def diagnose(norms, low=1e-6, high=1e3):
    # sort puts NaN behind everything, infinity included
    s = np.sort(np.array(norms, dtype=np.float64))
    smallest, largest = s[0], s[-1]
    return (
        "nan" if np.isnan(largest)
        else "exploding" if not largest <= high
        else "vanishing" if not smallest >= low
        else "ok"
    )
