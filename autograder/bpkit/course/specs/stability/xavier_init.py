import math

from bpkit.course.spec import Exercise, Explanation
from bpkit.course.specs._again import TWICE
from bpkit.course.specs.stability._weights import Initialisation, normal, shifted, uniform


def limit(fan_in, fan_out):
    """Return the a of the statement."""
    return math.sqrt(6 / (fan_in + fan_out))


def spread(fan_in, fan_out):
    """Return the standard deviation of a weight."""
    return math.sqrt(2 / (fan_in + fan_out))


KNOWN = {
    "variance-for-limit": lambda i, o: uniform(2 / (i + o)),
    "std-for-limit": lambda i, o: uniform(spread(i, o)),
    "root-forgotten": lambda i, o: uniform(6 / (i + o)),
    "fan-in-only": lambda i, _: uniform(math.sqrt(3 / i)),
    "fan-out-only": lambda _, o: uniform(math.sqrt(3 / o)),
    "for-relu": lambda i, _: uniform(math.sqrt(6 / i)),
    "for-relu-backward": lambda _, o: uniform(math.sqrt(6 / o)),
    "three-for-six": lambda i, o: uniform(math.sqrt(3 / (i + o))),
    "one-over-root": lambda i, _: uniform(1 / math.sqrt(i)),
    "product-for-sum": lambda i, o: uniform(math.sqrt(6 / (i * o))),
    "not-scaled": lambda *_: uniform(1.0),
    "normal-numbers": lambda i, o: normal(spread(i, o)),
    "normal-with-limit": lambda i, o: normal(limit(i, o)),
    "positive-only": lambda i, o: shifted(limit(i, o), 0.0),
    "half-the-width": lambda i, o: uniform(limit(i, o) / 2),
    "twice-the-width": lambda i, o: uniform(2 * limit(i, o)),
}

EXERCISE = Exercise(
    title="Xavier initialisation",
    position=10,
    points=3,
    returns=("W",),
    cases=(),  # all of it is random, so there is nothing recorded to compare with
    reference=lambda torch, fan_in, fan_out, _rng: (
        torch.nn.init.xavier_uniform_(torch.empty(fan_out, fan_in)).T
    ),
    properties=Initialisation(
        "xavier_init",
        lambda fan_in, fan_out: uniform(limit(fan_in, fan_out)),
        spread,
        KNOWN,
        "The weights should be even between -a and a, with a standard deviation of {}.",
    ).properties,
    harness=TWICE,
    hints=(
        "Which a makes a**2 / 3 equal to the variance that the statement asks for?",
        "Solve a**2 / 3 = 2 / (fan_in + fan_out) for a: there is a root in it. Every weight of the (fan_in, fan_out) gets a "
        "draw of its own.",
        "Work out a, the root of 6 over the sum of the two fans. Draw an array of shape (fan_in, fan_out) evenly between minus "
        "a and a from rng.",
    ),
    mistakes={
        "variance-for-limit": "The variance is taken for a. The interval's variance is a**2 / 3.",
        "std-for-limit": "The standard deviation is taken for a. An interval that ends at a has a variance of a**2 / 3.",
        "root-forgotten": "a has no root. It is a**2 that is 3 times the variance.",
        "fan-in-only": "Only fan_in counts, as if the way back did not matter.",
        "fan-out-only": "Only fan_out counts, as if the way forward did not matter.",
        "for-relu": "The variance is 2 / fan_in, which is for relu. That has an exercise of its own.",
        "for-relu-backward": "The variance is 2 / fan_out. Xavier's lies between what the two ways ask for.",
        "three-for-six": "The variance is half of what it should be. What is three times 2 / (fan_in + fan_out)?",
        "one-over-root": "a is 1 / sqrt(fan_in), an older rule. It gives a third of the variance that the way forward needs.",
        "product-for-sum": "The fans are multiplied. A neuron adds up fan_in products, not fan_in * fan_out.",
        "not-scaled": "The interval does not depend on the fans. The more products are added up, the smaller each should be.",
        "normal-numbers": "The weights are normal numbers, with the right variance. Here they are drawn evenly from an interval.",
        "normal-with-limit": "The weights are normal numbers, with a for their standard deviation. Here they are drawn evenly "
        "from an interval.",
        "positive-only": "All weights are positive, so that every neuron adds up what it sees. The interval goes from -a to a.",
        "half-the-width": "The interval goes from -a/2 to a/2. It is 2 a wide.",
        "twice-the-width": "The interval goes from -2a to 2a. A variance of a**2 / 3 belongs to the one from -a to a, which is 2 a wide.",
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
        why="Let y = sum over fan_in products x * w, all independent and of mean 0. Then var(y) = fan_in * var(x) * var(w), so "
        "forward the signal keeps its size if var(w) = 1 / fan_in. Backward, dx = sum over fan_out products dy * w, and the "
        "gradient keeps its size if var(w) = 1 / fan_out. Both cannot hold unless the fans are equal; 2 / (fan_in + fan_out) "
        "is the compromise, one over their mean. tanh has slope 1 around 0, so it leaves the reckoning nearly unchanged.",
        another='''
def xavier_init(fan_in, fan_out, rng):
    """Numbers from 0 to 1, moved and stretched."""
    W = np.empty((fan_in, fan_out))
    rng.random(out=W)
    W -= 0.5
    W *= 2 * np.sqrt(6) / np.sqrt(fan_in + fan_out)
    return W
''',
        pytorch="torch.nn.init.xavier_uniform_(W) fills a tensor (fan_out, fan_in) in place; its gain multiplies a for other "
        "activations, 5/3 for tanh. nn.Linear itself starts from kaiming_uniform_(a=sqrt(5)), which comes to an interval of 1 / "
        "sqrt(fan_in).",
    ),
)
