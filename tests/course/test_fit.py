"""The run that training/fit's step-by-step check compares with is PyTorch's."""

import numpy as np
import torch

from bpkit.course.specs.training import _run, fit


def test_the_run_in_numpy_is_pytorchs():
    """Every loss, and every parameter after every step."""
    run = _run.example()
    x, target, params, batches, *numbers = run.arguments
    tensors = [tuple(torch.tensor(array) for array in pair) for pair in params]
    for step in range(len(batches)):
        wanted, losses = fit.reference(
            torch, torch.tensor(x), torch.tensor(target), tensors, batches[: step + 1], *numbers
        )
        assert np.allclose(run.losses[: step + 1], losses.numpy(), rtol=1e-12, atol=0.0)
        for pair, right in zip(run.states[step], wanted, strict=True):
            for array, tensor in zip(pair, right, strict=True):
                assert np.allclose(array, tensor.detach().numpy(), rtol=1e-10, atol=1e-13)
    assert len({len(batch) for batch in batches}) > 1
