"""bpkit as on another system: `python elsewhere.py windows|macos COMMAND...`, from Linux.

It takes away what that system's Python lacks, modules and functions, and calls it by its name. What it cannot be is that
system: its console, its file locks, its process creation and its job objects are not tried here.
"""

import contextlib
import importlib
import os
import runpy
import select
import selectors
import signal
import subprocess
import sys
import types
from pathlib import Path

MODULES = {
    "windows": (
        "fcntl",
        "termios",
        "resource",
        "pwd",
        "grp",
        "pty",
        "tty",
        "crypt",
        "syslog",
        "readline",
        "curses",
    ),
    "macos": (),
}
MODULES["bare"] = MODULES["windows"]  # as some small devices have it: no terminal modes, and yet no Windows
OF_LINUX = {
    os: (
        "pidfd_open",
        "memfd_create",
        "sched_getaffinity",
        "sched_setaffinity",
        "posix_fadvise",
        "O_TMPFILE",
        "unshare",
    ),
    signal: ("pidfd_send_signal",),
    select: ("epoll",),
}
OF_POSIX = {
    os: (
        "fork", "forkpty", "openpty", "killpg", "getpgrp", "getpgid", "setpgid", "setsid", "getsid", "tcgetpgrp", "ctermid",
        "getuid", "geteuid", "getgid", "getegid", "getgroups", "setuid", "setgid", "getresuid", "uname", "nice", "mkfifo",
        "chown", "lchown", "chroot", "statvfs", "fstatvfs", "sysconf", "getloadavg", "wait", "wait3", "wait4", "waitid",
        "posix_spawn", "sendfile", "pread", "pwrite", "WTERMSIG", "WIFSIGNALED", "WEXITSTATUS", "WNOHANG", "O_CLOEXEC",
        "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK",
    ),
    signal: (
        "SIGKILL", "SIGHUP", "SIGQUIT", "SIGSTOP", "SIGCONT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGWINCH", "SIGPIPE",
        "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "pthread_sigmask", "sigwait", "alarm", "setitimer", "siginterrupt",
    ),
    select: ("poll",),
}  # fmt: skip
# Packages that look at the system when they are imported are built for this one, and so is much of the standard library.
AS_THEY_ARE = (
    "click", "click.shell_completion", "numpy", "safetensors.numpy", "rich.console", "watchfiles", "ctypes", "tempfile",
    "shutil", "pathlib", "uuid", "platform", "multiprocessing", "webbrowser", "importlib.metadata", "sqlite3",
)  # fmt: skip
PLATFORM = {"windows": "win32", "macos": "darwin", "bare": "bare"}
KILL = signal.SIGKILL


class Lacking:
    """Finds modules that there are none of."""

    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        """Raise as for a module that does not exist."""
        del path, target
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


class Job:
    """In place of a Windows job object: ends one process."""

    def __init__(self, process, memory):
        del memory
        self.process = process

    def end(self):
        """Kill it."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, KILL)


def kill(pid, number, *, really=os.kill):
    """Send Ctrl-C to all that share the console, as Windows does for 0; a process has to end for anything else."""
    if number == 0:
        raise KeyboardInterrupt
    really(pid, KILL)


def no_proc(event, arguments):
    """Refuse what lies below /proc: only Linux has it."""
    if event == "open" and str(arguments[0]).startswith("/proc/"):
        raise FileNotFoundError(2, "No such file or directory", arguments[0])


def take_away(system):
    """Take away what this system's Python has not."""
    # It is this system's, and has to go on.
    subprocess.os, subprocess.signal = (types.SimpleNamespace(**vars(module)) for module in (os, signal))
    subprocess._PopenSelector = selectors.SelectSelector
    sys.addaudithook(no_proc)
    if system == "windows":
        os.kill = kill
    for names in (OF_LINUX, OF_POSIX) if system == "windows" else (OF_LINUX,):
        for module, gone in names.items():
            for name in gone:
                if hasattr(module, name):
                    delattr(module, name)
    for name in MODULES[system]:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Lacking(MODULES[system]))


def worker(system, program, *arguments):
    """Run a worker's program."""
    take_away(system)
    sys.platform = PLATFORM[system]
    sys.argv = [program, *arguments]
    runpy.run_path(program, run_name="__main__")


def checker(system, *arguments):
    """Run the command line."""
    for name in AS_THEY_ARE:
        importlib.import_module(name)
    take_away(system)
    sys.platform = PLATFORM[system]
    sys.modules["torch"] = None  # this system's, of which nothing is wanted
    spawned = importlib.import_module("bpkit.judging.spawned")
    program = spawned.COMMAND[-1]
    spawned.COMMAND = (*spawned.COMMAND[:-1], str(Path(__file__).resolve()), "worker", system, program)
    if system == "windows":
        spawned.Job, spawned._handle = Job, lambda process: process.pid
    sys.argv = ["bpkit", *arguments]
    importlib.import_module("bpkit.__main__").main()


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        worker(*sys.argv[2:])
    else:
        checker(*sys.argv[1:])
