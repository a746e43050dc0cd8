from bpkit.course.spec import Case, Exercise, Explanation, Given

EXERCISE = Exercise(
    title="Log-softmax",
    position=30,
    points=6,
    returns=("y",),
    cases=(
        Case("a matrix", z=(5, 3)),
        Case("a vector", z=(7,)),
        Case("a 4-d array", z=(3, 5, 1, 7)),
        Case(
            "scores of 1000 and -1000",
            finite_differences=False,
            z=Given(
                (
                    (1000.0, 999.0, -1000.0, 998.5, 0.0),
                    (-1000.0, -1001.0, -1000.5, -1003.0, -1002.0),
                    (1000.0, 1000.0, 1000.0, 1000.0, 999.0),
                    # Less their mean, which is -600, the largest is still too large for an exp.
                    (1000.0, -1000.0, -1000.0, -1000.0, -1000.0),
                )
            ),
        ),
        Case("one example", z=(1, 7)),
    ),
    gradients_of=("z",),
    reference=lambda torch, z: torch.nn.functional.log_softmax(z, dim=-1),
    needs=("layers/softmax",),
    hints=(
        "What is the logarithm of a fraction? And what is the logarithm of exp(z[i])?",
        "Within one row, y[i] is z[i] less one number that all entries share. z[j] reaches y[j] through the first part "
        "at the rate 1, and every y of its row through the second part. The rate of that shared number with z[j] is a "
        "quantity that you know from the last exercise.",
        "Forward: take the largest score of each row away from the row; from the result take away the logarithm of the "
        "sum of its exponentials. Backward: add up dy along the last axis, keeping the axis; share that total out among "
        "the scores by their probabilities, and take the shares away from dy.",
    ),
    mistakes={
        "overflow": "Ordinary scores come out right, but exp(1000) is infinite, and where all scores are near -1000 the "
        "logarithm gets a 0. What may be added to all scores of a row without changing the result?",
        "one-maximum-for-all": "One maximum is taken from the whole array. In a row far below it the sum of exponentials "
        "is rounded to 0, and its logarithm is infinite; each row has a largest score of its own.",
        "overflow-in-softmax": "The logarithm is taken of a softmax that overflows: exp(1000) is infinite, and where all "
        "scores are near -1000 it divides 0 by 0. Simplify the logarithm on paper, so that no fraction has to be made.",
        "log-of-softmax": "The logarithm is taken of finished probabilities. Where one of them was rounded to 0 the "
        "result is -inf; simplify the logarithm on paper, so that no probability has to be made first.",
        "saved-by-1e-12": "A number of 1e-12 saves the logarithm from infinity where a probability is rounded to 0, "
        "and makes up a value there. Simplify the logarithm on paper, so that no probability has to be made first.",
        "saved-by-1e-10": "A number of 1e-10 saves the logarithm from infinity where a probability is rounded to 0, "
        "and makes up a value there. Simplify the logarithm on paper, so that no probability has to be made first.",
        "saved-by-1e-8": "A number of 1e-8 saves the logarithm from infinity where a probability is rounded to 0, "
        "and makes up a value there. Simplify the logarithm on paper, so that no probability has to be made first.",
        "shift-halfway": "The largest score was taken away inside the exponentials, but the result does not know of it: "
        "each row is off by its largest score.",
        "first-axis": "The sums run over the first axis, so the examples of a batch compete with one another. The classes "
        "lie along the last axis.",
        "second-axis": "The sums run over the second axis. In a matrix that is the last one; with more axes it is "
        "another, and the classes always lie along the last.",
        "first-axis-backward": "The sum in dz runs over the first axis, so that the examples of a batch mix. In the "
        "forward it ran along the last one.",
        "one-sum-for-all": "One sum of exponentials serves the whole array. Every row along the last axis has its own.",
        "sign-of-the-loss": "The sign is turned round. That is how a loss uses log-probabilities; the log-probabilities "
        "themselves are 0 at most.",
        "log-of-sum-forgotten": "The sum of exponentials is taken away as it is. Its logarithm belongs there: exp(y) has "
        "to be 1 in sum over each row.",
        "logarithm-kept": "dz uses log-probabilities where it needs probabilities. Look at what the cache holds.",
        "own-score-only": "dz follows only the way from each score to its own y. The score is also in the sum of "
        "exponentials, and all y of the row contain that sum.",
        "sum-held-fixed": "dz is dy itself, as if the sum of exponentials were a constant. It moves with every score.",
        "dy-ignored": "dz is a derivative of y alone, whatever dy is. The chain rule multiplies by what comes from above.",
        "dy-taken-for-a-target": "This holds only if each row of dy is 1 in sum. dy is whatever comes from above: "
        "what should happen to the second part when dy is twice as large?",
        "cross-entropy-shortcut": "p - dy would be the gradient of the cross entropy, with dy taken for the target. Here "
        "dy is the gradient that comes from above, whatever the loss is.",
        "softmax-backward": "This is the gradient of softmax, without the logarithm. What is different when y is the "
        "logarithm of the probability?",
        "sum-weighted": "dy is weighted with the probabilities before it is added up. The sum of exponentials stands in "
        "every y of the row with the same weight.",
        "mean-for-sum": "The sum over the row is divided by the number of classes. All y of a row contain the same sum of "
        "exponentials, and what they send back adds up.",
        "gradient-sign": "dz has the opposite sign. When a score grows, does its own log-probability grow or shrink?",
        "plus-for-minus": "One sign is wrong. When the sum of exponentials grows, every y of the row gets smaller.",
        "rows-mixed": "The sum in dz runs over all rows together. The scores of one row do not touch the y of another.",
    },
    explanation=Explanation(
        why="""\
The logarithm of the fraction is y[i] = z[i] - log S with S = sum over k of exp(z[k]). The derivative of log S with respect to
z[j] is exp(z[j]) / S = p[j], the softmax. So z[j] moves its own y[j] by 1, and every y of its row by -p[j]:

    dz[j] = dy[j] - p[j] * sum over i of dy[i]

Compare softmax: there the sum was weighted by p; the logarithm divides by p, and the weights are gone. With a dy that is -1 at
the right class and 0 elsewhere this becomes p minus 1 at the right class, p elsewhere: the gradient of cross entropy. With
m for the largest score, log S = m + log(sum of exp(z[k] - m)): that sum lies between 1 and C, so nothing overflows and
its logarithm is finite.""",
        another="""\
def log_softmax_forward(z):
    y = z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
    return y, y


def log_softmax_backward(dy, cache):
    # One (C, C) of rates for each row of y: 1 at the own score, less p everywhere.
    p = np.exp(cache)
    rates = np.eye(p.shape[-1]) - p[..., np.newaxis, :]
    return np.einsum("...i,...ij->...j", dy, rates)""",
        pytorch="torch.nn.functional.log_softmax(z, dim=-1) keeps its result y, and takes exp(y) in the backward. "
        "torch.nn.functional.cross_entropy is log_softmax followed by nll_loss, which is why it wants scores and not "
        "probabilities: given probabilities it would take their softmax once more, without complaint.",
    ),
)
