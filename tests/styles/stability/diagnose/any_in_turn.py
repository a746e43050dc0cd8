import math


def diagnose(norms, low=1e-6, high=1e3):
    if any(math.isnan(n) for n in norms):
        return "nan"
    if max(norms) > high:
        return "exploding"
    if min(norms) < low:
        return "vanishing"
    return "ok"
