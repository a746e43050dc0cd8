from bpkit.course.spec import Bernoulli, Case, Exercise, Explanation, Given, Normal, Uniform

EXERCISE = Exercise(
    title="Binary cross entropy with logits",
    position=30,
    points=6,
    returns=("loss",),
    cases=(
        Case("a batch", logits=(5, 3), target=Bernoulli((5, 3))),
        Case("soft labels", logits=Normal((3, 5, 7), 0.0, 3.0), target=Uniform((3, 5, 7))),
        Case("logits of 1000", logits=Given((1000.0, 1000.0, 1000.0)), target=Given((1.0, 0.0, 0.5))),
        Case("logits of -1000", logits=Given((-1000.0, -1000.0, -1000.0)), target=Given((1.0, 0.0, 0.5))),
        # The loss is small, so that what log(1 + exp(z)) lacks where z stands in for it shows.
        Case(
            "sure and right",
            logits=Given((9.0, 11.0, -12.0, 14.0, -17.0)),
            target=Given((1.0, 1.0, 0.0, 1.0, 0.0)),
        ),
        Case("one example", logits=(1, 7), target=Bernoulli((1, 7))),
    ),
    gradients_of=("logits",),
    reference=lambda torch, logits, target: torch.nn.functional.binary_cross_entropy_with_logits(
        logits, target
    ),
    needs=("neuron/sigmoid",),
    hints=(
        "What is log(1 - sigmoid(z)) for large z? Draw it. Which straight line does it approach?",
        "-log(1 - sigmoid(z)) = log(1 + exp(z)), and -log(sigmoid(z)) is that less z. The derivative of log(1 + exp(z)) is a "
        "function that you know. Each element stands alone, so dlogits has the shape of logits.",
        "Forward: log(1 + exp(z)), with the larger of z and 0 taken out so that exp only sees minus |z|; less target times z; "
        "mean. Backward: differentiate these two terms, with the sigmoid in a form that cannot overflow; times dloss; shared "
        "out as the mean shares.",
    ),
    mistakes={
        "overflow": "exp(1000) is infinite, and so is your loss at a logit of 1000, where the right one is 0 or 1000. Which part of "
        "log(1 + exp(z)) can be taken out of the logarithm when z is large?",
        "overflow-on-the-left": "exp(1000) is infinite, and so is your loss at a logit of -1000, where the right one is 0 or 1000. Which "
        "exponent is safe for positive numbers, and which for negative ones?",
        "absolute-forgotten": "For negative logits the loss is wrong, and at -1000 it is infinite: there the exponent is "
        "positive. What should exp see on both sides of 0?",
        "linear-part-forgotten": "The loss lacks what was to be taken out of the logarithm: for large positive logits, "
        "log(1 + exp(z)) grows like z.",
        "through-the-sigmoid": "Ordinary logits are right, but at 1000 a probability was rounded to 0 or 1, or exp grew to "
        "infinity, before the logarithm was taken. Simplify the formula on paper, so that neither can happen.",
        "clipped-at-1e-7": "p is kept away from 0 and 1 by about 1e-7, so the loss never exceeds 16. At a logit of 1000 it can be "
        "1000. Simplify the formula on paper, so that no p is needed.",
        "clipped-at-1e-12": "p is kept away from 0 and 1 by about 1e-12, so the loss never exceeds 28. At a logit of 1000 it can be "
        "1000. Simplify the formula on paper, so that no p is needed.",
        "clipped-at-1e-15": "p is kept away from 0 and 1 by about 1e-15, so the loss never exceeds 35. At a logit of 1000 it can be "
        "1000. Simplify the formula on paper, so that no p is needed.",
        "logits-held-at-30": "The logits are held between -30 and 30, so the loss never exceeds 30. At a logit of 1000 it can be 1000: which "
        "part of log(1 + exp(z)) can be taken out of the logarithm when z is large?",
        "logs-held": "The logarithms are held at -100, as in binary cross entropy, so the loss never exceeds 100. From logits "
        "the true number can be computed: at 1000 it can be 1000.",
        "target-term-added": "The target's term has the wrong sign. With target 1, a larger logit should make the loss smaller.",
        "target-ignored": "The loss is the same whatever the targets are: log(1 + exp(z)) alone is the loss for target 0.",
        "soft-targets-as-zero": "Every target that is not exactly 1 counts as 0. A target in between has a part of both terms.",
        "targets-swapped": "Targets 0 and 1 have changed places: a right answer costs much and a wrong one little.",
        "loss-summed": "The loss is the sum over the elements. It should not grow just because there are more of them.",
        "loss-per-row": "The loss is divided by the number of rows. The mean is over every element, not over the rows alone.",
        "loss-not-averaged": "The loss is an array with one number for each element. A loss is one number for all of them.",
        "sigmoid-overflow": "At a logit of 1000 dlogits is NaN: infinity over infinity. Which form of the sigmoid is safe for "
        "positive numbers, and which for negative ones?",
        "sigmoid-forgotten": "The logits themselves stand where the probabilities belong.",
        "sigmoid-mirrored": "The sigmoid is that of minus the logit: yours falls where it should rise.",
        "gradient-sign": "dlogits has the opposite sign. Where target is 1, a larger logit makes the loss smaller.",
        "stops-at-the-probability": "This is the gradient with respect to p. The way to the logits leads through the sigmoid, "
        "which has a derivative too.",
        "stops-at-the-probability-held": "This is the gradient with respect to p, with its denominator held. The way to the logits leads "
        "through the sigmoid, which has a derivative too.",
        "sigmoid-derivative-twice": "dlogits is multiplied by p * (1 - p) once too often. In the gradient with respect to the logits, "
        "has something already cancelled it?",
        "target-ignored-backward": "dlogits is the same whatever the targets are. The loss has a term with the target in it, and "
        "the logit in that term as well.",
        "gradient-not-averaged": "dlogits is too large by the number of elements. The loss is a mean: how much does one element "
        "count in it?",
        "gradient-per-row": "dlogits is divided by the number of rows. The forward's mean is over every element.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
    },
    explanation=Explanation(
        why="With p = sigmoid(z) the loss of one element is log(1 + exp(z)) - t z. The first term's derivative is "
        "sigmoid(z), the second's t, so dlogits = dloss * (sigmoid(z) - t) / n: the difference of probability "
        "and target, and nothing else. The sigmoid's slope p (1 - p) has cancelled with the denominator that the "
        "logarithms' derivatives bring. So a sure and wrong answer still gets a gradient of size 1 / n, while "
        "through p it would be lost in rounding.",
        another="""
def bce_with_logits_forward(logits, target):
    # logaddexp(0, z) is log(1 + exp(z)), made such that it never overflows.
    return np.mean(np.logaddexp(0, logits) - target * logits), (logits, target)


def bce_with_logits_backward(dloss, cache):
    logits, target = cache
    probability = (1 + np.tanh(logits / 2)) / 2  # sigmoid, and tanh does not overflow
    return dloss / np.size(target) * (probability - target)
""",
        pytorch="torch.nn.functional.binary_cross_entropy_with_logits, by the formula max(z, 0) - z t + log(1 + "
        "exp(-|z|)) or its like. It also takes pos_weight, which makes the rare yes count more. It keeps logits "
        "and target, and works out the sigmoid on the way back.",
    ),
)
