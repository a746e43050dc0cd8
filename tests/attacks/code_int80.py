"""Enters the kernel by the door for 32-bit programs, whose numbers mean other calls. Gain: calls that a filter took for others."""

STOPPED_BY = 1
NEEDS = "int80"

SOURCE = r"""
import ctypes
MAP_32BIT = 0x40
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_long
libc.mmap.argtypes = [ctypes.c_long] * 6
low = libc.mmap(0, 4096, 7, 0x22 | MAP_32BIT, -1, 0)
path = b"@PLACE@/made\0"
ctypes.memmove(low + 1024, path, len(path))
# push rbx; mov eax, 39 (mkdir); mov ebx, path; mov ecx, 0700; int 0x80; pop rbx; ret
code = b"\x53\xb8\x27\0\0\0\xbb" + (low + 1024).to_bytes(4, "little") + b"\xb9\xc0\x01\0\0\xcd\x80\x5b\xc3"
ctypes.memmove(low, code, len(code))
ctypes.CFUNCTYPE(ctypes.c_int)(low)()
"""


def breached(run):
    """The folder is there."""
    return (run.place / "made").exists()
