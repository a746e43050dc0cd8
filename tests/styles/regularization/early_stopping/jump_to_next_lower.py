import numpy as np


def early_stopping(val_losses, patience):
    """From one improvement to the next, as long as it is near enough."""
    losses = list(map(float, val_losses))
    best = 0
    while True:
        window = losses[best + 1 : best + 1 + patience]
        lower = (k for k, loss in enumerate(window, best + 1) if loss < losses[best])
        if (k := next(lower, None)) is None:
            return [best + len(window), best]
        best = k
