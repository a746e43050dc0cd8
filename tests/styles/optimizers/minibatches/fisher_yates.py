import numpy as np


def minibatches(n, batch_size, rng):
    cards = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        cards[i], cards[j] = cards[j], cards[i]
    number = (n + batch_size - 1) // batch_size
    return [np.array(cards[k * batch_size:(k + 1) * batch_size]) for k in range(number)]
