"""`bpkit completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_HOW = {
    "bash": '# Put this into ~/.bashrc:  eval "$(bpkit completion bash)"',
    "zsh": '# Put this into ~/.zshrc, below compinit:  eval "$(bpkit completion zsh)"',
    "fish": "# Once:  bpkit completion fish > ~/.config/fish/completions/bpkit.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(list(_HOW)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands and exercises; its first line says where to put it."""
    found = get_completion_class(shell)
    assert found is not None, "click knows the three"
    script = found(context.find_root().command, {}, "bpkit", "_BPKIT_COMPLETE").source()
    click.echo(f"{_HOW[shell]}\n{script.strip()}")
