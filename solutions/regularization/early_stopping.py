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
    ### BEGIN SOLUTION
    best_loss, waited = np.inf, 0
    # MISTAKE best-starts-at-zero: best_loss, waited = 0.0, 0
    # MISTAKE best-starts-too-low: best_loss, waited = 1e9, 0
    # MISTAKE first-counted: best_loss, waited = val_losses[0], 0
    stop_epoch = len(val_losses) - 1
    # MISTAKE epochs-in-all: stop_epoch = len(val_losses)
    for epoch, loss in enumerate(val_losses):
        if loss < best_loss:
            # MISTAKE equal-improves: if loss <= best_loss:
            # MISTAKE much-better: if loss < best_loss - 1e-4:
            # MISTAKE higher-is-better: if epoch == 0 or loss > best_loss:
            best_loss, waited = loss, 0
            # MISTAKE never-reset: best_loss = loss
            # MISTAKE best-loss-not-kept: best_loss, waited = val_losses[0], 0
        else:
            waited += 1
            # MISTAKE against-the-last: best_loss, waited = loss, waited + 1
        if waited >= patience:
            # MISTAKE one-more: if waited > patience:
            # MISTAKE one-less: if waited >= patience - 1 and epoch:
            # MISTAKE never-stops: if False:
            # MISTAKE no-patience: if waited:
            stop_epoch = epoch
            # MISTAKE next-epoch: stop_epoch = epoch + 1
            # MISTAKE first-bad-epoch: stop_epoch = epoch - patience + 1
            break
            # MISTAKE does-not-stop: waited = 0
    best_epoch = int(np.argmin(val_losses[: stop_epoch + 1]))
    # MISTAKE best-of-all: best_epoch = int(np.argmin(val_losses))
    # MISTAKE floats: stop_epoch, best_epoch = float(stop_epoch), float(np.argmin(val_losses[: stop_epoch + 1]))
    # MISTAKE best-from-one: best_epoch = int(np.argmin(val_losses[: stop_epoch + 1])) + 1
    # MISTAKE best-starts-too-low: best_epoch = max(stop_epoch - waited, 0)
    # MISTAKE much-better: best_epoch = stop_epoch - waited
    # MISTAKE best-is-last: best_epoch = stop_epoch
    # MISTAKE latest-best: best_epoch = stop_epoch - int(np.argmin(val_losses[stop_epoch::-1]))
    # MISTAKE counted-back: best_epoch = stop_epoch - patience
    # MISTAKE stop-left-out: best_epoch = int(np.argmin(val_losses[: max(stop_epoch, 1)]))
    # MISTAKE highest: best_epoch = int(np.argmax(val_losses[: stop_epoch + 1]))
    # MISTAKE order-swapped: stop_epoch, best_epoch = int(np.argmin(val_losses[: stop_epoch + 1])), stop_epoch
    # MISTAKE stops-at-best: stop_epoch = best_epoch = int(np.argmin(val_losses[: stop_epoch + 1]))
    # MISTAKE loss-for-epoch: best_epoch = np.min(val_losses[: stop_epoch + 1])
    ### END SOLUTION
    return stop_epoch, best_epoch
