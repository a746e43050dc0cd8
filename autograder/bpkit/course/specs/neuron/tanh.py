from bpkit.course.spec import Case, Exercise, Explanation, Given, Uniform

EXERCISE = Exercise(
    title="Hyperbolic tangent",
    position=30,
    points=3,
    cases=(
        Case("a vector", z=(7,)),
        Case("a batch", z=(5, 3)),
        Case("far from zero", z=Given((-1000.0, -20.0, 0.5, 20.0, 1000.0))),
        Case("three axes", z=Uniform((1, 5, 3), -6.0, 6.0)),
        # No slope here is above 0.001, so that small slopes are compared with small slopes.
        Case("nearly flat", z=Given((-8.0, -6.5, -4.5, 5.0, 7.0, 9.0))),
    ),
    gradients_of=("z",),
    returns=("a",),
    reference=lambda torch, z: torch.tanh(z),
    hints=(
        "How steep is tanh at z = 0, and how steep far out on either side? Which simple expression in a has these values?",
        "The derivative of tanh can be written with its output alone: 1 less the square of a, one number for each entry. "
        "dz (the shape of z) is this times da, entry by entry.",
        "Forward: NumPy has tanh, and it is right at the extremes. Keep a. Backward: square a, take it from 1, multiply "
        "by da.",
    ),
    mistakes={
        "exp-overflows": "At z = 1000, exp(z) is inf, and inf / inf is nan. The definition is right on paper only; NumPy "
        "has a way that holds everywhere.",
        "sigmoid-instead": "Your a lies between 0 and 1: this is the sigmoid. tanh lies between -1 and 1, and is 0 at "
        "z = 0.",
        "half-as-steep": "The range is right, but the S is half as steep: you give at z what tanh gives at z / 2. Check "
        "the exponents.",
        "tangent-of-an-angle": "This is tan, the tangent of an angle, which goes to infinity again and again. The "
        "hyperbolic tangent stays between -1 and 1.",
        "clipped-at-5": "z is held between -5 and 5, so that a never gets closer to 1 than 0.0001, and its slope is the same from there on.",
        "mirrored": "The S runs downhill: positive z give negative a. Look at the signs in the exponents.",
        "derivative-at-z": "The slope is computed with z in the place of a. The derivative of tanh is short when written "
        "with its output: what has the cache kept?",
        "squeezed-twice": "The slope is that of tanh at a. But a has been through tanh already; it needs no second time.",
        "da-ignored": "dz is the slope of tanh alone. The chain rule has one factor more, the one that the backward is "
        "given.",
        "square-forgotten": "Your slope is right at a = 0 and at a = 1, but it is 2 at a = -1, where tanh is flat. The two "
        "ends are alike.",
        "square-around-all": "Your slope is 4 at a = -1, where tanh is flat. The square stands around too much.",
        "derivative-of-sigmoid": "This slope is that of the sigmoid. It is 0 at a = 0, just where tanh is steepest.",
        "derivative-of-tan": "Your slope grows with the size of a: this is the derivative of tan. tanh is steepest in the "
        "middle and flat at its ends.",
        "slope-of-the-middle": "dz is da, unchanged. A slope of 1 is that at z = 0, where tanh is steepest.",
        "sign-flipped": "dz has the wrong sign. tanh grows everywhere, so its slope is positive everywhere.",
    },
    explanation=Explanation(
        why="""\
With S = exp(z) - exp(-z) and K = exp(z) + exp(-z), a = S / K. The derivative of S is K, and that of K is S, so the
quotient rule gives

    da/dz = (K * K - S * S) / K**2 = 1 - (S / K)**2 = 1 - a**2

and dz = da * (1 - a**2). The slope is 1 at z = 0, four times the sigmoid's: tanh(z) = 2 * sigmoid(2 z) - 1, twice as tall
and twice as fast. It is about 4 * exp(-2 |z|) far out: there tanh, too, lets next to nothing back.""",
        another="""\
def tanh_forward(z):
    # (1 - u) / (1 + u), with u from 0 to 1; expm1(x) is exp(x) - 1, exact close to 0.
    u = np.exp(-2 * np.abs(z))
    a = np.sign(z) * -np.expm1(-2 * np.abs(z)) / (1 + u)
    return a, 4 * u / (1 + u) ** 2


def tanh_backward(da, cache):
    return da * cache  # the slope, worked out in the forward""",
        pytorch="torch.tanh keeps its result a for the backward and multiplies by 1 - a**2. Far out, where a is "
        "rounded to 1, this slope is exactly 0: in float32 from about z = 9 on, in float64 from about z = 19.",
    ),
)
