from collections import deque

import numpy as np


def early_stopping(val_losses, patience):
    bad = deque(maxlen=patience)
    best = (float(val_losses[0]), 0)
    stop_epoch = np.int64(0)
    for stop_epoch, loss in enumerate(val_losses.tolist()):
        better = stop_epoch == 0 or loss < best[0]
        best = min(best, (loss, stop_epoch))  # a tie goes to the earlier epoch
        bad.append(not better)
        if len(bad) == patience and all(bad):
            break
    return np.array(stop_epoch), np.array(best[1])
