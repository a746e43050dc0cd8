from bpkit.course.spec import Case, Exercise, Explanation, Normal, Uniform
from bpkit.course.specs.optimizers._torch import optimizer_step


def reference(
    torch, w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01
):  # fmt: skip
    """Take AdamW's step number t from these averages."""
    state = {"step": torch.tensor(t - 1.0), "exp_avg": m, "exp_avg_sq": v}
    options = {"lr": lr, "betas": (beta1, beta2), "eps": eps, "weight_decay": weight_decay}
    w, state = optimizer_step(torch.optim.AdamW, w, dw, state, **options)
    return w, state["exp_avg"], state["exp_avg_sq"]


EXERCISE = Exercise(
    title="AdamW",
    position=80,
    points=6,
    function="adamw_step",
    returns=("w", "m", "v"),
    cases=(
        Case(
            "the first step",
            w=(7,),
            dw=(7,),
            m=Normal((7,), std=0.0),
            v=Normal((7,), std=0.0),
            t=1,
        ),
        Case("the seventh step", w=(5, 3), dw=(5, 3), m=(5, 3), v=Uniform((5, 3), 0.1, 1.0), t=7),
        Case(
            "everything given",
            w=Normal((1, 11, 3), std=3.0),
            dw=Normal((1, 11, 3), std=10.0),
            m=(1, 11, 3),
            v=Uniform((1, 11, 3), 0.1, 1.0),
            t=5,
            lr=0.3,
            beta1=0.8,
            beta2=0.95,
            eps=1e-2,
            weight_decay=0.2,
        ),
        Case(
            "no gradient",
            w=Normal((7,), std=10.0),
            dw=Normal((7,), std=0.0),
            m=Normal((7,), std=0.0),
            v=Normal((7,), std=0.0),
            t=3,
            lr=0.1,
            beta1=0.9,
            beta2=0.99,
            eps=1e-8,
            weight_decay=0.3,
        ),
        # Gradients as small as eps: here it matters where eps stands. The shape has been there before.
        Case(
            "tiny gradients",
            w=(5, 3),
            dw=Normal((5, 3), std=1e-8),
            m=Normal((5, 3), std=1e-8),
            v=Uniform((5, 3), 1e-18, 1e-17),
            t=7,
        ),
        Case(
            "no memory, no decay",
            w=(1,),
            dw=(1,),
            m=(1,),
            v=Uniform((1,), 0.1, 1.0),
            t=3,
            lr=0.3,
            beta1=0.0,
            beta2=0.0,
            eps=1e-8,
            weight_decay=0.0,
        ),
    ),
    reference=reference,
    needs=("optimizers/adam",),
    hints=(
        "Take dw = 0 with m and v at 0. What happens to w, and which of the numbers decide it?",
        "Everything has the shape of w and happens entry by entry. Two things are taken off the old w: its own share "
        "lr * weight_decay, and Adam's step. m and v know the gradient of the loss only.",
        "Shrink a copy of w by lr times weight_decay of itself. Update m with beta1 and v with beta2 from dw alone. Divide "
        "each by one minus its beta to the power t, under new names. From the shrunk w take lr times the corrected m, "
        "divided by the root of the corrected v plus eps. Return w with the uncorrected m and v.",
    ),
    mistakes={
        "no-decay": "The weights do not shrink: this is Adam. What is weight_decay for?",
        "growing": "The decay has the wrong sign, so the weights grow. They should be drawn towards 0.",
        "decay-without-lr": "The weights shrink by weight_decay without the learning rate. A schedule that lowers lr is to "
        "calm the decay down together with the step.",
        "decay-squared": "The decay grows with the square of the weight, and pushes negative weights away from 0. Each "
        "weight loses the same share of itself.",
        "sign-of-weights": "Every weight shrinks by the same amount, whatever its size. Each should lose the same share of "
        "itself.",
        "factor-two": "The weights shrink twice as fast as they should.",
        "gradient-decayed": "The decay takes a share of the gradient. It is the weights that shrink, even where there is no "
        "gradient.",
        "decay-only": "weight_decay is taken for the share of the weight that is left. It says how much goes, and lr has a "
        "part in that.",
        "decay-fixed": "weight_decay is 0.01 whatever is given. Use the argument.",
        "decay-zero-for-default": "Where weight_decay is 0, it is taken to be 0.01. 0 is a number like any other; only `or` and `if` take it for nothing.",
        "decay-in-gradient": "The decay is added to the gradient, so that m and v see it and it is divided by the root of v: "
        "Adam with an L2 penalty. AdamW exists to keep the decay out of there.",
        "decay-in-both": "The weights shrink by themselves, and the decay is in the gradient besides. Once is enough: which "
        "of the two gets past Adam's division?",
        "decay-in-m-only": "The decay is added to the gradient in m, and so it is still divided by the root of v. AdamW exists to keep the decay out of there.",
        "decay-after-step": "Adam's step is taken first and then everything shrinks, the step included. It is the old "
        "weights that shrink.",
        "decay-rescaled": "The decay is added to the corrected m, and so it is still divided by the root of v. A weight with "
        "large gradients hardly shrinks then.",
        "weights-swapped": "beta and 1 - beta have changed places: the averages forget nearly all that they knew. beta is "
        "what stays of the old value.",
        "betas-swapped": "beta1 and beta2 have changed places. beta1 belongs to m, the average of the gradient, and beta2 "
        "to v, the average of its square.",
        "betas-fixed": "beta1 is 0.9 and beta2 is 0.999 whatever is given. Use the arguments.",
        "constants-fixed": "beta1 is 0.9, beta2 is 0.999 and eps is 1e-8 whatever is given. Use the arguments.",
        "zero-for-default": "Where a beta or weight_decay is 0, its default is taken. 0 is a number like any other; only `or` and `if` take it for nothing.",
        "beta1-fixed": "beta1 is 0.9 whatever is given. Use the argument.",
        "beta2-fixed": "beta2 is 0.999 whatever is given. Use the argument.",
        "not-squared": "v takes in the size of the gradient, not its square. The root at the end undoes a square.",
        "m-not-corrected": "The step uses m as it is, and only v is corrected. Both started from 0.",
        "v-not-corrected": "The step uses v as it is, and only m is corrected. Both started from 0.",
        "no-correction": "The step uses m and v as they are. Both started from 0 and are still too small at early steps; "
        "what makes up for that?",
        "steps-from-zero": "The correction counts one step too many. t is 1 at the first step already.",
        "gradient-for-m": "The step goes along dw and is scaled by v. It should go along the average of the gradients.",
        "uphill": "Adam's step goes along the gradient's average, so the loss grows. Descent goes the other way.",
        "no-learning-rate": "The learning rate is missing from Adam's step.",
        "learning-rate-fixed": "lr is 1e-3 whatever is given. Use the argument.",
        "no-root": "The step is divided by v itself. v is an average of squares: which operation brings it back to the "
        "size of a gradient?",
        "eps-added-to-step": "eps is added to the quotient, where it keeps nothing from being 0. It belongs into the divisor: mind the brackets.",
        "eps-missing": "eps is not used. A parameter whose gradient has always been 0 would divide 0 by 0.",
        "eps-fixed": "eps is 1e-8 whatever is given. Use the argument.",
        "eps-inside-root": "eps is added before the root is taken, where it counts far more: the root of 1e-8 is 1e-4.",
        "corrected-returned": "The corrected averages are returned, and the next step would correct them again. What is "
        "handed on are the plain averages.",
    },
    explanation=Explanation(
        why="A penalty weight_decay / 2 * w**2 has the gradient weight_decay * w. Under plain descent that shrinks w by the "
        "factor 1 - lr * weight_decay at each step. Adam would divide it by sqrt(v_hat) like the rest of the gradient: a "
        "weight whose gradients are 100 times as large would decay 100 times as slowly. AdamW applies the factor 1 - lr * "
        "weight_decay to w directly, so every weight forgets at the same rate, and the best weight_decay depends less on "
        "the rest of the settings.",
        another='''
def adamw_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    """Averages that move by a share of what they are off; one factor for the decay."""
    m = m + (1 - beta1) * (dw - m)
    v = v + (1 - beta2) * (np.square(dw) - v)
    root = np.sqrt(v) / np.sqrt(1 - beta2**t) + eps
    return (1 - lr * weight_decay) * w - lr / (1 - beta1**t) * m / root, m, v
''',
        pytorch="torch.optim.AdamW, with the same defaults; torch.optim.Adam(weight_decay=...) is the other thing, the "
        "penalty inside the gradient. In practice biases and the scales of normalisation layers are put into a group of "
        "their own with weight_decay=0. The fused and foreach versions take the step for all parameters in few kernels.",
    ),
)
