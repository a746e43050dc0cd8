from bpkit.course.spec import Case, Exercise, Explanation, Given


def one_step(torch, x, y, w, b, lr):
    """One step of SGD on the mean binary cross entropy; the loss is the one before the step."""
    w = w.detach().clone().requires_grad_()
    b = torch.as_tensor(b, dtype=w.dtype, device=w.device).detach().clone().requires_grad_()
    stepper = torch.optim.SGD([w, b], lr=lr)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w + b, y)
    loss.backward()
    stepper.step()
    return w.detach(), b.detach(), loss.detach()


EXERCISE = Exercise(
    title="A learning step",
    position=90,
    points=6,
    function="learning_step",
    returns=("w", "b", "loss"),
    cases=(
        Case("a batch", x=(5, 3), y=Given((1.0, 0.0, 0.0, 1.0, 0.0)), w=(3,), b=(), lr=0.1),
        Case(
            "a wider batch",
            x=(11, 7),
            y=Given((0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0)),
            w=(7,),
            b=(),
            lr=0.5,
        ),
        Case("one example", x=(1, 5), y=Given((1.0,)), w=(5,), b=(), lr=0.3),
        # The loss is small, so that what log(1 + exp(z)) lacks where z stands in for it shows.
        Case(
            "sure and right",
            x=Given(
                (
                    (8.5, 0.0, 0.0),
                    (0.0, -21.0, 0.0),
                    (-12.5, 0.0, 0.0),
                    (0.0, 0.0, 6.75),
                    (-17.5, 0.0, 0.0),
                )
            ),
            y=Given((1.0, 1.0, 0.0, 1.0, 0.0)),
            w=Given((1.0, -0.5, 2.0)),
            b=Given(0.5),
            lr=100.0,
        ),
        Case(
            "sure of itself",
            x=Given(
                (
                    (1000.0, 0.0, 0.0),
                    (-1000.0, 0.0, 0.0),
                    (0.5, -1.0, -1.5),
                    (0.0, 800.0, 0.0),
                    (0.0, 0.0, 400.0),
                )
            ),
            y=Given((1.0, 1.0, 1.0, 0.0, 0.0)),
            w=Given((1.0, -0.5, 2.0)),
            b=Given(0.5),
            lr=0.01,
        ),
    ),
    reference=one_step,
    needs=("neuron/sigmoid", "neuron/neuron"),
    hints=(
        "What does the loss of one example do when its z goes up by a little: for y = 1, for y = 0? At what z does it "
        "hardly change any more?",
        "For one example the loss is log(1 + exp(z)) - y * z, and its derivative with respect to z is a - y. The mean puts "
        "1/N before both. From dz (N,) on to dw (D,) and db it goes as in the neuron.",
        "Weighted sums, then a. Loss: for each example the larger of z and 0, less z times y, plus log1p of exp of minus "
        "the size of z; then the mean. dz: a less y, divided by N. From w take lr times (x turned, times dz), from b lr "
        "times dz added up.",
    ),
    mistakes={
        "bias-and-loss-exchanged": "b and the loss have changed places. The order is w, b, loss.",
        "bias-uphill": "b goes along its gradient, so the loss grows. Both w and b go downhill.",
        "slope-of-the-squared-error": "This is the gradient of the squared error, and the loss is the cross entropy. Each loss has a gradient of "
        "its own.",
        "divided-by-features": "The gradient is divided by D, the number of features. The loss is a mean over the examples: how many of "
        "them are there?",
        "loss-1e-15-added": "1e-15 is added before the log is taken. That keeps it away from 0, but the loss stops growing where the "
        "neuron is sure of itself and wrong, and is a little off elsewhere. Work from z instead.",
        "bias-forgotten": "The prediction leaves b out. It is added to every example's weighted sum.",
        "loss-of-log-zero": "The loss is inf or nan where the neuron is very sure: a was rounded to 0 or 1 there, or exp grew "
        "to infinity, and the log has nothing left to work with. Put the sigmoid into the formula on paper, and the logs get "
        "simpler.",
        "loss-infinite": "The loss is inf where the neuron is very sure: exp grew to infinity, or a was rounded to 0 or 1, before the "
        "log was taken. Put the sigmoid into the formula on paper, and mind what exp gets to see.",
        "loss-clipped-at-1e-7": "About 1e-7 keeps the log away from 0, but the loss stops growing: a neuron that is wrong at "
        "z = -1000 gets the same loss as at z = -16. Work from z instead.",
        "loss-clipped-at-1e-8": "About 1e-8 keeps the log away from 0, but the loss stops growing: a neuron that is wrong at "
        "z = -1000 gets the same loss as at z = -18. Work from z instead.",
        "loss-clipped-at-1e-10": "About 1e-10 keeps the log away from 0, but the loss stops growing: a neuron that is wrong at "
        "z = -1000 gets the same loss as at z = -23. Work from z instead.",
        "loss-clipped-at-1e-12": "About 1e-12 keeps the log away from 0, but the loss stops growing: a neuron that is wrong at "
        "z = -1000 gets the same loss as at z = -28. Work from z instead.",
        "loss-clipped-at-1e-15": "About 1e-15 keeps the log away from 0, but the loss stops growing: a neuron that is wrong at "
        "z = -1000 gets the same loss as at z = -35. Work from z instead.",
        "loss-logs-held": "Logs held at -100 stay finite, but the loss stops growing: a neuron that is wrong at z = -1000 gets "
        "the same loss as at z = -100. Work from z instead.",
        "loss-summed": "The loss is the sum over the examples. It should be their mean, so that it does not grow with the "
        "batch.",
        "loss-negative": "The loss is negative. The log of a probability is below 0, and there is a minus sign before it in "
        "the formula.",
        "loss-of-ones-only": "The loss counts only the examples with y = 1. A wrong prediction for y = 0 must cost "
        "something too.",
        "loss-squared-error": "This loss is the mean squared error of the probabilities. The step asks for the binary "
        "cross entropy.",
        "gradient-summed": "The step is N times too long. The loss is a mean: where does its 1/N appear in the gradient?",
        "weights-gradient-summed": "The step of w is N times too long. The loss is a mean: where does its 1/N appear in the "
        "gradient of w?",
        "bias-gradient-summed": "The step of b is N times too long. The loss is a mean: where does its 1/N appear in the "
        "gradient of b?",
        "sigmoid-slope-twice": "The sigmoid's slope is in the gradient once too often. Work out on paper what it cancels "
        "with when the cross entropy's derivative comes before it.",
        "error-of-z": "The targets are compared with the weighted sums. They are 0 or 1: which of your numbers are "
        "probabilities?",
        "error-of-decision": "The targets are compared with the decision yes or no. That is the old perceptron's rule; here "
        "it matters how sure the neuron was.",
        "uphill": "The step goes along the gradient, so the loss grows. (Or the error is taken the other way round: target "
        "less prediction.)",
        "learning-rate-unused": "The step is as long as the gradient itself. What is lr for?",
        "bias-step-without-rate": "b's step is as long as its gradient. What is lr for?",
        "step-alone": "These are the steps alone. A step is taken from where w and b were.",
        "gradient-returned": "These are the gradients. The function should go one step further and return the updated w "
        "and b.",
        "bias-fixed": "b comes back as it was. It is a parameter and learns like the weights.",
        "bias-averaged-again": "The gradient of b is averaged twice: once in the loss, and once more when the examples come "
        "together in b.",
        "bias-after-weights": "The gradient of b was taken when w had already moved. One step uses one gradient: both "
        "parts belong to the same old w and b.",
        "loss-too-late": "This is the loss after the update. It should be the one that the gradient was taken of, "
        "before anything moved.",
    },
    explanation=Explanation(
        why="""\
With a = sigmoid(z), -log(a) is log(1 + exp(-z)) and -log(1 - a) is log(1 + exp(z)), which is z + log(1 + exp(-z)). So the loss of
one example is log(1 + exp(z)) - y * z, and

    dloss/dz = sigmoid(z) - y = a - y

The other way round: dloss/da = (a - y) / (a * (1 - a)), and the sigmoid's slope a * (1 - a) cancels the denominator. So who is
sure and wrong still gets a gradient of nearly 1 in size. The mean puts 1/N before it: dz = (a - y) / N, dw = x.T @ dz,
db = sum of dz, both taken where w and b were before the step. For the loss itself, log(1 + exp(z)) is worked out as
max(z, 0) + log(1 + exp(-|z|)): the same number, and an exp that is never above 1.""",
        another="""\
def learning_step(x, y, w, b, lr):
    side = 2 * y - 1  # 1 or -1
    margin = side * (x @ w + b)  # above 0 where the neuron is right
    loss = np.mean(np.logaddexp(0, -margin))
    # The loss falls with the margin, at the rate of the probability of the wrong answer.
    dz = -side * np.exp(-np.logaddexp(0, margin)) / len(y)
    return w - lr * np.einsum("nd,n->d", x, dz), b - lr * dz.sum(), loss""",
        pytorch="torch.nn.functional.binary_cross_entropy_with_logits(x @ w + b, y), then loss.backward() and "
        "torch.optim.SGD's step(), which changes w and b in place, outside the graph. The loss is one node that keeps "
        "the logits and y, and works out (sigmoid(z) - y) / N on the way back. backward() adds to .grad, hence "
        "zero_grad() before the next step.",
    ),
)
