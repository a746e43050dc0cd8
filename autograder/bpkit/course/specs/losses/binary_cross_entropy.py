from bpkit.course.spec import Bernoulli, Case, Exercise, Explanation, Given, Uniform

EXERCISE = Exercise(
    title="Binary cross entropy",
    position=20,
    points=6,
    returns=("loss",),
    cases=(
        Case("a batch", prediction=Uniform((5, 3), 0.05, 0.95), target=Bernoulli((5, 3))),
        Case("soft labels", prediction=Uniform((3, 5, 7), 0.05, 0.95), target=Uniform((3, 5, 7))),
        Case(
            "sure and wrong",
            finite_differences=False,
            prediction=Given((0.0, 1.0, 0.0, 1.0, 0.0)),
            target=Given((1.0, 0.0, 0.25, 0.75, 0.5)),
        ),
        Case(
            "sure and right",
            finite_differences=False,
            prediction=Given((0.0, 0.25, 1.0)),
            target=Given((0.0, 1.0, 1.0)),
        ),
        Case("one example", prediction=Uniform((1, 7), 0.05, 0.95), target=Bernoulli((1, 7))),
        # Not 0 and not 1, but so close that the logarithms and the denominator are held as well.
        Case(
            "nearly 0 and wrong",
            finite_differences=False,
            prediction=Given((1e-50, 1e-70, 1e-50)),
            target=Given((1.0, 0.75, 0.25)),
        ),
        Case(
            "nearly 0, nearly 1 and right",
            finite_differences=False,
            prediction=Given((1e-13, 0.25, 1 - 1e-13)),
            target=Given((0.0, 1.0, 1.0)),
        ),
    ),
    gradients_of=("prediction",),
    reference=lambda torch, prediction, target: torch.nn.functional.binary_cross_entropy(prediction, target),
    hints=(
        "Where target is 1, does the loss grow or shrink when p grows? And where it is 0?",
        "Each element stands alone, so dprediction has the shape of prediction. Differentiate log(p) and log(1 - p), the "
        "second with its inner derivative; bring both fractions over p * (1 - p), and see how much of the numerator cancels.",
        "Forward: both logarithms, each at least -100; weigh them with target and 1 - target; minus; mean. Backward: the "
        "simplified numerator over p * (1 - p), which is at least 1e-12; times dloss; shared out as the mean shares.",
    ),
    mistakes={
        "clipped-at-1e-7": "p is kept away from 0 and 1 by about 1e-7, so an answer that is sure and wrong costs only about 16. "
        "Here p stays as it is, and the logarithms are held instead.",
        "clipped-at-1e-8": "p is kept away from 0 and 1 by about 1e-8, so an answer that is sure and wrong costs only about 18. "
        "Here p stays as it is, and the logarithms are held instead.",
        "clipped-at-1e-10": "p is kept away from 0 and 1 by about 1e-10, so an answer that is sure and wrong costs only about 23. "
        "Here p stays as it is, and the logarithms are held instead.",
        "clipped-at-1e-12": "p is kept away from 0 and 1 by about 1e-12, so an answer that is sure and wrong costs only about "
        "28. Here p stays as it is, and the logarithms are held instead.",
        "clipped-at-1e-15": "p is kept away from 0 and 1 by about 1e-15, so an answer that is sure and wrong costs only about 35. "
        "Here p stays as it is, and the logarithms are held instead.",
        "logs-not-held": "At p = 0 or p = 1 a logarithm is minus infinity, and the loss becomes infinite or NaN (0 times infinity). "
        "Read again how the forward holds its logarithms.",
        "logs-held-only-at-0": "The logarithms are held at -100 only where p is exactly 0 or 1. A p of 1e-50 has a logarithm "
        "of -115, which is less than -100 too.",
        "infinite-losses-replaced": "Where the loss of an element is infinite, 100 is put in its place, for both terms together. Each logarithm "
        "is held by itself, before it is weighed, and wherever it is less than -100.",
        "soft-targets-rounded": "A target counts as 1 above one half and as 0 below. A target in between has a part of both terms.",
        "loss-sign": "The loss is negative. The logarithm of a probability is never positive, and a loss should be smallest where "
        "the answer is right.",
        "zeros-forgotten": "Only target * log(p) is counted. Where target is 0, the network could answer anything at no cost.",
        "targets-swapped": "The two terms have changed places: a right answer costs much and a wrong one little.",
        "base-two": "The loss is in bits: the logarithm has base 2. Here, as everywhere in this course, log is the natural one.",
        "loss-summed": "The loss is the sum over the elements. It should not grow just because there are more of them.",
        "loss-per-row": "The loss is divided by the number of rows. The mean is over every element, not over the rows alone.",
        "loss-not-averaged": "The loss is an array with one number for each element. A loss is one number for all of them.",
        "denominator-not-held": "At p = 0 or p = 1 dprediction is infinite or NaN, because the denominator is 0. Read again how the "
        "backward holds it.",
        "denominator-held-at-1e-10": "At p = 0 and p = 1 the denominator is held at 1e-10. PyTorch holds it at a smaller number.",
        "denominator-held-only-at-0": "The denominator is held at 1e-12 only where it is exactly 0. It can be 1e-13 as well: "
        "read again where it is held.",
        "denominator-shifted": "1e-12 is added to the denominator. It is to be held: where it is 1e-12 or more it stays as it is.",
        "denominator-forgotten": "This is the gradient with respect to the logits, as if a sigmoid came before. Here the "
        "gradient stops at p: leave the sigmoid's share to the sigmoid.",
        "denominator-multiplied": "p * (1 - p) is multiplied where it should divide. Near p = 0, is the slope of log(p) flat or "
        "steep?",
        "denominators-held-apart": "The two fractions are held each on its own, so that they no longer cancel where p is close to 0 or 1. Bring "
        "them over one denominator first, and hold that.",
        "fractions-held-apart": "Where p is 0 or 1 and right, dprediction should be 0. Yours is not: the two fractions "
        "are held each on its own, or p is clipped. Hold only the one denominator that they have together.",
        "gradient-sign": "dprediction has the opposite sign. Where target is 1, a larger p makes the loss smaller.",
        "zeros-forgotten-backward": "Only target * log(p) is differentiated. Where target is 0, the other term is all there is.",
        "inner-derivative-forgotten": "The term with log(1 - p) has the wrong sign. What does the chain rule say about the 1 - p "
        "inside?",
        "gradient-not-averaged": "dprediction is too large by the number of elements. The loss is a mean: how much does one "
        "element count in it?",
        "gradient-per-row": "dprediction is divided by the number of rows. The forward's mean is over every element.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
    },
    explanation=Explanation(
        why="Of -(t log p + (1 - t) log(1 - p)) the derivative is -t / p + (1 - t) / (1 - p); over one denominator "
        "it is (p - t) / (p (1 - p)). With the mean and the chain rule: dprediction = dloss * (p - t) / (p (1 - "
        "p)) / n. Near p = 0 and p = 1 the denominator goes to 0: a sure and wrong answer gets an enormous "
        "gradient. If p is a sigmoid's output, the sigmoid's slope is just p (1 - p) and cancels it. That is the "
        "reason to compute the two in one.",
        another="""
def binary_cross_entropy_forward(prediction, target):
    with np.errstate(divide="ignore"):
        logs = np.log(np.stack([prediction, 1 - prediction]))
    chosen = np.stack([target, 1 - target])
    return -np.sum(chosen * np.clip(logs, -100, None)) / np.size(target), (prediction, target)


def binary_cross_entropy_backward(dloss, cache):
    p, t = cache
    both = p - p * p
    both = np.where(both < 1e-12, 1e-12, both)
    return np.divide(dloss * (p - t), both * t.size)
""",
        pytorch="torch.nn.functional.binary_cross_entropy. It holds logarithms at -100 and the gradient's denominator at "
        "1e-12, so that nothing is infinite; those are the conventions of this exercise. For training, PyTorch "
        "advises binary_cross_entropy_with_logits.",
    ),
)
