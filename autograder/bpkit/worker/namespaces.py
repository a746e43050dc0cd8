"""Level 3: namespaces of its own, for users, processes, the network and mounts, with next to nothing in its root."""

from __future__ import annotations

import ctypes
import os
import struct

from . import landlock
from .libc import PR_CAPBSET_DROP, PR_SET_DUMPABLE, Unavailable, attempt, call, prctl, syscall

_USER, _PID, _NET, _IPC, _UTS, _MOUNT = 1 << 28, 1 << 29, 1 << 30, 1 << 27, 1 << 26, 1 << 17
_BIND, _REC, _PRIVATE, _READ_ONLY, _REMOUNT, _NOSUID, _NODEV = 1 << 12, 1 << 14, 1 << 18, 1, 1 << 5, 2, 4
_DETACH = 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION = 0x20080522
_SIZE = "size=256k,nr_inodes=4096"
# An empty file system is laid over one of these, none of which holds anything that is wanted.
_PLACES = ("/sys", "/srv", "/media", "/mnt", "/proc")


def available(paths: list[str]) -> None:
    """Try in a child, before anything depends on it; `Unavailable` where the kernel or a policy forbids it."""

    def step() -> None:
        enter(paths)
        enter_worker()

    try:
        attempt(step)
    except Unavailable as error:
        raise Unavailable(f"no namespaces ({error})") from error


def enter(paths: list[str]) -> None:
    """Move the zygote into namespaces of its own, with a root that shows these paths, read-only, and nothing else."""
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", _USER | _NET | _IPC | _UTS | _MOUNT)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
            file.write(text)
    call("sethostname", b"worker", 6)
    _mount(None, "/", None, _REC | _PRIVATE)
    root = _place(paths)
    _mount("none", root, "tmpfs", _NOSUID | _NODEV, _SIZE)
    covers = []
    for path in paths:
        target = root + path
        if os.path.isdir(path):  # noqa: PTH112
            os.makedirs(target, exist_ok=True)  # noqa: PTH103
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        _mount(path, target, None, _BIND | _REC)
        kept = os.statvfs(path).f_flag & os.ST_NOEXEC
        _mount(None, target, None, _BIND | _REMOUNT | _READ_ONLY | _NOSUID | _NODEV | kept)
        for cover in (f"{target}/{name}" for name in landlock.not_ours(path)):
            _mount("none", cover, "tmpfs", _NOSUID | _NODEV, _SIZE)  # numpy may come to lie in it
            covers.append(cover)
    for cover in covers:
        _mount(None, cover, None, _REMOUNT | _READ_ONLY | _BIND)
    os.chdir(root)
    syscall(_PIVOT_ROOT[os.uname().machine], b".", b".")
    call("umount2", b".", _DETACH)
    _mount(None, "/", None, _REMOUNT | _READ_ONLY | _BIND)
    os.chdir("/")


def enter_worker() -> None:
    """Give a worker a process namespace of its own: what returns is its first process, without capabilities.

    The process that was forked stays behind as its parent, and ends as it ends.
    """
    call("unshare", _PID)
    child = os.fork()
    if child:
        prctl(PR_SET_DUMPABLE, 0)  # where it ends by the same signal, there is no core of it to keep
        os.closerange(0, 64)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            _end_like(os.WTERMSIG(status))
        os._exit(os.WEXITSTATUS(status))
    drop_capabilities()


def drop_capabilities() -> None:
    """Give up every capability, for good."""
    for number in range(64):
        try:
            prctl(PR_CAPBSET_DROP, number)
        except Unavailable:
            break  # past the last one that this kernel knows, or not ours to drop
    head = struct.pack("<II", _CAPABILITY_VERSION, 0)
    syscall(_CAPSET[os.uname().machine], head, bytes(24))


def _end_like(number: int) -> None:
    import signal  # noqa: PLC0415

    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _place(paths: list[str]) -> str:
    for place in _PLACES:
        if os.path.isdir(place) and not any(path.startswith(place + "/") for path in paths):  # noqa: PTH112
            return place
    raise Unavailable("no folder to lay an empty root over")


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    def text(word: str | None) -> bytes | None:
        return None if word is None else os.fsencode(word)

    call("mount", text(source), text(target), text(kind), ctypes.c_ulong(flags), text(data))
