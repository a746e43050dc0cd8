import numpy as np


def memorize(x, labels, rng):
    """the shortest way to learn by heart: a closure that looks the nearest image up"""
    book = {row.tobytes(): int(t) for row, t in zip(x, labels)}

    def look_up(row):
        known = book.get(np.ascontiguousarray(row).tobytes())
        return known if known is not None else int(labels[np.abs(x - row).sum(1).argmin()])
    return look_up


def predict_memorized(x, params):
    return np.fromiter(map(params, x), dtype=np.int64, count=len(x))
