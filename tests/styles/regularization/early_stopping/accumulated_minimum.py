import numpy as np


def early_stopping(val_losses, patience):
    E = val_losses.shape[0]
    lowest = np.minimum.accumulate(val_losses)
    improved = np.r_[True, val_losses[1:] < lowest[:-1]]
    epochs = np.arange(E)
    last_improved = np.maximum.accumulate(np.where(improved, epochs, 0))
    over = np.flatnonzero(epochs - last_improved >= patience)
    stop = over[0] if over.size else E - 1
    return stop, last_improved[stop]
