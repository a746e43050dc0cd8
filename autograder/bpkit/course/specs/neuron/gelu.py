from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

ANOTHER = """
def gelu_forward(z):
    u = np.sqrt(8 / np.pi) * (z + 0.044715 * z**3)
    small = np.exp(-np.abs(u))
    share = np.where(u > 0, 1.0, small) / (1 + small)
    return z * share, (z, u, share)


def gelu_backward(da, cache):
    z, u, share = cache
    slope_of_u = np.sqrt(8 / np.pi) * np.polyval([3 * 0.044715, 0.0, 1.0], z)
    rest = 1 / (1 + np.exp(np.minimum(u, 700.0)))
    return da * (share + z * share * rest * slope_of_u)
"""

EXERCISE = Exercise(
    title="Gaussian error linear unit",
    position=70,
    points=6,
    cases=(
        Case("a vector", z=(7,)),
        Case("a batch", z=(5, 3)),
        Case("three axes", z=Normal((1, 5, 3), std=3.0)),
        Case("far from zero", z=Given((-1000.0, -30.0, 0.5, 30.0, 1000.0))),
        # At -0.75 the curve is at its lowest, so that its slope is close to 0.
        Case("close to zero", z=Given((0.0, 1e-9, -1e-9, 0.25, -0.75, -0.1, 1.0))),
    ),
    gradients_of=("z",),
    returns=("a",),
    reference=lambda torch, z: torch.nn.functional.gelu(z, approximate="tanh"),
    hints=(
        "a is a product: z, and the share of it that passes. What happens to each of the two when z goes up by a little?",
        "Write a = z * s with s = (1 + t) / 2 and t = tanh(u). The product rule gives s + z * (slope of s), one number for "
        "each entry. The slope of t is 1 - t**2 times the slope of u, and u is a polynomial in z. dz (the shape of z) is "
        "all this times da, entry by entry.",
        "Forward: cube z, times the small constant, plus z, times c; tanh of that; add one, halve, times z. Keep z. "
        "Backward: the same tanh again; one less its square; times c; times one plus three times the small constant "
        "times the square of z; this times z, plus one, plus tanh; halve; times da.",
    ),
    mistakes={
        "density-for-constant": "The constant is the height of the bell curve, 1 / sqrt(2 * pi). Here it is sqrt(2 / pi), which is twice "
        "that.",
        "root-forgotten": "Your curve is too slow to leave the middle: the constant in front of the bracket is not yet "
        "sqrt(2 / pi).",
        "root-upside-down": "Your curve leaves the middle too fast: which of 2 and pi is on top in the constant?",
        "cubic-term-forgotten": "Your tanh sees z alone. For small z the cube hardly shows; try z = 2.",
        "square-for-cube": "A square has lost the sign of z, so that the two sides are no mirror images inside the tanh. "
        "Which power of z stands there?",
        "brackets-missing": "The constant c multiplies only the first of two terms. What does the bracket reach over?",
        "cube-of-the-sum": "The cube stands around too much: it belongs to one z only.",
        "exp-overflows": "At z = 1000 exp is inf, and inf / inf is nan. On paper that fraction is tanh; NumPy has a way "
        "to it that holds everywhere.",
        "erf-form": "This is GELU with erf, the exact share of the normal distribution. It is off from the tanh form by "
        "less than a thousandth, but here the tanh form is asked for.",
        "sigmoid-form": "This is z times a sigmoid of 1.702 z, another guess at the same curve. Here the tanh form is "
        "asked for.",
        "half-forgotten": "Far to the right your a is 2 z. What share is to pass there?",
        "one-forgotten": "Without the 1 the share is negative on the left, so that a grows there too. It lies between 0 "
        "and 1.",
        "share-alone": "This is the share that passes. Of what does it pass?",
        "relu-instead": "This is relu, which GELU resembles from afar. Look at z = -1, where a GELU is below 0.",
        "slope-at-a": "The slope is taken at a, where it should be taken at z. What has the cache kept? Unlike a sigmoid's, "
        "this slope cannot be read off from the output.",
        "exp-overflows-backward": "Your backward makes its tanh from exp, which is inf at z = 1000, and inf / inf is nan. NumPy "
        "has a way to tanh that holds everywhere.",
        "inner-slope-forgotten": "The slope of tanh is there, and the chain stops: what stands inside the tanh has a slope "
        "of its own.",
        "constant-forgotten": "What stands inside the tanh was multiplied by c. Where is c in its slope?",
        "cubic-slope-forgotten": "The slope inside the tanh is the same for all z. There is a cube in there as well.",
        "three-forgotten": "The cube's slope lacks a factor. What does differentiating a power put in front?",
        "power-not-lowered": "The cube's slope still has a cube in it. What happens to the exponent?",
        "square-forgotten": "Your slope of tanh is right at t = 0 and t = 1, and is 2 at t = -1, where tanh is flat.",
        "tanh-not-differentiated": "tanh itself stands where its slope belongs. At z = 0, where tanh is steepest, this is 0.",
        "slope-of-sigmoid": "t * (1 - t) would be the slope of a sigmoid. tanh has another one: at t = 0 it is 1.",
        "share-held-fixed": "dz is the share times da, as if the share were a constant. When z goes up, more of it passes: "
        "which half of the product rule is missing?",
        "share-only": "dz counts how the share grows, and not that z itself does. Which half of the product rule is "
        "missing?",
        "z-forgotten": "One term of the product rule lacks its other factor. By how much does a grow when the share grows: "
        "the same for every z?",
        "factors-multiplied": "Two slopes are multiplied that do not lie one behind the other. z reaches a along two "
        "ways, side by side.",
        "minus-for-plus": "One sign is wrong. Both parts of a product push the same way on the right side: z grows, and so "
        "does the share.",
        "half-of-one-term": "Only one of the two terms is halved. The half stood in front of all.",
        "half-forgotten-backward": "dz is twice what it should be. Far to the right a is z: what slope is that?",
        "da-ignored": "dz is the slope of GELU alone. The chain rule has one factor more, the one that the backward is "
        "given.",
        "slope-of-relu": "This is the slope of relu: 0 or 1. A GELU bends gently, and has every slope in between, even "
        "some below 0 and above 1.",
        "slope-of-erf-form": "This is the slope of GELU with erf. It is close, but not the slope of the tanh form.",
    },
    explanation=Explanation(
        why="a is the product z * s of the input and the share s = (1 + t) / 2 that passes, so its slope is "
        "s + z * ds/dz. The share changes through a chain: ds/dz = (1/2) * (1 - t**2) * c * (1 + 3 * 0.044715 * z**2). "
        "Far out t is 1 or -1, the second term vanishes faster than z grows, and the slope is that of relu: 1 on the "
        "right, 0 on the left. At z = 0 it is exactly 1/2. Near z = -0.75 the two terms cancel: left of it a falls as z "
        "grows, which is why GELU, unlike relu, is not monotonic.",
        another=ANOTHER,
        pytorch='torch.nn.functional.gelu(z, approximate="tanh") does this in one kernel; its default, approximate="none", '
        "is the form with erf. It keeps z alone for the backward and works out the tanh again there, because reading z from "
        "memory costs more than computing a tanh.",
    ),
)
