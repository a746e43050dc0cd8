from bpkit.course.spec import Case, Exercise, Explanation, Uniform
from bpkit.course.specs.schedules._torch import rate_at


def reference(torch, step, lr, warmup_steps, total_steps):
    """Ask SequentialLR of LambdaLR and CosineAnnealingLR, which would rise again past total_steps."""
    schedulers = torch.optim.lr_scheduler

    def scheduler(sgd):
        cosine = total_steps - warmup_steps
        if not warmup_steps:
            return schedulers.CosineAnnealingLR(sgd, cosine)
        warmup = schedulers.LambdaLR(sgd, lambda step: step / warmup_steps)
        parts = [warmup, schedulers.CosineAnnealingLR(sgd, cosine)]
        return schedulers.SequentialLR(sgd, parts, [warmup_steps])

    return rate_at(torch, min(step, total_steps), lr, scheduler)


RATE = Uniform((), 0.2, 0.5)

EXERCISE = Exercise(
    title="Warmup and cosine",
    position=40,
    points=3,
    function="warmup_cosine",
    returns=("rate",),
    cases=(
        Case("the first step", step=0, lr=RATE, warmup_steps=7, total_steps=31),
        Case("in the warmup", step=3, lr=RATE, warmup_steps=11, total_steps=53),
        Case("the last step of the warmup", step=6, lr=RATE, warmup_steps=7, total_steps=31),
        Case("at the top", step=7, lr=RATE, warmup_steps=7, total_steps=31),
        Case("early in the fall", step=17, lr=RATE, warmup_steps=11, total_steps=53),
        Case("late in the fall", step=53, lr=RATE, warmup_steps=13, total_steps=61),
        Case("the last but one", step=30, lr=RATE, warmup_steps=7, total_steps=31),
        Case("at the end", step=31, lr=RATE, warmup_steps=7, total_steps=31),
        Case("past the end", step=47, lr=RATE, warmup_steps=7, total_steps=31),
        Case("no warmup, the first step", step=0, lr=RATE, warmup_steps=0, total_steps=23),
        Case("no warmup, later", step=5, lr=RATE, warmup_steps=0, total_steps=23),
        Case("a fall of one step", step=5, lr=RATE, warmup_steps=5, total_steps=6),
    ),
    reference=reference,
    needs=("schedules/cosine_decay",),
    hints=(
        "How many steps does the fall take, and how many of them are over at a given step?",
        "There are two formulas, and step < warmup_steps chooses. In the fall, the share that is done is counted from the "
        "top: 0 at warmup_steps, 1 at total_steps, and no more than 1 after that.",
        "In the warmup: lr times the share of the warmup that is over. Otherwise: the steps since the warmup over the steps "
        "that the fall takes, 1 at most; pi times that is the angle; one plus its cosine, halved, times lr. Choose first, "
        "so that nothing is divided by a warmup of 0.",
    ),
    mistakes={
        "rises-again": "Past total_steps the learning rate rises again with the cosine. It should stay at 0.",
        "starts-below": "The cosine is counted from step 0, so that the learning rate jumps when the warmup is over. The fall "
        "starts from lr, where the warmup has arrived.",
        "divided-by-total": "The steps after the warmup are divided by total_steps, so that the fall does not get to its end. How many steps does it have?",
        "warmup-not-counted": "The fall takes total_steps of its own. total_steps includes the warmup: how many are left?",
        "warmup-in-the-angle": "The fall counts from step 0, so that it begins in the middle and rises at its end. How many steps of it are over?",
        "starts-late": "The fall is as long as it should be, but counts from step 0. How many steps of it are over?",
        "one-step-early": "The fall is one step ahead. At step warmup_steps the rate is lr.",
        "counted-from-one": "Every step gets the learning rate of the next, in the warmup and after it. Steps are counted from 0.",
        "one-step-late": "Every step gets the learning rate of the step before it. In the warmup, step 0 has a rate of 0; at step "
        "warmup_steps the rate is lr.",
        "one-step-short": "The fall ends one step early. At total_steps - 1 the rate is not 0 yet.",
        "one-step-short-and-up": "The fall ends one step early, at total_steps - 1, and at total_steps the rate has begun to rise again.",
        "half-forgotten": "The rate starts its fall from twice lr. The cosine plus 1 goes from 2 to 0.",
        "one-forgotten": "The rate goes down to -lr. The cosine goes from 1 to -1, and the share should go from 1 to 0.",
        "quarter-wave": "The cosine runs through a quarter of a wave. It should go from its peak to its trough.",
        "whole-wave-then-zero": "The cosine runs through a whole wave: down and up again. Half a wave leads from the peak to the trough.",
        "whole-wave": "The cosine runs through a whole wave, and the rate ends at lr. Half a wave leads from the peak to the "
        "trough.",
        "pi-forgotten": "The angle goes from 0 to 1. At which angle is the cosine at its lowest?",
        "straight-line": "After the warmup the rate falls along a straight line. Where is the cosine?",
        "constant": "After the warmup the rate stays at lr. Where is the fall?",
        "no-warmup": "There is no warmup: the cosine's formula is used for its steps too.",
        "zero-without-warmup": "With warmup_steps = 0 the first step has a rate of 0. There is no warmup then, and step 0 has lr.",
        "nothing-in-warmup": "The rate is 0 through the whole warmup. It should rise step by step.",
        "warmup-from-one": "The warmup is one step ahead. Step 0 has a learning rate of 0.",
        "warmup-too-slow": "The warmup would take one step more than it has, so that the last one jumps. It reaches lr at step "
        "warmup_steps.",
        "warmup-over-total": "The warmup rises as if it took total_steps.",
        "full-in-warmup": "The rate is lr through the whole warmup. It should start from 0.",
        "warmup-curved": "The warmup follows a cosine. It should be a straight line.",
        "fall-in-warmup": "The warmup is multiplied by the cosine's formula, which is that of the steps after it. In the warmup the line "
        "stands alone.",
        "warmup-multiplies": "The warmup is multiplied onto a cosine that runs from step 0. Each of the two has its own steps "
        "here.",
        "warmup-backwards": "In the warmup the rate falls from lr to 0. It should rise.",
    },
    explanation=Explanation(
        why="The two pieces meet at step = warmup_steps: the line has arrived at lr * 1, and the cosine starts from lr * (1 + "
        "cos 0) / 2 = lr. With a warmup of w steps and T in all, the fall has T - w steps, so its progress is (step - w) / (T "
        "- w). Warmup matters where the first gradients say little: Adam's v is an average of few numbers then, so single "
        "steps can be far too long, and the first gradients of an untrained network with normalisation or attention are "
        "large and one-sided.",
        another='''
def warmup_cosine(step, lr, warmup_steps, total_steps):
    """Both formulas as functions, chosen at the end."""

    def rising():
        return step / warmup_steps

    def falling():
        left = max(total_steps - step, 0) / (total_steps - warmup_steps)
        return np.sin(np.pi / 2 * left) ** 2

    return float(lr * (rising() if step < warmup_steps else falling()))
''',
        pytorch="SequentialLR(optimizer, [LambdaLR or LinearLR, CosineAnnealingLR], milestones=[warmup_steps]); LinearLR cannot "
        "start from exactly 0. Most training scripts write the whole curve as one LambdaLR, a function of the step like this "
        "one.",
    ),
)
