from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal

HARNESS = """
FUNCTIONS = {
    "sum of cubes": lambda x: (x**3).sum(),
    "log of the sum of exp": lambda x: np.log(np.exp(x).sum()),
    "first row times last row": lambda x: np.sin(x[0]).sum() * x[-1].sum() + (x**2).sum(),
    "sum of cube roots": lambda x: np.cbrt(x).sum(),
}

def slopes(student, f, x, transposed=False, eps=None):
    # On a copy, so that what becomes of x can be counted, and told apart from a wrong gradient.
    x = x.T.copy().T if transposed else x.copy()
    before = x.copy()
    grad = student.numerical_gradient(FUNCTIONS[f], x, *(() if eps is None else (eps,)))
    return grad, int((x.view(np.int64) != before.view(np.int64)).sum())
"""


def reference(torch, f, x, transposed=False, eps=None):
    """Give autograd's gradient, or central differences where the step is so large that they are not the same."""
    del transposed
    if f == "sum of cube roots":
        # At 0 it is infinitely steep, and the longer the step, the smaller the measured slope.
        return torch.full_like(x, 1e-5 ** (-2 / 3)), 0
    functions = {
        "sum of cubes": lambda x: (x**3).sum(),
        "log of the sum of exp": lambda x: torch.logsumexp(x.flatten(), 0),
        "first row times last row": lambda x: torch.sin(x[0]).sum() * x[-1].sum() + (x**2).sum(),
    }
    function = functions[f]
    if eps is None:
        x.requires_grad_()
        (grad,) = torch.autograd.grad(function(x), x)
        return grad, 0
    steps = eps * torch.eye(x.numel(), dtype=x.dtype, device=x.device).reshape(-1, *x.shape)
    slopes = [(function(x + step) - function(x - step)) / (2 * eps) for step in steps]
    return torch.stack(slopes).reshape(x.shape), 0


EXERCISE = Exercise(
    title="The numerical gradient",
    position=20,
    points=4,
    returns=("grad", "entries_of_x_changed"),
    harness=HARNESS,
    through="slopes",
    cases=(
        Case("a vector", f="log of the sum of exp", x=(7,)),
        Case("a matrix", f="first row times last row", x=(5, 3)),
        Case("three axes", f="first row times last row", x=(3, 5, 7)),
        Case("one number", f="sum of cubes", x=(1,)),
        Case("large numbers", f="sum of cubes", x=Normal((5, 3), std=100.0)),
        Case("a view of another array", f="first row times last row", x=(5, 3), transposed=True),
        # So far that the third derivative shows: this tells which differences were taken.
        Case("a large step", f="sum of cubes", x=(11, 3), transposed=False, eps=0.5),
        # And here the step that is taken unless told.
        Case("no eps given", f="sum of cube roots", x=Given((0.0, 0.0, 0.0))),
    ),
    reference=reference,
    hints=(
        "How would you find the slope of a curve at a point if all that you may do is ask for its height at places that you "
        "choose? Why is it better to ask on both sides than on one?",
        "The entry of grad at one place is the difference of f at two arrays over the distance between them. The two "
        "arrays agree with x everywhere but at this place: one has x + eps there, the other x - eps. grad has the shape "
        "of x.",
        "Make an array of zeros of the shape of x. For every place of x, with all its indices: remember the number; put "
        "the number plus eps there and ask f; put the number minus eps there and ask f; put the remembered number back; "
        "note the difference of the two answers, divided by twice eps.",
    ),
    mistakes={
        "eps-ignored": "The step is 1e-5 whatever eps is. Use the argument.",
        "default-too-large": "Unless told, the step is 1e-3. It should be 1e-5.",
        "default-too-small": "Unless told, the step is 1e-7. It should be 1e-5.",
        "moved-there-and-back": "x is moved up by eps, down by twice eps and up again, and each of these sums is rounded: it ends beside "
        "the old float now and then. Remember the number itself.",
        "copy-not-put-back": "x is safe, but the numbers of the copy stay moved, so that the later slopes are measured somewhere else.",
        "flattened-for-f": "f is given a long row instead of an array of the shape of x. It may depend on the shape.",
        "shape-lost": "grad is one long row. It has the shape of x, so that each slope stands where its number stands.",
        "whole-numbers": "grad is an array of whole numbers, and what is put into such an array loses everything after the "
        "point.",
        "copy-for-a-view": "Where x is a view of another array, f never sees a change: ravel (and reshape) may give a copy, "
        "and then moving its numbers leaves x as it is.",
        "whole-rows": "Whole rows are moved at once, so that grad holds sums over a row. With an index for the first axis "
        "only, how many numbers does x[i] stand for?",
        "all-at-once": "All numbers are moved together, which gives one slope for all of them: the sum. Each number has "
        "a slope of its own.",
        "relative-steps": "The step grows with the number that is moved. Every number is moved by eps.",
        "half-steps": "The numbers are moved by half of eps to either side. Each move has the length eps, so the way between "
        "them is twice that.",
        "forward-difference": "This goes up only and compares with x itself. Such a one-sided slope is off by about eps; "
        "on both sides the error shrinks to about eps squared.",
        "backward-difference": "This goes down only and compares with x itself. Such a one-sided slope is off by about eps; "
        "on both sides the error shrinks to about eps squared.",
        "one-array-twice": "Both values of f come from the same numbers, so that every slope is 0. Two names for one array "
        "are not two arrays: look at when f is asked, and what x holds at that time.",
        "not-put-back": "The numbers of x stay moved. The later slopes are then measured somewhere else, and the "
        "caller's x is not what it was.",
        "put-back-by-adding": "x is put back by adding eps again, which leads to a float beside the old one now and then. "
        "Remember the number itself.",
        "two-forgotten": "Every slope is twice too large. How far is it from x - eps to x + eps?",
        "eps-forgotten": "The difference is not divided by eps. A slope is a difference per way.",
        "eps-multiplied": "The difference is halved and then multiplied by eps: division and multiplication go from left to "
        "right. Mind the brackets.",
        "sign": "All slopes have the wrong sign. If f is larger after a step up, is its slope above 0 or below?",
    },
    explanation=Explanation(
        why="Around x the function is f(x + h) = f + f' h + f'' h**2 / 2 + f''' h**3 / 6 + ... In f(x + eps) - f(x - eps) all even "
        "powers cancel, and what is left is 2 eps f' + eps**3 f''' / 3. Divided by 2 eps this is f' with an error of "
        "eps**2 f''' / 6, about 1e-11 at eps = 1e-5; going to one side only leaves eps f'' / 2, about 1e-5. A smaller eps is "
        "not better without end: f is rounded to about 1e-16 of its size, and that is divided by 2 eps too. "
        "1e-5 is near the best of both, the third root of 1e-16.",
        another="""
def numerical_gradient(f, x, eps=1e-5):
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([f(x + step) - f(x - step) for step in steps]).reshape(x.shape) / (2 * eps)
""",
        pytorch="torch.autograd.gradcheck does this for every input and every output, with eps = 1e-6, and compares with what the "
        "backward gives; it wants float64. With fast_mode=True it takes one random direction instead of every entry.",
    ),
)
