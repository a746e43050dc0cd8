def cyclical(step, lr_min, lr_max, half_cycle):
    into = step % (2 * half_cycle)
    up = 1 - abs(into - half_cycle) / half_cycle
    return lr_min + (lr_max - lr_min) * up
