from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Uniform
from bpkit.course.specs.optimizers._torch import optimizer_step


def reference(torch, w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """Take Adam's step number t from these averages."""
    state = {"step": torch.tensor(t - 1.0), "exp_avg": m, "exp_avg_sq": v}
    w, state = optimizer_step(torch.optim.Adam, w, dw, state, lr=lr, betas=(beta1, beta2), eps=eps)
    return w, state["exp_avg"], state["exp_avg_sq"]


EXERCISE = Exercise(
    title="Adam",
    position=70,
    points=6,
    function="adam_step",
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
            w=(1, 11, 3),
            dw=Normal((1, 11, 3), std=10.0),
            m=(1, 11, 3),
            v=Uniform((1, 11, 3), 0.1, 1.0),
            t=5,
            lr=0.03,
            beta1=0.8,
            beta2=0.95,
            eps=1e-2,
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
        # A gradient of 0 moves a parameter all the same, where there was one before.
        Case(
            "parameters without any gradient now",
            w=(7,),
            dw=Given((0.0, 1.5, 0.0, -0.25, 0.0, 2.0, 0.0)),
            m=(7,),
            v=Uniform((7,), 0.1, 1.0),
            t=13,
            lr=0.1,
        ),
        Case(
            "no memory", w=(1,), dw=(1,), m=(1,), v=Uniform((1,), 0.1, 1.0), t=3, lr=0.3, beta1=0.0, beta2=0.0
        ),
    ),
    reference=reference,
    hints=(
        "Which of m, v, m_hat and v_hat does the next step need, and which are used only within this one?",
        "Everything has the shape of w and happens entry by entry. m and v each keep beta of the old value and take "
        "1 - beta of the new one; the new one is the gradient for m and its square for v.",
        "Update m with beta1, then v with beta2. Divide each by one minus its beta to the power t, under new names. "
        "Take the root of the corrected v, add eps to that root, divide the corrected m by it, and go against it by lr. "
        "Return the new w with the uncorrected m and v.",
    ),
    mistakes={
        "gradient-not-weighted": "The gradient enters m, or its square enters v, in full. A running average that keeps "
        "beta of the old value has only the rest to give to the new one.",
        "m-not-weighted": "The gradient enters m in full. A running average that keeps beta of the old value has only the "
        "rest to give to the new one.",
        "weights-swapped": "beta and 1 - beta have changed places: the averages forget nearly all that they knew. beta "
        "is what stays of the old value.",
        "betas-swapped": "beta1 and beta2 have changed places. beta1 belongs to m, the average of the gradient, and beta2 "
        "to v, the average of its square.",
        "one-beta": "beta1 is used for v as well. v has a beta of its own.",
        "betas-fixed": "beta1 is 0.9 and beta2 is 0.999 whatever is given. Use the arguments.",
        "constants-fixed": "beta1 is 0.9, beta2 is 0.999 and eps is 1e-8 whatever is given. Use the arguments.",
        "zero-for-default": "Where a beta is 0, its default is taken. 0 is a number like any other; only `or` and `if` take it for nothing.",
        "beta1-fixed": "beta1 is 0.9 whatever is given. Use the argument.",
        "beta2-fixed": "beta2 is 0.999 whatever is given. Use the argument.",
        "state-not-updated": "m and v come back as they were. The next step needs the averages that "
        "include this gradient.",
        "old-averages-used": "w moves by the averages from before this step: this gradient is felt one step late. "
        "Which comes first?",
        "not-squared": "v takes in the size of the gradient, not its square. The root at the end undoes a square.",
        "average-squared": "v takes in the square of m. It is the average of the gradient's own square.",
        "one-v-for-all": "v takes in the mean over all entries of dw. Each parameter has its own v; that is what gives "
        "each a step size of its own.",
        "no-correction": "The step uses m and v as they are. Both started from 0 and are still too small at early steps; "
        "what makes up for that?",
        "m-not-corrected": "v is corrected and m is not. Both averages started from 0.",
        "v-not-corrected": "m is corrected and v is not. Both averages started from 0.",
        "power-of-difference": "The power is taken of 1 - beta, and so the correction grows with every step. It is beta that is raised to the power t: mind the brackets.",
        "times-for-power": "beta is multiplied by t. The formula raises it to the power t.",
        "corrected-at-first-only": "The averages are corrected at the first step only. They are still too small at the steps after it: what the formula divides by comes to 1 by itself.",
        "betas-swapped-in-correction": "In the correction beta1 and beta2 have changed places. Each average is corrected with the beta that it was made with.",
        "root-before-correction": "The root of v is taken first and corrected afterwards. v is what is too small, so the root is taken of the corrected v.",
        "power-forgotten": "The correction divides by one minus beta at every step. It has to fade as t grows: after many "
        "steps nothing is left to correct.",
        "steps-from-zero": "The correction counts one step too many. t is 1 at the first step already.",
        "gradient-for-m": "The step goes along dw and is scaled by v, as in RMSprop. In Adam it goes along the average of "
        "the gradients.",
        "uphill": "The step goes along the gradient's average, so the loss grows. Descent goes the other way.",
        "no-learning-rate": "The learning rate is missing from the step.",
        "learning-rate-fixed": "lr is 1e-3 whatever is given. Use the argument.",
        "no-root": "The step is divided by v itself. v is an average of squares: which operation brings it back to the "
        "size of a gradient?",
        "no-v": "v is kept and never used: every parameter has the same step size here.",
        "eps-missing": "eps is not used. A parameter whose gradient has always been 0 would divide 0 by 0, and one with "
        "tiny gradients would take too long a step.",
        "eps-fixed": "eps is 1e-8 whatever is given. Use the argument.",
        "eps-inside-root": "eps is added before the root is taken, where it counts far more: the root of 1e-8 is 1e-4.",
        "eps-inside-uncorrected": "The step uses m and v as they are, without the correction. And eps is added before the root is taken, where it counts far more.",
        "eps-before-correction": "eps is added to the root of v before v is corrected, so that the correction scales eps "
        "too. Correct v first.",
        "corrected-returned": "The corrected averages are returned, and the next step would correct them again. What is "
        "handed on are the plain averages.",
        "averages-returned-swapped": "m and v are returned in each other's place. The order is w, m, v.",
    },
    explanation=Explanation(
        why="""\
From 0, m after t steps is a sum of all gradients, with the weights (1 - beta1) * beta1**k for the one k steps ago. They add
up to 1 - beta1**t, not to 1: m_hat divides by just that, and is a true weighted average from the first step on. The same holds for
v with beta2. At t = 1, m_hat = g and v_hat = g**2, so the step is lr * g / (|g| + eps): about lr in each parameter, however
large its gradient. Later m_hat / sqrt(v_hat) is about 1 in size where the gradients agree, and small where their signs change.
If all gradients are multiplied by c > 0, m_hat and sqrt(v_hat) both are, and c cancels; only eps, which is compared with the
size of a gradient, knows the difference.""",
        another="""\
def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    # Both corrections in the step's length. eps belongs beside the root of the corrected v,
    # so beside the root of v itself it has to be scaled as well.
    m = m + (1 - beta1) * (dw - m)
    v = v + (1 - beta2) * (dw**2 - v)
    root = np.sqrt(1 - beta2**t)
    step = lr * root / (1 - beta1**t)
    return w - step * m / (np.sqrt(v) + eps * root), m, v""",
        pytorch="torch.optim.Adam, with the same defaults. It keeps step, exp_avg and exp_avg_sq for each parameter, "
        "twice the memory of the parameters, and changes all of it in place. On a GPU it takes foreach=True unless "
        "told otherwise, which updates all parameters in few kernels; fused=True does the whole step in one kernel "
        "for many of them at once.",
    ),
)
