import math


def cosine_decay(step, lr, total_steps, lr_min=0.0):
    t = min(step / total_steps, 1.0)
    return lr_min + (lr - lr_min) * 0.5 * (1 + math.cos(math.pi * t))
