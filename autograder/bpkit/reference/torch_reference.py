"""Asks PyTorch for a case's outputs and gradients. The only module that imports torch."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from bpkit.course.spec import Exercise
from bpkit.errors import BadCourse, NoTorch
from bpkit.reference import inputs, trees
from bpkit.reference.pack import Origin, Recording

try:
    import torch

    if not hasattr(torch, "autograd"):  # the folder that an interrupted removal leaves
        raise ImportError("most of it is missing")  # noqa: TRY301 - told as the others are, below
except (ImportError, OSError) as error:  # OSError: a library that it was built for
    absent = isinstance(error, ModuleNotFoundError) and error.name == "torch"
    why = (
        "This needs PyTorch, which is not installed"
        if absent
        else f"PyTorch is there and cannot be imported: {error}. Install it again"
    )
    raise NoTorch(
        f"{why}: pip install 'backprop-kit[torch]'. A plain `bpkit check` works without it."
    ) from error


def origin(seed: int, device: str) -> Origin:
    """Return what a pack recorded now says of itself."""
    return Origin(seed=seed, torch=str(torch.__version__), device=described(device))


def best_device() -> str:
    """Return the device that PyTorch would compute on: "cuda", or "cpu" where there is none."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def described(device: str) -> str:
    """Return a device with its name and the version of CUDA: "cuda (NVIDIA H200, CUDA 12.8)"."""
    if device == "cpu":
        return device
    return f"{device} ({torch.cuda.get_device_name(device)}, CUDA {torch.version.cuda})"


def prepare(device: str) -> str:
    """Make results exact and repeatable, and return the device: of "auto", which one that is.

    `NoTorch` where the device is not there.
    """
    if device == "auto":
        device = best_device()
    if device == "cuda":
        # cuBLAS sums in one order only with a workspace of its own, and reads this when CUDA starts.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        if not torch.cuda.is_available():
            raise NoTorch(
                "PyTorch sees no CUDA device here. Record with --device cpu, or on a machine that has one."
            )
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
        torch.use_deterministic_algorithms(mode=True, warn_only=True)
    torch.set_num_threads(1)  # the order of a sum does not depend on the machine's cores
    return device


def record(exercise: Exercise, index: int, seed: int, device: str) -> Recording:
    """Draw one case's inputs and record what PyTorch makes of them; without the known mistakes."""
    case = exercise.cases[index]
    rng = inputs.generator(exercise, index, seed)
    given = inputs.draw(case, rng)
    tensors = {}
    for name, tree in given.items():
        to_tensor = functools.partial(_tensor, wants_gradient=name in exercise.gradients_of, device=device)
        tensors[name] = trees.transform(to_tensor, tree)
    returned = exercise.reference(torch, *tensors.values())
    outputs = tuple(returned) if len(exercise.returns) > 1 else (returned,)
    if len(outputs) != len(exercise.returns):
        raise BadCourse(
            f"{exercise.id}: the reference returns {len(outputs)} values, not {exercise.returns}."
        )
    upstream: tuple[Any, ...] = ()
    gradients: dict[str, Any] = {}
    by_name = dict(zip(exercise.returns, outputs, strict=True))
    if exercise.gradients_of:
        with_upstream = tuple(by_name[name] for name in exercise.upstream_of or exercise.returns)
        upstream = tuple(inputs.draw_upstream(tuple(output.shape), rng, index) for output in with_upstream)
        gradients = _gradients(exercise, tensors, with_upstream, upstream)
    named = {name: trees.transform(_numbers, output) for name, output in by_name.items()}
    if not case.compare:
        named, gradients = {}, {}
    return Recording(case, given, upstream, named, gradients, {})


def _tensor(leaf: Any, *, wants_gradient: bool, device: str) -> Any:
    if isinstance(leaf, np.ndarray) or (wants_gradient and isinstance(leaf, float)):
        tensor = torch.tensor(
            leaf, device=device, dtype=None if isinstance(leaf, np.ndarray) else torch.float64
        )
        return tensor.requires_grad_(wants_gradient)
    return leaf


def _gradients(
    exercise: Exercise, tensors: Mapping[str, Any], outputs: tuple[Any, ...], upstream: tuple[Any, ...]
) -> dict[str, Any]:
    named = zip(exercise.gradients_of, exercise.parts[1].returns, strict=True)
    wanted = [leaf for name in exercise.gradients_of for _, leaf in trees.leaves(tensors[name], name)]
    grads = torch.autograd.grad(
        outputs,
        wanted,
        [
            torch.tensor(value, dtype=output.dtype, device=output.device)
            for value, output in zip(upstream, outputs, strict=True)
        ],
        allow_unused=True,
        materialize_grads=True,
    )
    by_tensor = iter(grads)
    return {
        returned: trees.transform(lambda _: _numbers(next(by_tensor)), tensors[name])
        for name, returned in named
    }


def _numbers(tensor: Any) -> Any:
    array = np.asarray(torch.as_tensor(tensor).detach().cpu().numpy())
    if array.dtype.kind == "f" and array.dtype != np.float64:
        raise BadCourse("A reference gives less than float64: it lost precision on the way.")
    return array.copy()
