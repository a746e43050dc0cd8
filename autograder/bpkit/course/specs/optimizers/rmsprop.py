from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Uniform
from bpkit.course.specs.optimizers._torch import optimizer_step


def reference(torch, w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    """Take RMSprop's step from this average."""
    state = {"step": torch.tensor(0.0), "square_avg": square_avg}
    w, state = optimizer_step(torch.optim.RMSprop, w, dw, state, lr=lr, alpha=alpha, eps=eps)
    return w, state["square_avg"]


EXERCISE = Exercise(
    title="RMSprop",
    position=60,
    points=3,
    function="rmsprop_step",
    returns=("w", "square_avg"),
    cases=(
        Case("the first step", w=(7,), dw=(7,), square_avg=Normal((7,), std=0.0), lr=0.01),
        Case("a later step", w=(5, 3), dw=(5, 3), square_avg=Uniform((5, 3), 0.1, 1.0), lr=0.1),
        Case(
            "everything given",
            w=(1, 11, 3),
            dw=Normal((1, 11, 3), std=10.0),
            square_avg=Uniform((1, 11, 3), 1.0, 100.0),
            lr=0.03,
            alpha=0.7,
            eps=0.05,
        ),
        Case(
            "parameters without any gradient",
            w=(5,),
            dw=Given((0.0, 1.5, 0.0, -0.25, 0.0)),
            square_avg=Given((0.0, 0.0, 2.25, 0.0, 0.0)),
            lr=0.1,
        ),
        # Gradients as small as eps: here it matters where eps stands. The shape has been there before.
        Case(
            "tiny gradients",
            w=Normal((5, 3), std=0.1),
            dw=Normal((5, 3), std=1e-8),
            square_avg=Uniform((5, 3), 1e-17, 1e-16),
            lr=0.1,
        ),
        Case("no memory", w=(1,), dw=(1,), square_avg=Uniform((1,), 1.0, 3.0), lr=0.3, alpha=0.0),
    ),
    reference=reference,
    hints=(
        "If alpha is the share of the old average that stays, how much room is left for the new square?",
        "Everything has the shape of w and happens entry by entry. The average takes in the square of the new gradient "
        "first; the step divides the gradient by the root of the new average.",
        "Multiply the old average by alpha and add one minus alpha times the squared gradient. Take the root, add eps to the "
        "root, divide the gradient by it, multiply by the learning rate and take it off w. Return the new w and the "
        "average, not its root.",
    ),
    mistakes={
        "square-not-weighted": "The new square enters in full. An average that keeps alpha of the old value has only the "
        "rest to give to the new one.",
        "never-forgets": "The squares are added up and nothing is forgotten: that is Adagrad. What does alpha do?",
        "weights-swapped": "alpha and 1 - alpha have changed places: the average forgets nearly all that it knew.",
        "alpha-fixed": "alpha is 0.99 whatever is given. Use the argument.",
        "zero-for-default": "Where alpha is 0, it is taken to be 0.99. 0 is a number like any other; only `or` and `if` take it for nothing.",
        "bracket-forgotten": "The average takes in a whole 1 and loses alpha times the square: 1 - alpha is one factor, and without brackets it falls apart.",
        "gradient-averaged": "The average takes in the gradient itself, and plus and minus cancel out; below 0 it has no root. It takes in squares.",
        "not-squared": "The average takes in the size of the gradient, not its square. The root at the end undoes a square.",
        "average-dropped": "Nothing is left of the old average. Which share of it stays?",
        "one-average-for-all": "The average takes in the mean square over all entries. Each parameter has an average of its "
        "own: that is what gives each a step size of its own.",
        "weight-squared": "1 - alpha is squared along with the gradient. What is averaged is the square; the weight of the "
        "average stands outside it.",
        "old-average-used": "The step is divided by the root of the average from before this step. Which comes first?",
        "average-not-updated": "The average comes back as it was. The next step needs the one that includes this gradient.",
        "uphill": "The step goes along the gradient, so the loss grows. Descent goes the other way.",
        "no-learning-rate": "The learning rate is missing from the step.",
        "no-root": "The step is divided by the average itself. Which operation brings an average of squares back to the size "
        "of a gradient?",
        "not-divided": "The average is kept and never used: every parameter has the same step size here.",
        "eps-added-to-step": "eps is added to the quotient, where it keeps nothing from being 0. It belongs into the divisor: mind the brackets.",
        "eps-missing": "eps is not used. A parameter without gradient divides 0 by 0.",
        "eps-fixed": "eps is 1e-8 whatever is given. Use the argument.",
        "eps-inside-root": "eps is added before the root is taken, where it counts far more: the root of 1e-8 is 1e-4.",
        "corrected": "The average is divided by 1 - alpha, as if to correct for its start from 0. Adam does something like "
        "that; RMSprop does not.",
        "root-returned": "The root is returned, and the next step would mix a root with a square. Hand on the average "
        "itself.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
    },
    explanation=Explanation(
        why="If a parameter's gradients have been about g for a while, s is about g**2 and the step is about lr * sign(g): "
        "only direction and lr are left, whatever the scale. The average looks back over about 1 / (1 - alpha) steps, 100 "
        "with the default, so the step size follows when the landscape changes, where Adagrad's could only shrink. At the "
        "first step s is (1 - alpha) * g**2, and the step is lr / sqrt(1 - alpha), ten times lr: that is what Adam's "
        "correction removes.",
        another='''
def rmsprop_step(w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    """The average moves by a share of what it is off."""
    squares = np.multiply(dw, dw)
    square_avg = square_avg + (1 - alpha) * (squares - square_avg)
    scale = lr / (square_avg**0.5 + eps)
    return w - scale * dw, square_avg
''',
        pytorch="torch.optim.RMSprop. It adds eps after the root as here (TensorFlow adds it inside), can keep the mean of "
        "the gradients too and divide by the standard deviation (centered=True), and can put momentum on top.",
    ),
)
