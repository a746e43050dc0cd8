from bpkit.course.spec import Case, Exercise, Explanation, Normal

EXERCISE = Exercise(
    title="Weighted sum",
    position=10,
    points=3,
    cases=(
        Case("three features", x=(3,), w=(3,), b=()),
        Case("seven features", x=Normal((7,), std=5.0), w=Normal((7,), std=5.0), b=()),
        Case("one feature", x=(1,), w=(1,), b=()),
    ),
    gradients_of=("x", "w", "b"),
    returns=("z",),
    reference=lambda torch, x, w, b: torch.dot(x, w) + b,
    hints=(
        "Turn one weight up a little. How much does z change, and what decides that? And when you turn up b?",
        "z depends on x[d] through w[d], on w[d] through x[d], and on b through 1. The chain rule multiplies each of "
        "these by dz, one number: dx (D,), dw (D,), db a number.",
        "dx: the weights, each times dz. dw: the features, each times dz. db: dz, as it came.",
    ),
    mistakes={
        "bias-forgotten": "The forward leaves b out. The bias shifts z, whatever x is.",
        "bias-subtracted": "The forward subtracts b. A bias is added.",
        "bias-in-every-term": "The bias went in once for every feature. It belongs to the neuron, not to a feature: it "
        "comes in once, when everything else has been added up.",
        "terms-not-added": "z has one entry for each feature. A neuron makes one number out of all of them.",
        "terms-averaged": "The forward takes the mean of the products. A weighted sum does not divide: with more "
        "features, z may well get larger.",
        "dz-ignored": "These are the derivatives of z alone. The loss hangs on z, and dz says how much: where does it "
        "come into your backward?",
        "features-share-one-gradient": "dx is one number, the weights added up. Each entry of x has its own effect on z, "
        "so dx has the shape of x. Nothing is added up here.",
        "weights-share-one-gradient": "dw is one number, the features added up. Each weight has its own effect on z, so "
        "dw has the shape of w. Nothing is added up here.",
        "weights-averaged": "dw is divided by the number of features. The forward adds them up and divides by nothing.",
        "descent-in-backward": "The sign is turned round. The backward says where the loss grows; going the other "
        "way is the business of the update, later.",
        "bias-zero": "db is 0, as if z did not change with b. A constant in x is not a constant in b: what happens to z "
        "when b goes up by a little?",
        "bias-one": "db is 1: that is how fast z grows with b. The loss hangs on z, and dz says how much. "
        "Where is it?",
        "bias-repeated": "db has one entry for each feature. There is one b, so there is one number.",
        "gradients-swapped": "dx and dw have changed places, or one stands where the other belongs. What is an entry of x "
        "multiplied by on its way into z?",
    },
    explanation=Explanation(
        why="""\
z is a sum. If one entry moves a little and the rest stays, z moves so many times as far:

    x[d]  w[d] times
    w[d]  x[d] times
    b     once

The chain rule multiplies each by dz, what z is worth to the loss:

    dx[d] = dz * w[d]     dw[d] = dz * x[d]     db = dz

In a product each factor gets the other one. Nothing is added up on the way back: there is one z, so every entry has only
one way to the loss. A weight whose feature is 0 gets no gradient from this example, since it had no say in z.""",
        another="""\
def weighted_sum_forward(x, w, b):
    # The bias is one more weight, of a feature that is always 1.
    features, weights = np.append(x, 1.0), np.append(w, b)
    return features @ weights, (features, weights)


def weighted_sum_backward(dz, cache):
    features, weights = cache
    dfeatures, dweights = dz * weights, dz * features
    return dfeatures[:-1], dweights[:-1], dweights[-1]""",
        pytorch="torch.dot(x, w) + b. The graph has two nodes, DotBackward0, which keeps x and w for the backward, "
        "and AddBackward0, which keeps none of its inputs. In a network it is torch.nn.Linear(D, 1), which takes "
        "whole batches and returns the shape (N, 1).",
    ),
)
