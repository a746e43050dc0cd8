"""References compute on the device of their inputs, wherever that is."""

import warnings

import pytest

torch = pytest.importorskip("torch", reason="recording needs PyTorch")

from torch.overrides import TorchFunctionMode  # noqa: E402
from torch.utils._device import _device_constructors  # noqa: E402

from bpkit.authoring.record import indeterminate  # noqa: E402
from bpkit.course import catalog  # noqa: E402
from bpkit.reference import torch_reference  # noqa: E402

# Of what these make on the default device nothing meets the inputs: schedules and the numbers of an expression are
# computed on the CPU by nature, PyTorch's optimizers keep their step there, and the rest is returned as it is.
APART = {
    "schedules/step_decay": {"zeros", "tensor"},
    "schedules/cosine_decay": {"zeros", "tensor"},
    "schedules/cyclical": {"zeros", "tensor"},
    "schedules/warmup_cosine": {"zeros", "tensor"},
    "backprop/autograd": {"zeros", "tensor"},
    "backprop/gradient_check": {"zeros", "tensor"},
    "optimizers/adagrad": {"tensor"},
    "optimizers/rmsprop": {"tensor"},
    "optimizers/adam": {"tensor"},
    "optimizers/adamw": {"tensor"},
}


class Watched(TorchFunctionMode):
    """Notes which functions make tensors without naming a device."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if function in _device_constructors() and kwargs.get("device") is None:
            self.found.add(function.__name__)
        return function(*args, **kwargs)


@pytest.mark.parametrize("exercise_id", catalog.ids())
def test_nothing_is_made_on_the_default_device(exercise_id):
    """A reference that makes a tensor on the CPU fails where its inputs are on a GPU; no GPU is needed to see that."""
    torch_reference.prepare("cpu")
    with Watched() as watched:
        for unit in catalog.find(exercise_id).units:
            for index in range(len(unit.cases)):
                torch_reference.record(unit, index, 0, "cpu")
    assert watched.found - {"as_tensor"} == APART.get(
        exercise_id, set()
    )  # as_tensor keeps a tensor where it is


def test_what_has_no_deterministic_form_is_named():
    """PyTorch's warnings become names; other warnings stay what they are."""
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    try:
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")  # pytest's own filter would make errors of them
            with indeterminate() as found:
                x, indices = torch.tensor([[[1.0]]]), torch.tensor([[[0]]])
                torch.nn.functional.max_unpool1d(x, indices, 1)
                warnings.warn("something else", stacklevel=1)
    finally:
        torch.use_deterministic_algorithms(mode=False)
    assert [str(one.message) for one in heard] == ["something else"]
    assert found == {"max_unpooling2d_forward_out"}
