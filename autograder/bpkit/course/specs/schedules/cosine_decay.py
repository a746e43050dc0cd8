from bpkit.course.spec import Case, Exercise, Explanation, Uniform
from bpkit.course.specs.schedules._torch import rate_at


def reference(torch, step, lr, total_steps, lr_min=0.0):
    """Ask CosineAnnealingLR, which would rise again past total_steps."""
    annealing = torch.optim.lr_scheduler.CosineAnnealingLR
    return rate_at(torch, min(step, total_steps), lr, lambda sgd: annealing(sgd, total_steps, lr_min))


RATE, LOWEST = Uniform((), 0.2, 0.5), Uniform((), 0.01, 0.1)

EXERCISE = Exercise(
    title="Cosine decay",
    position=20,
    points=3,
    function="cosine_decay",
    returns=("rate",),
    cases=(
        Case("the first step", step=0, lr=RATE, total_steps=31),
        Case("early", step=3, lr=RATE, total_steps=31),
        Case("half way", step=37, lr=RATE, total_steps=74, lr_min=LOWEST),
        Case("late", step=67, lr=RATE, total_steps=73, lr_min=LOWEST),
        Case("the last but one", step=18, lr=RATE, total_steps=19),
        Case("at the end", step=19, lr=RATE, total_steps=19),
        Case("past the end", step=61, lr=RATE, total_steps=43, lr_min=LOWEST),
        Case("one step", step=1, lr=RATE, total_steps=1, lr_min=LOWEST),
        Case("nowhere to fall", step=5, lr=0.25, total_steps=17, lr_min=0.25),
    ),
    reference=reference,
    hints=(
        "The cosine goes from 1 to -1 between the angles 0 and pi. How do you turn that into a share that goes from 1 to 0?",
        "Which share of total_steps is done is a number from 0 to 1, and no more than 1. The angle is that number times "
        "pi; the cosine of it, lifted by 1 and halved, is the share of the way from lr_min to lr that is left.",
        "Progress: the step over total_steps, but 1 at most. Share: one plus the cosine of pi times the progress, halved. "
        "Rate: lr_min, plus that share of the difference between lr and lr_min.",
    ),
    mistakes={
        "rises-again": "Past total_steps the learning rate rises again with the cosine. It should stay where it ended.",
        "starts-over": "From total_steps on the learning rate is lr again. It should stay at lr_min.",
        "zero-past-end": "Past total_steps the learning rate is 0. It stays at lr_min.",
        "one-step-short": "The fall ends one step early, at total_steps - 1.",
        "counted-from-one": "Every step gets the learning rate of the next. Step 0 has lr.",
        "one-step-late": "Every step gets the learning rate of the step before it. Step 0 has lr.",
        "whole-numbers": "The step is divided by total_steps without remainder, so that nothing happens until the end.",
        "half-forgotten": "The share goes from 2 to 0, so that step 0 has twice the way to go. It should be 1 there.",
        "one-forgotten": "The share goes from 1 to -1: in the second half the rate falls below lr_min. It should end at 0.",
        "whole-wave-then-minimum": "The cosine runs through a whole wave: down and up again. Half a wave leads from the peak to the trough.",
        "whole-wave": "The cosine runs through a whole wave: down and up again. Half a wave leads from the peak to the trough.",
        "quarter-wave": "The cosine runs through a quarter of a wave, so that the fall is steepest at the end. It should be "
        "steepest in the middle.",
        "pi-forgotten": "The angle goes from 0 to 1. At which angle is the cosine at its lowest?",
        "degrees": "The angle is given in degrees. NumPy counts angles in radians, where half a turn is pi.",
        "rising-then-minimum": "The learning rate rises from lr_min towards lr, and only then drops. The cosine starts from its peak.",
        "rising": "The learning rate rises from lr_min to lr: the two ends have changed places.",
        "straight-line": "The learning rate falls along a straight line. Where is the cosine?",
        "sine-then-minimum": "This is the sine, which starts in the middle and goes up first.",
        "sine": "This is the sine, which starts in the middle and goes up first.",
        "minimum-at-end-only": "lr_min is used only from total_steps on: until then the rate falls towards 0. The whole curve should lead from lr to lr_min.",
        "minimum-ignored": "lr_min is not used: the rate falls to 0 whatever is given.",
        "minimum-added": "lr_min is added on top, so that step 0 has more than lr. How large is the way between the two ends?",
        "minimum-as-floor": "The rate falls towards 0 and is held at lr_min. The whole curve should lead from lr to lr_min.",
    },
    explanation=Explanation(
        why="cos runs from 1 to -1 as its angle goes from 0 to pi, so (1 + cos) / 2 runs from 1 to 0 and can serve as the "
        "share of the way that is left. Its slope is 0 at both ends: the rate stays high for a while, as long as there is "
        "much to learn, and ends in many small steps, in which the noise of the minibatches averages out. The mean over the "
        "whole schedule is half way between lr and lr_min, as with a straight line.",
        another='''
def cosine_decay(step, lr, total_steps, lr_min=0.0):
    """(1 + cos a) / 2 is the square of cos(a / 2)."""
    if step >= total_steps:
        return lr_min
    left = np.cos(0.5 * np.pi * step / total_steps) ** 2
    return left * lr + (1 - left) * lr_min
''',
        pytorch="torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max, eta_min). It works out each rate from the one "
        "before, and past T_max it rises again; CosineAnnealingWarmRestarts jumps back to lr instead.",
    ),
)
