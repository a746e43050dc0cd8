"""The command `bpkit`, and `python -m bpkit`."""

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] in (["check"], ["watch"]):
        # The worker's program takes as long to import numpy as we do: start it before anything else.
        from bpkit.cli import early  # noqa: PLC0415

        early.start()
    from bpkit.cli.main import bpkit  # noqa: PLC0415

    bpkit(prog_name="bpkit")


if __name__ == "__main__":
    main()
