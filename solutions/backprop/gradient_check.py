"""The gradient check: is what the backward says what nudging says?

Whoever has written a backward wants to know whether it is right. The formula gives one gradient, measuring with
central differences gives another, and the two were found in different ways: where they agree, both are right. They
never agree to the last digit, so one asks how far apart they are, compared with how large they are.

relative_error measures that, with one number for two whole arrays:

    a, b   two arrays of one shape, any
    error  the largest |a - b| of all places, divided by the largest of all |a| and all |b|; 0 where a and b are both
           zero everywhere

gradient_check measures the gradient and gives the verdict:

    f          a function: f(x) is one number, x an array of the shape that it was given here
    x          float64, with at least one axis; unchanged at the end, to the last bit
    analytic   the gradient of f at x, as somebody's formula has it
    tolerance  how large the relative error may be; 1e-6 unless told
    verdict    True or False

It is False where analytic has another shape than x, even one that NumPy would fit to it, and where there is a NaN or
an infinite number in either gradient. Central differences with a step of 1e-5 are close enough for all that is asked here; the exercise
numerical_gradient has them, and you may write `from backprop.numerical_gradient import numerical_gradient`.
"""

import numpy as np


def relative_error(a, b):
    """a, b of one shape -> a number"""
    ### BEGIN SOLUTION
    difference = np.abs(a - b).max()
    # MISTAKE error-averaged: difference = np.abs(a - b).mean()
    # MISTAKE error-summed: difference = np.abs(a - b).sum()
    # MISTAKE absolute-forgotten: difference = (a - b).max()
    # MISTAKE smallest-difference: difference = np.abs(a - b).min()
    # MISTAKE euclidean: difference = np.linalg.norm(a - b)
    # MISTAKE euclidean-over-sum: difference = np.linalg.norm(a - b)
    # MISTAKE sizes-compared: difference = np.abs(np.abs(a) - np.abs(b)).max()
    largest = np.maximum(np.abs(a).max(), np.abs(b).max())  # max(0.0, nan) would be 0.0, and lose the nan
    # MISTAKE nan-lost-by-max: largest = max(np.abs(a).max(), np.abs(b).max())
    # MISTAKE sum-below: largest = np.abs(a).max() + np.abs(b).max()
    # MISTAKE sum-at-one-place-below: largest = (np.abs(a) + np.abs(b)).max()
    # MISTAKE euclidean-over-sum: largest = np.linalg.norm(a) + np.linalg.norm(b)
    # MISTAKE first-only-below: largest = np.abs(a).max()
    # MISTAKE second-only-below: largest = np.abs(b).max()
    # MISTAKE largest-is-signed: largest = np.maximum(a.max(), b.max())
    # MISTAKE euclidean: largest = np.maximum(np.linalg.norm(a), np.linalg.norm(b))
    error = float(difference / largest) if largest else 0.0
    # MISTAKE not-divided: error = float(difference)
    # MISTAKE zero-by-zero: error = float(difference / largest)
    # MISTAKE small-number-below: error = float(difference / (largest + 1e-8))
    # MISTAKE at-least-one: error = float(difference / max(largest, 1.0))
    # MISTAKE place-by-place: below = np.maximum(np.abs(a), np.abs(b)); error = float((np.abs(a - b) / np.where(below == 0, 1, below)).max())
    # MISTAKE place-by-place-sum: error = float((np.abs(a - b) / np.maximum(1e-8, np.abs(a) + np.abs(b))).max())
    ### END SOLUTION
    return error


def gradient_check(f, x, analytic, tolerance=1e-6):
    """f a function from arrays to numbers, x of any shape, analytic an array -> True or False"""
    ### BEGIN SOLUTION
    step = 1e-5
    # MISTAKE step-too-large: step = 0.1
    # MISTAKE tolerance-ignored: step = 1e-5; tolerance = 1e-6
    # MISTAKE default-too-generous: step = 1e-5; tolerance = 1e-3 if tolerance == 1e-6 else tolerance
    # MISTAKE default-too-strict: step = 1e-5; tolerance = 1e-8 if tolerance == 1e-6 else tolerance
    x = x.copy()
    # MISTAKE x-left-moved: x = x if analytic.shape == x.shape else x.copy()
    # MISTAKE x-moved-there-and-back: x = x if analytic.shape == x.shape else x.copy()
    numerical = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        before = x[place]
        x[place] = before + step
        # MISTAKE x-moved-there-and-back: x[place] += step
        high = f(x)
        x[place] = before - step
        # MISTAKE x-moved-there-and-back: x[place] -= 2 * step
        # MISTAKE one-sided: x[place] = before
        low = f(x)
        x[place] = before
        # MISTAKE x-left-moved: pass
        # MISTAKE x-moved-there-and-back: x[place] += step
        numerical[place] = (high - low) / (2 * step)
        # MISTAKE one-sided: numerical[place] = (high - low) / step
    agree = analytic.shape == x.shape and relative_error(analytic, numerical) <= tolerance
    # MISTAKE shape-not-checked: agree = analytic.size in (1, x.shape[-1], x.size) and relative_error(analytic.reshape(-1, x.shape[-1]) if analytic.size == x.size else analytic, numerical) <= tolerance
    # MISTAKE flattened-first: agree = analytic.size == x.size and relative_error(analytic.ravel(), numerical.ravel()) <= tolerance
    # MISTAKE always-true: agree = True
    # MISTAKE absolute-forgotten-turned: agree = analytic.shape == x.shape and (numerical - analytic).max() <= tolerance * np.maximum(np.abs(analytic).max(), np.abs(numerical).max())
    # MISTAKE place-by-place-sum: agree = analytic.shape == x.shape and bool(np.isfinite(analytic).all() and np.abs(analytic - numerical).max() <= tolerance * np.maximum(np.abs(analytic).max(), np.abs(numerical).max()))
    # MISTAKE np-allclose: agree = analytic.shape == x.shape and np.allclose(numerical, analytic, rtol=tolerance)
    # MISTAKE infinity-passes: agree = analytic.shape == x.shape and not np.isnan(analytic + numerical).any() and not relative_error(analytic, numerical) > tolerance
    # MISTAKE nan-passes: agree = analytic.shape == x.shape and not relative_error(analytic, numerical) > tolerance
    # MISTAKE nan-skipped: gap = np.abs(analytic - numerical) if analytic.shape == x.shape else np.full(2, np.inf); agree = not np.isinf(analytic).any() and np.nanmax(gap) <= tolerance * max(np.nanmax(np.abs(analytic)), np.nanmax(np.abs(numerical)))
    # MISTAKE verdict-reversed: agree = analytic.shape != x.shape or relative_error(analytic, numerical) > tolerance
    # MISTAKE one-agreement-suffices: agree = analytic.shape == x.shape and bool(np.any(np.abs(analytic - numerical) <= tolerance * np.abs(numerical).max()))
    # MISTAKE sums-checked: agree = analytic.shape == x.shape and abs(analytic.sum() - numerical.sum()) <= tolerance * np.abs(numerical).max()
    ### END SOLUTION
    return agree
