"""The system call filter, run instruction by instruction as the kernel would, for both machines that have one."""

import errno
import os
import re
import struct
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bpkit.worker import seccomp
from bpkit.worker.libc import Unavailable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="flags of files have other numbers elsewhere")

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
X32 = 0x40000000
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
# Numbers as the kernel's tables have them, written down here a second time.
HARMFUL = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "sendmsg": 46, "recvmsg": 47, "bind": 49,
        "listen": 50, "socketpair": 53, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62,
        "shmget": 29, "shmat": 30, "pipe": 22, "dup2": 33, "msgget": 68, "truncate": 76, "ftruncate": 77,
        "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87, "symlink": 88, "chmod": 90,
        "chown": 92, "umask": 95, "ptrace": 101, "setuid": 105, "setsid": 112, "personality": 135, "prctl": 157,
        "setrlimit": 160, "chroot": 161, "mount": 165, "tkill": 200, "io_setup": 206, "tgkill": 234, "add_key": 248,
        "request_key": 249, "keyctl": 250, "unlinkat": 263, "renameat": 264, "unshare": 272, "signalfd": 282,
        "timerfd_create": 283, "eventfd": 284, "fallocate": 285, "dup3": 292, "pipe2": 293, "perf_event_open": 298,
        "process_vm_readv": 310, "process_vm_writev": 311, "finit_module": 313, "seccomp": 317, "memfd_create": 319,
        "bpf": 321, "execveat": 322, "userfaultfd": 323, "pkey_mprotect": 329, "pidfd_send_signal": 424,
        "io_uring_setup": 425, "open_tree": 428, "pidfd_open": 434, "pidfd_getfd": 438, "process_madvise": 440,
        "landlock_create_ruleset": 444, "memfd_secret": 447, "fchmodat2": 452,
    },
    "aarch64": {
        "io_setup": 0, "eventfd2": 19, "dup3": 24, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38,
        "mkdirat": 34, "mount": 40, "truncate": 45, "ftruncate": 46, "fallocate": 47, "fchmodat": 53, "fchownat": 54,
        "pipe2": 59, "personality": 92, "unshare": 97, "ptrace": 117, "kill": 129, "tkill": 130, "tgkill": 131,
        "setuid": 146, "setsid": 157, "setrlimit": 164, "prctl": 167, "umask": 166, "shmget": 194, "shmat": 196,
        "socket": 198, "socketpair": 199, "bind": 200, "listen": 201, "connect": 203, "sendto": 206, "sendmsg": 211,
        "recvmsg": 212, "add_key": 217, "request_key": 218, "keyctl": 219, "clone": 220, "execve": 221,
        "perf_event_open": 241, "process_vm_readv": 270, "process_vm_writev": 271, "finit_module": 273, "seccomp": 277,
        "memfd_create": 279, "bpf": 280, "execveat": 281, "userfaultfd": 282, "pidfd_send_signal": 424,
        "io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438, "landlock_create_ruleset": 444,
    },
}  # fmt: skip


class Filter:
    """A machine's filter, with an interpreter of the few instructions of classic BPF that it uses."""

    def __init__(self, machine, code):
        self.machine = machine
        self.numbers = seccomp._MACHINES[machine].numbers
        self.code = [struct.unpack_from("<HBBI", code, at) for at in range(0, len(code), 8)]

    def __call__(self, number, *arguments, audit=None):
        """Return what the filter answers to a system call."""
        data = struct.pack(
            "<IIQ6Q", number, audit or MACHINES[self.machine], 0, *arguments, *[0] * (6 - len(arguments))
        )
        at, value = 0, 0
        for _ in self.code:  # it only jumps ahead, so that it ends
            operation, if_true, if_false, constant = self.code[at]
            at += 1
            match operation:
                case 0x20:  # load a word
                    value = struct.unpack_from("<I", data, constant)[0]
                case 0x15:
                    at += if_true if value == constant else if_false
                case 0x35:
                    at += if_true if value >= constant else if_false
                case 0x45:
                    at += if_true if value & constant else if_false
                case 0x06:
                    return constant
                case _:
                    raise AssertionError(f"no such instruction: {operation:#x}")
        raise AssertionError("the program has no end")


@pytest.fixture(params=MACHINES)
def call(request, monkeypatch):
    """Return the filter of each machine in turn."""
    monkeypatch.setattr(seccomp.os, "uname", lambda: SimpleNamespace(machine=request.param))
    return Filter(request.param, seccomp.program())


def test_what_is_on_the_list_is_allowed(call):
    """Each call on the list is let through, with arguments of zero; an ioctl has to name its command."""
    answers = {name: call(number) for name, number in call.numbers.items()}
    assert answers.pop("ioctl") == EPERM
    assert set(answers.values()) == {ALLOW}


def test_everything_else_is_refused(call):
    """Any other number gets an error, and two of them the one after which the C library tries the older form."""
    others = set(range(700)) - set(call.numbers.values())
    answers = {number: call(number) for number in others}
    assert {number for number, answer in answers.items() if answer == ENOSYS} == {435, 437}  # clone3, openat2
    assert {answer for number, answer in answers.items() if number not in (435, 437)} == {EPERM}


def test_nothing_harmful_is_on_the_list(call):
    """Processes, sockets, signals, memory files, tracing and changes of files are refused by their numbers."""
    harmful = HARMFUL[call.machine]
    assert {name: call(number) for name, number in harmful.items()} == dict.fromkeys(harmful, EPERM)
    assert not harmful.keys() & call.numbers.keys()


def test_the_numbers_are_the_kernels(call):
    """The list says the same as the kernel's own header, where that is installed."""
    header = HEADERS[call.machine]
    if not header.is_file():
        pytest.skip("no kernel headers here")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text())
    known = {name: int(number) for name, number in found}
    known |= {"newfstatat": known.get("newfstatat", known.get("fstatat", 0))}
    both = call.numbers.keys() & known.keys()
    assert {name: call.numbers[name] for name in both} == {name: known[name] for name in both}
    assert call.numbers.keys() - known.keys() <= {"futex_waitv", "faccessat2"}  # younger than some headers


@pytest.mark.parametrize("number", [0, 1, 57, 59, 435, 0xFFFFFFFF])
@pytest.mark.parametrize("audit", [0x40000003, 0x40000028, 0xC000003E, 0xC00000B7, 0], ids=hex)
def test_another_machines_door_is_deadly(call, audit, number):
    """A call through the door of 32-bit programs, or of any other machine, ends the process."""
    if audit != MACHINES[call.machine] and audit:
        assert call(number, audit=audit) == KILL


def test_x32_is_deadly(call):
    """Numbers with the bit of x32, which mean the same calls, end the process."""
    for number in (*call.numbers.values(), *HARMFUL[call.machine].values(), 512, 520, 547):
        assert call(X32 | number) == KILL
    assert call(0xFFFFFFFF) == KILL


READING = (os.O_RDONLY, os.O_CLOEXEC, os.O_NONBLOCK, os.O_CLOEXEC | 0o200000, 0o400000, 0o10000000)
WRITING = (
    os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND, 0o20000000 | os.O_RDWR, 0o20000000,
    os.O_RDONLY | os.O_CREAT, os.O_CLOEXEC | os.O_WRONLY, 3,
)  # fmt: skip


@pytest.mark.parametrize("upper", [0, 1 << 32, 0xFFFFFFFF << 32], ids=hex)
def test_files_open_for_reading_only(call, upper):
    """No bit of the flags that would write, make or cut a file gets through; what the kernel ignores changes nothing."""
    for name, place in (("open", 1), ("openat", 2)):
        if name in call.numbers:
            for flags in READING:
                assert call(call.numbers[name], *[0] * place, upper | flags) == ALLOW
            for flags in WRITING:
                assert call(call.numbers[name], *[0] * place, upper | flags) == EPERM


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        (
            "fcntl",
            (0, 1, 2, 3, 1030),
            (4, 5, 6, 7, 8, 9, 10, 16, 36, 37, 38, 1024, 1025, 1026, 1031, 1033, 1036),
        ),
        ("ioctl", (0x5401, 0x5450, 0x5451), (0, 0x5402, 0x540E, 0x5412, 0x541B, 0x5421, 0x8902, 0xAE01)),
    ],
)
def test_only_some_commands_of_a_call(call, name, allowed, refused):
    """Fcntl and ioctl are let through with a few commands, of which the upper half has to be zero."""
    number = call.numbers[name]
    for command in allowed:
        assert call(number, 3, command) == ALLOW
        assert call(number, 3, command | 1 << 32) == EPERM
        assert call(number, 3, command | 1 << 63) == EPERM
    for command in refused:
        assert call(number, 3, command) == EPERM


def test_limits_can_be_asked_and_not_set(call):
    """prlimit64 is let through without a new limit, whichever half of the pointer it stands in."""
    number = call.numbers["prlimit64"]
    assert call(number, 0, 9, 0, 0x7FFF_0000_1000) == ALLOW
    for pointer in (1, 0x1000, 0x7FFF_0000_1000, 0x7FFF_0000_0000, 1 << 32, 1 << 63):
        assert call(number, 0, 9, pointer) == EPERM


def test_the_program_fits_the_kernel(call):
    """It has no more instructions than the kernel takes, jumps nowhere outside, and ends in an answer."""
    assert len(call.code) <= 4096
    for at, (operation, if_true, if_false, _) in enumerate(call.code):
        if operation in (0x15, 0x35, 0x45):
            assert at + 1 + max(if_true, if_false) < len(call.code)
    assert call.code[-1] == (0x06, 0, 0, EPERM)


def test_another_machine_has_no_filter(monkeypatch):
    """On a machine whose numbers nobody has written down the level is not to be had, and that is said."""
    monkeypatch.setattr(seccomp.os, "uname", lambda: SimpleNamespace(machine="riscv64"))
    with pytest.raises(Unavailable, match="riscv64"):
        seccomp.program()
