import functools

import numpy as np

np.seterr(all="raise")


def check_residual(step):
    @functools.wraps(step)
    def wrapped(*args, **kwargs):
        w, gradient, hessian = args
        new = step(*args, **kwargs)
        assert np.allclose(hessian @ (w - new), gradient)
        return new

    return wrapped


@check_residual
def newton_step(w, gradient, hessian):
    step, *_ = np.linalg.lstsq(hessian, gradient, rcond=None)
    return w - step


assert np.allclose(newton_step(np.zeros(2), np.array([5.0, 5.0]), np.array([[3.0, 1.0], [1.0, 2.0]])), [-1, -2])

if __name__ == "__main__":
    print(newton_step(np.ones(1), np.ones(1), np.ones((1, 1))))
