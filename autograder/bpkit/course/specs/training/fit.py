from bpkit.course.spec import Case, Exercise, Explanation, Integers, Normal, Problem
from bpkit.course.specs.training import _run

HARNESS = """
def fit_on(student, x, target, params, batches, lr, momentum, weight_decay):
    result = student.fit(x, target, params, list(batches), lr, momentum, weight_decay)
    if isinstance(result, (tuple, list)) and len(result) == 2 and isinstance(result[1], (tuple, list)):
        params, losses = result
        if all(isinstance(loss, (int, float, np.ndarray, np.number)) and np.ndim(loss) == 0 for loss in losses):
            return params, np.array(losses, dtype=float)
    return result
"""
CLOSE = 1e-6  # of an array's largest number, as everywhere in the course


def reference(torch, x, target, params, batches, lr, momentum, weight_decay):
    """Train with torch.optim.SGD."""
    leaves = [[array.clone().requires_grad_() for array in pair] for pair in params]
    flat = [array for pair in leaves for array in pair]
    optimizer = torch.optim.SGD(flat, lr=lr, momentum=momentum, weight_decay=weight_decay)
    losses = []
    for batch in batches:
        a = x[batch]
        for W, b in leaves[:-1]:
            a = torch.relu(a @ W + b)
        loss = torch.nn.functional.cross_entropy(a @ leaves[-1][0] + leaves[-1][1], target[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return [tuple(pair) for pair in leaves], torch.stack(losses)


def step_for_step(call):
    """Follow a run of 15 steps: the first step at which a loss or a parameter differs, and which one."""
    import numpy as np

    run = _run.example()
    x, target, params, batches, *numbers = run.arguments
    for step in range(len(batches)):
        answer = call("fit_on", x, target, params, batches[: step + 1], *numbers)
        try:
            after, losses = answer
            pairs = [(np.asarray(W, float), np.asarray(b, float)) for W, b in after]
            losses = np.asarray(losses, float)
        except (TypeError, ValueError):
            return None  # the cases tell
        shapes = [tuple(np.shape(array) for array in pair) for pair in params]
        if [(W.shape, b.shape) for W, b in pairs] != shapes or losses.shape != (step + 1,):
            return None
        lost = abs(losses[step] - run.losses[step]) > CLOSE * abs(run.losses[step])
        off = [
            f"params[{layer}][{k}] ({name} of layer {layer + 1})"
            for layer, (pair, right) in enumerate(zip(pairs, run.states[step], strict=True))
            for k, name in enumerate("Wb")
            if not np.abs(pair[k] - right[k]).max() <= CLOSE * np.abs(right[k]).max()
        ]
        if lost or off:
            return Problem(
                "fit",
                _told(step, len(batches), lost and (losses[step], run.losses[step]), off, len(batches[step])),
            )
    return None


def _told(step, steps, lost, off, size):
    before = "At once" if step == 0 else f"{'One step is' if step == 1 else f'{step} steps are'} right. Then"
    text = f"{before}, at step {step} of 0 to {steps - 1}, whose batch has {size} examples, this run leaves PyTorch's: "
    found = []
    if lost:
        found.append(f"the loss should be {lost[1]:.6g} and is {lost[0]:.6g}")
    if off and len(off) == 6:
        found.append("all parameters differ after the update")
    elif off:
        found.append(
            f"after the update {', '.join(off)} differ{'s' if len(off) == 1 else ''}, the others are right"
        )
    else:
        found.append("the parameters are right after the update")
    return text + "; ".join(found) + "."


EXERCISE = Exercise(
    title="A training run",
    position=20,
    points=9,
    function="fit",
    returns=("params", "losses"),
    harness=HARNESS,
    through="fit_on",
    cases=(
        Case(
            "one step",
            x=(13, 5), target=Integers((13,), below=3), params=[((5, 7), (7,)), ((7, 3), (3,))],
            batches=Integers((1, 11), below=13), lr=0.1, momentum=0.9, weight_decay=0.01,
        ),
        Case(
            "plain descent, one layer",
            x=(13, 5), target=Integers((13,), below=3), params=[((5, 3), (3,))],
            batches=Integers((7, 5), below=13), lr=0.2, momentum=0.0, weight_decay=0.0,
        ),
        Case(
            "one example a step",
            x=(17, 5), target=Integers((17,), below=3),
            params=[(Normal((5, 11), std=0.5), (11,)), (Normal((11, 3), std=0.5), (3,))],
            batches=Integers((13, 1), below=17), lr=0.05, momentum=0.7, weight_decay=0.1,
        ),
        Case(
            "batches of several sizes",
            x=(17, 5), target=Integers((17,), below=3),
            params=[(Normal((5, 11), std=0.5), (11,)), (Normal((11, 7), std=0.3), (7,)), (Normal((7, 3), std=0.3), (3,))],
            batches=[Integers((size,), below=17) for size in (11, 5, 11, 3, 11, 1, 11, 7)],
            lr=0.1, momentum=0.9, weight_decay=0.01,
        ),
        Case(
            "211 steps",
            x=(101, 5), target=Integers((101,), below=3),
            params=[(Normal((5, 13), std=0.5), (13,)), (Normal((13, 7), std=0.3), (7,)), (Normal((7, 3), std=0.3), (3,))],
            batches=Integers((211, 19), below=101), lr=0.03, momentum=0.9, weight_decay=0.005,
        ),
    ),
    reference=reference,
    properties=(step_for_step,),
    needs=("neuron/relu", "layers/linear", "layers/softmax", "layers/log_softmax", "losses/cross_entropy", "backprop/mlp", "optimizers/sgd", "optimizers/momentum", "regularization/l2_penalty", "regularization/weight_decay"),
    hints=(
        "Which things does one step hand on to the next, and which start anew in each?",
        "You have all parts: the network and its gradients from backprop/mlp, the gradient of the loss at the logits from "
        "losses/cross_entropy (probabilities, less 1 at the right class, over the size of the batch), the update from "
        "optimizers/momentum. Every gradient and every velocity has the shape of its parameter.",
        "Copy the params; make a velocity of zeros for each W and b. For every batch: pick its rows of x and of target; go "
        "forward and keep each layer's input; note the loss; go back from the logits through all layers and collect the "
        "gradients; only then, for each W and b: add the decay to the gradient, renew the velocity, take the step. In the end "
        "return the params in pairs, and the losses.",
    ),
    mistakes={
        "whole-data": "Every step uses all examples. Step i uses those of batches[i].",
        "targets-not-picked": "The examples are the first ones of x, and the classes those of the batch: they do not belong together.",
        "classes-not-picked": "The classes are the first ones of target, and the examples those of the batch: they "
        "do not belong together.",
        "no-relu": "There is no relu between the layers. Without it, any number of linear layers is no more than one.",
        "relu-on-logits": "The logits go through relu. A score may be negative: relu stands only between layers.",
        "loss-summed": "losses holds sums over the batch. The loss is a mean.",
        "loss-running-mean": "losses holds the mean over all steps so far, as a progress bar shows it. Each entry is the loss of its own "
        "step.",
        "decay-in-loss": "losses contains the penalty on the weights. SGD's weight decay acts on the gradient, and the loss that is noted "
        "is the cross entropy alone.",
        "decay-in-loss-weights-only": "losses contains the penalty on every W. SGD's weight decay acts on the "
        "gradient, and the loss that is noted is the cross entropy alone.",
        "decay-in-loss-not-halved": "losses contains a penalty on the weights. SGD's weight decay acts on the "
        "gradient, and the loss that is noted is the cross entropy alone.",
        "loss-after-update": "The losses are those after the update. Each is noted before the parameters move.",
        "gradient-summed": "The gradients are those of a sum over the batch. The loss is a mean: what does that do to each example's say?",
        "divided-by-all-examples": "The gradients are divided by the number of all examples. The mean is over this step's batch.",
        "divided-by-first-batch": "The gradients are divided by the size of the first batch. The sizes differ; the mean is over this "
        "step's batch.",
        "gradients-pile-up": "The gradients of the step before are still in there: this is what happens in PyTorch without zero_grad(). "
        "It is the velocity that remembers, and in its own way.",
        "biases-averaged": "The gradients of the biases are averaged over the batch once more. The 1/N of the loss is in what comes back "
        "already.",
        "mask-missing": "The gradient passes relu as if it were not there. Where a hidden sum was below 0, nothing comes through.",
        "updated-on-the-way": "The gradient goes back through weights that were updated already. All gradients first, then all updates.",
        "only-last-layer": "Only the last layer learns. Every W and b is updated.",
        "biases-not-updated": "The biases stay as they were. They are parameters too.",
        "decay-forgotten": "weight_decay is not used.",
        "decay-on-weights-only": "The biases do not decay. Many do it that way on purpose; torch.optim.SGD, and this exercise, decay every "
        "parameter.",
        "decay-halved": "The decay in the gradient is half as large as it should be. What is added is weight_decay "
        "times the parameter.",
        "decay-beside-velocity-weights-only": "The decay is taken from every W beside the velocity, and the biases "
        "have none. It goes into the gradient, and so into the velocity, of every W and b.",
        "decay-without-learning-rate": "The decay is taken from the parameters beside the velocity, and without the "
        "learning rate. It goes into the gradient, and so into the velocity.",
        "decay-twice": "The decay is twice as strong. weight_decay multiplies w once; the 2 of the squared norm's derivative is not "
        "there, as the penalty is a half of it.",
        "decay-sign": "The decay makes parameters grow. It is to pull them towards 0.",
        "decay-beside-velocity": "The decay acts on w directly and not through the velocity, as in AdamW. In SGD it is added to the "
        "gradient first.",
        "momentum-forgotten": "The velocity is just the gradient, or 0 again at every step. Which share of the old velocity "
        "remains, and what has to live outside the loop for that?",
        "momentum-fixed": "The velocity fades by 0.9, whatever momentum is. Use the argument.",
        "gradient-damped": "The gradient enters the velocity with the weight 1 - momentum. In PyTorch's SGD it enters in full.",
        "velocity-not-fading": "The old velocity survives whole. Which share of it should be left?",
        "old-velocity-used": "The step is taken with the velocity from before, so that each gradient is felt one step late.",
        "nesterov": "This is Nesterov's step, which looks ahead. Here w moves by the velocity alone.",
        "uphill": "The step goes uphill, and the loss grows.",
        "biases-first": "The pairs come back as (b, W). They should be as they came: (W, b).",
    },
    explanation=Explanation(
        why="With g_i the gradient at step i (decay included), v_i = g_i + momentum * g_(i-1) + momentum**2 * g_(i-2) + ...: every gradient acts "
        "for about 1 / (1 - momentum) steps, so that the run moves as if lr were that much larger along directions which do not change. "
        "Decay in the gradient, lr * weight_decay * w per step before momentum, is the gradient of weight_decay / 2 * ||w||**2. "
        "Two right programs stay together because each rounding error is about 1e-16, and a run that converges damps such errors "
        "rather than amplifying them; with a learning rate that is too large they would part after some hundred steps.",
        another="""
def fit(x, target, params, batches, lr, momentum, weight_decay):
    theta = np.concatenate([array.ravel() for pair in params for array in pair])
    ends = np.cumsum([array.size for pair in params for array in pair])[:-1]

    def unpacked(flat):
        pieces = iter(np.split(flat, ends))
        return [(next(pieces).reshape(W.shape), next(pieces)) for W, _ in params]

    def loss_and_gradient(flat, x, wanted):
        layers, inputs = unpacked(flat), [x]
        for W, b in layers:
            inputs.append(np.maximum(np.einsum("nd,dm->nm", inputs[-1], W) + b, -np.inf if W is layers[-1][0] else 0))
        logits = inputs.pop()
        log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        delta, gradient = (np.exp(log_p) - wanted) / len(x), []
        for (W, _), a in zip(layers[::-1], inputs[::-1]):
            gradient = [np.einsum("nd,nm->dm", a, delta).ravel(), delta.sum(0), *gradient]
            delta = np.where(a > 0, np.einsum("nm,dm->nd", delta, W), 0)
        return -(wanted * log_p).sum() / len(x), np.concatenate(gradient)

    classes, velocity, losses = np.eye(params[-1][1].size), 0.0, np.empty(len(batches))
    for step, batch in enumerate(batches):
        losses[step], gradient = loss_and_gradient(theta, x[batch], classes[target[batch]])
        velocity = momentum * velocity + gradient + weight_decay * theta
        theta = theta - lr * velocity
    return unpacked(theta), losses
""",
        pytorch="torch.optim.SGD(params, lr, momentum, weight_decay=...) after loss.backward(), with zero_grad() before it. It works in "
        "place and can go through all parameters in one fused kernel; its first velocity is the first gradient, which is the same as "
        "starting from zeros unless dampening is set.",
    ),
)  # fmt: skip
