from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal


def reference(torch, w, gradient, hessian):
    """Step on the paraboloid that has this gradient and these second derivatives at w."""

    def loss(u):
        return gradient @ (u - w) + (u - w) @ hessian @ (u - w) / 2

    point = w.clone().requires_grad_()
    (slope,) = torch.autograd.grad(loss(point), point)
    return w - torch.linalg.solve(torch.autograd.functional.hessian(loss, w), slope)


EXERCISE = Exercise(
    title="Newton's method",
    position=90,
    points=3,
    function="newton_step",
    returns=("w",),
    cases=(
        Case(
            "a bowl",
            w=(3,),
            gradient=(3,),
            hessian=Given(((4.0, 1.0, 0.5), (1.0, 3.0, -1.0), (0.5, -1.0, 2.5))),
        ),
        Case(
            "a saddle",
            w=(5,),
            gradient=(5,),
            hessian=Given(
                (
                    (2.0, 0.5, -1.0, 0.25, 0.0),
                    (0.5, -3.0, 1.5, 0.0, 1.0),
                    (-1.0, 1.5, 1.0, -0.5, 0.75),
                    (0.25, 0.0, -0.5, -2.0, 0.5),
                    (0.0, 1.0, 0.75, 0.5, 4.0),
                )
            ),
        ),
        Case(
            "zeros on the diagonal",
            w=(3,),
            gradient=Given((1.0, 0.0, 0.0)),
            hessian=Given(((0.0, 2.0, 0.5), (2.0, 0.0, 1.0), (0.5, 1.0, 0.0))),
        ),
        Case("one parameter", w=Normal((1,), std=10.0), gradient=(1,), hessian=Given(((0.4,),))),
        # Its smallest curvature is 0.002: whoever adds a little to the diagonal, or leaves out what is small, shows here.
        Case(
            "a narrow valley",
            w=Normal((3,), std=10.0),
            gradient=Normal((3,), std=100.0),
            hessian=Given(((10.0, 0.05, 0.0), (0.05, 0.002, 0.0), (0.0, 0.0, 0.5))),
        ),
        Case(
            "at the minimum",
            w=(3,),
            gradient=Given((0.0, 0.0, 0.0)),
            hessian=Given(((3.0, 1.0, 0.0), (1.0, 2.0, 0.5), (0.0, 0.5, 1.0))),
        ),
    ),
    reference=reference,
    hints=(
        "With one parameter: the slope is g now and changes by h for each unit that w moves. How far is it to slope 0?",
        "If w moves by s (D,), the gradient (D,) becomes about g + H s, with H s a matrix times a vector. Which s makes that "
        "0? That is a system of D linear equations.",
        "Let NumPy solve the system whose matrix is the hessian and whose right side is the gradient, and take the solution "
        "off w. There is no learning rate.",
    ),
    mistakes={
        "multiplied": "The gradient is multiplied by the hessian. Where the ground curves strongly the slope changes "
        "quickly: is the way to slope 0 longer there, or shorter?",
        "curvature-ignored": "The hessian is not used: this is gradient descent with a learning rate of 1.",
        "diagonal-only": "Each entry of the gradient is divided by its own curvature. The entries next to the diagonal say "
        "how moving one parameter changes the slope of another.",
        "inverted-entry-by-entry": "Each entry of the hessian is inverted by itself. The inverse of a matrix is another thing: "
        "multiplied with the matrix it gives the identity.",
        "one-curvature-for-all": "The gradient is divided by one number, the trace. Each direction has a curvature of its own.",
        "divided-by-determinant": "The gradient is divided by one number, the determinant. That keeps the direction of the "
        "gradient; Newton's step goes elsewhere.",
        "divided-by-rows": "Each entry of the gradient is divided by the sum of a row. That would solve the system only if "
        "all entries of the step were equal.",
        "solved-for-weights": "The right side of the system is w. What has to become 0 is the slope, not the parameters.",
        "inverted-twice": "The hessian is divided by twice. The slope changes by H s when w moves by s.",
        "curvature-made-positive": "Negative curvatures are turned positive, a known way to escape from saddles. What is "
        "asked for is Newton's plain step, to the point where the slope is 0.",
        "damped": "Something is added to the hessian's diagonal. That helps where it can hardly be inverted; here it can, and "
        "the step misses its point.",
        "damped-slightly": "A tiny number is added to the hessian's diagonal. This hessian can be inverted as it is, and where a curvature is small itself, the step misses its point.",
        "length-one": "The step is brought to length 1. How far to go is exactly what the hessian tells.",
        "half-a-step": "The step is half as long as it should be. On a paraboloid one full step arrives.",
        "tenth-of-a-step": "The step is a tenth of what it should be. On a paraboloid one full step arrives, without any learning rate.",
        "uphill": "The step has the wrong sign: it goes away from the point where the slope is 0.",
        "old-weights-forgotten": "This is the step alone. The step is taken from where w was.",
        "step-returned": "What comes back is H^-1 g. It has to be taken off w.",
    },
    explanation=Explanation(
        why="Near w the gradient is g + H s to first order in the move s. Setting it to 0 gives H s = -g, a linear system: s = "
        "-H^-1 g. Along an eigenvector of H with eigenvalue h the step is that direction's slope over h, so steep and flat "
        "directions arrive together, where descent with one learning rate lr multiplies the distance by 1 - lr * h in each. "
        "The same formula shows the weak points: an eigenvalue near 0 makes the step huge, a negative one sends it uphill "
        "along its direction, to the saddle; and H has D**2 entries and costs about D**3 to solve.",
        another='''
def newton_step(w, gradient, hessian):
    """In the directions in which the curvatures do not mix, every slope is divided by its own."""
    curvatures, directions = np.linalg.eigh(hessian)
    slopes = np.einsum("dk,d->k", directions, gradient)
    return w - np.einsum("dk,k->d", directions, slopes / curvatures)
''',
        pytorch="There is no Newton optimizer: torch.autograd.functional.hessian or torch.func.hessian gives H, "
        "torch.linalg.solve the step. torch.optim.LBFGS guesses at H^-1 from the last few gradients instead, which needs "
        "memory for a few vectors and not for a matrix.",
    ),
)
