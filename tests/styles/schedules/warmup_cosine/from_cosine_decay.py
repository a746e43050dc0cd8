from schedules.cosine_decay import cosine_decay


def warmup_cosine(step, lr, warmup_steps, total_steps):
    fall = total_steps - warmup_steps
    if step < warmup_steps:
        return (step / warmup_steps) * lr
    return cosine_decay(step - warmup_steps, lr, fall)
