"""Programs that start without importing what takes them longest: `Warm` runs each in a process of its own that has it.

A process imports these packages once and forks for each command, before the program's own modules are imported. What
comes in and goes out is as in a process that was started; only the start of Python itself is not tried.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import traceback
from typing import NamedTuple


class Ran(NamedTuple):
    """How a process ended; the code is negative for a signal."""

    code: int
    out: str
    err: str


class Warm:
    """Runs a program, `python -m PROGRAM`, in processes that have these packages already.

    folder: for files that take its output; seconds: that one command may take.
    """

    def __init__(self, folder, program, *packages, seconds=300):
        self.out, self.err, self.seconds = folder / "out", folder / "err", seconds
        command = [sys.executable, __file__, program, *packages]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads do not survive a fork
        )  # fmt: skip

    def __call__(self, *arguments, cwd, env=None):
        """Run a command to its end. env: beside what this process has."""
        for file in (self.out, self.err):
            file.write_bytes(b"")
        request = {
            "arguments": [*map(str, arguments)], "cwd": str(cwd), "env": {**os.environ, **(env or {})},
            "out": str(self.out), "err": str(self.err), "seconds": self.seconds,
        }  # fmt: skip
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        code = int(self.process.stdout.readline())
        return Ran(code, *(file.read_bytes().decode() for file in (self.out, self.err)))

    def close(self):
        """End the process that forks."""
        with self.process:  # closes the pipes, at whose end it leaves
            pass
        assert self.process.returncode == 0


def main(program, *packages):
    """Import the packages; then run a command for each line of JSON, and answer with its exit code."""
    for package in packages:
        importlib.import_module(package)
    gc.freeze()  # else each process looks through all of them, and copies their memory by that
    for line in sys.stdin.buffer:
        request = json.loads(line)
        process = os.fork()
        if process == 0:
            code = command(program, **request)
            atexit._run_exitfuncs()
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            except OSError:
                code = 120  # Python's own
            os._exit(code)  # taking PyTorch apart would take a second
        _, status = os.waitpid(process, 0)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))


def command(program, arguments, cwd, env, out, err, seconds):
    """Be `python -m program` with these arguments; return its exit code."""
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
    sys.argv = [program, *arguments]
    try:
        runpy.run_module(program, run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return leaving.code or 0
        sys.stderr.write(f"{leaving.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 - told as Python tells it
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    main(*sys.argv[1:])
