from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

_EXTREME = Given((1000.0, -1000.0, 0.0, 40.0, -40.0, 745.0, -745.0))


def discriminator(torch, real_logits, fake_logits):
    """Add the two means of softplus, which has no threshold here."""
    zero = torch.zeros_like(real_logits[0])
    return torch.logaddexp(zero, -real_logits).mean() + torch.logaddexp(zero, fake_logits).mean()


def generator(torch, fake_logits):
    """Take the non-saturating loss."""
    return torch.logaddexp(torch.zeros_like(fake_logits), -fake_logits).mean()


EXERCISE = Exercise(
    title="The losses of a GAN",
    position=10,
    points=8,
    function="discriminator_loss",
    returns=("loss",),
    cases=(
        Case("a batch", real_logits=(7,), fake_logits=(5,)),
        Case(
            "more fakes than real ones", real_logits=Normal((3,), std=3.0), fake_logits=Normal((11,), std=3.0)
        ),
        Case("one of each", real_logits=(1,), fake_logits=(1,)),
        Case(
            "logits of 1000 and -1000",
            finite_differences=False,
            real_logits=_EXTREME,
            fake_logits=Normal((3,), std=500.0),
        ),
        Case("fakes of 1000 and -1000", finite_differences=False, real_logits=(5,), fake_logits=_EXTREME),
    ),
    gradients_of=("real_logits", "fake_logits"),
    gradient_names=("dreal", "dfake"),
    reference=discriminator,
    also=(
        Exercise(
            title="",
            position=0,
            points=3,
            hints=("", "", ""),
            mistakes={},
            function="generator_loss",
            returns=("loss",),
            cases=(
                Case("a batch", fake_logits=(7,)),
                Case("one image", fake_logits=(1,)),
                Case("far from 0", fake_logits=Normal((11,), std=5.0)),
                Case("logits of 1000 and -1000", finite_differences=False, fake_logits=_EXTREME),
            ),
            gradients_of=("fake_logits",),
            gradient_names=("dfake",),
            reference=generator,
        ),
    ),
    needs=("neuron/sigmoid", "losses/bce_with_logits"),
    hints=(
        "softplus(z) = log(1 + exp(z)): what is it near for z = 50, and for z = -50? Which function is its slope?",
        "Each logit stands alone, so gradients have the shapes of the logits. The derivative of softplus is sigmoid: it is 1 "
        "far to the right, 0 far to the left; an argument with a minus sign brings a minus sign out. A mean over n numbers gives "
        "each of them the share 1 / n.",
        "Forwards: softplus of the logits, with the sign in front of the logits that the formula has, worked out so that exp sees no "
        "large number (take the larger of 0 and z out of the logarithm), then the mean. Backwards: sigmoid of the same "
        "argument, times its sign, over the number of these logits, times dloss.",
    ),
    mistakes={
        "real-sign": "The loss of the real images falls when the discriminator takes them for fakes. For a real image, a large "
        "logit should cost little.",
        "fake-sign": "The loss of the made images falls when the discriminator takes them for real. For a fake, a large logit should "
        "cost much.",
        "labels-exchanged": "Real and made images have changed roles: the discriminator would learn to call fakes real.",
        "overflow": "exp(1000) is infinite, and so is the logarithm after it. softplus(1000) is 1000: what may be taken out of the "
        "logarithm before exp is worked out?",
        "logits-as-probabilities": "The logits are treated as probabilities. They go through sigmoid first, or, both in one, "
        "through softplus.",
        "log-of-sigmoid-underflows": "Where sigmoid is rounded to 0 or to 1, a small number saves the logarithm from infinity but not from a "
        "wrong value. softplus works without sigmoid.",
        "saved-by-1e-12": "A number of 1e-12 saves the logarithm from infinity where sigmoid is rounded to 0, and "
        "makes up a value there. softplus works without sigmoid.",
        "saved-by-1e-8": "A number of 1e-8 saves the logarithm from infinity where sigmoid is rounded to 0, and "
        "makes up a value there. softplus works without sigmoid.",
        "clipped-at-500": "The logits are cut off at 500. Beyond it the loss no longer grows; softplus(1000) is "
        "1000.",
        "clipped-at-50": "The logits are cut off at 50. Beyond it the loss no longer grows; softplus(1000) is 1000.",
        "discriminator-negated": "The discriminator's loss is below 0: it is what the generator of the first papers minimised. The "
        "discriminator's own is a sum of things that cost.",
        "halved": "The loss is halved. The two means are added as they are.",
        "one-mean-for-all": "One mean is taken over real and made images together. Each has its own, so that both weigh the same whatever "
        "their numbers are.",
        "discriminator-summed": "The loss adds the images up. Both halves are means.",
        "real-forgotten": "The real images are not in the loss.",
        "fake-forgotten": "The made images are not in the loss.",
        "difference-of-means": "The two halves are subtracted. Both kinds of mistakes cost.",
        "dreal-is-probability": "dreal is sigmoid of the logits. The argument of softplus is minus the logit here: what does that do to "
        "sigmoid's argument, and to the sign?",
        "dreal-sign": "dreal has the wrong sign. If the logit of a real image grows, does the loss grow?",
        "not-averaged": "The gradients are not divided by the number of images. The loss is made of means.",
        "averaged-over-all": "The gradients are divided by the number of all images. Each half has a mean of its own.",
        "dloss-ignored": "dloss is not used. The chain rule multiplies by what comes from above, and that is not always 1.",
        "slope-of-sigmoid": "This is the slope of sigmoid, p (1 - p). The loss is softplus, whose slope is sigmoid itself.",
        "counts-exchanged": "dreal is divided by the number of fakes, and dfake by that of real images.",
        "dfake-over-real": "dfake is divided by the number of real images. Its half is a mean over the made ones.",
        "dfake-as-if-real": "The made images get the gradient of real ones. The discriminator is to push their logits down.",
        "dfake-sign": "dfake has the wrong sign. If the logit of a made image grows, does the discriminator's loss grow?",
        "gradients-exchanged": "dreal and dfake have changed places.",
        "saturating": "This is the discriminator's loss with a minus sign. It is nearly flat where the discriminator is sure "
        "of the fakes, which is at the start, when the generator has most to learn.",
        "generator-wants-fake": "The generator's loss falls when its images are recognised. It wants them to be taken for real.",
        "generator-negated": "The generator's loss has the wrong sign. Being recognised costs.",
        "generator-summed": "The generator's loss adds the images up. It is their mean.",
        "generator-overflow": "exp(1000) is infinite, and so is the logarithm after it. softplus(1000) is 1000: what may be taken out "
        "of the logarithm before exp is worked out?",
        "plain-mean": "This is minus the mean of the logits, the generator's loss of a Wasserstein GAN. Here softplus is around them.",
        "saturating-gradient": "This is the gradient of the discriminator's loss with a minus sign. It is nearly 0 where the "
        "discriminator is sure of the fakes; the non-saturating loss has its steepest slope there.",
        "generator-uphill": "The generator's gradient has the wrong sign: following it, the images would be recognised ever more easily.",
        "discriminators-gradient": "This is what the discriminator's loss sends back. The generator has a loss of its own, with the "
        "opposite aim.",
        "generator-not-averaged": "The generator's gradient is not divided by the number of images. Its loss is a mean.",
        "generator-dloss-ignored": "The generator's dloss is not used. The chain rule multiplies by what comes from above.",
    },
    explanation=Explanation(
        why="The derivative of softplus(z) = log(1 + exp(z)) is exp(z) / (1 + exp(z)) = sigmoid(z). So dreal = -sigmoid(-s) / N = "
        "(p - 1) / N and dfake = sigmoid(s) / M = p / M: probability minus label, as in any binary cross entropy. For the generator "
        "dfake = (p - 1) / M: near -1 / M where the discriminator is sure that it sees a fake (p near 0). The loss of the first "
        "derivation, the mean of -softplus(s), has -p / M there, which is nearly 0: that is why nobody trains with it.",
        another="""
def softplus(z):
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def discriminator_loss_forward(real_logits, fake_logits):
    signed = (-real_logits, fake_logits)
    return sum(softplus(z).mean() for z in signed), signed


def discriminator_loss_backward(dloss, cache):
    dreal, dfake = (dloss * sigmoid(z) / z.size for z in cache)
    return -dreal, dfake


def generator_loss_forward(fake_logits):
    return softplus(-fake_logits).mean(), fake_logits


def generator_loss_backward(dloss, cache):
    return -dloss * sigmoid(-cache) / cache.size
""",
        pytorch="F.binary_cross_entropy_with_logits with targets of ones for real images and zeros for made ones gives both halves of the "
        "discriminator's loss, and with ones for made images the generator's. F.softplus goes over to the identity above a "
        "threshold of 20, which in float64 shows in the ninth digit.",
    ),
)
