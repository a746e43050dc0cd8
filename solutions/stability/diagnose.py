"""Diagnosis: what the norms of a network's gradients say about its training

    norms  a list of numbers: the norm of each layer's gradient, 0 or more; it may hold infinity and NaN
    low    a number: below it a norm is too small for its layer to learn anything; 1e-6 unless told
    high   a number above low: above it a step would throw the layer's weights away; 1e3 unless told

Return one word, a str. The first of these lines that applies decides:

    "nan"        if any norm is NaN: something has become 0 / 0 or infinity - infinity, and nothing after it counts
    "exploding"  if any norm is above high; infinity is
    "vanishing"  if any norm is below low; 0 may be
    "ok"         otherwise

A norm that is exactly low or exactly high is still all right. One layer is enough, wherever it stands; the list is
never empty. Remember that NaN compares with nothing: NaN > x, NaN < x and NaN == NaN are all False.
"""

import numpy as np


def diagnose(norms, low=1e-6, high=1e3):
    """norms a list of numbers, low and high numbers -> one of the four words (a str)"""
    ### BEGIN SOLUTION
    norms = np.asarray(norms, dtype=float)
    # MISTAKE first-layer-only: norms = np.asarray(norms[:1], dtype=float)
    # MISTAKE last-layer-only: norms = np.asarray(norms[-1:], dtype=float)
    # MISTAKE mean-of-norms: norms = np.mean(norms, keepdims=True)
    # MISTAKE norm-of-norms: norms = np.sqrt(np.sum(np.square(norms), keepdims=True))
    # MISTAKE nan-is-zero: norms = np.nan_to_num(norms, nan=0.0, posinf=np.inf)
    # MISTAKE infinity-skipped: norms = np.array([norm for norm in norms if norm != np.inf])
    # MISTAKE default-low: norms = np.asarray(norms, dtype=float); low = 1e-6
    # MISTAKE default-high: norms = np.asarray(norms, dtype=float); high = 1e3
    # MISTAKE bounds-swapped: norms, low, high = np.asarray(norms, dtype=float), high, low
    if np.isnan(norms).any():
        # MISTAKE all-have-to-be-nan: if np.isnan(norms).all():
        # MISTAKE first-in-list: if np.isnan(norms[np.argmax((norms > high) | (norms < low) | np.isnan(norms))]):
        # MISTAKE nan-by-maximum: if max(norms.tolist()) != max(norms.tolist()):
        # MISTAKE nan-last: if np.isnan(norms).any() and not (norms > high).any() and not (norms < low).any():
        # MISTAKE nan-by-equality: if any(norm == np.nan for norm in norms):
        # MISTAKE infinity-is-nan: if not np.isfinite(norms).all():
        word = "nan"
        # MISTAKE capitals: word = "NaN"
    elif (norms > high).any():
        # MISTAKE all-have-to-explode: elif (norms > high).all():
        # MISTAKE high-included: elif (norms >= high).any():
        # MISTAKE first-in-list: elif (norms[np.argmax((norms > high) | (norms < low))] > high):
        # MISTAKE bounds-included: elif (norms >= high).any():
        # MISTAKE never-exploding: elif False:
        # MISTAKE vanishing-first: elif (norms > high).any() and not (norms < low).any():
        word = "exploding"
    elif (norms < low).any():
        # MISTAKE all-have-to-vanish: elif (norms < low).all():
        # MISTAKE low-included: elif (norms <= low).any():
        # MISTAKE bounds-included: elif (norms <= low).any():
        # MISTAKE never-vanishing: elif False:
        word = "vanishing"
    else:
        word = "ok"
    ### END SOLUTION
    return word
