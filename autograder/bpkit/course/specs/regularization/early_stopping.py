from bpkit.course.spec import Case, Exercise, Explanation, Given, Normal, Problem, Uniform


def reference(torch, val_losses, patience):
    """Return the answer by the definition: each epoch is asked how many lie behind it without an improvement."""
    improves = [bool((loss < val_losses[:epoch]).all()) for epoch, loss in enumerate(val_losses)]
    last = len(val_losses) - 1
    tired = (
        epoch for epoch in range(patience, last + 1) if not any(improves[epoch - patience + 1 : epoch + 1])
    )
    stop = next(tired, last)
    return stop, int(torch.argmin(val_losses[: stop + 1]))


def whole_numbers(call):
    """Both epochs are of an integer type, Python's or NumPy's."""
    import numpy as np

    epochs = call("early_stopping", np.array((2.5, 1.25, 1.5, 1.75, 2.0)), 2)
    for name, epoch in zip(("stop_epoch", "best_epoch"), epochs, strict=True):
        kind = np.asarray(epoch).dtype
        if kind.kind == "f" and float(epoch).is_integer():  # other numbers are told of by the cases
            return Problem(
                "early_stopping",
                f"{name} is of type {kind}. It should be of an integer type.",
                name,
                "floats",
            )
    return None


EXERCISE = Exercise(
    title="Early stopping",
    position=40,
    points=3,
    returns=("stop_epoch", "best_epoch"),
    cases=(
        Case(
            "down and up again",
            val_losses=Given((2.0, 1.5, 1.0, 0.75, 1.25, 1.0, 1.5, 1.75, 2.0)),
            patience=3,
        ),
        Case("falling to the end", val_losses=Given((3.0, 2.5, 2.0, 1.5, 1.25, 1.125, 1.0)), patience=2),
        Case("rising from the start", val_losses=Given((0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0)), patience=2),
        Case(
            "an improvement just in time",
            val_losses=Given((2.0, 1.0, 1.5, 1.25, 0.5, 1.0, 0.75, 1.5, 0.875, 3.0)),
            patience=3,
        ),
        Case(
            "better after the stop",
            val_losses=Given((2.0, 1.0, 1.5, 1.25, 1.125, 0.5, 0.25, 0.125)),
            patience=3,
        ),
        Case("equal losses", val_losses=Given((1.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25)), patience=4),
        Case(
            "falls, but not below the best",
            val_losses=Given((1.0, 0.25, 3.0, 2.5, 2.0, 1.5, 1.0, 0.75, 0.5)),
            patience=5,
        ),
        Case("the end comes first", val_losses=Given((2.0, 1.0, 1.5, 1.25, 1.75)), patience=7),
        Case("no patience for one bad epoch", val_losses=Given((2.0, 1.0, 1.25, 0.5, 0.25)), patience=1),
        Case(
            "better by a hair",
            val_losses=Given((1.0, 1.5, 1 - 1e-12, 1.25, 1 - 2e-12, 1.5, 0.999, 2.0, 3.0, 1.0, 0.5)),
            patience=3,
        ),
        Case("one epoch", val_losses=Given((0.5,)), patience=2),
        Case(
            "losses below 0",
            val_losses=Given((-1.0, -3.0, -2.0, -2.5, -4.0, -1.0, -2.0, -3.0, -3.5)),
            patience=4,
        ),
        Case(
            "huge losses",
            val_losses=Given((4e12, 3e12, 3.5e12, 3.25e12, 2.5e12, 2.75e12, 2.75e12, 3e12, 2e12)),
            patience=3,
        ),
        Case("noise", val_losses=Normal((31,), mean=5.0), patience=7),
        Case("more noise", val_losses=Uniform((53,), 1.0, 2.0), patience=11),
    ),
    reference=reference,
    properties=(whole_numbers,),
    hints=(
        "Which three things do you have to remember from one epoch to the next?",
        "The best loss so far, the epoch in which it came, and how many epochs in a row have passed without a better one. "
        "An improvement sets that count back to 0; anything else adds 1 to it.",
        "Go through the losses in order. If a loss is below the best, it becomes the best, with its epoch, and the count is 0; "
        "otherwise the count grows. When the count reaches patience, this epoch is the stop, and the loop ends. If the loop "
        "ends by itself, the stop is the last epoch.",
    ),
    mistakes={
        "best-starts-at-zero": "The best loss is 0 before the first epoch, so nothing ever improves on it. What should it be, "
        "so that the first epoch always does?",
        "best-starts-too-low": "The best loss before the first epoch is a number that losses can be above. The first epoch always improves, however large its loss.",
        "epochs-in-all": "Where it never stops early, stop_epoch is the number of epochs. The last one has a number that is "
        "smaller by 1.",
        "equal-improves": "A loss that equals the best counts as an improvement. It has to be strictly below.",
        "much-better": "A loss that is below the best by very little does not count here. Strictly below is enough, by however little.",
        "against-the-last": "Each loss is compared with the one before it: after an epoch without an improvement, its loss "
        "counts as the best. It has to be below all that came before.",
        "higher-is-better": "A higher loss counts as an improvement.",
        "never-reset": "The epochs without an improvement are counted over the whole training. They have to be in a row.",
        "best-loss-not-kept": "Each loss is compared with the first one. The best moves on with every improvement.",
        "first-counted": "The first epoch counts as one without an improvement. It always improves.",
        "one-more": "It waits one epoch too long. The patience-th epoch in a row is the one to stop at.",
        "one-less": "It stops one epoch too early.",
        "never-stops": "It never stops early. What is patience for?",
        "no-patience": "It stops at the first epoch without an improvement. How many may go by?",
        "next-epoch": "Where it stops early, stop_epoch is one too large: the epoch after the one at which the patience "
        "has run out, or epochs that are counted from 1.",
        "stops-at-best": "stop_epoch is the best epoch. That is where one goes back to; when it stopped is another question.",
        "first-bad-epoch": "stop_epoch is the first epoch of the row. One does not know then that the row will be so long.",
        "does-not-stop": "It goes on after the first stop, and reports a later one. The first decides.",
        "best-of-all": "best_epoch is the best of all losses, of those after the stop as well. These are never seen.",
        "best-is-last": "best_epoch is the epoch of the stop. Which one had the lowest loss?",
        "best-from-one": "best_epoch is one too large. Epochs are counted from 0.",
        "latest-best": "Of several losses that are equally low, it takes the latest. The earliest is meant.",
        "counted-back": "best_epoch is patience epochs before the stop. That holds only where it did stop early.",
        "stop-left-out": "The last epoch is left out of the search for the best. It may be the best where it never stops early.",
        "highest": "best_epoch is the one with the highest loss.",
        "order-swapped": "The two come in the wrong order. stop_epoch is first.",
        "loss-for-epoch": "The second value is the best loss. The epoch in which it came is asked for.",
        "floats": "An epoch comes back as a float. It is an index, and an index is of an integer type: losses[5.0] stops with an error.",
    },
    explanation=Explanation(
        why="Validation losses are noisy, so a single rise says little, and patience is the number of rises in a row that one is "
        "ready to take for noise. Each step of training lets the weights move a little further from where they started; ending "
        "early keeps them near, which for a quadratic loss has nearly the effect of an L2 penalty: directions of small "
        "curvature, which are learned last, are held back. It costs patience epochs of work, and a copy of the best "
        "parameters.",
        another='''
def early_stopping(val_losses, patience):
    """Running minimum: an epoch's best so far is the last epoch in which the minimum fell."""
    epochs = np.arange(len(val_losses))
    lowest = np.minimum.accumulate(val_losses)
    improves = np.append(True, lowest[1:] < lowest[:-1])
    best = np.maximum.accumulate(np.where(improves, epochs, 0))
    tired = np.flatnonzero(epochs - best >= patience)
    stop = tired[0] if tired.size else epochs[-1]
    return stop, best[stop]
''',
        pytorch="PyTorch leaves it to the training loop. Lightning's EarlyStopping and Keras's count in the same way, with a "
        "min_delta by which a loss has to be better; torch.optim.lr_scheduler.ReduceLROnPlateau lowers the learning rate "
        "instead, after more than patience bad epochs.",
    ),
)
