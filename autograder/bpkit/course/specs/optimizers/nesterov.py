from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.optimizers._torch import optimizer_step


def reference(torch, w, dw, velocity, lr, momentum=0.9):
    """Take SGD's step with Nesterov momentum from this velocity; torch has no such thing with a momentum of 0."""
    if momentum == 0:
        return optimizer_step(torch.optim.SGD, w, dw, lr=lr), dw
    state = {"momentum_buffer": velocity}
    w, state = optimizer_step(torch.optim.SGD, w, dw, state, lr=lr, momentum=momentum, nesterov=True)
    return w, state["momentum_buffer"]


EXERCISE = Exercise(
    title="Nesterov momentum",
    position=40,
    points=3,
    function="nesterov_step",
    returns=("w", "velocity"),
    cases=(
        Case("the first step", w=(7,), dw=(7,), velocity=Normal((7,), std=0.0), lr=0.1),
        Case("a later step", w=(5, 3), dw=(5, 3), velocity=(5, 3), lr=0.1),
        Case("momentum given", w=(1, 11, 3), dw=(1, 11, 3), velocity=(1, 11, 3), lr=0.03, momentum=0.7),
        # Of a shape that has been there before, and with gradients that a clip would reach.
        Case("a steep slope", w=(7,), dw=Normal((7,), std=10.0), velocity=Normal((7,), std=10.0), lr=0.1),
        Case("no memory", w=(1,), dw=(1,), velocity=(1,), lr=0.3, momentum=0.0),
    ),
    reference=reference,
    hints=(
        "Plain momentum moves w by the velocity. Write that velocity out: which share of it is the new gradient? And here?",
        "All arrays have the shape of w, and everything happens entry by entry. The velocity is updated as in plain "
        "momentum. w then sees the new gradient twice: once by itself, and once inside the new velocity.",
        "First the velocity: momentum times the old velocity, and the gradient added. Then the direction: the gradient, "
        "and momentum times the velocity just computed. The new w is the old one less the learning rate times that "
        "direction. Return w and the velocity, not the direction.",
    ),
    mistakes={
        "momentum-forgotten": "The old velocity survives whole, so the speed never dies down. Which share of it should "
        "be left after a step?",
        "momentum-fixed": "momentum is 0.9 whatever is given. Use the argument.",
        "zero-for-default": "Where momentum is 0, it is taken to be 0.9. 0 is a number like any other; only `or` and `if` take it for nothing.",
        "gradient-damped": "The gradient enters the velocity with the weight 1 - momentum, as in a running average. In "
        "this form it enters in full.",
        "gradient-subtracted": "The velocity loses the gradient instead of gaining it. It collects gradients; the minus "
        "sign comes when w moves.",
        "velocity-dropped": "The velocity is just the new gradient: what earlier steps left behind is missing.",
        "learning-rate-in-velocity": "The learning rate is inside the velocity. Here the velocity collects gradients as "
        "they are, and lr scales the whole step when w moves.",
        "other-form": "This is another form of the method: its velocity is a step, with minus and learning rate in it already. Here the velocity consists of gradients.",
        "velocity-not-updated": "The velocity comes back as it was. Without the new one, the next step remembers nothing "
        "of this one.",
        "plain-momentum": "w moves by the velocity alone: that is plain momentum. It also comes out where the look ahead "
        "uses the velocity from before this step. Where does the formula take its v from?",
        "velocity-for-gradient": "The velocity takes the gradient's place beside momentum times the velocity. The step adds the new gradient, dw.",
        "gradient-left-out": "w moves by momentum times the velocity alone. The new gradient belongs into the step by "
        "itself, too.",
        "momentum-left-out": "The velocity enters the step in full. Only the share of it that survives the next step can be "
        "made ahead of time.",
        "velocity-not-used": "w moves by the gradient alone. What is the velocity for?",
        "momentum-on-both": "momentum multiplies the gradient in the step too. The gradient counts in full there; it is "
        "the velocity that fades.",
        "factors-swapped": "In the step, momentum multiplies the gradient instead of the velocity.",
        "look-ahead-returned": "What comes back as velocity is the direction of the step, the look ahead included. The "
        "next step would look ahead from there once more. What does the first formula call v?",
        "uphill": "w moves along the gradients, and the loss grows. Descent goes the other way.",
        "no-learning-rate": "w moves by the whole direction. The learning rate is missing.",
        "learning-rate-on-gradient-only": "The learning rate scales the gradient and not the velocity. In this form the "
        "velocity consists of plain gradients, so both parts of the step need it.",
        "brackets-forgotten": "Only the gradient has the minus and the learning rate; the velocity is added as it is. Both parts of the step need both: mind the brackets.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
    },
    explanation=Explanation(
        why="Nesterov's method evaluates the gradient at the point that the velocity is about to reach, u = w - lr * "
        "momentum * v, and steps from there. Written in terms of u instead of w, the gradient is needed only where the "
        "parameters are, and the update becomes v <- momentum * v + g, u <- u - lr * (g + momentum * v). So the array "
        "called w here is the point looked at ahead. Written out, the step is lr * ((1 + momentum) * g + momentum**2 * "
        "v_old): compared with plain momentum the new gradient weighs more and the past less, which damps swings across "
        "a valley.",
        another='''
def nesterov_step(w, dw, velocity, lr, momentum=0.9):
    """The step written out in terms of the old velocity."""
    step = (1 + momentum) * dw + momentum**2 * velocity
    return w - lr * step, dw + momentum * velocity
''',
        pytorch="torch.optim.SGD(..., momentum=0.9, nesterov=True). It changes parameters and velocity in place, and starts "
        "the velocity at the first gradient, which is what zeros before the first step give here.",
    ),
)
