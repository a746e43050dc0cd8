from bpkit.course.spec import Case, Exercise, Explanation, Given

EXERCISE = Exercise(
    title="Softmax",
    position=20,
    points=6,
    returns=("p",),
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
    reference=lambda torch, z: torch.nn.functional.softmax(z, dim=-1),
    hints=(
        "Raise one score a little. Which probabilities of its row change, which of them grow, and what stays the same "
        "about their sum?",
        "Within one row, p[i] changes with its own score z[i] at the rate p[i] * (1 - p[i]), and with another score z[j] "
        "at the rate -p[i] * p[j]. dz[j] adds up dp[i] times that over all i: a (C, C) matrix of rates for each row, "
        "which never has to be built.",
        "Forward: take the largest score of each row away from that row, keeping the axis, then exponentials, then each "
        "row over its own sum. Backward: for each row work out one number, the average of dp weighted by the "
        "probabilities; see by how much each dp lies above it; scale that by the entry's own probability.",
    ),
    mistakes={
        "overflow": "Ordinary scores come out right, but exp(1000) is infinite, and where all scores are near -1000 the "
        "sum is 0. What may be added to all scores of a row without changing its probabilities?",
        "clipped-scores": "Scores are cut off at some size. Beyond it they all count the same, although some are "
        "hundreds larger than others. What may be added to all scores of a row without changing its probabilities?",
        "one-maximum-for-all": "One maximum is taken from the whole array. A row far below it turns into zeros only, and "
        "0/0 is nan; each row has a largest score of its own.",
        "divided-by-maximum": "The scores are divided by the largest one. That changes how far apart they are, and with "
        "it the probabilities; something else keeps the distances.",
        "first-axis": "The sums run over the first axis, so the examples of a batch compete with one another. The classes "
        "lie along the last axis.",
        "second-axis": "The sums run over the second axis. In a matrix that is the last one; with more axes it is "
        "another, and the classes always lie along the last.",
        "first-axis-backward": "The sum in dz runs over the first axis, so that the examples of a batch mix. In the "
        "forward it ran along the last one.",
        "one-sum-for-all": "All entries of the array are 1 in sum together. Every row along the last axis has its own "
        "probabilities.",
        "softmax-of-everything": "All entries of the array are 1 in sum together. Every row along the last axis has its own "
        "probabilities.",
        "softmax-of-everything-overflows": "All entries of the array are 1 in sum together; every row along the last axis has "
        "its own probabilities. And exp(1000) is infinite: what may be added to all scores of a row without changing them?",
        "sigmoid": "This is the sigmoid of each score by itself. The probabilities of a row have to be 1 in sum, so each "
        "must know about the other scores.",
        "scores-for-probabilities": "dz is worked out from the scores, where it needs the probabilities. Look at what the "
        "forward keeps in the cache.",
        "own-score-only": "dz follows only the way from each score to its own probability. The score is also in the "
        "denominator of every other probability in its row.",
        "denominator-held-fixed": "dz treats the denominator as a constant. It is a sum of all exponentials of the row, "
        "so it moves with every score.",
        "dp-ignored": "dz is a derivative of p alone, whatever dp is. The chain rule multiplies by what comes from above.",
        "sum-unweighted": "Something is missing in the sum over the row: it adds up plain dp. A class with a "
        "tiny probability has hardly anything to lose to the others; where would that show?",
        "mean-for-sum": "The sum over the row is divided by the number of classes. What comes back from several places "
        "adds up, and the probabilities are weights already.",
        "plus-for-minus": "One sign is wrong. When a score grows, the other probabilities of its row shrink.",
        "probability-forgotten": "dz lacks a factor. A score whose probability is nearly 0 hardly moves anything, "
        "so its gradient has to be nearly 0 as well.",
        "rows-mixed": "The sum in dz runs over all rows together. The scores of one row do not touch the probabilities of "
        "another.",
        "cross-entropy-shortcut": "p - dp would be the gradient of softmax and cross entropy in one, with dp taken for "
        "the target. Here dp is the gradient that comes from above, whatever the loss is.",
    },
    explanation=Explanation(
        why="""\
Let S be the sum of the row's exponentials. A score is in its own numerator and in S, hence in every p of its row:

    p[i] moves with z[j] by p[i] * ((1 if i = j else 0) - p[j])

With the chain rule, added up over all i that z[j] reaches:

    dz[j] = p[j] * (dp[j] - mean)     mean = sum over i of dp[i] * p[i]

The mean is that of dp, weighted by the probabilities. Only what differs from it counts, because a probability can grow only
at the expense of others. The dz of a row are 0 in sum, because adding one number
to all scores changes nothing; for the same reason the largest score may be taken away first.""",
        another="""\
def softmax_forward(z):
    # The logarithm of the row's sum of exponentials; logaddexp does not overflow.
    p = np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))
    return p, p


def softmax_backward(dp, cache):
    # The whole matrix of rates, one (C, C) for each row: clear, but C times the memory.
    p = cache
    rates = p[..., :, np.newaxis] * (np.eye(p.shape[-1]) - p[..., np.newaxis, :])
    return np.einsum("...i,...ij->...j", dp, rates)""",
        pytorch="torch.nn.functional.softmax(z, dim=-1) keeps its result p for the backward, and neither z nor the "
        "matrix of rates. Tell it the axis: leaving dim out is deprecated, and what it then guesses depends on the "
        "number of axes. torch.nn.functional.scaled_dot_product_attention, where its fast kernels apply, does not "
        "even keep p: it works out pieces of it again in the backward.",
    ),
)
