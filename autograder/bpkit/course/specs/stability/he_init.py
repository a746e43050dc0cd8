import math

from bpkit.course.spec import Exercise, Explanation
from bpkit.course.specs._again import TWICE
from bpkit.course.specs.stability._weights import Initialisation, normal, uniform


def spread(fan_in, _fan_out):
    """Return the standard deviation of a weight."""
    return math.sqrt(2 / fan_in)


def _folded(std):
    """Return the probability of being below x, for the sizes of normal numbers."""
    return lambda x: (2 * normal(std)(x) - 1).clip(0.0, 1.0)


def _cut_off(std):
    """Return the probability of being below x, for normal numbers that are drawn again beyond two standard deviations."""
    low = 0.02275013194817921
    return lambda x: ((normal(std)(x) - low) / (1 - 2 * low)).clip(0.0, 1.0)


KNOWN = {
    "variance-for-std": lambda i, _: normal(2 / i),
    "fan-out": lambda _, o: normal(math.sqrt(2 / o)),
    "both-fans": lambda i, o: normal(math.sqrt(2 / (i + o))),
    "relu-forgotten": lambda i, _: normal(math.sqrt(1 / i)),
    "limit-for-std": lambda i, _: normal(math.sqrt(6 / i)),
    "upside-down": lambda i, _: normal(math.sqrt(i / 2)),
    "half-of-fan": lambda i, _: normal(math.sqrt(2) / i),
    "root-of-two-forgotten": lambda i, _: normal(2 / math.sqrt(i)),
    "product-of-fans": lambda i, o: normal(math.sqrt(2 / (i * o))),
    "not-scaled": lambda *_: normal(1.0),
    "small-constant": lambda *_: normal(0.01),
    "uniform-numbers": lambda i, _: uniform(math.sqrt(6 / i)),
    "uniform-with-std": lambda i, _: uniform(math.sqrt(2 / i)),
    "positive-only": lambda i, _: _folded(math.sqrt(2 / i)),
    "cut-off": lambda i, _: _cut_off(math.sqrt(2 / i)),
    "mean-not-zero": lambda i, _: normal(math.sqrt(2 / i), math.sqrt(2 / i)),
}

EXERCISE = Exercise(
    title="He initialisation",
    position=20,
    points=3,
    returns=("W",),
    cases=(),  # all of it is random, so there is nothing recorded to compare with
    reference=lambda torch, fan_in, fan_out, _rng: (
        torch.nn.init.kaiming_normal_(torch.empty(fan_out, fan_in)).T
    ),
    properties=Initialisation(
        "he_init",
        lambda fan_in, fan_out: normal(spread(fan_in, fan_out)),
        spread,
        KNOWN,
        "The weights should be normal numbers with mean 0 and a standard deviation of {}.",
    ).properties,
    harness=TWICE,
    hints=(
        "The variance is given. By which number do you have to multiply standard normal numbers, whose variance is 1?",
        "Multiplying by c multiplies the variance by c squared, so c is the root of 2 / fan_in. Every weight of the (fan_in, "
        "fan_out) gets a draw of its own.",
        "Take the root of 2 over fan_in. Draw an array (fan_in, fan_out) of standard normal numbers from rng and multiply it "
        "by that.",
    ),
    mistakes={
        "variance-for-std": "The variance is taken for the standard deviation. Multiplying by c multiplies the variance by c "
        "squared.",
        "fan-out": "The variance is 2 / fan_out. A neuron adds up fan_in products.",
        "both-fans": "This is Xavier's variance. relu asks for another one.",
        "relu-forgotten": "The variance is 1 / fan_in. What becomes of the mean square when relu has set half of it to 0?",
        "limit-for-std": "The root of 6 / fan_in is the end of an interval with this variance, not the standard deviation.",
        "upside-down": "The variance grows with fan_in. The more products are added up, the smaller each should be.",
        "half-of-fan": "The root goes over 2 alone. It belongs over the whole of 2 / fan_in.",
        "root-of-two-forgotten": "The root goes over fan_in alone. It belongs over the whole of 2 / fan_in.",
        "product-of-fans": "The fans are multiplied. A neuron adds up fan_in products, not fan_in * fan_out.",
        "not-scaled": "The weights do not depend on fan_in. The more products are added up, the smaller each should be.",
        "small-constant": "The standard deviation is 0.01 whatever fan_in is. That suits one size of layer and no other.",
        "uniform-numbers": "The weights are drawn evenly from an interval, with the right variance. Here they are normal "
        "numbers.",
        "uniform-with-std": "The weights are drawn evenly from an interval that ends at the standard deviation. Here they are "
        "normal numbers.",
        "positive-only": "All weights are positive. Half of them should be below 0.",
        "cut-off": "No weight is far from 0: the normal distribution has been cut off. It has no end, only fewer and fewer numbers.",
        "mean-not-zero": "The weights lie around their standard deviation. They should lie around 0.",
        "transposed": "W has the shape (fan_out, fan_in), which is PyTorch's. Here it is (fan_in, fan_out).",
        "one-row-for-all": "All rows are the same, so that every input counts the same. Each weight needs a draw of its own.",
        "one-column-for-all": "All columns are the same, so that all neurons say the same, get the same gradients and stay the "
        "same for ever. Each weight needs a draw of its own.",
        "one-number-for-all": "All weights are one number. Neurons that start alike stay alike.",
        "all-zero": "All weights are 0. Neurons that start alike stay alike, and here nothing even flows back.",
        "own-generator": "The weights do not come from rng, so nobody can repeat the run. Draw from the generator that is "
        "passed in.",
        "rng-copied": "rng itself is not drawn from, only a copy of it, or another generator that starts where rng stands: layers of one shape would all start with the same weights.",
        "fixed-seed": "The weights are the same whichever rng is passed in. Draw from the generator that is passed in.",
    },
    explanation=Explanation(
        why="A neuron's sum z adds up fan_in products a * w of independent factors, with w of mean 0: var(z) = fan_in * mean(a**2) "
        "* var(w). z is symmetric around 0, so relu keeps half of its mean square: mean(relu(z)**2) = var(z) / 2. From one relu "
        "to the next the mean square is multiplied by fan_in * var(w) / 2, which is 1 exactly if var(w) = 2 / fan_in. With 1 / "
        "fan_in it would halve at each layer. On the way back the same reckoning asks for 2 / fan_out; where layers are of "
        "about equal width, either will do.",
        another='''
def he_init(fan_in, fan_out, rng):
    """Let the generator do the scaling."""
    return rng.normal(loc=0.0, scale=(fan_in / 2) ** -0.5, size=(fan_in, fan_out))
''',
        pytorch="torch.nn.init.kaiming_normal_(W, nonlinearity='relu') fills a tensor (fan_out, fan_in) in place; "
        "mode='fan_out' keeps the gradients at their size instead. Its default, for a leaky relu with slope 0, is the same.",
    ),
)
