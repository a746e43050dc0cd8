"""How a reference asks a torch scheduler for the learning rate of one step."""


def rate_at(torch, step, lr, scheduler):
    """Return the learning rate that `scheduler(optimizer)` has set before step number `step`, counted from 0."""
    parameter = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=lr)
    schedule = scheduler(optimizer)
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return torch.tensor(optimizer.param_groups[0]["lr"], dtype=torch.float64)
