from bpkit.course.spec import Exercise, Explanation
from bpkit.course.specs._again import TWICE
from bpkit.course.specs.optimizers._batches import PROPERTIES

EXERCISE = Exercise(
    title="Minibatches",
    position=20,
    points=3,
    function="minibatches",
    returns=("batches",),
    cases=(),  # all of it is random, so there is nothing recorded to compare with
    reference=lambda torch, n, batch_size, _rng: torch.randperm(n).split(batch_size),
    properties=PROPERTIES,
    harness=TWICE,
    hints=(
        "If the examples lay in random order already, how would you cut them into batches?",
        "One random order of the n indices, an array (n,), decides everything. The batches are its pieces: they begin at "
        "the places 0, batch_size, 2 * batch_size, ... as long as these are below n.",
        "Let rng make a permutation of n. For every start from 0 to below n, in steps of batch_size, take the piece from "
        "there that is batch_size long; a slice that reaches past the end stops there by itself. Collect the pieces in a "
        "list.",
    ),
    mistakes={
        "not-shuffled": "The examples come in the order of the data. Often that is sorted by class, and then each batch knows "
        "one class only.",
        "one-batch-in-order": "Where one batch holds everything, its examples come in the order of the data. Every order should be as likely as every other, there too.",
        "with-replacement": "Every index is drawn by itself, so that some examples come twice in an epoch and others never. "
        "An epoch sees every example once.",
        "counted-from-one": "The indices go from 1 to n. The first example has index 0, and n is past the end.",
        "rotated-only": "The order of the data only starts elsewhere. Neighbours should part.",
        "one-left-out": "One example is left out of the epoch.",
        "own-generator": "The order does not come from rng, so nobody can repeat the run. Draw from the generator that is "
        "passed in.",
        "fixed-seed": "The order is the same whichever rng is passed in: every epoch would have the same batches. Draw from "
        "the generator that is passed in.",
        "rng-copied": "rng itself is not drawn from, only a copy of it, or another generator that starts where rng stands: the next epoch would have the same batches.",
        "batches-shuffled-only": "The batches come in random order, but each holds neighbours. It should be left to chance "
        "which examples share a batch.",
        "shuffled-within-batches": "Each batch is shuffled by itself and holds the same examples every time. It should be left "
        "to chance which examples share a batch.",
        "sorted-within-batches": "Which examples share a batch is left to chance, but within a batch they are sorted. Every "
        "order should be as likely as every other.",
        "every-batch-drawn-anew": "Every batch is drawn from all examples, whatever the batches before it held. In one epoch "
        "no example comes back.",
        "last-filled-up": "The last batch is filled up with examples that have been there before. It is shorter instead.",
        "last-dropped": "The last, shorter batch is missing, and its examples with it. An epoch sees every example.",
        "empty-batch": "Where batch_size divides n there is an empty batch at the end. A mean over it would be NaN.",
        "batches-overlap": "A batch begins at every example. The next one begins where this one ends.",
        "first-batch-only": "There is only one batch. An epoch has as many as it takes to see every example.",
        "one-too-many-in-a-batch": "Each batch takes one example too many, which is the first of the next one. A slice's end "
        "is not part of it.",
        "one-too-few-in-a-batch": "Each batch leaves its last example out. A slice's end is not part of it already.",
        "evened-out": "The batches are made about equally large. All have batch_size examples but the last.",
        "evened-out-larger": "The batches are made about equally large, and some hold more than batch_size examples. All have batch_size but the last, which takes what is left.",
        "count-for-size": "batch_size is taken for the number of batches. It says how many examples are in each.",
        "short-batch-first": "The shorter batch comes first. It should come last.",
    },
    explanation=Explanation(
        why="A minibatch's mean gradient is an estimate of the mean over all examples. If the batch is a random one, the "
        "estimate is right on average, and its variance goes down like 1 / batch_size. Drawn without replacement, an "
        "epoch's batches use every example exactly once, so their errors cancel in part: the sum over the epoch is right. A "
        "fixed order has errors that repeat at each epoch and pull the parameters the same way every time.",
        another='''
def minibatches(n, batch_size, rng):
    """Sort by random numbers, and cut at every multiple of batch_size."""
    order = np.argsort(rng.random(n))
    return np.split(order, np.arange(batch_size, n, batch_size))
''',
        pytorch="torch.utils.data.DataLoader(dataset, batch_size, shuffle=True), which draws a torch.randperm for each epoch, "
        "fetches the examples in worker processes and stacks them; drop_last=True leaves the short batch out, which keeps "
        "batch norm away from a batch of one.",
    ),
)
