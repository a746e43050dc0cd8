def step_decay(step, lr, step_size, gamma=0.1):
    rate = lr
    next_drop = step_size
    while next_drop <= step:
        rate *= gamma
        next_drop += step_size
    return rate
