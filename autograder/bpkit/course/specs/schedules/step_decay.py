from bpkit.course.spec import Case, Exercise, Explanation, Uniform
from bpkit.course.specs.schedules._torch import rate_at


def reference(torch, step, lr, step_size, gamma=0.1):
    """Ask StepLR."""
    return rate_at(torch, step, lr, lambda sgd: torch.optim.lr_scheduler.StepLR(sgd, step_size, gamma))


RATE = Uniform((), 0.05, 0.5)

EXERCISE = Exercise(
    title="Step decay",
    position=10,
    points=3,
    function="step_decay",
    returns=("rate",),
    cases=(
        Case("the first step", step=0, lr=RATE, step_size=5),
        Case("before the first drop", step=4, lr=RATE, step_size=5),
        # 49 * (1 / 49) is less than 1.
        Case("at the first drop", step=49, lr=RATE, step_size=49),
        Case("after it", step=6, lr=RATE, step_size=5),
        Case("late between two drops", step=18, lr=RATE, step_size=5, gamma=0.7),
        Case("at the third drop", step=33, lr=RATE, step_size=11, gamma=0.7),
        Case("a drop at every step", step=3, lr=RATE, step_size=1, gamma=0.6),
        Case("a gamma above 1", step=23, lr=RATE, step_size=7, gamma=1.3),
        Case("a gamma of 1", step=13, lr=RATE, step_size=3, gamma=1.0),
    ),
    reference=reference,
    hints=(
        "With step_size 5, at which steps does the learning rate change? How many changes lie behind step 12?",
        "Each drop multiplies by gamma once more, so after k drops the rate is lr times gamma to the power k. k is a whole "
        "number, and it is 0 at step step_size - 1 and 1 at step step_size.",
        "Divide the step by step_size and drop the remainder: that counts the drops. Raise gamma to that power and multiply "
        "by lr.",
    ),
    mistakes={
        "no-decay": "The learning rate never changes.",
        "smooth": "The learning rate falls a little at every step. It stays the same between two drops: how many whole "
        "drops lie behind?",
        "every-step": "The learning rate drops at every step. What is step_size for?",
        "rounded": "The drop comes half a step_size early: the number of drops is rounded to the nearest.",
        "rounded-up": "The first drop comes at step 1. It comes when step_size steps are over.",
        "one-step-early": "Each drop comes one step early. Steps are counted from 0, so the first step_size of them end at "
        "step_size - 1.",
        "one-step-late": "Each drop comes one step late. Step number step_size is already the first one after the drop.",
        "counted-back": "1 is taken off the step: each drop comes one step late, and step 0 has more than lr. Step 0 has lr, and step "
        "number step_size is the first one after the drop.",
        "remainder": "The rate depends on how far the last drop lies back, and is lr again after each. How many drops have "
        "there been?",
        "only-once": "There is one drop and no other. It happens again every step_size steps.",
        "step-times-size": "step and step_size are multiplied. A longer step_size makes drops rarer.",
        "counted-from-one": "There is a drop before the first step. Step 0 has the learning rate lr.",
        "gamma-times-drops": "lr is multiplied by gamma and by the number of drops. Each drop multiplies by gamma once more: "
        "what is that for two drops, and for none?",
        "gamma-times-drops-later": "From the first drop on, lr is multiplied by gamma and by the number of drops. Each drop multiplies by gamma once "
        "more: what is that for two drops?",
        "divided-with-rounding": "1 is divided by step_size and the step multiplied by that. 1 / 49 is rounded, and 49 times it is less than 1, so "
        "that a drop comes one step late. Whole numbers can be divided without remainder.",
        "growing": "The learning rate is divided by gamma at each drop.",
        "gamma-ignored": "gamma is taken to be 0.1 whatever is given. Use the argument.",
        "gamma-subtracted": "gamma is taken for the share that goes. It is the factor that is left.",
        "exponential": "The rate falls like the exponential function of gamma times the drops. gamma itself is the factor of "
        "each drop.",
        "inverse-time": "The rate falls like 1 / (1 + gamma * drops), which is another schedule. Each drop multiplies by gamma.",
        "factor-only": "This is the factor. It multiplies lr.",
    },
    explanation=Explanation(
        why="The schedule is a staircase. While the rate is constant the parameters come as near to a minimum as noise allows: "
        "the noise of minibatches keeps them moving in a cloud whose size goes with the learning rate. A smaller rate "
        "shrinks the cloud, which is the sudden fall of the loss seen after each drop; dropping too early freezes the "
        "parameters far from the minimum, because all steps still to come are shorter.",
        another='''
def step_decay(step, lr, step_size, gamma=0.1):
    """One multiplication for each drop that lies behind."""
    rate = lr
    for _ in range(step_size, step + 1, step_size):
        rate = rate * gamma
    return rate
''',
        pytorch="torch.optim.lr_scheduler.StepLR; MultiStepLR takes a list of steps instead. They keep a count and change the "
        "optimizer's rate from one step to the next, so its history matters; a pure function of the step has none. PyTorch's "
        "step is mostly called once an epoch.",
    ),
)
