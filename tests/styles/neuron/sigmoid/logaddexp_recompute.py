import numpy as np


def _log_sigmoid(z: np.ndarray) -> np.ndarray:
    return -np.logaddexp(0, -z)


def sigmoid_forward(z: np.ndarray):
    return np.exp(_log_sigmoid(z)), z


def sigmoid_backward(da: np.ndarray, cache: np.ndarray) -> np.ndarray:
    return da * np.exp(_log_sigmoid(cache) + _log_sigmoid(-cache))
