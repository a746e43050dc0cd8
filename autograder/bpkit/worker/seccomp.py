"""Level 1: a seccomp filter that lets through what computing needs, and nothing else.

No process, thread, socket, file for writing, signal to others, memory file or change of a limit. What is not on
the list fails with EPERM, so that honest code which merely asks gets an exception and not a killed process.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import NamedTuple

from .libc import PR_SET_NO_NEW_PRIVS, Unavailable, attempt, prctl, syscall


class _Machine(NamedTuple):
    audit: int  # the kernel's name for it, as the filter sees it
    seccomp: int  # the number of the seccomp call itself
    numbers: dict[str, int]


# Both lists from the kernel's unistd headers. Calls that newer machines do not have are missing in the second.
_X86_64 = _Machine(0xC000003E, 317, {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7, "lseek": 8,
    "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14,
    "rt_sigreturn": 15, "ioctl": 16, "pread64": 17, "readv": 19, "writev": 20, "access": 21, "select": 23,
    "sched_yield": 24, "mremap": 25, "madvise": 28, "dup": 32, "nanosleep": 35, "getpid": 39, "exit": 60,
    "uname": 63, "fcntl": 72, "getcwd": 79, "readlink": 89, "gettimeofday": 96, "getrlimit": 97,
    "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107, "getegid": 108,
    "getppid": 110, "getpgrp": 111, "sigaltstack": 131, "arch_prctl": 158, "gettid": 186, "time": 201,
    "futex": 202, "sched_getaffinity": 204, "getdents64": 217, "set_tid_address": 218, "restart_syscall": 219,
    "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "openat": 257,
    "newfstatat": 262, "readlinkat": 267, "faccessat": 269, "pselect6": 270, "ppoll": 271,
    "set_robust_list": 273, "prlimit64": 302, "getcpu": 309, "getrandom": 318, "membarrier": 324, "statx": 332,
    "rseq": 334, "faccessat2": 439, "futex_waitv": 449,
})  # fmt: skip
_AARCH64 = _Machine(0xC00000B7, 277, {
    "getcwd": 17, "dup": 23, "fcntl": 25, "ioctl": 29, "faccessat": 48, "openat": 56, "close": 57,
    "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "pread64": 67,
    "pselect6": 72, "ppoll": 73, "readlinkat": 78, "newfstatat": 79, "fstat": 80, "exit": 93, "exit_group": 94,
    "set_tid_address": 96, "futex": 98, "set_robust_list": 99, "nanosleep": 101, "clock_gettime": 113,
    "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123, "sched_yield": 124,
    "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135,
    "rt_sigreturn": 139, "times": 153, "uname": 160, "getrlimit": 163, "getrusage": 165, "getcpu": 168,
    "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174, "geteuid": 175, "getgid": 176,
    "getegid": 177, "gettid": 178, "sysinfo": 179, "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222,
    "mprotect": 226, "madvise": 233, "prlimit64": 261, "getrandom": 278, "membarrier": 283, "statx": 291,
    "rseq": 293, "faccessat2": 439, "futex_waitv": 449,
})  # fmt: skip
_MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64}

# Answered with "no such call", so that the C library falls back to the older form, whose flags can be looked
# at: clone3 and openat2 take theirs behind a pointer, where no filter sees.
_NOT_HERE = (435, 437)
_FIRST = (
    "read",
    "write",
    "futex",
    "mmap",
    "munmap",
    "brk",
    "madvise",
    "mremap",
    "clock_gettime",
)  # the hot ones

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WRITING |= getattr(os, "O_TMPFILE", 0) & ~os.O_DIRECTORY
_FORBIDDEN_BITS = {"open": (1, _WRITING), "openat": (2, _WRITING)}  # which argument, which bits
_ALLOWED_VALUES = {
    "fcntl": (1, (0, 1, 2, 3, 1030)),  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
    "ioctl": (1, (0x5401, 0x5450, 0x5451)),  # TCGETS (isatty), FIONCLEX, FIOCLEX
    "prlimit64": (2, (0,)),  # no new limit: asking only
}

_LOAD, _EQUAL, _ANY_BIT, _AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_AT_NUMBER, _AT_MACHINE, _AT_ARGUMENTS = 0, 4, 16
_X32 = 0x40000000


class _Program:
    """Classic BPF, one instruction after the other; jumps count the instructions that they skip."""

    def __init__(self) -> None:
        self.code: list[bytes] = []

    def add(self, operation: int, value: int, if_true: int = 0, if_false: int = 0) -> None:
        self.code.append(struct.pack("<HBBI", operation, if_true, if_false, value))

    def answer(self, result: int) -> None:
        self.add(_RETURN, result)


def available() -> bytes:
    """Return the filter after a try in a child; `Unavailable` where the kernel or a policy forbids it."""
    code = program()
    try:
        attempt(lambda: enter(code))
    except Unavailable as error:
        raise Unavailable(f"no seccomp ({error})") from error
    return code


def program() -> bytes:
    """Return the filter for this machine; `Unavailable` on one whose numbers we do not have."""
    machine = _MACHINES.get(os.uname().machine)
    if machine is None:
        raise Unavailable(f"no list of system calls for {os.uname().machine}")
    bpf = _Program()
    bpf.add(_LOAD, _AT_MACHINE)
    bpf.add(_EQUAL, machine.audit, if_true=1)
    bpf.answer(_KILL)  # a call through another architecture's door
    bpf.add(_LOAD, _AT_NUMBER)
    bpf.add(_AT_LEAST, _X32, if_false=1)
    bpf.answer(_KILL)
    for number in _NOT_HERE:
        bpf.add(_EQUAL, number, if_false=1)
        bpf.answer(_ERRNO | errno.ENOSYS)
    for name in (*_FIRST, *(name for name in machine.numbers if name not in _FIRST)):
        _rule(bpf, name, machine.numbers[name])
    bpf.answer(_ERRNO | errno.EPERM)
    return b"".join(bpf.code)


def _rule(bpf: _Program, name: str, number: int) -> None:
    if name in _FORBIDDEN_BITS:
        argument, bits = _FORBIDDEN_BITS[name]
        bpf.add(_EQUAL, number, if_false=4)
        bpf.add(_LOAD, _AT_ARGUMENTS + 8 * argument)
        bpf.add(_ANY_BIT, bits, if_false=1)
        bpf.answer(_ERRNO | errno.EPERM)
        bpf.answer(_ALLOW)
    elif name in _ALLOWED_VALUES:
        argument, values = _ALLOWED_VALUES[name]
        bpf.add(_EQUAL, number, if_false=len(values) + 6)
        bpf.add(_LOAD, _AT_ARGUMENTS + 8 * argument + 4)  # the upper half has to be 0
        bpf.add(_EQUAL, 0, if_true=1)
        bpf.answer(_ERRNO | errno.EPERM)
        bpf.add(_LOAD, _AT_ARGUMENTS + 8 * argument)
        for place, value in enumerate(values):
            bpf.add(_EQUAL, value, if_true=len(values) - place)
        bpf.answer(_ERRNO | errno.EPERM)
        bpf.answer(_ALLOW)
    else:
        bpf.add(_EQUAL, number, if_false=1)
        bpf.answer(_ALLOW)


def enter(code: bytes) -> None:
    """Put the filter on this process, for good."""
    machine = _MACHINES[os.uname().machine]
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    buffer = ctypes.create_string_buffer(code, len(code))
    head = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    syscall(machine.seccomp, 1, 0, head)
