from bpkit.course.spec import Case, Exercise, Explanation, Given, Uniform

EXERCISE = Exercise(
    title="Sigmoid",
    position=20,
    points=6,
    cases=(
        Case("a vector", z=(7,)),
        Case("a batch", z=(5, 3)),
        Case("far from zero", z=Given((-1000.0, -30.0, 0.0, 30.0, 1000.0))),
        Case("three axes", z=Uniform((1, 5, 3), -12.0, 12.0)),
        # Nothing here is above 0.001, so that small numbers are compared with small numbers.
        Case("close to 0", z=Given((-8.0, -12.0, -16.0, -20.0, -24.0))),
    ),
    gradients_of=("z",),
    returns=("a",),
    reference=lambda torch, z: torch.sigmoid(z),
    hints=(
        "For the forward: which of exp(z) and exp(-z) is harmless when z is large, and which when z is very negative? "
        "For the backward: where is the S steepest, and how steep is it at its two ends?",
        "The derivative of the sigmoid can be written with its output alone: a times (1 - a), one number for each "
        "entry, at most 1/4. dz (the shape of z) is this times da, entry by entry.",
        "Forward: let s be exp of minus the size of z, which never passes 1. Where z is not negative, a is 1 over "
        "(1 + s); elsewhere it is s over (1 + s). Keep a. Backward: da, times a, times what a lacks to 1.",
    ),
    mistakes={
        "exp-overflows": "At z = 1000, exp(z) is inf, and inf / inf is nan. Can you write the same number so that exp only "
        "ever sees what is not positive?",
        "exponent-sign": "The S runs downhill: large z give 0 here, and very negative ones give 1. Look at the sign in the "
        "exponent.",
        "brackets-missing": "Division comes before addition: only the 1 is divided here, and exp is added afterwards. "
        "What does the fraction's bar reach over?",
        "tanh-instead": "Your a lies between -1 and 1: this is tanh. The sigmoid lies between 0 and 1.",
        "only-one-side-stable": "Positive and negative z give the same a, so the sign of z has got lost on the way. The "
        "left side needs a form of its own.",
        "clipped-at-10": "z is held between -10 and 10, so that a is never below 0.00004, where it should be closer and closer to 0. Can "
        "exp be kept from overflowing without changing z?",
        "clipped-at-20": "z is held between -20 and 20, so that a is never below 2e-9, where it should be closer and closer to 0. Can exp be "
        "kept from overflowing without changing z?",
        "derivative-at-z": "The slope is computed with z in the place of a. A sigmoid's derivative is short when written "
        "with its output: what has the cache kept?",
        "squeezed-twice": "The slope is that of the sigmoid at a. But a has been through the sigmoid already; it needs "
        "no second time.",
        "da-ignored": "dz is the sigmoid's own slope. The chain rule has one factor more, the one that the backward is "
        "given.",
        "da-added": "da and the slope are added. What lies one behind the other is multiplied by the chain rule.",
        "derivative-of-exp": "dz is da times a. So the slope would be largest where a is close to 1, but there the S is "
        "flat.",
        "factor-a-missing": "Your slope is largest where a is close to 0, but the S is flat there too. One factor is "
        "missing.",
        "derivative-of-tanh": "This slope is that of tanh: it is 1 in the middle of tanh. In the middle of the sigmoid, "
        "where a is 0.5, the slope is 1/4.",
        "plus-for-minus": "Your slope is largest where a is close to 1, and the S is flat there. One sign is wrong.",
        "slope-of-the-middle": "The slope is 1/4 everywhere. That is the slope at z = 0, where the S is steepest.",
        "sign-flipped": "dz has the wrong sign. The sigmoid grows everywhere, so its slope is positive everywhere.",
    },
    explanation=Explanation(
        why="""\
By the quotient rule the slope of 1 / (1 + exp(-z)) is exp(-z) / (1 + exp(-z))**2. That is a product of two fractions
which are known already:

    1 / (1 + exp(-z)) = a     exp(-z) / (1 + exp(-z)) = 1 - a

So dz = da * a * (1 - a), and the backward needs no exp. The slope is 1/4 at most, at a = 1/2, and about exp(-|z|) far
out on either side. The slopes of ten sigmoids in a row multiply a gradient by (1/4)**10 at best: this is one way in which
gradients vanish.""",
        another="""\
def sigmoid_forward(z):
    # logaddexp(0, -z) is log(exp(0) + exp(-z)), made such that it never overflows.
    return np.exp(-np.logaddexp(0, -z)), z


def sigmoid_backward(da, cache):
    # The logarithm of a is -logaddexp(0, -z), that of 1 - a is -logaddexp(0, z).
    return da * np.exp(-np.logaddexp(0, -cache) - np.logaddexp(0, cache))""",
        pytorch="torch.sigmoid keeps its result a for the backward and multiplies by a * (1 - a). It is right at both "
        "ends. Its logarithm is a function of its own, torch.nn.functional.logsigmoid, because the log of a sigmoid "
        "that was rounded to 0 would be -inf.",
    ),
)
