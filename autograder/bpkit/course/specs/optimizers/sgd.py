from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.optimizers._torch import optimizer_step

EXERCISE = Exercise(
    title="Stochastic gradient descent",
    position=10,
    points=3,
    function="sgd_step",
    returns=("w",),
    cases=(
        Case("a matrix", w=(5, 3), dw=(5, 3), lr=0.1),
        Case("a vector", w=(7,), dw=(7,), lr=0.03),
        Case("a filter bank", w=(7, 3, 5), dw=(7, 3, 5), lr=0.5),
        # Of a shape that has been there before, and with gradients that a clip would reach.
        Case("a steep slope", w=(7,), dw=Normal((7,), std=10.0), lr=0.1),
    ),
    reference=lambda torch, w, dw, lr: optimizer_step(torch.optim.SGD, w, dw, lr=lr),
    hints=(
        "If the loss grows when w grows, which way should w go?",
        "The gradient dw has the shape of w. lr scales it, and the step goes against it.",
        "new w = old w, less the learning rate times the gradient. Make a new array instead of changing w in place.",
    ),
    mistakes={
        "uphill": "The step goes along the gradient, so the loss grows. Descent goes the other way.",
        "no-learning-rate": "The learning rate is not used: the step is as long as the gradient itself.",
        "divided-by-learning-rate": "The gradient is divided by lr, so that a smaller learning rate makes a longer step.",
        "learning-rate-fixed": "lr is 0.1 whatever is given. Use the argument.",
        "learning-rate-twice": "The gradient is multiplied by the learning rate twice. Once is enough.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
        "sign-only": "Only the sign of the gradient is used. Where the slope is steep, the step is longer.",
        "length-one": "The gradient is brought to length 1 first, so that every step is equally long. The slope's "
        "steepness counts: near the minimum the steps should become short by themselves.",
        "averaged": "The gradient is divided by its first size. That is a size of w and no batch size: where the loss is "
        "a mean, dw is already averaged over the examples.",
        "one-step-for-all": "Every parameter moves by the same amount, the mean of the gradient. Each has a slope of its "
        "own in dw.",
        "weights-scaled": "The step is multiplied by w as well. How far to go depends on the gradient and on lr, not on "
        "where w is.",
    },
    explanation=Explanation(
        why="""\
Close to w the loss is nearly a plane, and dw is its slope:

    loss(w + step) is about loss(w) + sum over i of dw[i] * step[i]

Of all steps of one length, the one along -dw makes that sum the smallest. With step = -lr * dw the loss changes by about

    -lr * sum over i of dw[i]**2

which is never above 0. "About" is why lr has to be small: over a long step the loss bends away from its plane, and may
grow instead.""",
        another="""\
def sgd_step(w, dw, lr):
    stepped = np.array(w)
    stepped -= lr * dw
    return stepped""",
        pytorch="torch.optim.SGD computes the same. It writes the new numbers into w itself (param.add_(grad, alpha=-lr)), "
        "since the parameters of a large model should not be in memory twice; that is allowed because nobody keeps a "
        "cache across optimizer.step().",
    ),
)
