from bpkit.course.spec import Case, Exercise, Explanation, Normal

EXERCISE = Exercise(
    title="L2 penalty",
    position=10,
    points=3,
    cases=(
        Case("a matrix", w=(5, 3), weight_decay=0.1),
        Case("a vector", w=Normal((7,), std=10.0), weight_decay=3.0),
        Case("a filter bank", w=(3, 5, 7), weight_decay=0.01),
    ),
    gradients_of=("w",),
    returns=("loss",),
    reference=lambda torch, w, weight_decay: weight_decay / 2 * torch.sum(w**2),
    hints=(
        "One weight grows a little and the others stay. By how much does the sum of squares grow?",
        "Each w[i] appears in one term of the sum, weight_decay / 2 * w[i]**2. Differentiate this term; dw has the shape "
        "of w, and dloss is a single number that multiplies all of it.",
        "Forward: square every entry, add up everything to one number, times half the decay. Backward: the derivative of "
        "one term, for all entries at once, times dloss. The 1/2 is there to make it tidy.",
    ),
    mistakes={
        "half-forgotten": "The loss is twice as large as it should be. The 1/2 in front is part of the definition.",
        "decay-not-used": "weight_decay is not used, so every choice of it does the same.",
        "mean": "This is divided by the number of weights. The penalty is a sum: a weight costs the same in a small layer "
        "and in a large one.",
        "mean-forward": "The loss is divided by the number of weights. The penalty is a sum: a weight costs the same in a small "
        "layer and in a large one.",
        "absolute": "This is the penalty of the absolute values, known as L1. L2 squares the weights, so that the large "
        "ones cost most.",
        "root-taken": "A root is taken of the sum of squares, which gives the length of w. The penalty uses the squared "
        "length.",
        "square-of-sum": "The weights are added first and the sum is squared. A weight of 3 and one of -3 then cost "
        "nothing together.",
        "first-axis-only": "The sum runs over the first axis only. The loss is one number, whatever the shape of w.",
        "negative": "The sign is turned round: this rewards large weights. A penalty makes the loss larger.",
        "dloss-ignored": "dw does not use dloss. The penalty may be only a part of the loss: the chain rule multiplies by "
        "what comes from above.",
        "decay-not-used-backward": "dw does not use weight_decay, which the loss was scaled by.",
        "factor-two": "dw is twice as large as it should be. The derivative of a square brings a 2; what does the 1/2 in "
        "front do to it?",
        "half-left-over": "dw is half of what it should be. The 1/2 in front is there, but the square has a factor of its "
        "own.",
        "weights-squared": "dw holds the squares of the weights, and negative weights are pushed further away from 0. "
        "What is the derivative of a square?",
        "weights-missing": "dw is the same for every weight. The larger a weight, the steeper its square.",
        "summed": "dw is one number, from the sum of the weights. Each weight appears in one term only; dw has the shape "
        "of w.",
    },
    explanation=Explanation(
        why="loss = weight_decay / 2 * sum of w**2, and one entry stands in one term: its slope is weight_decay * w, "
        "the 1/2 having gone against the 2. So dw = dloss * weight_decay * w: every weight is pulled towards 0 "
        "in proportion to its size, the large ones most, and none ever quite gets there. There is no division by "
        "the number of weights: each has its own price.",
        another="""
def l2_penalty_forward(w, weight_decay):
    return 0.5 * weight_decay * np.linalg.norm(np.ravel(w)) ** 2, np.multiply(weight_decay, w)


def l2_penalty_backward(dloss, cache):
    return dloss * cache
""",
        pytorch="PyTorch has no layer for it: one adds weight_decay / 2 * sum(p.square().sum() for p in parameters) to "
        "the loss, or, which is the same for plain SGD, gives the optimizer a weight_decay. Biases and norms' "
        "parameters are mostly left out.",
    ),
)
