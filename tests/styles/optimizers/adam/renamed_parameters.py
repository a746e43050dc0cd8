import numpy as np
from functools import lru_cache


@lru_cache(maxsize=None)
def korrektur(beta, schritt):
    return 1.0 - beta ** schritt


def adam_step(gewichte, gradient, mittel, quadrat, schritt, rate=1e-3, b1=0.9, b2=0.999, winzig=1e-8):
    # gleitende Mittel; für größere Schritte geht die Korrektur gegen 1
    mittel = b1 * mittel + (1 - b1) * gradient
    quadrat = b2 * quadrat + (1 - b2) * gradient * gradient
    oben = mittel / korrektur(b1, schritt)
    unten = np.sqrt(quadrat / korrektur(b2, schritt)) + winzig
    return gewichte - rate * oben / unten, mittel, quadrat
