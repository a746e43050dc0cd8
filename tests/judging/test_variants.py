"""The same question asked otherwise: arrays that lie otherwise in memory, float32, and numerical differentiation."""

import pytest

from bpkit.judging.verdict import Status

FORWARD = """
def linear_forward(x, W, b):
    return x @ W + b, (x, W, b)
"""
BACKWARD = """
def linear_backward(dy, cache):
    x, W, b = cache
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
"""


def against(verdict):
    """Return what was found against each part."""
    return [
        {finding.check for finding in part.findings if finding.status is not Status.PASSED}
        for part in verdict.parts
    ]


def remarks(verdict):
    """Return what is mentioned of each part and costs nothing."""
    return [
        {finding.check for finding in part.findings if finding.status is Status.PASSED}
        for part in verdict.parts
    ]


@pytest.mark.parametrize(
    ("forward", "backward", "checks"),
    [
        ("x.ravel(order='K').reshape(x.shape) @ W + b", "dy @ W.T", [{"fortran"}, set()]),
        ("x @ W + b", "np.frombuffer(dy.tobytes('A')).reshape(dy.shape) @ W.T", [set(), {"fortran"}]),
        (
            "np.lib.stride_tricks.as_strided(x, x.shape, (8 * x.shape[1], 8)) @ W + b", "dy @ W.T",
            [{"fortran"}, set()],
        ),
        ("x @ W + np.lib.stride_tricks.as_strided(b, b.shape, (8,))", "dy @ W.T", [{"strided"}, set()]),
    ],
)  # fmt: skip
def test_what_relies_on_how_arrays_lie_in_memory(verdict_on, forward, backward, checks):
    """It works for the arrays of the cases, and for no transposed or sliced one: that is mentioned, and costs nothing."""
    verdict = verdict_on(FORWARD.replace("x @ W + b", forward) + BACKWARD.replace("dy @ W.T", backward))
    assert (verdict.points, remarks(verdict)) == (6, checks)


def test_what_stops_with_an_error_for_a_layout_is_told_with_its_line(verdict_on):
    """A failure that only one layout brings out carries the student's own line."""
    in_place = FORWARD.replace("return", "flat = x[:]; flat.shape = (-1,)\n    return")
    (finding,) = verdict_on(in_place + BACKWARD).parts[0].findings
    assert (finding.check, finding.facts["failed"]) == ("fortran", "exception")
    assert "flat.shape" in finding.facts["frames"][-1]["text"]


@pytest.mark.parametrize(
    ("forward", "backward", "checks"),
    [
        ("x @ W + b * (1 + (x.dtype == np.float32) * 1e-3)", "dy @ W.T", [{"float32"}, set()]),
        ("x @ W + b", "dy @ W.T + (1 - dy.dtype.type(1 - 1e-9) - 1e-9) * 1e6", [set(), {"float32"}]),
        ("x @ W + b if x.dtype == float else None", "dy @ W.T", [{"float32"}, set()]),
    ],
)
def test_what_needs_float64(verdict_on, forward, backward, checks):
    """What comes out otherwise for float32, by more than rounding does, is mentioned."""
    verdict = verdict_on(FORWARD.replace("x @ W + b", forward) + BACKWARD.replace("dy @ W.T", backward))
    assert (verdict.points, remarks(verdict)) == (6, checks)


@pytest.mark.parametrize("dtype", ["np.float32", "np.float64", "x.dtype"])
def test_either_type_may_come_out_for_float32(verdict_on, dtype):
    """PyTorch keeps float32, np.zeros makes float64: both are right."""
    kept = f"(x @ W + b).astype({dtype} if x.dtype == np.float32 else np.float64)"
    verdict = verdict_on(FORWARD.replace("x @ W + b", kept) + BACKWARD)
    assert (verdict.points, remarks(verdict)) == (6, [set(), set()])


NUMERICAL = """
def slope(a, dy, f, h={step}):
    grad = np.zeros(a.shape)
    for i in np.ndindex(a.shape):
        old = a[i]
        a[i] = old + h
        high = f()
        a[i] = old - h
        low = f()
        a[i] = old
        grad[i] = ((high - low) * dy).sum() / (2 * h)
    return grad

def linear_backward(dy, cache):
    x, W, b = (a.copy() for a in cache)
    return tuple(slope(a, dy, lambda: linear_forward(x, W, b)[0]) for a in (x, W, b))
"""
ELEMENTWISE = """
def sigmoid_forward(x):
    return 1 / (1 + np.exp(-x)), x

alias = sigmoid_forward

def sigmoid_backward(dy, x):
    return dy * {how}
"""


@pytest.mark.parametrize("step", ["1e-3", "1e-5", "1e-7"])
def test_numerical_differentiation_is_no_backpropagation(verdict_on, step):
    """A backward that differentiates the forward numerically is told so, whether its numbers are close enough or not."""
    verdict = verdict_on(FORWARD + NUMERICAL.replace("{step}", step))
    assert verdict.points == 2
    assert "numerical" in against(verdict)[1]


@pytest.mark.parametrize(
    "how",
    [
        "(sigmoid_forward(x + 1e-6)[0] - sigmoid_forward(x - 1e-6)[0]) / 2e-6",
        "(sigmoid_forward(x=x + 1e-7)[0] - sigmoid_forward(x)[0]) / 1e-7",
        "np.imag(sigmoid_forward(x + 1e-20j)[0]) / 1e-20",
        "(alias(x + 1e-6)[0] - alias(x - 1e-6)[0]) / 2e-6",
    ],
)
def test_elementwise_and_complex_steps_are_seen(verdict_on, how):
    """All elements at once, one-sided, or along the imaginary axis: the forward runs close by all the same."""
    verdict = verdict_on(ELEMENTWISE.replace("{how}", how), "neuron/sigmoid")
    assert "numerical" in against(verdict)[1]


def test_a_step_of_any_length_in_one_element_is_seen(verdict_on):
    """Where the forward is linear in an input, even a step of 1 gives the right gradient."""
    verdict = verdict_on(FORWARD + NUMERICAL.replace("{step}", "1.0"))
    assert against(verdict) == [set(), {"numerical"}]


def test_a_check_of_ones_own_is_no_numerical_differentiation(verdict_on):
    """A derived gradient that is held against differences before it is returned was derived all the same."""
    checked = BACKWARD.replace(
        "    return",
        """    h = 1e-6
    slope = ((linear_forward(x + h, W, b)[0] - linear_forward(x - h, W, b)[0]) * dy).sum() / (2 * h)
    assert abs(slope - (dy @ W.T).sum()) < 1e-4
    return""",
    )
    verdict = verdict_on(FORWARD + checked)
    assert verdict.points == 6


@pytest.mark.parametrize(
    "how",
    [
        "sigmoid_forward(x)[0] * (1 - sigmoid_forward(x)[0])",
        "sigmoid_forward(x)[0] * sigmoid_forward(-x)[0]",
        "(lambda y: y * (1 - y))(sigmoid_forward(x.copy())[0])",
        "(lambda y: y * (1 - y))(sigmoid_forward(x + 1e-12)[0])",
        "(lambda y, near: y * (1 - y))(sigmoid_forward(x)[0], sigmoid_forward(x + 1e-5)[0])",
    ],
)
def test_a_backward_may_run_the_forward_again(verdict_on, how):
    """Computing something again, there or elsewhere, is no numerical differentiation."""
    verdict = verdict_on(ELEMENTWISE.replace("{how}", how), "neuron/sigmoid")
    assert verdict.points == verdict.max_points
