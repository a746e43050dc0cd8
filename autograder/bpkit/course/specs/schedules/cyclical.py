from bpkit.course.spec import Case, Exercise, Explanation, Uniform
from bpkit.course.specs.schedules._torch import rate_at


def reference(torch, step, lr_min, lr_max, half_cycle):
    """Ask CyclicLR."""

    def scheduler(sgd):
        return torch.optim.lr_scheduler.CyclicLR(sgd, lr_min, lr_max, half_cycle, cycle_momentum=False)

    return rate_at(torch, step, lr_min, scheduler)


LOW, HIGH = Uniform((), 0.01, 0.1), Uniform((), 0.3, 0.7)

EXERCISE = Exercise(
    title="Cyclical learning rate",
    position=30,
    points=3,
    function="cyclical",
    returns=("rate",),
    cases=(
        Case("the first step", step=0, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("going up", step=3, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("at the top", step=7, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("past the top", step=8, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("going down", step=18, lr_min=LOW, lr_max=HIGH, half_cycle=11),
        Case("at the bottom", step=14, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("before the bottom", step=13, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("past the bottom", step=15, lr_min=LOW, lr_max=HIGH, half_cycle=7),
        Case("up again", step=43, lr_min=LOW, lr_max=HIGH, half_cycle=17),
        Case("down in the third cycle", step=29, lr_min=LOW, lr_max=HIGH, half_cycle=5),
        Case("the shortest cycle", step=13, lr_min=LOW, lr_max=HIGH, half_cycle=1),
        Case("from 0", step=4, lr_min=0.0, lr_max=HIGH, half_cycle=19),
        Case("nothing between", step=4, lr_min=0.1, lr_max=0.1, half_cycle=3),
    ),
    reference=reference,
    hints=(
        "How far is the step from the nearest top, measured in half cycles? What is the learning rate at distance 0, and "
        "at distance 1?",
        "Only the place within the cycle counts, a number from 0 to below 2 * half_cycle. The height goes from 0 to 1 in "
        "the first half and from 1 to 0 in the second: 1 less the distance from the middle.",
        "Take the remainder of the step by the length of a whole cycle, and divide it by half_cycle: from 0 to 2. Its "
        "distance from 1, taken off 1, is the height. The rate is lr_min plus that share of the difference between the two "
        "ends.",
    ),
    mistakes={
        "sawtooth": "The learning rate falls back to lr_min at the top. It should come down as slowly as it went up.",
        "never-turns": "The learning rate goes up to lr_max and stays there. What happens after half_cycle?",
        "one-cycle-only": "After one cycle the learning rate stays at lr_min. The next cycle looks like the first.",
        "counted-from-one": "Every step gets the learning rate of the next. Step 0 has lr_min.",
        "one-step-late": "Every step gets the learning rate of the step before it. Step 0 has lr_min.",
        "top-twice": "The top takes two steps, so that each cycle is one step too long. At step half_cycle + 1 the rate is on its way down.",
        "whole-numbers-up": "On the way up the step is divided by half_cycle without remainder, so that the rate stays at lr_min until the top.",
        "cycle-too-long": "Each cycle is one step too long. At step 2 * half_cycle the rate is back at lr_min.",
        "starts-at-the-top": "The schedule starts at lr_max and goes down. It starts at lr_min.",
        "half-as-long": "A whole cycle takes half_cycle steps. half_cycle is the way up alone.",
        "twice-as-long": "The way up takes twice half_cycle.",
        "jumps-down": "The learning rate rises through the whole cycle and jumps down at its end. Its top is in the middle.",
        "not-turned": "After half_cycle the learning rate goes on rising above lr_max. It should turn there.",
        "cosine-wave": "The learning rate follows a cosine. Here the lines are straight.",
        "sine-wave": "The learning rate follows an arc of the sine. Here the lines are straight.",
        "square-wave": "The learning rate jumps between the two values. It should move in equal amounts.",
        "squared": "The height is squared, so that the rate is too low on the way. Here the lines are straight.",
        "added-to-minimum": "lr_max is added to lr_min, so that the top is too high. How large is the way between the two?",
        "minimum-not-added": "lr_min is taken off lr_max and not added again, so that the rate starts from 0.",
        "minimum-ignored": "lr_min is not used: the rate starts from 0 whatever is given.",
        "minimum-as-floor": "The rate starts towards lr_max from 0 and is held at lr_min. The whole line should lead from "
        "lr_min to lr_max.",
        "peaks-halve": "The tops get lower from cycle to cycle, a variant of this schedule. Here every cycle is the same.",
    },
    explanation=Explanation(
        why="The rate depends on the place in the cycle alone: with u = (step mod 2 * half_cycle) / half_cycle from 0 to 2, the "
        "height 1 - |u - 1| is u on the way up and 2 - u on the way down, and both agree at the top. Each part of the loss's "
        "landscape calls for a rate of its own, and nobody knows which beforehand; a schedule that sweeps through all "
        "rates between two bounds meets the right one in every cycle. The bounds are found by one short run in which the "
        "rate rises: lr_max lies a little before the loss begins to grow.",
        another='''
def cyclical(step, lr_min, lr_max, half_cycle):
    """A table of the corners, and straight lines between them."""
    corners = [0, half_cycle, 2 * half_cycle]
    return np.interp(step, corners, [lr_min, lr_max, lr_min], period=2 * half_cycle)
''',
        pytorch="torch.optim.lr_scheduler.CyclicLR(base_lr, max_lr, step_size_up), with mode 'triangular'; 'triangular2' halves "
        "the height at each cycle. By default it also cycles momentum, against the learning rate. OneCycleLR goes through "
        "one cycle and then far down.",
    ),
)
