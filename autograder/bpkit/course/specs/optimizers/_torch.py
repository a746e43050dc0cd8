"""How a reference takes one step with a torch optimizer."""


def optimizer_step(optimizer, w, dw, state=None, **options):
    """Take one step of `optimizer` from w with gradient dw; `state` is put in place first, as torch names it.

    Return the new parameters and the optimizer's state for them, a dictionary, when `state` is given. The
    optimizer updates its state in place, so it works on copies: a case's inputs stay as they are.
    """
    parameter = w.detach().clone().requires_grad_()
    parameter.grad = dw.detach().clone()
    stepper = optimizer([parameter], **options)
    if state is not None:
        stepper.state[parameter].update({name: value.detach().clone() for name, value in state.items()})
    stepper.step()
    if state is None:
        return parameter.detach()
    return parameter.detach(), stepper.state[parameter]
