import numpy as np


def warmup_cosine(step, lr, warmup_steps, total_steps):
    ramp = np.clip(step / max(warmup_steps, 1), 0, 1) if warmup_steps else 1.0
    angle = np.pi * np.clip((step - warmup_steps) / (total_steps - warmup_steps), 0, 1)
    return lr * ramp * np.cos(angle / 2) ** 2
