from bpkit.course.spec import Case, Exercise, Explanation, Seed
from bpkit.course.specs.regularization._flips import HARNESS, PROPERTIES

EXERCISE = Exercise(
    title="Flipped images",
    position=50,
    points=3,
    returns=("images",),
    cases=(
        Case("all are flipped", images=(5, 3, 7), p=1.0, rng=Seed(5)),
        Case("none is", images=(5, 3, 7), p=0.0, rng=Seed(6)),
        Case("channels", images=(3, 1, 5, 7), p=1.0, rng=Seed(7)),
        Case("one row each", images=(11, 5), p=1.0, rng=Seed(8)),
        Case("one image", images=(1, 3, 5), p=1.0, rng=Seed(9)),
    ),
    # What is in between is random; `_flips` looks after that.
    reference=lambda torch, images, p, _rng: torch.flip(images, (-1,)) if p == 1 else images.clone(),
    properties=PROPERTIES,
    harness=HARNESS,
    hints=(
        "How many random numbers does a batch of N images need, if each is flipped or not as a whole?",
        "N uniform numbers, one for each image, compared with p, give N flags. The flagged images get their last axis in "
        "reverse order; the slice for that is the same for any number of axes in front of it.",
        "Draw N numbers from rng; an image is flipped where its number is below p. Copy images. In the copy, replace the "
        "flipped ones by what they were in the original, with the last axis backwards. Return the copy.",
    ),
    mistakes={
        "never-flips": "No image is ever flipped.",
        "flips-all": "Every image is flipped, whatever p is.",
        "p-keeps": "p is taken as the probability to be left alone. It is the probability to be flipped.",
        "coin-flip": "Half of the images are flipped, whatever p is.",
        "normal-numbers": "The share that is flipped is that of normal numbers below p. A number that is below p with "
        "probability p is drawn evenly from 0 to 1.",
        "one-draw": "One draw decides for the whole batch. Each image needs a draw of its own.",
        "exact-count": "The same number of images is flipped every time. Each is flipped by itself with probability p, so their "
        "number varies by chance.",
        "first-ones": "It is the first images of the batch that are flipped, always the same. Each needs a draw of its own.",
        "own-generator": "The flips do not come from rng, so nobody can repeat the run. Draw from the generator that is passed "
        "in.",
        "fixed-seed": "The same images are flipped whichever rng is passed in. Draw from the generator that is passed in.",
        "rng-copied": "rng itself is not drawn from, only a copy of it, or another generator that starts where rng stands: the next batch would have the same flips.",
        "memory-shared": "Not every call makes a new array: whoever writes into what comes back would change the images that came in.",
        "upside-down": "The images are turned upside down. The last axis is the one from left to right.",
        "turned-by-half": "All axes of an image are reversed, channels and height as well. Only the last one is.",
        "batch-reversed": "The images trade places. Each stays where it is, and its own last axis is reversed.",
        "batch-reversed-too": "The flipped images also trade places, so that they no longer fit their labels.",
        "batch-and-image-reversed": "Every axis is reversed, that of the batch as well: the images trade places, and stand on their heads. Only the last axis of each is reversed.",
        "flipped-ones-together": "The flipped images stand together, and so do the others, so that they no longer fit their labels. Each stays in its place.",
        "minus-zero": "In the flipped images the first pixel stays where it was: counted from the end, the last one is -1, and -0 is the first.",
        "shifted": "The images are moved by one pixel. A flip reverses the order along the last axis.",
        "negated": "The numbers change their sign. A flip moves pixels and leaves their values alone.",
        "first-axis-after-batch": "The axis after the batch is reversed: the channels, or the height. It is the last one that "
        "goes from left to right.",
        "set-to-zero": "The images that should be flipped are 0.",
        "pixels-by-themselves": "Each pixel is flipped or not by itself, which tears the images apart. One draw decides for a whole image.",
        "rows-by-themselves": "Each row is flipped or not by itself, which tears the images apart. One draw decides for a whole "
        "image.",
        "half-overwritten": "The flipped images are symmetrical: pixels were overwritten before they had been read. That happens "
        "when a row is reversed in place, half by half.",
    },
    explanation=Explanation(
        why="If the label does not depend on left and right, a flipped image is another sample from the same distribution, and "
        "the loss averaged over both is what one wants to be small: L(x) / 2 + L(flip(x)) / 2 for p = 1/2. A random flip is an "
        "unbiased estimate of it, as a minibatch is of the whole, so the network is pushed towards answers that do not change "
        "under the flip. It has no parameters and comes before the first layer, so nothing has to be sent back through it. It "
        "is wrong where left and right matter: writing, road signs.",
        another='''
def augment_flip(images, p, rng):
    """Both versions, and a choice between them for each image."""
    flip = rng.uniform(size=len(images)) < p
    flags = flip.reshape(-1, *[1] * (images.ndim - 1))
    return np.where(flags, np.flip(images, axis=-1), images)
''',
        pytorch="torchvision.transforms.v2.RandomHorizontalFlip(p=0.5), for one image: the data loader calls it for each, in its "
        "worker processes, so that each has a draw of its own. Applied to a whole batch it draws once for all of it.",
    ),
)
