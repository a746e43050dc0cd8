from bpkit.course.spec import Exercise, Explanation
from bpkit.course.specs.stability._norms import HARNESS, PROPERTIES


def reference(torch, grads, max_norm):
    """Clip as clip_grad_norm_ does, which writes into the parameters' gradients."""
    parameters = [torch.zeros_like(grad).requires_grad_() for grad in grads]
    for parameter, grad in zip(parameters, grads, strict=True):
        parameter.grad = grad.clone()
    total_norm = torch.nn.utils.clip_grad_norm_(parameters, max_norm)
    return [parameter.grad for parameter in parameters], total_norm


EXERCISE = Exercise(
    title="Clipping by norm",
    position=40,
    points=3,
    returns=("grads", "total_norm"),
    cases=(),  # a recording cannot hold a list of arrays beside a number
    reference=reference,
    properties=PROPERTIES,
    harness=HARNESS,
    hints=(
        "If all gradients were written one after the other into one long vector, how long would it be? What happens to its "
        "direction if every entry is multiplied by the same number?",
        "total_norm is one number over all arrays: add up the squares of all entries first, across the arrays, and take one "
        "root at the end. The factor is one number too, and never above 1.",
        "Sum the squares of each array, add these sums up, take the root: total_norm. Divide max_norm by total_norm plus "
        "1e-6; if that is more than 1, take 1. Multiply each array by it into a new one. Return the list, and the norm from "
        "before.",
    ),
    mistakes={
        "norm-squared": "total_norm is the sum of the squares. Which operation brings it back to a length?",
        "norms-added": "The norms of the arrays are added up. The length of one long vector is less than that: what has to be "
        "added before the root is taken?",
        "largest-norm": "total_norm is the largest of the arrays' norms. All of them count together.",
        "largest-entry": "total_norm is the largest entry. The norm counts every entry.",
        "absolute-values": "total_norm adds up sizes. The length of a vector is the root of a sum of squares.",
        "mean-square": "total_norm takes the mean of the squares. The length of a vector takes their sum.",
        "mean-of-norms": "total_norm is the mean of the arrays' norms. The length of one long vector is the root of the sum of all squares.",
        "small-number-in-norm": "The 1e-6 is in the norm that comes back as well. It belongs to the divisor alone.",
        "small-number-in-root": "The 1e-6 is added under the root, where it counts far more: the root of 1e-6 is 1e-3. It belongs to the divisor, after the root.",
        "first-array-only": "total_norm is the norm of the first array alone.",
        "norm-of-sum": "The entries are added up before they are squared, so that plus and minus cancel out.",
        "always-scaled": "Gradients that are short enough are made longer. The factor is never above 1.",
        "max-for-min": "Short gradients are made longer and long ones stay: the factor is held above 1 instead of below.",
        "never-clipped": "Nothing is clipped.",
        "divided-by-norm": "The gradients are brought to length 1 if they are longer. How long may they be?",
        "divided-by-norm-alone": "Gradients that are too long are brought to length 1. They may be as long as max_norm.",
        "upside-down": "The factor is upside down: the longer the gradients are, the smaller it should be.",
        "small-number-in-numerator": "The 1e-6 is added to max_norm. It belongs to the divisor.",
        "small-number-missing": "The 1e-6 is missing. Where the norm is tiny it shows.",
        "too-long-becomes-zero": "Gradients that are too long become 0, and nothing is learned from them. They should become "
        "as long as is allowed.",
        "each-by-itself": "Each array is clipped by a norm of its own, which changes the direction of the whole. There is one "
        "factor for all.",
        "by-value": "Each entry is clipped by itself, which changes the direction. One factor multiplies all.",
        "first-array-clipped": "Only the first array is multiplied by the factor.",
        "in-place": "The caller's arrays are multiplied by the factor. They should stay as they are: multiply into new ones.",
        "list-changed": "The list that came in is changed, and whoever called finds other arrays in it. The new arrays belong into a new list.",
        "memory-shared": "Not every array that comes back is a new one: whoever writes into it would change the gradients that came in.",
        "factor-twice": "The factor is multiplied in twice.",
        "norm-after-clipping": "The norm that comes back is the one after clipping. Whoever watches the training wants to know "
        "the one before.",
        "factor-returned": "The factor comes back where the norm should.",
    },
    explanation=Explanation(
        why="Multiplying a vector by c multiplies its length by c, so max_norm / total_norm is exactly the factor that brings the "
        "length down to max_norm, and no entry changes its share of the whole: the direction stays. A step of plain descent "
        "is then never longer than lr * max_norm. The norm is taken over all parameters because the step is one step of all "
        "of them; one norm for each array would turn the direction. The 1e-6 makes the result shorter than max_norm by a "
        "part in total_norm / 1e-6, which nobody notices unless the gradients are tiny.",
        another='''
def clip_by_norm(grads, max_norm):
    """The norm of the arrays' norms is the norm of everything."""
    total_norm = np.linalg.norm([np.linalg.norm(grad) for grad in grads])
    if total_norm + 1e-6 <= max_norm:
        return [np.copy(grad) for grad in grads], total_norm
    return [np.divide(grad, (total_norm + 1e-6) / max_norm) for grad in grads], total_norm
''',
        pytorch="torch.nn.utils.clip_grad_norm_(parameters, max_norm), called between backward and step. It changes the "
        "gradients in place, returns the norm from before, and can take other norms (norm_type) and raise an error where the "
        "norm is NaN or infinite (error_if_nonfinite).",
    ),
)
