from bpkit.course.spec import Case, Exercise, Explanation, Normal

EXERCISE = Exercise(
    title="Mean squared error",
    position=10,
    points=3,
    returns=("loss",),
    cases=(
        Case("a batch", prediction=(5, 3), target=(5, 3)),
        Case("three axes", prediction=(3, 5, 7), target=(3, 5, 7)),
        Case("one example", prediction=Normal((1, 11), std=30.0), target=(1, 11)),
    ),
    gradients_of=("prediction",),
    reference=lambda torch, prediction, target: torch.nn.functional.mse_loss(prediction, target),
    hints=(
        "How does the loss change when one entry of the prediction grows a little? Which other entries matter for that?",
        "The loss is one number, so dprediction has one entry for each entry of prediction. Each entry passes through a "
        "difference, a square, and a mean over every element. Multiply these three derivatives, and dloss.",
        "Keep the differences in the cache. Backward: the derivative of a square at each difference, shared out as the "
        "mean shares, times dloss. No sum: each entry keeps its own.",
    ),
    mistakes={
        "loss-summed": "The loss is the sum of the squares. It should not grow just because there are more elements.",
        "loss-per-row": "The loss is divided by the number of rows. The mean is over every element, not over the rows alone.",
        "loss-not-averaged": "The loss is an array with one number for each element. A loss is one number for all of them.",
        "loss-halved": "The loss is half the mean. Some books put 1/2 in front to make the derivative shorter; here there is "
        "none.",
        "loss-rooted": "The loss is the root of the mean. That is the RMSE; the mean squared error stops before the root.",
        "loss-absolute": "The loss is the mean of the absolute differences. Here they are squared.",
        "averaged-before-square": "The differences are averaged first and squared afterwards, so that misses up and down cancel. "
        "Which comes first?",
        "gradient-sign": "dprediction has the opposite sign. If a prediction is already too large, does the loss grow or shrink "
        "when it grows further?",
        "two-forgotten": "dprediction is half of what it should be. What does the derivative of a square bring along?",
        "gradient-not-averaged": "dprediction is too large by the number of elements. The loss is a mean: how much does one "
        "element count in it?",
        "gradient-per-row": "dprediction is divided by the number of rows. The forward's mean is over every element.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
        "square-kept": "dprediction still holds the squares, so it can never be negative where dloss is positive. What is the "
        "derivative of a square?",
        "target-forgotten-backward": "dprediction is made of the prediction alone. How far it is from the target says how hard it is pulled, "
        "and which way.",
        "gradient-of-absolute": "dprediction only knows the sign of each difference: that is the derivative of the absolute "
        "value. With a square, a far miss pulls harder.",
        "gradient-summed": "dprediction is added up to one number. Each entry of prediction has a gradient of its own.",
    },
    explanation=Explanation(
        why="loss = sum of d**2 / n with d = prediction - target and n the number of all elements. One element "
        "stands in one term of the sum, with the slope 2 d / n; the chain rule puts dloss in front: dprediction "
        "= dloss * 2 * (prediction - target) / n. A miss that is twice as large pulls twice as hard, which is "
        "why outliers rule this loss. The 1/n comes from the mean, and every layer below gets it with what comes "
        "from above: none of them divides again.",
        another="""
def mse_forward(prediction, target):
    missed = np.ravel(prediction - target)
    return missed @ missed / missed.size, (missed, np.shape(prediction))


def mse_backward(dloss, cache):
    missed, shape = cache
    return np.reshape(2 * dloss / missed.size * missed, shape)
""",
        pytorch="torch.nn.functional.mse_loss, with the mean over all elements unless reduction says otherwise. It keeps "
        "prediction and target for the backward, and gives the target a gradient too, if it asks for one. Many "
        "textbooks put 1/2 in front to get rid of the 2; PyTorch does not.",
    ),
)
