def huber_forward(prediction, target, delta=1.0):
    total = 0.0
    slopes = []
    for p, t in zip(prediction.flat, target.flat):
        d = p - t
        if d > delta:
            total += delta * (d - delta / 2); slopes.append(delta)
        elif d < -delta:
            total += delta * (-d - delta / 2); slopes.append(-delta)
        else:
            total += d * d / 2; slopes.append(d)
    return total / len(slopes), (slopes, prediction.shape)


def huber_backward(dloss, cache):
    import numpy as np
    slopes, shape = cache
    return np.reshape([dloss * s / len(slopes) for s in slopes], shape)
