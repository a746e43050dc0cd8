from bpkit.course.spec import Exercise, Explanation, Problem, Seed
from bpkit.course.specs.training import _images, _parts

TRAIN, PREDICT = "train_digits", "predict_digits"
CALLED = ("x", "y", "x_val", "y_val", "rng")
ENOUGH = 0.95
# Several small networks misread these, as people may: nobody should fail by them.
UNCLEAR = (170, 518, 1018, 1529, 1580, 1727, 1729)


def split():
    """Return three parts of images with labels: to learn from, to look at meanwhile, to be asked at the end."""
    import numpy as np

    images, labels = _images.digits()
    order = np.random.default_rng(38).permutation(len(images))
    last = [index for index in order[1490:] if index not in UNCLEAR]
    return tuple((images[part], labels[part]) for part in (order[:1296], order[1296:1490], last))


def _learner():
    (x, y), (x_val, y_val), _ = split()
    return _images.Learner(TRAIN, PREDICT, (x, y, x_val, y_val, Seed(1)), CALLED, y)


def accuracy(call):
    """Ask for images that were in neither set."""
    learner = _learner()
    for check in (_images.besides, _images.unusable, _images.nothing_learned):
        problem = check(learner, call)
        if problem is not None:
            return problem
    images, labels = split()[2]
    seen = (_images.classes(learner.answers(call), len(learner.labels)) == learner.labels).mean()
    ids = _images.classes(learner.answers(call, images, "named_or_none"), len(labels))
    if ids is None:
        return Problem(TRAIN, "It answers for the images that it has learned from, and not for others.")
    right = int((ids == labels).sum())
    if right >= ENOUGH * len(labels):
        return None
    text = f"Of {len(labels)} images that it had not seen, {right} are right: {100 * right / len(labels):.1f} %. "
    text += (
        f"It should be {100 * ENOUGH:.0f} %. Of those that it has learned from, {100 * seen:.1f} % are right."
    )
    missing = sorted(set(range(10)) - set(ids.tolist()))
    if len(missing) == 1:
        text += f" It never says {missing[0]}."
        return Problem(TRAIN, text, None, "a-class-missing")
    if seen > 0.99:
        text += " It knows these by heart and has not learned enough that holds for others."
    elif seen < 0.97:
        text += " It has not even learned these: longer, a larger or a smaller learning rate, or more hidden units."
    return Problem(TRAIN, text)


EXERCISE = Exercise(
    title="Reading digits",
    position=40,
    points=9,
    function=TRAIN,
    returns=("params",),
    cases=(),
    reference=lambda _: None,
    properties=(accuracy,),
    seconds=30.0,
    harness=_images.HARNESS,
    also=(
        Exercise(
            title="",
            position=0,
            points=3,
            hints=("", "", ""),
            mistakes={},
            function=PREDICT,
            returns=("digits",),
            cases=(),
            reference=lambda _: None,
            properties=_images.of_the_answers(_learner),
        ),
    ),
    needs=_parts.EARLIER,
    hints=(
        "Which of your exercises is the network, which the loss, which the update, and which cuts the data into batches? "
        "What is left to write?",
        "A network with 64 inputs, one hidden layer of 32 to 128 units and 10 outputs will do. Weights start small and random, by "
        "the root of 2 over the number of inputs; biases start at 0. The gradient at the logits, (batch, 10), is the "
        "probabilities, less 1 at the right class, over the size of the batch.",
        "train: make the weights; twenty or thirty times over, shuffle the numbers of the examples, cut them into "
        "batches of about 32, and for each batch go forward, go backward, and take a step (SGD with momentum 0.9 and learning "
        "rate 0.05, or Adam with 0.002). predict: forward, and the place of the largest score in each row.",
    ),
    mistakes={
        "nothing-learned": "It guesses, even where it has seen the answer. Does the loss fall from one pass to the next? Does every "
        "step go downhill? Do x and y still belong together after the shuffling?",
        "always-the-same": "It gives one answer whatever it sees. Do the weights get gradients, or only the last biases? Are all weights 0 "
        "at the start? A learning rate that is far too large does this too: all relus are shut after the first steps.",
        "a-class-missing": "There are digits that it never says. How many outputs does the network have, and how many digits are there?",
        "scores-returned": "predict_digits returns the scores. What is wanted is the class whose score is the largest.",
        "largest-score-returned": "predict_digits returns the largest score. What is wanted is where it stands.",
        "one-answer": "There is one number for all images. Along which axis do the scores of one image lie?",
        "one-too-many": "Classes count from 0: the first output stands for the digit 0.",
        "least-likely": "predict_digits chooses what is least likely.",
        "data-changed": "What it is given belongs to the caller. Start from a copy, or make new arrays.",
        "other-chance": "All randomness comes from rng, so that whoever gives the same rng gets the same params. What everybody shares is left "
        "alone.",
        "images-changed": "What it is given belongs to the caller. Start from a copy, or make a new array.",
        "answers-change": "What it says of an image is settled once it has learned. Chance, as in dropout, belongs to the learning, and "
        "answering leaves params as they are.",
        "kept-outside": "What was learned is kept elsewhere than in params. Whoever learns twice could ask the second time's only: all that "
        "predict_digits wants to know is in what train_digits returns.",
        "depends-on-the-others": "What it says of one image depends on which others come with it. Means and spreads for "
        "normalising come from the training images, and are kept in params.",
    },
    explanation=Explanation(
        why="The network sees 64 numbers and has some 5,000 weights, for 1,296 examples: enough to learn nearly all of them by heart, and still "
        "it reads new ones. The labels agree with what the images have in common, so the weights that explain many examples at once "
        "get gradients that add up, step for step, and are found first; what is peculiar to one example gets a "
        "thirty-second of that. Where this is not so, as with random labels, the same network fits the data and learns nothing.",
        another="""
def train_digits(x, y, x_val, y_val, rng):
    layers = [np.vstack([rng.normal(0, (2 / n) ** 0.5, (n, m)), np.zeros((1, m))]) for n, m in ((64, 48), (48, 10))]
    averages = [[np.zeros_like(W), np.zeros_like(W)] for W in layers]
    step, best, wanted = 0, (0.0, layers), np.eye(10)[y]
    for epoch in range(25):
        for batch in rng.permutation(len(x))[: len(x) // 24 * 24].reshape(-1, 24):
            step += 1
            hidden = np.maximum(one(x[batch]) @ layers[0], 0)
            scores = np.exp(one(hidden) @ layers[1])
            delta = (scores / scores.sum(1, keepdims=True) - wanted[batch]) / len(batch)
            grads = one(x[batch]).T @ (delta @ layers[1][:-1].T * (hidden > 0)), one(hidden).T @ delta
            for W, g, (m, v) in zip(layers, grads, averages):
                m += 0.1 * (g - m)
                v += 0.001 * (g * g - v)
                W -= 0.003 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
        correct = np.mean(predict_digits(x_val, layers) == y_val)
        best = max(best, (correct, [W.copy() for W in layers]), key=lambda pair: pair[0])
    return best[1]


def predict_digits(x, params):
    return np.argmax(one(np.maximum(one(x) @ params[0], 0)) @ params[1], axis=1)


def one(x):
    return np.hstack([x, np.ones((len(x), 1))])
""",
        pytorch="nn.Sequential, a DataLoader that shuffles, F.cross_entropy and an optimizer: the same loop in ten lines. It gets the same "
        "accuracy; what PyTorch adds is the gradients, larger networks and other machines.",
    ),
)
