from bpkit.course.spec import Case, Exercise, Explanation, Given, Integers

EXERCISE = Exercise(
    title="Softmax cross entropy",
    position=40,
    points=9,
    returns=("loss",),
    cases=(
        Case("a batch", logits=(7, 5), target=Integers((7,), 5)),
        Case("many classes", logits=(3, 11), target=Integers((3,), 11)),
        Case(
            "one example, logits of -1000",
            logits=Given(((-1000.0, -1001.0, -999.0, -1003.0, -998.5),)),
            target=Given((0,)),
        ),
        Case(
            "logits of 1000",
            logits=Given(
                (
                    (1000.0, 0.0, -1000.0, 3.0, 7.0),
                    (1.5, 0.0, 2.5, -1.0, 0.5),
                    (1000.0, 1001.0, 999.0, 998.0, 1002.0),
                )
            ),
            target=Given((1, 0, 4)),
        ),
    ),
    gradients_of=("logits",),
    reference=lambda torch, logits, target: torch.nn.functional.cross_entropy(logits, target),
    needs=("layers/softmax", "layers/log_softmax"),
    hints=(
        "Write -log(p[t]) out with p's formula. Which two terms are left, and through which of them do the other classes count?",
        "In row n, with t = target[n]: loss[n] = log(sum over k of exp(logits[n, k])) - logits[n, t]. The first term depends on "
        "every logit of the row. What is its derivative with respect to one of them? The second depends on one logit alone. "
        "dlogits is (N, C).",
        "Forward: take each row's largest logit off; log_p = the rest, less the log of the sum of its exp; pick one entry in each "
        "row; minus the mean. Backward: p from log_p; change the one entry of each row that was picked; times dloss; shared "
        "out over the N rows.",
    ),
    mistakes={
        "overflow": "Ordinary logits are right, but with logits of 1000 and -1000 exp gives infinity, or 0 for every class of a "
        "row, and the loss is lost. Which number can be taken off each row, so that neither happens in any of them?",
        "one-maximum-for-all": "One number is taken off all rows. A row that lies far below it still underflows to zeros. Each row has "
        "a largest logit of its own.",
        "largest-size-taken-off": "What is taken off a row is the largest size of its logits, without the sign. In a row near -1000 that makes "
        "exp underflow to zeros, where it was to be safe: which number is the row's largest logit?",
        "maximum-in-one-term-only": "The largest logit of a row was taken off before exp, and it is still in the logit of the right class. It has to "
        "come off in both places, or be added again.",
        "wrong-axis": "The softmax runs down the columns, over the examples. It is the classes of one example that share the "
        "probability.",
        "normalised-over-everything": "All rows together add up to 1. Each row has a probability of 1 to share out.",
        "softmax-of-everything": "All rows together add up to 1. Each row has a probability of 1 to share out.",
        "log-of-zero": "A probability has been rounded to 0, or an exp grew to infinity, on the way to the logarithm. log(p) can be written without "
        "p: what is the logarithm of a quotient, and of an exp?",
        "log-held-at-1e-8": "About 1e-8 is put in place of a very small p, or added to it, so the loss never exceeds 19. The true number "
        "can be computed: what is the logarithm of a quotient, and of an exp?",
        "log-held-at-1e-12": "About 1e-12 is put in place of a very small p, or added to it, so the loss never exceeds 28. The true "
        "number can be computed: what is the logarithm of a quotient, and of an exp?",
        "log-held-at-1e-15": "About 1e-15 is put in place of a very small p, or added to it, so the loss never exceeds 35. The true "
        "number can be computed: what is the logarithm of a quotient, and of an exp?",
        "log-held-at-1e-300": "About 1e-300 is put in place of a very small p, or added to it, so the loss never exceeds 691. The true "
        "number can be computed: what is the logarithm of a quotient, and of an exp?",
        "softmax-forgotten": "The loss takes the logit of the right class as it is. It has to become a log probability first, which "
        "depends on the other classes.",
        "log-forgotten": "The loss is minus the mean probability. Its logarithm is missing.",
        "all-classes": "The log probabilities of all classes are averaged. Only the right class of each row counts.",
        "every-target-in-every-row": "log_p[:, target] takes every target's column in every row, an (N, N) array. You want one entry "
        "in each row: row 0 with target 0, row 1 with target 1, and so on.",
        "loss-sign": "The loss is negative. The logarithm of a probability is never positive, and a loss should be smallest where "
        "the answer is right.",
        "loss-summed": "The loss is the sum over the examples. It should not grow just because there are more of them.",
        "loss-over-classes-too": "The loss is divided by the number of all logits. Each row gives one number, so the mean is over "
        "the N rows.",
        "log-not-undone": "Log probabilities stand in dlogits where probabilities belong. Probabilities are between 0 and 1.",
        "target-ignored": "dlogits is the same whatever the targets are. The right class of each row comes into it twice: in the sum, and "
        "by itself.",
        "target-added": "The right class has its own term with the wrong sign. A larger logit there makes the loss smaller.",
        "every-target-in-every-row-backward": "[:, target] reaches the columns of all targets in every row. You want one entry in "
        "each row: row 0 with target 0, row 1 with target 1, and so on.",
        "other-classes-forgotten": "Only the right class gets a gradient. The softmax divides by a sum over the whole row, so "
        "every logit of the row reaches the loss.",
        "stops-at-the-probability": "This is the gradient with respect to p. The way to the logits leads through the "
        "softmax, which has a derivative too.",
        "softmax-backward-forgotten": "This is the gradient with respect to log(p). Each log(p) depends on all logits of its row, so the "
        "way is not at its end.",
        "gradient-sign": "dlogits has the opposite sign. A larger logit of the right class makes the loss smaller.",
        "gradient-not-averaged": "dlogits is N times too large. The loss is a mean over the rows: how much does one row count in it?",
        "gradient-over-classes-too": "dlogits is divided by the number of all logits. The forward's mean is over the N rows.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
    },
    explanation=Explanation(
        why="loss = mean of (log sum over c of exp(z[c])) - z[target]. The derivative of the first term by z[c] is "
        "exp(z[c]) / sum = p[c], that of the second is 1 at the target: dlogits = dloss * (p - onehot(target)) / "
        "N. Every row is 0 in sum, since adding a number to a whole row changes nothing. The right class is "
        "pulled up by 1 - p[target], the others are pushed down by their own p: who is right and sure gets next "
        "to no gradient.",
        another="""
def cross_entropy_forward(logits, target):
    hit = np.arange(logits.shape[1]) == np.expand_dims(target, 1)
    log_sum = np.logaddexp.reduce(logits, axis=1)
    return np.mean(log_sum - logits[hit]), (logits - log_sum[:, None], hit)


def cross_entropy_backward(dloss, cache):
    log_p, hit = cache
    return dloss * (np.exp(log_p) - hit) / len(hit)
""",
        pytorch="torch.nn.functional.cross_entropy, which is log_softmax and nll_loss in one. The mean runs over the "
        "rows; it also takes more axes (classes are then axis 1), class weights, label smoothing, and "
        "ignore_index, -100 unless told. It keeps the log-probabilities for the backward.",
    ),
)
