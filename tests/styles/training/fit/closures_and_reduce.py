import functools
import numpy as np


def layer(Wb, last, inner):
    """inner: x -> (y, back); back: dy -> (dx, grads). Wraps one more linear layer round it."""
    W, b = Wb

    def run(x):
        a, back = inner(x)
        z = a @ W + b

        def back_here(dz):
            d = dz if last else dz * (z > 0)
            da = d @ W.T
            return back(da) + ((a.T @ d, np.add.reduce(d, 0)),)
        return (z if last else np.where(z > 0, z, 0)), back_here
    return run


def step(state, batch, x, target, lr, mu, lam):
    params, speed, losses = state
    net = functools.reduce(lambda inner, kw: layer(kw[1], kw[0] == len(params) - 1, inner), enumerate(params),
                           lambda a: (a, lambda d: ()))
    z, back = net(x[batch])
    t = target[batch]
    rows = range(len(t))
    diff = z - z[rows, t][:, None]                       # how far every score lies above the right one
    loss = np.logaddexp.reduce(diff, axis=1).mean()
    d = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    np.subtract.at(d, (rows, t), 1.0)
    grads = back(d / len(t))
    pairs = lambda f, *many: [tuple(map(f, *layers)) for layers in zip(*many)]
    speed = pairs(lambda v, g, w: mu * v + (g + lam * w), speed, grads, params)
    return pairs(lambda w, v: w - lr * v, params, speed), speed, losses + [loss]


def fit(x, target, params, batches, lr, momentum, weight_decay):
    start = params, [(W * 0, b * 0) for W, b in params], []
    go = functools.partial(step, x=x, target=target, lr=lr, mu=momentum, lam=weight_decay)
    new, _, losses = functools.reduce(go, batches, start)
    return new, losses
