import numpy as np


def cosine_distance_forward(a, b):
    ia = 1 / np.sqrt(np.einsum("nd,nd->n", a, a))
    ib = 1 / np.sqrt(np.einsum("nd,nd->n", b, b))
    A = np.einsum("nd,n->nd", a, ia)
    B = np.einsum("nd,n->nd", b, ib)
    cos = np.einsum("nd,nd->n", A, B)
    eye = np.eye(a.shape[1])
    PA = eye - np.einsum("ni,nj->nij", A, A)
    PB = eye - np.einsum("ni,nj->nij", B, B)
    # da = -1/N * PA b^ / |a|
    ga = -np.einsum("nij,nj,n->ni", PA, B, ia) / len(a)
    gb = -np.einsum("nij,nj,n->ni", PB, A, ib) / len(b)
    return np.mean(1 - cos), np.array([ga, gb])


def cosine_distance_backward(dloss, cache):
    return tuple(dloss * cache)
