from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Uniform


def reference(torch, x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    """PyTorch changes the running averages in place: give it copies, and hand those out."""
    mean, var = running_mean.clone(), running_var.clone()
    y = torch.nn.functional.batch_norm(x, mean, var, gamma, beta, training, momentum, eps)
    return y, mean, var


ANOTHER = """
def batch_norm_forward(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    N = len(x)
    mean, var = running_mean, running_var
    if training:
        mean = np.einsum("nd->d", x) / N
        squares = np.einsum("nd,nd->d", x - mean, x - mean)
        var = squares / N
        running_mean = running_mean + momentum * (mean - running_mean)
        running_var = running_var + momentum * (squares / (N - 1) - running_var)
    std = np.sqrt(var + eps)
    centred = x - mean
    return (centred / std * gamma + beta, running_mean, running_var), (centred, std, gamma, training)


def batch_norm_backward(dy, cache):
    # Step by step, back through each step of the forward in turn.
    centred, std, gamma, training = cache
    dgamma, dbeta = np.einsum("nd,nd->d", dy, centred / std), np.einsum("nd->d", dy)
    dcentred = dy * gamma / std
    if not training:
        return dcentred, dgamma, dbeta
    dstd = -np.einsum("nd,nd->d", dy * gamma, centred) / std**2
    dvar = dstd / (2 * std)
    dcentred = dcentred + 2 * centred * dvar / len(dy)
    dmean = -dcentred.sum(axis=0)
    return dcentred + dmean / len(dy), dgamma, dbeta
"""

EXERCISE = Exercise(
    title="Batch norm",
    position=60,
    points=12,
    returns=("y", "running_mean", "running_var"),
    upstream_of=("y",),
    cases=(
        Case(
            "training",
            x=(7, 5),
            gamma=(5,),
            beta=(5,),
            running_mean=(5,),
            running_var=Uniform((5,), 0.5, 2.0),
        ),
        Case(
            "training, momentum and eps given",
            x=Normal((11, 3), mean=2.0, std=3.0),
            gamma=(3,),
            beta=(3,),
            running_mean=(3,),
            running_var=Uniform((3,), 0.5, 2.0),
            momentum=0.3,
            eps=0.5,
        ),
        Case(
            "evaluation",
            x=Normal((5, 7), std=10.0),
            gamma=(7,),
            beta=(7,),
            running_mean=(7,),
            running_var=Uniform((7,), 0.5, 2.0),
            momentum=0.1,
            eps=0.01,
            training=False,
        ),
        Case(
            "evaluation of one example",
            x=(1, 3),
            gamma=(3,),
            beta=(3,),
            running_mean=(3,),
            running_var=Uniform((3,), 0.5, 2.0),
            momentum=0.2,
            eps=1e-5,
            training=False,
        ),
        Case(
            "training far from zero",
            finite_differences=False,
            x=Normal((11, 7), mean=1e6, std=3.0),
            gamma=(7,),
            beta=(7,),
            running_mean=Normal((7,), mean=1e6),
            running_var=Uniform((7,), 5.0, 15.0),
        ),
        Case(
            "a feature that is the same everywhere",
            finite_differences=False,
            x=Given(((2.5, 0.0, 1.0), (2.5, 0.0, -2.0), (2.5, 0.0, 0.5), (2.5, 0.0, 3.0), (2.5, 0.0, -0.5))),
            gamma=(3,),
            beta=(3,),
            running_mean=(3,),
            running_var=Uniform((3,), 0.5, 2.0),
            momentum=0.0,
        ),
        # The variance is about as large as eps: here it matters which eps it is.
        Case(
            "training, numbers that are nearly alike",
            finite_differences=False,
            x=Normal((13, 5), mean=1.0, std=0.003),
            gamma=(5,),
            beta=(5,),
            running_mean=(5,),
            running_var=Uniform((5,), 0.5, 2.0),
        ),
    ),
    gradients_of=("x", "gamma", "beta"),
    reference=reference,
    hints=(
        "In training, in how many ways does one number of x reach the normalised numbers of its column? And in evaluation, "
        "where mean and variance were settled before x came?",
        "Let x_hat be the normalised x, s = 1 / sqrt(var + eps) and dx_hat = dy * gamma, all along one column. In training x_hat[n] moves "
        "with x[n] directly, at the rate s; with every x[k] through the mean, at the rate -s / N; and through the variance, at the rate "
        "-s * x_hat[n] * x_hat[k] / N. dx[k] adds up dx_hat[n] times these over n. In evaluation only the first is left. dgamma and "
        "dbeta (D,) add up over the batch.",
        "Forward: in training, mean and variance of each column, and the two running averages: the old one times one minus momentum, plus "
        "momentum times the new value, with N - 1 for the variance. In evaluation, take the running ones and leave them. Distance from the "
        "mean, over the root of variance plus eps; keep this x_hat, the factor s, gamma and the flag; times gamma, plus beta. Backward: dgamma adds up dy times "
        "x_hat, dbeta adds up dy. Then dy times gamma; in training take from it its own mean over the batch, and x_hat times the mean of its "
        "product with x_hat; in both cases times s.",
    ),
    mistakes={
        "gamma-skipped-in-evaluation": "gamma is missing in dx in evaluation. It stands between y and the normalised x there as well.",
        "scale-forgotten-in-evaluation": "In evaluation dx lacks the factor by which the forward stretched x. It is a constant there, but not 1.",
        "n-turned-round-in-running": "running_var gets less than the variance divided by N. By which number has one to multiply to divide by N - "
        "1 in place of N: is it above 1 or below?",
        "gamma-from-x": "dgamma is made with x as it came in. What does gamma multiply in the forward?",
        "gamma-from-y": "dgamma is made with y. What does gamma multiply in the forward?",
        "distance-for-x-hat": "In the part that goes through the variance, the distance from the mean stands where the normalised x "
        "belongs.",
        "scale-on-the-direct-way-only": "The parts that go through mean and variance lack the factor by which the forward stretched x. It belongs to "
        "all three ways.",
        "flag-ignored": "training is not looked at. In evaluation the running averages are used, and stay as they are.",
        "flag-inverted": "Training and evaluation have changed places.",
        "over-the-features": "Mean and variance run over the features, as in layer norm. In batch norm each feature has its own, over the examples.",
        "over-everything": "There is one mean and one variance for the whole array. Each feature has its own.",
        "unbiased-everywhere": "y is made with the variance divided by N - 1. That one is for running_var only.",
        "mean-of-squares-less-square": "For numbers around a million this variance is rounding: two huge, nearly equal numbers are taken from each "
        "other. Take the mean away first and square afterwards.",
        "squares-added-up": "The squared distances are added up and not averaged. A larger batch would be squeezed more.",
        "running-mean-not-updated": "running_mean comes out as it went in. In training, some of the batch's mean goes into it.",
        "running-var-not-updated": "running_var comes out as it went in. In training, some of the batch's variance goes into it.",
        "momentum-0-taken-for-none": "A momentum of 0 is taken for one that was not given. 0 is a number like "
        "others: the running averages then stay where they are.",
        "momentum-turned-round": "momentum stands at the old running average. Some programs mean it so; here, as in PyTorch, it is the share of the "
        "new batch.",
        "running-mean-replaced": "running_mean is the mean of the last batch. It is to remember the earlier ones as well.",
        "running-var-replaced": "running_var is the variance of the last batch. It is to remember the earlier ones as well.",
        "running-mean-grows": "The old running_mean is kept in full, and it grows with every batch. What share of it is left?",
        "running-var-grows": "The old running_var is kept in full, and it grows with every batch. What share of it is left?",
        "momentum-fixed": "momentum is 0.1 whatever is given. Use the argument.",
        "biased-in-running": "running_var gets the variance divided by N. It is to guess at the variance of all data from a sample, hence "
        "N - 1 there, as in PyTorch.",
        "deviation-in-running": "running_var gets the standard deviation. It keeps variances.",
        "eps-in-running": "running_var has eps in it. eps is added when the root is taken, each time anew.",
        "running-in-training": "In training y is made with the running averages. It is made with those of this batch.",
        "new-running-in-training": "In training y is made with the new running averages. It is made with those of this batch.",
        "batch-in-evaluation": "In evaluation y is made with the batch's own mean and variance, so that an example's answer hangs on its company. What are the "
        "running averages for?",
        "updated-in-evaluation": "The running averages move in evaluation. They learn in training only.",
        "root-forgotten": "x is divided by its variance. A feature that is twice as wide would come out half as wide; which power of the "
        "variance measures a width?",
        "eps-outside": "eps is added to the root. It belongs inside, beside the variance.",
        "eps-fixed": "eps is 1e-5 whatever is given. Use the argument.",
        "eps-too-large": "eps is 1e-3 whatever is given. Use the argument, which is 1e-5 unless told.",
        "eps-too-small": "eps is 1e-8 whatever is given. Use the argument, which is 1e-5 unless told.",
        "eps-outside-and-fixed": "1e-5 is added to the root, whatever eps is. It belongs inside, beside the variance, and it is the argument "
        "that is added.",
        "eps-forgotten": "eps is not used. A feature that is the same everywhere has the variance 0, and 0 / 0 is nan.",
        "eps-in-training-only": "eps is left out in evaluation. It is the same function there.",
        "mean-not-removed": "The features are stretched and not moved. Take away the mean first.",
        "gamma-forgotten": "The forward leaves gamma out. Each feature has its own scale after normalising.",
        "beta-forgotten": "The forward leaves beta out. Each feature has its own shift after normalising.",
        "beta-scaled": "beta is multiplied by gamma. The scale comes first; the shift comes after it.",
        "not-normalised-in-evaluation": "In evaluation x is not normalised at all. It is, with the running averages.",
        "through-statistics-in-evaluation": "In evaluation dx still goes through the batch's mean and variance. The forward did not use them: what moves when "
        "x does?",
        "never-through-statistics": "In training dx treats mean and variance as constants. Both are made of the batch's own numbers.",
        "through-statistics-if-batch": "The backward guesses from the batch size whether it was training. A batch can be evaluated, too: "
        "let the cache know the flag.",
        "x-for-x-hat": "The backward takes x for the normalised x. Look at what the forward keeps in the cache.",
        "gamma-without-x-hat": "dgamma adds up dy alone. By how much does y move when gamma does: the same for every example?",
        "gamma-averaged": "dgamma is averaged over the batch. All examples used the same gamma, so what they send back adds up.",
        "gamma-not-summed": "dgamma has one row for each example. They share one gamma: what they send back has to come together in it.",
        "gamma-over-features": "dgamma is added up over the features. It has one entry for each of them; the examples are what is to disappear.",
        "beta-averaged": "dbeta is averaged over the batch. All examples used the same beta, so what they send back adds up.",
        "beta-not-summed": "dbeta has one row for each example. They share one beta: what they send back has to come together in it.",
        "beta-over-features": "dbeta is added up over the features. It has one entry for each of them; the examples are what is to disappear.",
        "beta-times-gamma": "dbeta is multiplied by gamma. beta is added after the scale, so the scale does not touch it.",
        "gamma-skipped": "gamma is missing in dx. Between y and the normalised x stands a factor.",
        "divided-by-gamma": "On the way back dy is divided by gamma. A gradient is multiplied by the local slope, as on the way in.",
        "mean-held-fixed": "dx treats the mean as a constant. When one example's number goes up, so does the mean, and all examples are measured "
        "from there.",
        "variance-held-fixed": "dx treats the variance as a constant. When a number moves away from the mean, the feature gets wider, and all "
        "examples are squeezed more.",
        "sums-for-means": "The two parts that go through mean and variance are sums over the batch. How much does one of N numbers move a "
        "mean?",
        "means-over-the-features": "The means in dx run over the features. In the forward each feature went by itself, over the batch.",
        "one-mean-for-all": "The means in dx run over the whole array. In the forward each feature went by itself.",
        "unbiased-backward": "The part that goes through the variance is divided by N - 1. By what does the forward divide, where it makes y?",
        "x-hat-forgotten": "The part that goes through the variance is the same for the whole column. A number far from the mean moves the variance "
        "a lot, one at the mean not at all.",
        "x-hat-unweighted": "The part that goes through the variance lacks a weight in its mean. When the column is squeezed, which of its numbers move "
        "most?",
        "square-of-x-hat": "The part that goes through the variance looks at each number by itself. One variance serves the whole column, so something has to "
        "come together there.",
        "two-kept": "The part that goes through the variance is twice too large. The 2 of the square meets the half of the root.",
        "plus-for-minus": "The part that goes through the variance has the wrong sign. When the column gets wider, are its numbers pulled out "
        "or squeezed?",
        "mean-plus-for-minus": "The part that goes through the mean has the wrong sign. When the mean goes up, what happens to the distances "
        "from it?",
        "scale-forgotten": "dx lacks the factor by which the forward stretched x.",
        "divided-by-scale": "dx is divided by the factor that the forward multiplied by. A gradient is multiplied by the local slope, as on the way in.",
        "scale-twice": "dx has the forward's factor in it twice.",
    },
    explanation=Explanation(
        why="In training each column goes through its own mean and variance, so with s = 1 / sqrt(var + eps): d x_hat[n] / d x[k] = s * (1[n = k] - 1/N - "
        "x_hat[n] * x_hat[k] / N), and dx = s * (dx_hat - mean(dx_hat) - x_hat * mean(dx_hat * x_hat)) with dx_hat = dy * gamma and means over the batch. Moving or "
        "stretching a whole column does not change y, so dx has no component in these two directions (in the second up to eps). In evaluation mean "
        "and variance are constants, and dx = s * gamma * dy is all there is. The running averages come out of the forward beside y, but the loss is made of y alone, so "
        "nothing comes back through them. In training, examples of a batch get gradients from each other: that is particular to batch norm.",
        another=ANOTHER,
        pytorch="torch.nn.functional.batch_norm changes running_mean and running_var in place; here they are returned. It keeps the batch's mean and 1 / std "
        "for the backward and works out x_hat again from x. nn.BatchNorm2d takes mean and variance over batch, rows and columns, one for each channel. "
        "In training it refuses a batch of one value per channel.",
    ),
)
