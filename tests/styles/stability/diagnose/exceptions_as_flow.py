import numpy as np


class Found(Exception):
    pass


def _ask(condition, word):
    if condition:
        raise Found(word)


def diagnose(norms, low=1e-6, high=1e3):
    try:
        for norm in norms:
            _ask(not (norm <= float("inf")), "nan")
        for norm in norms:
            _ask(norm > high, "exploding")
        for norm in norms:
            _ask(norm < low, "vanishing")
    except Found as found:
        return str(found)
    else:
        return "ok"
