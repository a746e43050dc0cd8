from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Uniform
from bpkit.course.specs.optimizers._torch import optimizer_step


def reference(torch, w, dw, square_sum, lr, eps=1e-10):
    """Take Adagrad's step from this sum of squares."""
    state = {"sum": square_sum}
    w, state = optimizer_step(torch.optim.Adagrad, w, dw, state, lr=lr, eps=eps)
    return w, state["sum"]


EXERCISE = Exercise(
    title="Adagrad",
    position=50,
    points=3,
    function="adagrad_step",
    returns=("w", "square_sum"),
    cases=(
        Case("the first step", w=(7,), dw=(7,), square_sum=Normal((7,), std=0.0), lr=0.1),
        Case("a later step", w=(5, 3), dw=(5, 3), square_sum=Uniform((5, 3), 0.1, 3.0), lr=0.1),
        Case(
            "eps given",
            w=(1, 11, 3),
            dw=Normal((1, 11, 3), std=10.0),
            square_sum=Uniform((1, 11, 3), 1.0, 300.0),
            lr=0.03,
            eps=0.05,
        ),
        Case(
            "parameters without any gradient",
            w=(5,),
            dw=Given((0.0, 1.5, 0.0, -0.25, 0.0)),
            square_sum=Given((0.0, 0.0, 2.25, 0.0, 0.0)),
            lr=0.3,
        ),
        # Gradients as small as eps: here it matters where eps stands. The shape has been there before.
        Case(
            "tiny gradients",
            w=Normal((5, 3), std=0.1),
            dw=Normal((5, 3), std=1e-10),
            square_sum=Uniform((5, 3), 1e-21, 1e-20),
            lr=0.1,
        ),
    ),
    reference=reference,
    hints=(
        "Which number decides how long one parameter's step is, besides its gradient and lr? Where does it come from?",
        "Everything has the shape of w and happens entry by entry. The sum takes in the square of the new gradient "
        "first; the step uses the new sum, brought back to the size of a gradient by the root.",
        "Add the squared gradient to the old sum, under a new name or in a new array. Take the root of that sum, add eps to "
        "the root, divide the gradient by it, multiply by the learning rate and take it off w. Return the new w and the "
        "sum, not its root.",
    ),
    mistakes={
        "gradient-summed": "The sum takes in the gradient itself, and plus and minus cancel out; below 0 it has no root. It takes in squares.",
        "not-squared": "The sum takes in the size of the gradient, not its square. The root at the end undoes a square.",
        "square-dropped": "The sum holds this gradient's square and nothing of the earlier ones, so that every step has "
        "the length lr. What is the sum for?",
        "running-average": "The sum forgets. That is RMSprop's idea; Adagrad adds up everything it ever saw, in full.",
        "one-sum-for-all": "The sum takes in the squares of all entries together. Each parameter has a sum of its own: that "
        "is what gives each a step size of its own.",
        "mean-over-all": "The sum takes in the mean square over all entries. Each parameter has a sum of its own.",
        "weights-squared": "The sum takes in the squares of the parameters. It is the gradients that it remembers.",
        "learning-rate-in-sum": "The sum takes in the squares of the steps, with lr in them. It remembers gradients: if lr "
        "stood in both, it would cancel out.",
        "old-sum-used": "The step is divided by the root of the sum from before this step. Which comes first?",
        "sum-not-updated": "The sum comes back as it was. The next step needs the one that includes this gradient.",
        "uphill": "The step goes along the gradient, so the loss grows. Descent goes the other way.",
        "no-learning-rate": "The learning rate is missing from the step.",
        "no-root": "The step is divided by the sum itself. Which operation brings a sum of squares back to the size of a "
        "gradient?",
        "not-divided": "The sum is kept and never used: every parameter has the same step size here.",
        "multiplied": "The step is multiplied by the root where it should be divided: a parameter that has seen large "
        "gradients would take ever larger steps.",
        "eps-added-to-step": "eps is added to the quotient, where it keeps nothing from being 0. It belongs into the divisor: mind the brackets.",
        "eps-missing": "eps is not used. A parameter that has never had a gradient divides 0 by 0.",
        "eps-as-bound": "The divisor is the root, or eps where that is larger. eps is added to every root.",
        "division-skipped": "Where the sum is 0 nothing is divided, and everywhere else eps is missing. It belongs into the divisor of every parameter.",
        "eps-fixed": "eps is 1e-10 whatever is given. Use the argument.",
        "eps-inside-root": "eps is added before the root is taken, where it counts far more: the root of 1e-10 is 1e-5.",
        "root-returned": "The root of the sum is returned, and the next step would add a square to a root. Hand on the sum "
        "itself.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
    },
    explanation=Explanation(
        why="After t gradients of about the same size g, s is t * g**2 and the step is lr * g / (sqrt(t) * |g|): its length "
        "is lr / sqrt(t), whatever the size of the gradients. So Adagrad does two things at once: it makes the parameters "
        "move alike however they are scaled, and it lets the learning rate fall like 1 / sqrt(t), by itself and for each "
        "parameter by its own count. The second is also its weakness: in a long training s grows without end, and the "
        "steps die out.",
        another='''
def adagrad_step(w, dw, square_sum, lr, eps=1e-10):
    """The root as the length of a pair: what was there, and what is new."""
    length = np.hypot(np.sqrt(square_sum), dw)
    return w - np.divide(lr * dw, length + eps), square_sum + np.square(dw)
''',
        pytorch="torch.optim.Adagrad. It can let lr fall further (lr_decay), start the sum above 0 "
        "(initial_accumulator_value), and update only the rows of an embedding that have a gradient, where the gradient is "
        "sparse.",
    ),
)
