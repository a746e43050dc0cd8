import math


def warmup_cosine(step, lr, warmup_steps, total_steps):
    if step < warmup_steps:
        return lr * step / warmup_steps
    if step > total_steps:
        return 0
    part = (step - warmup_steps) / (total_steps - warmup_steps)
    return lr * (1 + math.cos(math.pi * part)) / 2
