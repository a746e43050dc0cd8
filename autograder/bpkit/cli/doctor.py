"""`bpkit doctor`."""

from __future__ import annotations

import click

from bpkit import __version__
from bpkit.errors import NoTorch


@click.command()
def doctor() -> None:
    """Show what this machine offers: versions, PyTorch's device, and the isolation level with each canary."""
    import platform  # noqa: PLC0415 - `bpkit doctor --help` imports nothing heavy
    from importlib import metadata  # noqa: PLC0415

    from bpkit.judging import isolation, process  # noqa: PLC0415
    from bpkit.report import words  # noqa: PLC0415
    from bpkit.worker.canaries import LEVELS  # noqa: PLC0415

    click.echo(f"bpkit {__version__}, Python {platform.python_version()} on {platform.platform()}")
    for name in ("numpy", "click", "safetensors"):
        click.echo(f"{name} {metadata.version(name)}")
    click.echo(_torch())
    with process.start() as launcher:
        proof = isolation.prove(launcher)
    click.echo(f"isolation level {proof.level}: {words.ISOLATION[proof.level]}")
    for name, level in LEVELS.items():
        outcome = "got through" if name in proof.got_through else "held"
        click.echo(f"  level {level}, {name}: {outcome}")
    if proof.missing:
        click.echo(f"missing: {proof.missing}")


def _torch() -> str:
    from importlib import metadata, util  # noqa: PLC0415

    if util.find_spec("torch") is None:
        return "torch is not installed: only `record` and `check --fresh` need it (pip install 'backprop-kit[torch]')"
    try:
        from bpkit.reference import torch_reference  # noqa: PLC0415 - takes seconds
    except NoTorch as error:  # a half of it is there, or a library that it needs is not
        return f"torch cannot be imported: {error.__cause__}"
    return f"torch {metadata.version('torch')}, references on {torch_reference.described(torch_reference.best_device())}"
