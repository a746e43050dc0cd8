def step_decay(step, lr, step_size, gamma=0.1):
    return lr * gamma ** (step // step_size)
