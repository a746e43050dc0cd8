from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal


def reference(torch, x, gamma, beta, eps=1e-5):
    """Normalise along the last axis."""
    return torch.nn.functional.layer_norm(x, x.shape[-1:], gamma, beta, eps)


ANOTHER = """
def layer_norm_forward(x, gamma, beta, eps=1e-5):
    # Step by step, as a graph has it, and back through each step in turn.
    D = x.shape[-1]
    centred = x - x.sum(axis=-1, keepdims=True) / D
    var = np.einsum("...d,...d->...", centred, centred)[..., None] / D
    std = np.sqrt(var + eps)
    return centred / std * gamma + beta, (centred, std, gamma)


def layer_norm_backward(dy, cache):
    centred, std, gamma = cache
    D = len(gamma)
    flat = dy.reshape(-1, D)
    dgamma = np.einsum("nd,nd->d", flat, (centred / std).reshape(-1, D))
    dbeta = np.einsum("nd->d", flat)
    dstd = -(dy * gamma * centred).sum(axis=-1, keepdims=True) / std**2
    dvar = dstd / (2 * std)
    dcentred = dy * gamma / std + dvar * 2 * centred / D
    return dcentred - dcentred.sum(axis=-1, keepdims=True) / D, dgamma, dbeta
"""

EXERCISE = Exercise(
    title="Layer norm",
    position=70,
    points=9,
    cases=(
        Case("a batch", x=(5, 7), gamma=(7,), beta=(7,)),
        Case("four axes", x=Normal((3, 1, 7, 5), mean=2.0, std=10.0), gamma=(5,), beta=(5,)),
        Case("a large eps", x=(7, 3), gamma=(3,), beta=(3,), eps=0.5),
        Case("one vector", x=(11,), gamma=(11,), beta=(11,)),
        Case("one example", x=Normal((1, 5), std=0.1), gamma=(5,), beta=(5,)),
        Case(
            "far from zero",
            finite_differences=False,
            x=Normal((3, 11), mean=1e6, std=3.0),
            gamma=(11,),
            beta=(11,),
        ),
        Case(
            "a row of equal numbers",
            finite_differences=False,
            x=Given(((2.5, 2.5, 2.5, 2.5, 2.5), (0.0, 0.0, 0.0, 0.0, 0.0), (1.0, -2.0, 0.5, 3.0, -0.5))),
            gamma=(5,),
            beta=(5,),
        ),
    ),
    gradients_of=("x", "gamma", "beta"),
    reference=reference,
    hints=(
        "In how many ways does one number of a row reach one number of the normalised row? What happens to y when all numbers "
        "of a row go up by the same amount, or are stretched away from their mean by the same factor?",
        "Let x_hat be the normalised row, s = 1 / sqrt(var + eps) and dx_hat = dy * gamma, all along one row. x_hat[i] moves with "
        "x[i] directly, at the rate s; with every x[j] through the mean, at the rate -s / D; and through the variance, at the rate "
        "-s * x_hat[i] * x_hat[j] / D. dx[j] adds up dx_hat[i] times these over i. dgamma and dbeta (D,) add up over every axis "
        "but the last.",
        "Forward: mean and variance along the last axis, keeping the axis; distance from the mean, over the root of variance plus "
        "eps; keep this x_hat and the factor s; times gamma, plus beta. Backward: dgamma adds up dy times x_hat over all rows, dbeta "
        "adds up dy. Then dy times gamma; from it take its own mean along the row, and take x_hat times the mean of its product "
        "with x_hat; all this times s.",
    ),
    mistakes={
        "gamma-from-x": "dgamma is made with x as it came in. What does gamma multiply in the forward?",
        "gamma-from-y": "dgamma is made with y. What does gamma multiply in the forward?",
        "distance-for-x-hat": "In the part that goes through the variance, the distance from the mean stands where the normalised row "
        "belongs.",
        "scale-twice": "dx has the forward's factor in it twice.",
        "over-the-batch": "Mean and variance run over the first axis, as in batch norm. In layer norm each row has its own, along "
        "the last axis.",
        "over-everything": "There is one mean and one variance for the whole array. Each row has its own.",
        "mean-not-removed": "The rows are stretched and not moved. Take away the mean first.",
        "root-mean-square": "The rows are divided by the root of their mean square, and their mean stays where it is. That is RMS norm, a relative; layer "
        "norm takes the mean away first.",
        "middle-for-mean": "The median was taken for the mean.",
        "unbiased": "The variance is divided by D - 1. That is for guessing at a population from a sample; here it is "
        "divided by D.",
        "mean-of-squares-less-square": "For numbers around a million this variance is rounding: two huge, nearly equal numbers are taken from each "
        "other. Take the mean away first and square afterwards.",
        "squares-added-up": "The squared distances are added up and not averaged. With more features the row would be squeezed "
        "more.",
        "root-forgotten": "The row is divided by its variance. A row that is twice as wide would come out half as wide; which power of the "
        "variance measures a width?",
        "eps-outside": "eps is added to the root. It belongs inside, beside the variance.",
        "eps-fixed": "eps is 1e-5 whatever is given. Use the argument.",
        "eps-too-large": "eps is 1e-3 whatever is given. Use the argument, which is 1e-5 unless told.",
        "eps-too-small": "eps is 1e-8 whatever is given. Use the argument, which is 1e-5 unless told.",
        "eps-outside-and-fixed": "1e-5 is added to the root, whatever eps is. It belongs inside, beside the variance, and it is the argument "
        "that is added.",
        "eps-forgotten": "eps is not used. A row of equal numbers has the variance 0, and 0 / 0 is nan.",
        "eps-floor": "eps is the least that the variance may be. It is added, whatever the variance is.",
        "gamma-forgotten": "The forward leaves gamma out. Each feature has its own scale after normalising.",
        "beta-forgotten": "The forward leaves beta out. Each feature has its own shift after normalising.",
        "beta-scaled": "beta is multiplied by gamma. The scale comes first; the shift comes after it.",
        "one-and-gamma": "The scale is 1 + gamma, as some programs store it. Here gamma itself is the scale.",
        "x-for-x-hat": "The backward takes x for the normalised row. Look at what the forward keeps in the cache.",
        "gamma-without-x-hat": "dgamma adds up dy alone. By how much does y move when gamma does: the same for every number?",
        "gamma-averaged": "dgamma is averaged over the rows. All of them used the same gamma, so what they send back adds up.",
        "gamma-first-axis-only": "dgamma is added up over the first axis alone. With more axes before the last, what do the others "
        "do? And with one axis alone?",
        "gamma-not-summed": "dgamma has the shape of x. All rows share one gamma: what they send back has to come together in it.",
        "gamma-over-features": "dgamma is added up over the features. It has one entry for each of them; the rows are what is to disappear.",
        "beta-averaged": "dbeta is averaged over the rows. All of them used the same beta, so what they send back adds up.",
        "beta-first-axis-only": "dbeta is added up over the first axis alone. With more axes before the last, what do the others do? And with "
        "one axis alone?",
        "beta-not-summed": "dbeta has the shape of x. All rows share one beta: what they send back has to come together in it.",
        "beta-over-features": "dbeta is added up over the features. It has one entry for each of them; the rows are what is to disappear.",
        "beta-times-gamma": "dbeta is multiplied by gamma. beta is added after the scale, so the scale does not touch it.",
        "gamma-skipped": "gamma is missing in dx. Between y and the normalised row stands a factor.",
        "gamma-too-late": "gamma is multiplied in at the end. It differs from feature to feature, so it does not move through a mean over "
        "the features: which comes first on the way back?",
        "divided-by-gamma": "On the way back dy is divided by gamma. A gradient is multiplied by the local slope, as on the way in.",
        "mean-held-fixed": "dx treats the mean as a constant. When one number of a row goes up, so does the row's mean, and all numbers of "
        "the row are measured from there.",
        "statistics-held-fixed": "dx treats mean and variance as constants. Both are made of the row's own numbers.",
        "sums-for-means": "The two parts that go through mean and variance are sums over the row. How much does one of D numbers move a "
        "mean?",
        "sum-for-first-mean": "The part that goes through the mean is a sum over the row. How much does one of D "
        "numbers move a mean?",
        "sum-for-second-mean": "The part that goes through the variance is a sum over the row. How much does one of "
        "D numbers move a mean of squares?",
        "means-over-the-batch": "The means in dx run over the batch. In the forward each row went by itself.",
        "one-mean-for-all": "The means in dx run over the whole array. In the forward each row went by itself.",
        "variance-held-fixed": "dx treats the variance as a constant. When a number moves away from the mean, the row gets wider, and all "
        "of it is squeezed more.",
        "unbiased-backward": "The part that goes through the variance is divided by D - 1. By what does the forward divide?",
        "x-hat-forgotten": "The part that goes through the variance is the same for the whole row. A number far from the mean moves the "
        "variance a lot, one at the mean not at all.",
        "x-hat-unweighted": "The part that goes through the variance lacks a weight in its mean. When the row is squeezed, which of its numbers "
        "move most?",
        "square-of-x-hat": "The part that goes through the variance looks at each number by itself. One variance serves the whole row, so something "
        "has to come together there.",
        "two-kept": "The part that goes through the variance is twice too large. The 2 of the square meets the half of the root.",
        "scale-forgotten": "dx lacks the factor by which the forward stretched the row.",
        "divided-by-scale": "dx is divided by the factor that the forward multiplied by. A gradient is multiplied by the local slope, as on the "
        "way in.",
        "scale-on-the-direct-way-only": "Only one of three ways has the stretching in it. All of them end at x, whose numbers were stretched.",
        "plus-for-minus": "The part that goes through the variance has the wrong sign. When the row gets wider, are its numbers "
        "pulled out or squeezed?",
        "mean-plus-for-minus": "The part that goes through the mean has the wrong sign. When the mean goes up, what happens to the "
        "distances from it?",
    },
    explanation=Explanation(
        why="With s = 1 / sqrt(var + eps) and x_hat = (x - mean) * s, one row gives d x_hat[i] / d x[j] = s * (1[i = j] - 1/D - x_hat[i] * "
        "x_hat[j] / D): a direct way, one through the mean, one through the variance. Multiplied by dx_hat = dy * gamma and added up "
        "over i this is dx = s * (dx_hat - mean(dx_hat) - x_hat * mean(dx_hat * x_hat)). It says that dx_hat loses its component along "
        "the row of ones and its component along x_hat: moving a row or stretching it does not change y, so the loss has no slope in these "
        "two directions (in the second one up to eps). gamma multiplies x_hat and beta is added, once in every row, hence dgamma = "
        "sum(dy * x_hat) and dbeta = sum(dy) over the rows.",
        another=ANOTHER,
        pytorch="torch.nn.functional.layer_norm takes the shape of the last axes to normalise, so it can cover more than one. It keeps mean and 1 / std "
        "of every row for the backward, in float32 even where x is half precision, and works out x_hat again from x. Its variance is the biased "
        "one, as here.",
    ),
)
