from __future__ import annotations
import numpy as _np
# Среднеквадратичная ошибка
def mse_forward(ŷ: _np.ndarray, y: _np.ndarray) -> tuple[float, object]:
    δ = ŷ - y
    return float((δ * δ).mean()), δ
def mse_backward(λ: float, δ) -> _np.ndarray:
    return 2 * λ * δ / δ.size
