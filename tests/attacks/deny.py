"""Runs Python on a kernel that seems to lack some system calls: `deny.py NUMBER,… ARGUMENT…`."""

import os
import sys

from bpkit.worker import seccomp

ENOSYS = 38


def main(numbers, *arguments):
    """Have these calls fail as unknown ones do, here and in whatever this process becomes and starts."""
    bpf = seccomp._Program()
    bpf.add(seccomp._LOAD, seccomp._AT_NUMBER)
    for number in numbers.split(","):
        bpf.add(seccomp._EQUAL, int(number), if_false=1)
        bpf.answer(seccomp._ERRNO | ENOSYS)
    bpf.answer(seccomp._ALLOW)
    seccomp.enter(b"".join(bpf.code))
    os.execv(sys.executable, [sys.executable, *arguments])


if __name__ == "__main__":
    main(*sys.argv[1:])
