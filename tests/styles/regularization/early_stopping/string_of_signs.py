import re


def early_stopping(val_losses, patience):
    """'+' for an improvement, '.' for none; then a pattern finds the stop."""
    signs = "".join("+" if all(l < k for k in val_losses[:e]) else "." for e, l in enumerate(val_losses))
    found = re.search(r"\.{%d}" % patience, signs)
    stop = found.end() - 1 if found else len(signs) - 1
    return stop, signs.rindex("+", 0, stop + 1)
