from typing import Callable, Protocol
import numpy as np

Array = np.ndarray


class Back(Protocol):
    def __call__(self, dy: Array) -> tuple[Array, Array, Array]: ...


def scaled_dot_product_forward(queries: Array, keys: Array, values: Array, causal: bool = False, *, dtype=np.float64) -> tuple[Array, Back]:
    n, t, d = queries.shape
    allowed = np.arange(t)[:, None] >= np.arange(t)[None] if causal else np.ones((t, t), dtype=bool)
    raw = np.einsum("ntd,nsd->nts", queries, keys, dtype=dtype) / np.sqrt(d)
    top = np.max(raw, axis=-1, keepdims=True, where=allowed, initial=-np.inf)
    e = np.zeros_like(raw)
    np.exp(raw - top, out=e, where=np.broadcast_to(allowed, raw.shape))
    share = e / np.sum(e, axis=-1, keepdims=True)
    y = np.einsum("nts,nsd->ntd", share, values)

    def back(dy: Array) -> tuple[Array, Array, Array]:
        # dS[t, s] = p[t, s] * (dy[t] . (v[s] - y[t])): the average is y itself
        ds = share * np.einsum("ntd,ntsd->nts", dy, values[:, None] - y[:, :, None]) / np.sqrt(d)
        return (np.einsum("nts,nsd->ntd", ds, keys), np.einsum("nts,ntd->nsd", ds, queries),
                np.einsum("nts,ntd->nsd", share, dy))
    return y, back


scaled_dot_product_backward: Callable = lambda grad, saved: saved(grad)
