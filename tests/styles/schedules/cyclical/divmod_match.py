def cyclical(step, lr_min, lr_max, half_cycle):
    n, r = divmod(step, half_cycle)
    match n % 2:
        case 0:
            start, end = lr_min, lr_max
        case 1:
            start, end = lr_max, lr_min
    return (start * (half_cycle - r) + end * r) / half_cycle
