"""Early stopping: when to end the training, by the loss on examples that it does not learn from

While a network learns, its loss on the training examples goes on falling. The loss on other examples, the
validation loss, falls too at first; when the network begins to learn its examples by heart, it rises again.
Training stops when the validation loss has not improved for a while, and one goes back to the best epoch.

    val_losses  (E,)  the validation loss after each epoch, from epoch 0 to epoch E - 1; E is at least 1
    patience    a whole number from 1: how many epochs in a row may go by without an improvement before it is over

An epoch improves if its loss is strictly below all losses before it; the first epoch always does. A loss that only
equals the best is no improvement.

Return two whole numbers, of an integer type:

    stop_epoch  the epoch after which the training stops: the first one that is the patience-th in a row without
                an improvement. If that never happens, the last epoch, E - 1.
    best_epoch  the epoch with the lowest loss among those up to stop_epoch; if several are equally low, the
                earliest. What comes after stop_epoch is never seen, be it ever so good.
"""

import numpy as np


def early_stopping(val_losses, patience):
    """val_losses (E,), patience a whole number from 1 -> stop_epoch, best_epoch (whole numbers)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return stop_epoch, best_epoch
