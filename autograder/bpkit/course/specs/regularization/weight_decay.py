from bpkit.course.spec import Case, Exercise, Explanation, Normal
from bpkit.course.specs.optimizers._torch import optimizer_step

EXERCISE = Exercise(
    title="Weight decay",
    position=20,
    points=3,
    function="weight_decay_step",
    returns=("w",),
    cases=(
        Case("a matrix", w=(5, 3), dw=(5, 3), lr=0.3, weight_decay=0.05),
        Case("a vector", w=Normal((7,), std=10.0), dw=(7,), lr=0.1, weight_decay=0.2),
        Case("no gradient", w=(1, 11, 3), dw=Normal((1, 11, 3), std=0.0), lr=0.1, weight_decay=0.03),
        # Of a shape that has been there before, and with gradients that a clip would reach.
        Case("no decay", w=(7,), dw=Normal((7,), std=10.0), lr=0.03, weight_decay=0.0),
    ),
    reference=lambda torch, w, dw, lr, weight_decay: optimizer_step(
        torch.optim.SGD, w, dw, lr=lr, weight_decay=weight_decay
    ),
    needs=("optimizers/sgd",),
    hints=(
        "What is the gradient of the whole loss, penalty included?",
        "The penalty's gradient has the shape of w, and so has dw: the two add up. One learning rate scales the sum.",
        "Take the gradient dw, add the weight decay times the old w, and step against that by the learning rate.",
    ),
    mistakes={
        "no-decay": "weight_decay is not used: this is plain gradient descent.",
        "growing": "The penalty's part has the wrong sign, so the weights grow. They should be drawn towards 0.",
        "decay-without-lr": "The decay is subtracted without the learning rate. The penalty is a part of the loss, and lr "
        "scales the whole gradient.",
        "decay-after-step": "The weights shrink after the gradient's step is taken, so the step itself shrinks too. Both "
        "gradients belong to the old w.",
        "factor-two": "The weights shrink twice as fast as they should. What does the 1/2 in the penalty do to the "
        "derivative of the square?",
        "half": "The weights shrink half as fast as they should. The square has a factor of its own, besides the 1/2.",
        "decay-squared": "The squares of the weights are in the step. It needs the penalty's gradient, not its terms.",
        "sign-of-weights": "Every weight shrinks by the same amount, whatever its size: the effect of an L1 penalty. With "
        "squares, large weights are pulled harder.",
        "decay-added-alone": "weight_decay is added to the gradient as it is, which pushes every weight the same way. The "
        "pull is towards 0, and depends on the weight.",
        "penalty-added": "The value of the penalty is added to the gradient. A step needs slopes: how does the penalty "
        "change when one weight changes?",
        "gradient-decayed": "weight_decay scales the gradient, not the weights. With no gradient at all the weights should "
        "still shrink.",
        "uphill": "The step goes along the gradient, so loss and weights grow. Descent goes the other way.",
        "no-learning-rate": "The learning rate is not used: the step is as long as the gradient itself.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
    },
    explanation=Explanation(
        why="The penalty weight_decay / 2 * sum of w**2 has the gradient weight_decay * w. A descent step on loss "
        "and penalty is w - lr * (dw + weight_decay * w) = (1 - lr * weight_decay) * w - lr * dw: first every "
        "weight shrinks by the same share, then comes the usual step. That is where the name comes from. Without "
        "any gradient a weight decays exponentially; with one, it settles where the two pulls are equal.",
        another="""
def weight_decay_step(w, dw, lr, weight_decay):
    shrunk = w * (1 - lr * weight_decay)
    return np.subtract(shrunk, np.multiply(lr, dw))
""",
        pytorch="torch.optim.SGD(weight_decay=...) adds weight_decay * w to the gradient, in place and before momentum. "
        "torch.optim.Adam does the same, which is not decay any more, since Adam rescales it; torch.optim.AdamW "
        "shrinks the weights by themselves.",
    ),
)
