from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

HARNESS = """
WEIGHTS = np.array([1.0, 2.0, 3.0])
FUNCTIONS = {
    "sum of cubes": (lambda x: (x**3).sum(), lambda x: 3 * x**2),
    "log of the sum of exp": (lambda x: np.log(np.exp(x).sum()), lambda x: np.exp(x) / np.exp(x).sum()),
    "the same, times 1e6": (lambda x: 1e6 * np.log(np.exp(x).sum()), lambda x: 1e6 * np.exp(x) / np.exp(x).sum()),
    "the same, times 1e-9": (lambda x: 1e-9 * np.log(np.exp(x).sum()), lambda x: 1e-9 * np.exp(x) / np.exp(x).sum()),
    "x times (1, 2, 3), summed": (lambda x: (x * WEIGHTS).sum(), lambda x: np.ones_like(x) * WEIGHTS),
    "sum": (lambda x: x.sum(), np.ones_like),
    "always 3": (lambda x: 3.0, np.zeros_like),
    "sum of roots": (lambda x: np.sqrt(x).sum(), lambda x: 0.5 / np.sqrt(np.where(x > 0, x, 1.0))),
}

def spoilt(right, how):
    largest, index = np.abs(right).max(), np.unravel_index(np.abs(right).argmax(), right.shape)
    other = right.copy()
    if how == "the largest entry is 1 % too large":
        other[index] *= 1.01
    elif how == "of the opposite sign":
        other = -right
    elif how == "one sign is wrong":
        other[index] *= -1
    elif how == "twice too large":
        other *= 2
    elif how == "half as large":
        other /= 2
    elif how == "all zeros":
        other[...] = 0
    elif how == "the last entry is off by 1e-7 of the largest":
        other.flat[-1] += 1e-7 * largest
    elif how == "the first entry is off by 1e-4 of the largest":
        other.flat[0] += 1e-4 * largest
    elif how == "every entry is off by 4e-7 of the largest":
        other += 4e-7 * largest
    elif how == "the last entry is NaN":
        other.flat[-1] = np.nan
    elif how == "the last entry is infinite":
        other.flat[-1] = np.inf
    elif how == "two entries are exchanged":
        other.flat[0], other.flat[-1] = right.flat[-1], right.flat[0]
    elif how == "flat":
        other = other.ravel()
    elif how == "one row of it":
        other = other[:1]
    elif how == "one number":
        other = np.array(1.0)
    elif how != "right":
        raise ValueError(how)
    return other

def checked(student, f, x, analytic, tolerance=None):
    function, gradient = FUNCTIONS[f]
    x, before = x.copy(), x.copy()
    given = spoilt(gradient(x), analytic)
    with np.errstate(invalid="ignore"):  # the root of a number below 0, and infinity over infinity
        verdict = student.gradient_check(function, x, given, *(() if tolerance is None else (tolerance,)))
    if isinstance(verdict, (bool, np.bool_)) or np.ndim(verdict) == 0 and verdict in (0, 1):
        verdict = float(verdict)
    return verdict, int((x.view(np.int64) != before.view(np.int64)).sum())
"""
_TRUE = {
    "right": 0.0,
    "the last entry is off by 1e-7 of the largest": 1e-7,
    "every entry is off by 4e-7 of the largest": 4e-7,
    "the first entry is off by 1e-4 of the largest": 1e-4,
}


def verdict(torch, f, x, analytic, tolerance=1e-6):
    """Give the verdict that follows from how the gradient was spoilt; and x unchanged."""
    del x
    right = f != "sum of roots" and _TRUE.get(analytic, 1.0) <= tolerance
    return torch.tensor(float(right), dtype=torch.float64), 0


def reference(torch, a, b):
    """Divide the largest difference by the largest entry."""
    largest = max(a.abs().max(), b.abs().max())
    return (a - b).abs().max() / largest if largest else torch.zeros((), dtype=a.dtype)


_CUBES, _EXP = "sum of cubes", "log of the sum of exp"
EXERCISE = Exercise(
    title="The gradient check",
    position=30,
    points=6,
    function="relative_error",
    returns=("error",),
    cases=(
        Case("two arrays", a=(5, 3), b=(5, 3)),
        Case("a is larger", a=Normal((7,), std=10.0), b=(7,)),
        Case("b is larger", a=(3, 5, 7), b=Normal((3, 5, 7), std=10.0)),
        Case("nearly the same", a=Given((1.0, -2.0, 1e-9)), b=Given((1.0, -2.000001, -1e-9))),
        Case("both zero", a=Given((0.0, 0.0, 0.0)), b=Given((0.0, 0.0, 0.0))),
        Case("one of them zero", a=Given((0.0, 0.0)), b=Given((0.25, -0.5))),
        Case("opposite signs", a=Given((-3.0, -5.0)), b=Given((3.0, 5.0))),
        Case("tiny numbers", a=Normal((11,), std=1e-9), b=Normal((11,), std=1e-9)),
        Case("one number", a=(1,), b=(1,)),
    ),
    reference=reference,
    harness=HARNESS,
    also=(
        Exercise(
            title="",
            position=0,
            points=4,
            hints=("", "", ""),
            mistakes={},
            function="gradient_check",
            returns=("verdict", "entries_of_x_changed"),
            flags=("verdict",),
            through="checked",
            cases=(
                Case("a right gradient", f=_EXP, x=(5, 3), analytic="right"),
                Case(
                    "one entry 1 % too large", f=_EXP, x=(5, 3), analytic="the largest entry is 1 % too large"
                ),
                Case("the opposite sign", f=_EXP, x=(5, 3), analytic="of the opposite sign"),
                Case("one wrong sign", f=_CUBES, x=(7,), analytic="one sign is wrong"),
                Case("twice too large", f=_CUBES, x=(3, 5, 7), analytic="twice too large"),
                Case("half as large", f=_CUBES, x=(7,), analytic="half as large"),
                Case("two entries exchanged", f=_EXP, x=(7,), analytic="two entries are exchanged"),
                Case("zeros, and should not be", f=_EXP, x=(5, 3), analytic="all zeros"),
                Case("zeros, and should be", f="always 3", x=(5, 3), analytic="right"),
                Case(
                    "all but right", f=_EXP, x=(5, 3), analytic="the last entry is off by 1e-7 of the largest"
                ),
                Case(
                    "all off by a little",
                    f=_EXP,
                    x=(11,),
                    analytic="every entry is off by 4e-7 of the largest",
                ),
                Case(
                    "off by 1e-4, no tolerance given",
                    f=_EXP,
                    x=(5, 3),
                    analytic="the first entry is off by 1e-4 of the largest",
                ),
                Case(
                    "a strict tolerance",
                    f=_EXP,
                    x=(5, 3),
                    analytic="the first entry is off by 1e-4 of the largest",
                    tolerance=1e-5,
                ),
                Case(
                    "a generous tolerance",
                    f=_EXP,
                    x=(5, 3),
                    analytic="the first entry is off by 1e-4 of the largest",
                    tolerance=1e-3,
                ),
                # The small slope cannot be measured to 1e-6 of itself beside one of 300, and need not be.
                Case(
                    "a steep and a flat direction",
                    f=_CUBES,
                    x=Given((10.0, 0.001)),
                    analytic="the last entry is off by 1e-7 of the largest",
                ),
                Case("a large function", f="the same, times 1e6", x=(5, 3), analytic="right"),
                Case("a tiny function", f="the same, times 1e-9", x=(5, 3), analytic="twice too large"),
                Case("NaN in the gradient", f=_EXP, x=(5, 3), analytic="the last entry is NaN"),
                Case("infinity in the gradient", f=_EXP, x=(5, 3), analytic="the last entry is infinite"),
                Case(
                    "NaN in both",
                    f="sum of roots",
                    x=Given((1.0, 0.0)),
                    analytic="the last entry is NaN",
                ),
                Case(
                    "NaN in f, and a gradient of zeros",
                    f="sum of roots",
                    x=Given((1.0, 0.0)),
                    analytic="all zeros",
                ),
                Case("NaN in f", f="sum of roots", x=Given((1.0, 0.0)), analytic="right"),
                Case("a flat gradient", f=_EXP, x=(5, 3), analytic="flat"),
                Case("one row for all", f="x times (1, 2, 3), summed", x=(5, 3), analytic="one row of it"),
                Case("one number for all", f="sum", x=(5, 3), analytic="one number"),
            ),
            reference=verdict,
        ),
    ),
    needs=("backprop/numerical_gradient",),
    hints=(
        "Two gradients differ by 0.001. Is that much? What do you have to know before you can tell?",
        "relative_error makes one number from two arrays: one largest value of |a - b|, and one largest value of all |a| and "
        "|b|. In gradient_check both gradients have the shape of x; a comparison with NaN is False whichever way round you "
        "put it, so mind which of its two answers lets a gradient pass.",
        "relative_error: the largest absolute difference; the largest absolute value in either array; 0 if that is 0, else "
        "the one over the other. gradient_check: another shape than x's means False at once. Otherwise measure the "
        "gradient by central differences, place by place, on a copy of x or with the numbers put back; True where the relative "
        "error is at most the tolerance.",
    ),
    mistakes={
        "error-averaged": "The differences are averaged. One wrong entry among a million right ones would hardly show: "
        "what counts is the worst.",
        "error-summed": "The differences are added up, so that large arrays are further apart than small ones. What counts is the "
        "worst.",
        "absolute-forgotten": "Where b is the larger one, the difference is below 0 and does not count. How far apart two numbers "
        "are does not depend on which is larger.",
        "smallest-difference": "This is the smallest difference. What counts is the worst.",
        "euclidean": "These are lengths of whole arrays, the root of a sum of squares. That is a good measure too; here "
        "it is the largest difference over the largest entry.",
        "absolute-forgotten-turned": "Where the measured gradient is the smaller one, the difference is below 0 and does not count. How far "
        "apart two numbers are does not depend on which is larger.",
        "sizes-compared": "The signs are gone before a and b are compared, so that a gradient of the wrong sign looks right.",
        "sum-below": "It is divided by the sum of the two largest values, as some courses do. Here it is the larger of them.",
        "sum-at-one-place-below": "It is divided by the largest |a| + |b| of one place. Here it is the largest of all |a| and all |b|.",
        "euclidean-over-sum": "These are lengths of whole arrays, and it is divided by the sum of two of them, as some courses do. Here it "
        "is the largest difference over the largest entry.",
        "first-only-below": "It is divided by the largest entry of one of the two only, whatever the other holds. The measure should not "
        "change when they trade places.",
        "second-only-below": "It is divided by the largest entry of one of the two only, whatever the other holds. The measure should not "
        "change when they trade places.",
        "largest-is-signed": "The largest value is taken with its sign, so that -5 is less than 3. It is the size that counts.",
        "not-divided": "This is how far apart they are, not compared with anything. 0.001 is much beside 0.002 and nothing beside a "
        "million.",
        "zero-by-zero": "Where both are zero everywhere, 0 is divided by 0. They are the same, so the error is 0.",
        "small-number-below": "A small number is added below so that it is never 0. Where the gradients are as small as that number, "
        "a wrong one looks right; treat the one case of 0 by itself.",
        "at-least-one": "Below stands at least 1, so that small gradients are judged by their absolute error, and a wrong one looks "
        "right.",
        "place-by-place": "Each difference is divided by the numbers at its own place. An entry that should be 0 and is 1e-12 is then "
        "as wrong as can be, though nobody can measure it better; divide by the largest entry of all.",
        "place-by-place-sum": "Each difference is divided by the sum of the two numbers at its own place, as some courses do. An entry that "
        "should be 0 and is 1e-12 is then as wrong as can be, though nobody can measure it better; divide by the largest entry "
        "of all.",
        "np-allclose": "np.allclose takes the tolerance place by place, and lets 1e-8 pass besides. Here the measure is relative_error: the "
        "largest difference over the largest entry of all.",
        "step-too-large": "The step of the differences is so large that right gradients fail. The error of a central difference grows "
        "with the square of the step.",
        "tolerance-ignored": "The tolerance is 1e-6 whatever is given. Use the argument.",
        "default-too-generous": "Unless told, the tolerance is 1e-3. It should be 1e-6.",
        "default-too-strict": "Unless told, the tolerance is 1e-8, and right gradients fail. It should be 1e-6.",
        "x-moved-there-and-back": "x is put back by adding what was taken away. Each of these sums is rounded, so that it ends beside the "
        "old float now and then. Remember the number itself, or work on a copy.",
        "flattened-first": "Both gradients are flattened before they are compared, so that one of another shape passes. It is wrong "
        "all the same: compare the shapes first.",
        "always-true": "Every gradient passes. When should the answer be False?",
        "x-left-moved": "The numbers of x are not put back. What is measured later is measured somewhere else, and x is not "
        "what the caller gave.",
        "one-sided": "The slope is measured on one side only. That is off by about the step itself, which is more than the tolerance: "
        "right gradients fail.",
        "shape-not-checked": "A gradient of another shape passes where NumPy can fit it to x. It is wrong all the same: "
        "compare the shapes first.",
        "nan-lost-by-max": "Python's max(0.0, nan) is 0.0, so that a NaN gets lost beside a gradient of zeros, and passes. np.maximum keeps "
        "it; or ask for NaN first.",
        "nan-passes": "A gradient with NaN passes. Every comparison with NaN is False, so `not error > tolerance` is True for it: "
        "ask the other way round.",
        "infinity-passes": "A gradient with an infinite entry passes. Infinity over infinity is NaN, and every comparison with NaN is "
        "False, so `not error > tolerance` is True for it: ask the other way round.",
        "nan-skipped": "Entries that are NaN are left out of the comparison. NaN is never a right slope.",
        "verdict-reversed": "True and False have changed places. True means that the gradient is right.",
        "one-agreement-suffices": "One place where the two agree is enough for True. It takes all of them.",
        "sums-checked": "Only the sums over all entries are compared. Two errors may cancel out.",
    },
    explanation=Explanation(
        why="A central difference is off by about step**2 from the third derivative, and by about 1e-16 * |f| / step from rounding: "
        "near 1e-10 of a gradient of usual size. A real mistake, a forgotten factor or sum, is off by 1e-3 and more. "
        "Every tolerance in between tells them apart, and 1e-6 is in the middle. Dividing by the largest entry of all, and not "
        "place by place, goes with that: the rounding error is the same at every place, however small the slope is there.",
        another="""
def relative_error(a, b):
    both = np.stack([a, b])
    largest = np.linalg.norm(both.ravel(), np.inf)
    return np.linalg.norm(np.diff(both, axis=0).ravel(), np.inf) / (largest or 1.0)


def gradient_check(f, x, analytic, tolerance=1e-6):
    if analytic.shape != x.shape:
        return False
    steps = 1e-5 * np.eye(x.size).reshape(x.size, *x.shape)
    numerical = np.array([(f(x + step) - f(x - step)) / 2e-5 for step in steps]).reshape(x.shape)
    return bool(relative_error(analytic, numerical) <= tolerance)
""",
        pytorch="torch.autograd.gradcheck compares with |a - n| <= atol + rtol * |n| at every place, with atol = 1e-5 and rtol = 1e-3, "
        "so that gradients below 1e-5 pass whatever they are. It raises an error rather than giving False, unless "
        "raise_exception=False.",
    ),
)
