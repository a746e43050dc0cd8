"""Runs bpkit commands, each in a process of its own that has PyTorch already: `python warm.py`, one JSON line a command.

It forks after importing PyTorch, which takes longer than most commands that need it, and before importing bpkit. A line
has the command's arguments, cwd, env, the files that take its output, and the seconds that it may take; the answer is its
exit code, negative for a signal.
"""

import atexit
import gc
import json
import os
import runpy
import signal
import sys
import traceback

import torch._dynamo  # noqa: F401 - PyTorch, and what its optimizers import: that is what this is for


def main():
    """Run commands until there is no more line."""
    gc.freeze()  # else each process looks through all of PyTorch, and copies its memory by that
    for line in sys.stdin.buffer:
        request = json.loads(line)
        process = os.fork()
        if process == 0:
            code = command(**request)
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)  # taking PyTorch apart would take a second
        _, status = os.waitpid(process, 0)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))


def command(arguments, cwd, env, out, err, seconds):
    """Be `python -m bpkit` with these arguments; return its exit code."""
    signal.alarm(seconds)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    for number, path, how in (
        (0, os.devnull, os.O_RDONLY),
        (1, out, os.O_WRONLY | os.O_CREAT),
        (2, err, os.O_WRONLY | os.O_CREAT),
    ):
        os.dup2(os.open(path, how), number)
    sys.path[:1] = [cwd, *filter(None, env.get("PYTHONPATH", "").split(os.pathsep))]
    sys.argv = ["bpkit", *arguments]
    try:
        runpy.run_module("bpkit", run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        return leaving.code
    except BaseException:  # noqa: BLE001 - told as Python tells it
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main()
