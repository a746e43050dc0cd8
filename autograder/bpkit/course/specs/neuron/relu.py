from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

EXERCISE = Exercise(
    title="Rectified linear unit",
    position=40,
    points=3,
    cases=(
        Case("a vector", z=(7,)),
        Case("a batch", z=(5, 3)),
        Case("exactly zero", finite_differences=False, z=Given((0.0, -1.5, 0.0, 2.5, 0.0))),
        Case("three axes", z=Normal((1, 5, 3), std=10.0)),
        Case("close to zero", finite_differences=False, z=Given((1e-9, -1e-9, 3e-6, -3e-6, 1e-4))),
    ),
    gradients_of=("z",),
    returns=("a",),
    reference=lambda torch, z: torch.nn.functional.relu(z),
    hints=(
        "If z = 3 goes up by a little, what does a do? And if z = -3 goes up by a little?",
        "The slope of one entry is 1 where z is above 0 and 0 elsewhere, at 0 as well. dz (the shape of z) is da times "
        "this slope, entry by entry.",
        "Forward: of each entry and 0, the larger one. Keep z, or where it was positive. Backward: keep da where z was "
        "positive, put 0 everywhere else.",
    ),
    mistakes={
        "maximum-of-all": "The forward returns the maximum along the first axis, because np.max takes the 0 for an axis. "
        "Which NumPy function compares two things entry by entry?",
        "minimum-kept": "The forward keeps the negative numbers and drops the positive ones. It is the other way round.",
        "absolute-value": "The forward turns negative numbers round. They are to be held at 0.",
        "on-off-switch": "Your a is 0 or 1: it says only whether z is positive. Where it is, z itself passes.",
        "capped-at-one": "Your a stops at 1. On the right a relu goes on without end.",
        "da-ignored": "dz is the slope alone. The chain rule has one factor more, the one that the backward is given.",
        "relu-of-da": "The relu was applied to da. Which entries pass is decided by the sign of z in the forward, not by "
        "the sign of what comes back.",
        "both-rectified": "Negative entries of da are held at 0 as well. A gradient may be negative; only the sign of z "
        "decides what passes.",
        "wrong-side": "da comes through where z was negative. On that side a does not move at all.",
        "one-at-zero": "At z = 0 your slope is 1. There is no derivative at the kink, so there is a convention: zero "
        "counts as the silent side.",
        "half-at-zero": "At z = 0 your slope is 1/2, the mean of both sides. That is a fair choice, but not the usual one: "
        "zero counts as the silent side.",
        "value-for-slope": "da is multiplied by the value of the relu. What is its slope where z is positive: does it "
        "depend on how large z is?",
        "minus-one-on-the-left": "da comes through with its sign turned where z was negative. That is the slope of the "
        "absolute value; a relu is flat there.",
        "everything-passes": "dz is da, unchanged. An entry that was held at 0 did not matter to the loss. (If you asked "
        "whether a >= 0: that is true everywhere.)",
    },
    explanation=Explanation(
        why="""\
Every entry goes through by itself, so there is one slope for each, and no sum:

    z > 0   a = z   slope 1   dz = da
    z < 0   a = 0   slope 0   dz = 0

The backward is a switch: it lets da through where the forward let z through, and nothing elsewhere. It does not
shrink what it lets through, however many layers there are. That is why deep networks learn with it. The price: a
neuron whose z is negative for every example gets no gradient at all, and cannot find its way back.

At 0 itself there is no slope, and any number from 0 to 1 would do as one. Whole numbers aside, no z is ever exactly 0,
but after a layer of zeros all of them are: then 0 keeps the silent ones silent.""",
        another="""\
def relu_forward(z):
    positive = z > 0
    return np.where(positive, z, 0.0), positive


def relu_backward(da, cache):
    dz = np.array(da)
    dz[~cache] = 0.0
    return dz""",
        pytorch="torch.relu keeps its result a instead of z for the backward, since a > 0 exactly where z > 0. In a "
        "network the next layer keeps a anyway, so this costs no memory, and z can be overwritten (inplace=True).",
    ),
)
