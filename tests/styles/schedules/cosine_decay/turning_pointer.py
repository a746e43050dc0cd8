"""A pointer on a circle, turned a little at each step; its shadow is the learning rate."""
import cmath


def pointer(steps, total):
    turn = cmath.exp(1j * cmath.pi / total)
    p = complex(1)
    for _ in range(steps):
        p *= turn
    return p


def cosine_decay(step, lr, total_steps, lr_min=0.0):
    middle, radius = (lr + lr_min) / 2, (lr - lr_min) / 2
    if step > total_steps:
        step = total_steps
    return middle + radius * pointer(int(step), total_steps).real
