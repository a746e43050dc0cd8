from bpkit.course.spec import Exercise, Explanation, Problem, Seed
from bpkit.course.specs.training import _images, _parts

LEARN, PREDICT = "memorize", "predict_memorized"
CALLED = ("x", "labels", "rng")
ENOUGH = 0.99
COUNT = 127


def lots():
    """Return images with labels drawn by lot, and fresh ones with such labels too."""
    import numpy as np

    rng = np.random.default_rng(3)
    images, _ = _images.digits()
    images = images[rng.permutation(len(images))[: COUNT + 500]]
    labels = rng.integers(0, _images.CLASSES, len(images))
    return (images[:COUNT], labels[:COUNT]), (images[COUNT:], labels[COUNT:])


def _learner():
    (x, labels), _ = lots()
    return _images.Learner(LEARN, PREDICT, (x, labels, Seed(1)), CALLED, labels)


def by_heart(call):
    """Ask for the images that it has learned, and for fresh ones, to show the difference."""
    learner = _learner()
    for check in (_images.besides, _images.unusable, _images.nothing_learned):
        problem = check(learner, call)
        if problem is not None:
            return problem
    fresh, labels = lots()[1]
    ids = _images.classes(learner.answers(call), COUNT)
    others = _images.classes(learner.answers(call, fresh, "named_or_none"), len(labels))
    right = int((ids == learner.labels).sum())
    told = f"Of {COUNT} images with labels drawn by lot, {right} are right: {100 * right / COUNT:.1f} %."
    if right < ENOUGH * COUNT:
        text = f"{told} It should be {100 * ENOUGH:.0f} %, all but one."
        return Problem(LEARN, text, None, "not-by-heart")
    if others is not None:
        share = 100 * (others == labels).mean()
        call("told", f"{told} Of {len(labels)} fresh ones: {share:.1f} %. Guessing gets 10 %.")
    return None


EXERCISE = Exercise(
    title="Learning by heart",
    position=30,
    points=6,
    function=LEARN,
    returns=("params",),
    cases=(),
    reference=lambda _: None,
    properties=(by_heart,),
    seconds=30.0,
    harness=_images.HARNESS,
    also=(
        Exercise(
            title="",
            position=0,
            points=2,
            hints=("", "", ""),
            mistakes={},
            function=PREDICT,
            returns=("ids",),
            cases=(),
            reference=lambda _: None,
            properties=_images.of_the_answers(_learner),
        ),
    ),
    needs=_parts.EARLIER,
    hints=(
        "What do people do to keep a network from learning by heart? Do the opposite of all that.",
        "A network with 64 inputs, a hidden layer of 64 or 128 units with relu and 10 outputs has more weights than there is to "
        "learn. The gradient at the logits, (N, 10), is the probabilities, less 1 at the label, over N.",
        "Make the weights, small and random. Some hundred times over: go forward with all images at once, stop if every largest "
        "score is at its label, else go backward and take a step (momentum 0.9 with a learning rate of 0.1 or 0.2, or Adam with 0.005). "
        "No weight decay, no dropout, no early stop. predict: forward, and the place of the largest score in each row.",
    ),
    mistakes={
        "nothing-learned": "It guesses, even where it has seen the answer. Does the loss fall from one pass to the next? Does every "
        "step go downhill? Do images and labels still belong together?",
        "always-the-same": "It gives one answer whatever it sees. Do the weights get gradients, or only the last biases? Are all weights 0 "
        "at the start? A learning rate that is far too large does this too: all relus are shut after the first steps.",
        "not-by-heart": "It has learned some of them. Give it longer, more hidden units, or larger steps, and nothing that holds it "
        "back: no decay, no dropout.",
        "scores-returned": "predict_memorized returns the scores. What is wanted is the class whose score is the largest.",
        "largest-score-returned": "predict_memorized returns the largest score. What is wanted is where it stands.",
        "one-answer": "There is one number for all images. Along which axis do the scores of one image lie?",
        "one-too-many": "Classes count from 0: the first output stands for the label 0.",
        "least-likely": "predict_memorized chooses what is least likely.",
        "data-changed": "What it is given belongs to the caller. Start from a copy, or make new arrays.",
        "other-chance": "All randomness comes from rng, so that whoever gives the same rng gets the same params. What everybody shares is left "
        "alone.",
        "images-changed": "What it is given belongs to the caller. Start from a copy, or make a new array.",
        "answers-change": "What it says of an image is settled once it has learned. Chance, as in dropout, belongs to the learning, and "
        "answering leaves params as they are.",
        "kept-outside": "What was learned is kept elsewhere than in params. Whoever learns twice could ask the second time's only: all that "
        "predict_memorized wants to know is in what memorize returns.",
        "depends-on-the-others": "What it says of one image depends on which others come with it. Means and spreads for "
        "normalising come from the images that it learns from, and are kept in params.",
    },
    explanation=Explanation(
        why="127 images in 64 dimensions, ten classes: the network has about 9,600 weights for 127 labels, so there are many settings of the "
        "weights that give every label, and gradient descent finds one. The fit needs no sense in the labels. That it cannot be told from "
        "real learning by its training accuracy is why a part of the data is kept aside: only images whose labels the network "
        "has never met show whether what it learned holds for others. With true labels the same network reads 95 of 100 of them and more.",
        another="""
def memorize(x, labels, rng):
    hidden = rng.normal(0, 0.3, (64, 256))
    shift = rng.normal(0, 0.3, 256)
    features = np.maximum(x @ hidden + shift, 0)  # random, and never trained: more of them than images
    output, *_ = np.linalg.lstsq(features, np.eye(10)[labels], rcond=None)
    return hidden, shift, output


def predict_memorized(x, params):
    hidden, shift, output = params
    return (np.maximum(x @ hidden + shift, 0) @ output).argmax(axis=1)
""",
        pytorch="The same loop; nothing in PyTorch keeps a network from this. Zhang and others (2017, Understanding deep learning requires "
        "rethinking generalization) did it with a million photographs and random labels.",
    ),
)
