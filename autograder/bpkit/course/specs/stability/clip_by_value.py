import math

from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Problem
from bpkit.course.specs.stability._table import same


def reference(torch, grads, limit):
    """Clip as clip_grad_value_ does, which writes into the parameters' gradients."""
    parameters = [torch.zeros_like(grad).requires_grad_() for grad in grads]
    for parameter, grad in zip(parameters, grads, strict=True):
        parameter.grad = grad.clone()
    torch.nn.utils.clip_grad_value_(parameters, limit)
    return [parameter.grad for parameter in parameters]


HARNESS = """
def handed_back(student, grads, limit):
    clipped = student.clip_by_value(grads, limit)
    for place, new in enumerate(clipped):
        if isinstance(new, np.ndarray) and any(np.shares_memory(new, grad) for grad in grads):
            return place
    return -1
"""


def any_number_of_arrays(call):
    """With one array, with two or with seven, a list of as many comes back."""
    import numpy as np

    rng = np.random.default_rng(3)
    for shapes in (((5, 3),), ((7,), (3, 5, 11)), ((3,), (1,), (5, 7), (3, 1), (13,), (), (7, 3))):
        grads = [np.array(3.0 * rng.standard_normal(shape)) for shape in shapes]
        got = call("clip_by_value", grads, 1.5)
        if not same(got, [np.clip(grad, -1.5, 1.5) for grad in grads]):
            many = "1 array" if len(grads) == 1 else f"{len(grads)} arrays"
            message = f"With limit = 1.5 and a list of {many}, of the shapes {', '.join(map(str, shapes))}, what comes "
            return Problem("clip_by_value", f"{message}back is not the list of the clipped arrays.")
    return None


def arrays_of_their_own(call):
    """Look for arrays that share memory with what came in, where entries are clipped and where none is."""
    import numpy as np

    if any_number_of_arrays(call):
        return None  # it tells itself
    place = call("handed_back", [np.array((0.5, -3.0, 1.0)), np.array((1.0, 0.5, -1.0))], 2.0)
    if isinstance(place, int) and place >= 0:
        message = f"With limit = 2 and a list of [0.5, -3, 1] and [1, 0.5, -1], grads[{place}] comes back as the array that came "
        message += "in, or shares its memory."
        return Problem("clip_by_value", message, f"grads[{place}]", "memory-shared")
    return None


EXERCISE = Exercise(
    title="Clipping by value",
    position=30,
    points=3,
    returns=("grads[0]", "grads[1]", "grads[2]"),
    cases=(
        Case("some entries are too large", grads=[(5, 3), (3,), (3, 7)], limit=0.5),
        Case(
            "nearly all are", grads=[Normal((7,), std=100.0), Normal((1, 5), std=100.0), (11, 3)], limit=2.5
        ),
        Case(
            "none is",
            grads=[Normal((3, 5), std=0.01), Normal((5,), std=0.01), Normal((5, 3), std=0.01)],
            limit=0.3,
        ),
        Case(
            "exactly at the limit, zeros and infinities",
            grads=[
                Given((0.7, -0.7, 0.0, 0.71, -0.71)),
                Given(((math.inf, 0.2, -0.3), (0.1, -math.inf, 5.0))),
                Given((-0.2, 70.0, -50.0)),
            ],
            limit=0.7,
        ),
    ),
    reference=reference,
    properties=(any_number_of_arrays, arrays_of_their_own),
    harness=HARNESS,
    hints=(
        "What should become of -3 if limit is 2? Of 3, and of -1?",
        "Every entry stands alone: no array and no entry has to know of the others. Each array keeps its shape.",
        "Go through the list. For each array make a new one in which entries below minus limit are minus limit and entries "
        "above limit are limit. Collect them in a new list.",
    ),
    mistakes={
        "nothing-clipped": "Nothing is clipped.",
        "above-only": "Large positive entries are clipped, large negative ones are not.",
        "below-only": "Large negative entries are clipped, large positive ones are not.",
        "negative-to-zero": "Negative entries become 0. Half of all gradients point that way.",
        "large-to-zero": "Entries that are too large become 0, so that exactly where the slope is steep nothing is learned. "
        "They should become as large as is allowed.",
        "large-to-plus": "Large negative entries become limit, with a plus. Their direction should stay.",
        "sign-lost": "The signs are lost. A gradient of -3 pushes the other way.",
        "sign-only": "Small entries become as large as the limit, too. Those within the limits stay as they are.",
        "limit-one": "limit is taken to be 1 whatever is given. Use the argument.",
        "scaled": "Each array is scaled until its largest entry fits, which makes its small entries smaller. Every entry is "
        "clipped by itself.",
        "scaled-together": "All arrays are scaled until the largest entry fits, which makes all small entries smaller. Every "
        "entry is clipped by itself.",
        "by-norm": "Each array is scaled to a norm of limit. Here every entry is clipped by itself; the norm has an exercise of "
        "its own.",
        "first-only": "Only the first array is clipped.",
        "small-ones-raised": "Small entries are raised to the limit and large ones stay: the wrong side is changed.",
        "tanh": "The entries are squeezed smoothly into the limits, which changes the small ones as well. Those within the "
        "limits stay as they are.",
        "memory-shared": "Not every array that comes back is a new one: whoever writes into it would change the gradients that came in.",
        "limit-squared": "The entries are held between the squares of the limit. It is entries that are compared with it.",
    },
    explanation=Explanation(
        why="A step of descent moves a parameter by lr times its entry, so with clipping no parameter moves by more than lr * "
        "limit in one step, whatever one bad minibatch says. Each entry is cut by itself, so the direction of the whole "
        "gradient changes: (10, 0.1) becomes (1, 0.1) with a limit of 1, and the step turns towards the axis that was small. "
        "That is the price against clipping by norm, which keeps the direction.",
        another='''
def clip_by_value(grads, limit):
    """The smaller size, with the old sign."""
    return [np.copysign(np.minimum(np.fabs(grad), limit), grad) for grad in grads]
''',
        pytorch="torch.nn.utils.clip_grad_value_(parameters, clip_value), called between backward and step. It changes the "
        "gradients in place and returns nothing.",
    ),
)
