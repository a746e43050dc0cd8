"""What holds a worker in, before it has looked at one byte of a student's code.

    level 0   a process of its own: limits, an empty environment, killed from outside
    level 1   and seccomp: no process, thread, socket, or file for writing
    level 2   and Landlock: reads the standard library and numpy, nothing else
    level 3   and namespaces: its own users, processes and network, and a root with next to nothing in it

The zygote climbs as high as the machine lets it, once; every worker that it forks is then held at that level. That
a step was taken proves nothing: `canaries` does, inside a worker.
"""

import fcntl
import os
import signal
import sys
from collections.abc import Callable

from . import landlock, libc, limits, namespaces, seccomp

WIRE = 3
# What the standard library's own extension modules may load when a student imports them.
_LIBRARIES = ("libz.so.1", "libbz2.so.1.0", "liblzma.so.5", "libffi.so.8", "libffi.so.7", "libexpat.so.1",
              "libcrypto.so.3", "libssl.so.3", "libuuid.so.1", "libmpdec.so.3", "libsqlite3.so.0")  # fmt: skip
_LOADER_CACHE = "/etc/ld.so.cache"


class Confinement:
    """The level that was reached, why it is no higher, and what a worker needs to get there."""

    def __init__(self, most: int) -> None:
        self.level = 0
        self.missing: list[str] = []  # why each higher level is out of reach
        self._most = most
        self._filter = b""

    def climb(self, numpy_folder: str) -> None:
        """Confine the zygote itself where a level is for a whole process; call when all is imported."""
        if self._most < 1 or not self._try(1, self._build_filter):
            return
        self.level = 1
        if self._most < 2 or not self._try(2, landlock.version):
            return
        paths = readable(numpy_folder)
        alone = self._most >= 3 and self._try(3, lambda: namespaces.available(paths))
        if alone:
            namespaces.enter(paths)
        landlock.enter(paths)
        self.level = 3 if alone else 2

    def _build_filter(self) -> None:
        self._filter = seccomp.available()

    def _try(self, level: int, step: Callable[[], object]) -> bool:
        try:
            step()
        except (libc.Unavailable, OSError) as error:
            self.missing.append(f"level {level}: {error}")
            return False
        return True

    def enter(self, wire: int, capture: int, null: int) -> None:
        """Become a worker at this level."""
        _own_process(wire, capture, null)
        if self.level >= 3:
            namespaces.enter_worker()
            _die_with_parent()
        elif self.level >= 1 and os.geteuid() == 0:
            namespaces.drop_capabilities()
        limits.apply()
        if self.level >= 1:
            libc.prctl(libc.PR_SET_DUMPABLE, 0)  # nobody reads its memory, itself included
            seccomp.enter(self._filter)


def readable(numpy_folder: str) -> list[str]:
    """Return what a worker may read: the standard library, numpy, and the libraries that they load."""
    library = [path for path in sys.path if os.path.isdir(path)]  # noqa: PTH112 - pathlib takes 10 ms to import
    library = [a for a in library if not any(a != b and a.startswith(f"{b}/") for b in library)]
    # Named by itself even where it lies below the library: what lies beside it there is not to be read.
    numpy = os.path.join(numpy_folder, "numpy")  # noqa: PTH118
    folders = [*library, *(path for path in (numpy, f"{numpy}.libs") if os.path.isdir(path))]  # noqa: PTH112
    with open("/proc/self/maps") as file:  # noqa: PTH123
        mapped = {line.split(maxsplit=5)[-1].strip() for line in file if "/" in line}
    loaded = {path for path in mapped if ".so" in path and os.path.isfile(path)}  # noqa: PTH113
    libc_folder = {os.path.dirname(path) for path in loaded if os.path.basename(path).startswith("libc.so")}  # noqa: PTH119, PTH120
    near = {os.path.join(folder, name) for folder in libc_folder for name in _LIBRARIES}  # noqa: PTH118
    # The loader looks below /lib, which is often a link to /usr/lib.
    near |= {path.removeprefix("/usr") for path in near}
    files = [path for path in sorted(loaded | near | {_LOADER_CACHE}) if os.path.isfile(path)]  # noqa: PTH113
    outside = [path for path in files if not any(path.startswith(f"{folder}/") for folder in folders)]
    return [*folders, *outside]


def _own_process(wire: int, capture: int, null: int) -> None:
    """Own process group, own file descriptors, and nothing inherited."""
    os.setsid()
    _die_with_parent()
    # Moved out of the way first: either may already be one of the numbers that they are to have.
    wire = fcntl.fcntl(wire, fcntl.F_DUPFD, 20)
    capture = fcntl.fcntl(capture, fcntl.F_DUPFD, 20)
    os.dup2(null, 0)
    os.dup2(capture, 1)
    os.dup2(capture, 2)
    os.dup2(wire, WIRE)
    os.closerange(WIRE + 1, 1024)
    os.chdir("/")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


def _die_with_parent() -> None:
    """On Linux the kernel kills a worker whose zygote was killed."""
    if sys.platform == "linux":
        parent = os.getppid()
        libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
