from collections import Counter
import numpy as np


def diagnose(norms, low=1e-6, high=1e3):
    seen = Counter({"ok": 1})
    for n in norms:
        seen["nan"] += n != n
        seen["exploding"] += n > high
        seen["vanishing"] += n < low
    for word in ("nan", "exploding", "vanishing", "ok"):
        if seen[word]:
            return word
