from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

EXERCISE = Exercise(
    title="Leaky rectified linear unit",
    position=50,
    points=3,
    cases=(
        Case("the usual leak", z=(5, 3)),
        Case("a steeper leak", z=Normal((1, 7, 3), std=10.0), alpha=0.2),
        Case("no leak", z=(11,), alpha=0.0),
        Case("exactly zero", finite_differences=False, z=Given((0.0, -1.5, 0.0, 2.5, 0.0)), alpha=0.3),
        Case("close to zero", finite_differences=False, z=Given((1e-9, -1e-9, 3e-6, -3e-6, 1e-4)), alpha=0.3),
    ),
    gradients_of=("z",),
    returns=("a",),
    reference=lambda torch, z, alpha=0.01: torch.nn.functional.leaky_relu(z, negative_slope=alpha),
    hints=(
        "The graph is two straight lines that meet at 0. How steep is each?",
        "The slope of one entry is 1 where z is above 0 and alpha elsewhere, at 0 as well. dz (the shape of z) is da times "
        "this slope, entry by entry.",
        "Forward: where z is positive take z, elsewhere alpha times z. Keep z and alpha. Backward: where z was positive "
        "take da, elsewhere alpha times da.",
    ),
    mistakes={
        "alpha-fixed": "The leak is always 0.01. That is alpha's default; the caller may choose another.",
        "leak-forgotten": "The forward is that of the plain relu: the left side is flat. A share of it is to leak through.",
        "leak-on-the-right": "The forward has its sides exchanged: positive numbers shrink and negative ones pass in full.",
        "leak-constant": "On the left your a is alpha itself, the same for every z. alpha is a slope: the further left, "
        "the lower.",
        "leak-upwards": "On the left your a is positive. A leaky relu goes on falling to the left, only slowly.",
        "leak-everywhere": "The leak is added on the right as well, so the slope there is above 1. On the right z passes "
        "as it is.",
        "da-ignored": "dz is the slope alone. The chain rule has one factor more, the one that the backward is given.",
        "side-from-da": "The sign of da decides which slope is taken. It is the sign of z in the forward that decides.",
        "side-from-a": "The side is read off from a, with 0 on the right. At z = 0, and with alpha = 0 on the whole left side, a is 0 "
        "and belongs to the left.",
        "slopes-swapped": "The backward has its slopes exchanged: the right side is damped and the left one passes in "
        "full.",
        "alpha-fixed-backward": "The backward takes 0.01 for the slope on the left. The forward was given an alpha, and the "
        "cache can hold it.",
        "left-blocked": "On the left dz is 0, as with the plain relu. The point of the leak is that something gets back "
        "there.",
        "one-at-zero": "At z = 0 your slope is 1. At the kink there is a convention: zero counts as the left side.",
        "zero-at-zero": "At z = 0 your slope is 0, which is neither side's. At the kink there is a convention: zero counts "
        "as the left side.",
        "value-for-slope": "da is multiplied by the value of the leaky relu. What is its slope: does it depend on how "
        "large z is?",
        "slope-turned-over": "On the left dz has the wrong sign. The function rises from left to right, on both sides.",
        "alpha-for-all": "Every entry of da is scaled by alpha. That is right on one side only.",
    },
    explanation=Explanation(
        why="""\
Every entry is multiplied by a slope that its own sign chooses:

    z > 0    slope 1        a = z            dz = da
    z <= 0   slope alpha    a = alpha * z    dz = alpha * da

a = slope * z, and with the slope held, its derivative is the slope itself: forward and backward multiply by the same
number. That number never depends on how large z is, and while alpha > 0 it is never 0: a neuron whose z is negative for
every example still learns, if slowly, and can come back. At z = 0 the two sides meet in a kink, where only a convention
can choose.""",
        another="""\
def leaky_relu_forward(z, alpha=0.01):
    slope = np.where(z > 0, 1.0, alpha)
    return slope * z, slope


def leaky_relu_backward(da, cache):
    return cache * da""",
        pytorch="torch.nn.functional.leaky_relu calls alpha negative_slope, 0.01 unless told, and keeps z for the "
        "backward. With inplace=True z is overwritten and the result is kept instead, whose sign is that of z; so "
        "there the backward refuses a negative slope, which would turn the sign round.",
    ),
)
