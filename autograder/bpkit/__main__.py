"""The command `bpkit`, and `python -m bpkit`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line."""
    try:
        _run()
    except KeyboardInterrupt:  # before click is there to hear it
        sys.stderr.write("\nAborted!\n")
        sys.exit(130)


def _run() -> None:
    if sys.argv[1:2] in (["check"], ["watch"]):
        # The worker's program takes as long to import numpy as we do: start it before anything else.
        from bpkit.cli import early  # noqa: PLC0415

        early.start()
    if os.name == "nt":
        from bpkit.report import screen  # noqa: PLC0415

        screen.speak_utf8()
    gc.disable()  # an import makes thousands of things and drops none: looking through them is a tenth of it
    from bpkit.cli.main import bpkit  # noqa: PLC0415

    gc.enable()
    bpkit(prog_name="bpkit")


if __name__ == "__main__":
    # `python -m` looks in the current folder first, where a student's own random.py may lie; the script does not.
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib takes 10 ms
    if not sys.flags.safe_path and sys.path[0] == os.getcwd() != ours:  # noqa: PTH109
        del sys.path[0]
    main()
