from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.optimizers._torch import optimizer_step


def reference(torch, w, dw, velocity, lr, momentum=0.9):
    """Take SGD's step with momentum from this velocity; with a momentum of 0, torch keeps none."""
    if momentum == 0:
        return optimizer_step(torch.optim.SGD, w, dw, lr=lr), dw
    state = {"momentum_buffer": velocity}
    w, state = optimizer_step(torch.optim.SGD, w, dw, state, lr=lr, momentum=momentum)
    return w, state["momentum_buffer"]


EXERCISE = Exercise(
    title="Momentum",
    position=30,
    points=3,
    function="momentum_step",
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
        "A rolling ball gets a push. How fast is it after the push, and where is it a moment later?",
        "All arrays have the shape of w, and everything happens entry by entry. The velocity remembers the old velocity "
        "in part and the new gradient in full; w sees the gradient through the velocity only.",
        "First the velocity: momentum times the old velocity, and the gradient added. Then the parameters: the old ones, "
        "less the learning rate times the velocity just computed. Return both, new w first.",
    ),
    mistakes={
        "momentum-forgotten": "The old velocity survives whole, so the speed never dies down. Which share of it should "
        "be left after a step?",
        "momentum-fixed": "momentum is 0.9 whatever is given. Use the argument.",
        "zero-for-default": "Where momentum is 0, it is taken to be 0.9. 0 is a number like any other; only `or` and `if` take it for nothing.",
        "velocity-dropped": "The velocity is just the new gradient, and this is plain descent again. What earlier steps "
        "left behind is missing.",
        "gradient-damped": "The gradient enters with the weight 1 - momentum, as in a running average (Adam does that). "
        "In this form the gradient enters in full.",
        "factors-swapped": "momentum multiplies the gradient instead of the old velocity. It is the memory that fades.",
        "momentum-on-both": "momentum multiplies the new gradient too. Only what is old fades; the new gradient counts in "
        "full.",
        "learning-rate-in-velocity": "The learning rate is inside the velocity. Some books do that; here lr scales the "
        "velocity only when w moves, so that a change of lr acts on the whole step at once.",
        "minus-in-velocity": "The velocity holds -lr times the gradient, the form of some books, where it is added to w. "
        "Here the velocity collects the gradients as they are.",
        "gradient-subtracted": "The velocity loses the gradient instead of gaining it. It collects gradients; the minus "
        "sign comes when w moves.",
        "old-velocity-used": "w moves with the velocity from before this step, so this gradient is felt one step late. "
        "Which of the two has to be computed first?",
        "velocity-not-updated": "The velocity comes back as it was. Without the new one, the next step "
        "remembers nothing of this one.",
        "uphill": "w moves along the velocity, and the loss grows. The velocity collects gradients, which point uphill.",
        "no-learning-rate": "w moves by the whole velocity. The learning rate is missing.",
        "learning-rate-on-gradient-only": "The learning rate scales the new gradient only. The velocity consists of plain gradients in this form, so all of it needs lr.",
        "velocity-not-used": "w moves by the gradient alone. What is the velocity for?",
        "look-ahead": "w moves by the gradient plus momentum times the new velocity: that is Nesterov's variant, which has "
        "an exercise of its own. Here w moves by the velocity and nothing else.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
    },
    explanation=Explanation(
        why="""\
Put the first line into itself again and again, from zeros: with g for the gradients, the newest first,

    v = g[t] + momentum * g[t-1] + momentum**2 * g[t-2] + ...

Where all gradients are the same g, this tends to g / (1 - momentum): with 0.9, ten times plain descent's step. Where they change
their sign at each step it tends to g / (1 + momentum), about half. So progress along a valley gets faster, and swings across it
get smaller, with one lr for both. It also tells that lr has to come down when momentum goes up: what counts in the long run is
lr / (1 - momentum).""",
        another="""\
def momentum_step(w, dw, velocity, lr, momentum=0.9):
    # The same step in two moves: coast with what is left of the velocity, then plain descent.
    left = momentum * velocity
    coasted = w - lr * left
    return coasted - lr * dw, left + dw""",
        pytorch="torch.optim.SGD(params, lr, momentum=0.9); its own default is momentum=0. It keeps the velocity as "
        "momentum_buffer in its state, starts it at the first gradient, which is what zeros give here, and changes it "
        "and the parameters in place. With dampening the gradient enters with the factor 1 - dampening, except at the "
        "first step.",
    ),
)
