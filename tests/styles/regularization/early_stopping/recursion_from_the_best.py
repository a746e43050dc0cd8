import numpy as np


def early_stopping(val_losses, patience, start=0):
    """From `start`, the best so far: either a lower one is near enough, or it is over."""
    last = len(val_losses) - 1
    near = val_losses[start + 1 : start + patience + 1]
    lower = np.nonzero(near < val_losses[start])[0]
    if lower.size == 0:
        return min(start + patience, last), start
    return early_stopping(val_losses, patience, start + 1 + int(lower[0]))
