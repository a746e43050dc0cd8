from functools import reduce
from itertools import takewhile, accumulate


def early_stopping(val_losses, patience):
    # state: (epoch, best epoch, best loss, bad epochs in a row)
    def step(state, loss):
        epoch, best, low, bad = state
        if loss < low:
            return epoch + 1, epoch + 1, loss, 0
        return epoch + 1, best, low, bad + 1

    first, *rest = val_losses.tolist()
    seen = []
    for state in accumulate(rest, step, initial=(0, 0, first, 0)):
        seen.append(state)
        if state[3] >= patience:
            break
    stop, best, *_ = reduce(lambda _, s: s, seen)
    return stop, best
