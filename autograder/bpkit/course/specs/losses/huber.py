from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal


def reference(torch, prediction, target, delta=1.0):
    """Pass delta by name, as PyTorch wants it."""
    return torch.nn.functional.huber_loss(prediction, target, delta=delta)


EXERCISE = Exercise(
    title="Huber loss",
    position=60,
    points=6,
    returns=("loss",),
    cases=(
        Case("delta as it is by default", prediction=(5, 3), target=(5, 3)),
        Case("delta 0.5", prediction=(3, 5, 7), target=(3, 5, 7), delta=0.5),
        Case(
            "errors of exactly delta",
            finite_differences=False,
            prediction=Given(
                ((1.5, -1.5, 0.25, -4.0, 0.75), (2.0, -1.0, 1.0, 5.0, -0.5), (0.0, -0.25, 3.0, 1.0, -2.0))
            ),
            target=Given(
                ((0.0, 0.0, 0.25, 0.0, 0.0), (0.5, 0.5, 0.0, 0.0, 0.0), (1.5, 0.0, 0.0, 2.5, -1.25))
            ),
            delta=1.5,
        ),
        Case("one example", prediction=Normal((1, 7), std=10.0), target=(1, 7), delta=5.0),
        Case(
            "small errors and one outlier",
            prediction=Given((0.25, -0.4, 0.1, 0.0, -5.0, 0.3, -0.15, 0.55, 0.2, -0.6, 0.05)),
            target=Given((0.1, -0.1, 0.2, 0.15, 0.5, -0.05, 0.1, 0.35, 0.0, -0.25, 0.3)),
        ),
    ),
    gradients_of=("prediction",),
    reference=reference,
    hints=(
        "Draw the loss of one error d from -3 to 3. What is its slope at d = 0, at d = delta, and far out on either side?",
        "Each element stands alone, so dprediction has the shape of prediction. Differentiate the two pieces by themselves; the "
        "derivative of |d| is the sign of d. At |d| = delta both must give the same.",
        "Forward: differences; both pieces for all elements; choose by |d| <= delta; mean. Backward: choose in the same way "
        "between the slopes of the two pieces, remembering the sign of d on the line; times dloss; shared out as the mean shares.",
    ),
    mistakes={
        "delta-ignored": "delta is taken to be 1 whatever is given. Use the argument.",
        "pieces-swapped": "The pieces have changed places: small errors get the line and large ones the parabola.",
        "negative-errors-small": "Large negative errors get the parabola. Whether an error is small depends on its size, not on its sign.",
        "pieces-do-not-meet": "The line goes through the origin, so the loss jumps at |d| = delta. What has to be taken off for the pieces to "
        "meet?",
        "half-not-scaled": "What is taken off on the line is right only where delta is 1. At |d| = delta the line should be as high as the "
        "parabola.",
        "line-begins-at-one": "The line begins at |d| = 1, whatever delta is.",
        "nothing-at-delta": "An error of exactly delta costs nothing: neither of the two pieces takes it.",
        "half-of-delta-forgotten": "The line starts from 0 at |d| = delta, but the parabola is not 0 there. Too much is taken off.",
        "line-not-scaled": "The line has slope 1. It has to go on as steeply as the parabola ends.",
        "absolute-forgotten": "On the line a negative error makes the loss negative. A miss costs the same on both sides.",
        "half-forgotten": "The parabola is twice as high as it should be, and does not meet the line at |d| = delta.",
        "divided-by-delta": "The loss is divided by delta. That is the smooth L1 loss, which is the same only where delta is 1.",
        "always-square": "All errors get the parabola. Beyond delta the loss goes on as a straight line.",
        "loss-summed": "The loss is the sum over the elements. It should not grow just because there are more of them.",
        "loss-per-row": "The loss is divided by the number of rows. The mean is over every element, not over the rows alone.",
        "loss-not-averaged": "The loss is an array with one number for each element. A loss is one number for all of them.",
        "always-square-backward": "dprediction grows with the error without end: that is the parabola everywhere. What slope does the "
        "line have?",
        "sign-everywhere": "dprediction has the line's slope everywhere, even where the error is small. The parabola gets flatter towards 0.",
        "sign-lost": "On the line all errors push the same way. Where the prediction is far too small, the slope points the other way.",
        "line-slope-one": "On the line dprediction is 1 or -1, whatever delta is. How steep is the line?",
        "line-slope-zero": "Large errors get no gradient. The line is straight, but it is not flat.",
        "negative-errors-small-backward": "Large negative errors still get the parabola's slope. Whether an error is small depends on "
        "its size, not on its sign.",
        "two-kept": "Small errors get twice the slope. Look again at what stands before the square.",
        "delta-ignored-backward": "dprediction takes delta to be 1 whatever is given. The forward was told it, and the cache can "
        "hold it.",
        "gradient-divided-by-delta": "dprediction is divided by delta. That is the smooth L1 loss, which is the same only where delta is 1.",
        "gradient-sign": "dprediction has the opposite sign. If a prediction is already too large, does the loss grow or shrink when it "
        "grows further?",
        "gradient-not-averaged": "dprediction is too large by the number of elements. The loss is a mean: how much does one element "
        "count in it?",
        "gradient-per-row": "dprediction is divided by the number of rows. The forward's mean is over every element.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
    },
    explanation=Explanation(
        why="Where |d| <= delta the slope of d**2 / 2 is d, beyond it the slope of delta * (|d| - delta / 2) is "
        "delta * sign(d). Both in one: d clipped to -delta ... delta. So dprediction = dloss * clip(d, -delta, "
        "delta) / n. The pieces meet with the same value and the same slope, so there is no kink to decide "
        "about. An outlier pulls with delta / n and no harder: its gradient is clipped by itself.",
        another="""
def huber_forward(prediction, target, delta=1.0):
    missed = prediction - target
    inside = np.clip(missed, -delta, delta)
    # inside * (missed - inside / 2) is the parabola where nothing was clipped, and the line where something was.
    return np.mean(inside * (missed - inside / 2)), inside


def huber_backward(dloss, cache):
    return dloss * cache / cache.size
""",
        pytorch="torch.nn.functional.huber_loss. Its relative smooth_l1_loss is the same divided by its beta (delta "
        "here): there the line always has the slope 1, and the parabola gets steeper as beta gets smaller.",
    ),
)
