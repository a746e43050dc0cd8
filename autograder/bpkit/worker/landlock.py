"""Level 2: Landlock. Reads the standard library and numpy, nothing else; writes nothing; connects nowhere."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from importlib.machinery import FileFinder

from .libc import PR_SET_NO_NEW_PRIVS, Unavailable, prctl, syscall

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every machine
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP, _SCOPES = 3, 3  # bind and connect; abstract sockets and signals
_NOT_LIBRARY = ("site-packages", "dist-packages", "ensurepip", "test", "idlelib")


def enter(paths: list[str]) -> None:
    """Restrict this process, and what it forks, to reading below these paths."""
    ruleset = _ruleset()
    for path, rights in _rules(paths):
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        syscall(_ADD_RULE, ruleset, 1, struct.pack("<Qi", rights, handle), 0)
        os.close(handle)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    syscall(_RESTRICT, ruleset, 0)
    os.close(ruleset)


def version() -> int:
    """Return the kernel's version of Landlock; `Unavailable` where it has none."""
    try:
        return syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    except Unavailable as error:
        raise Unavailable(f"no Landlock ({error})") from error


def _ruleset() -> int:
    abi = version()
    # Each version of the kernel knows one more field; a longer structure than it knows is refused.
    fields = [_FILE_RIGHTS[min(abi, 5)], _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0]
    size = 8 if abi < 4 else 16 if abi < 6 else 24
    return syscall(_CREATE, struct.pack("<QQQ", *fields), ctypes.c_size_t(size), 0)


def not_ours(folder: str) -> list[str]:
    """Return what lies in a folder of the standard library and is no part of it, such as site-packages."""
    if not os.path.isdir(folder):  # noqa: PTH112 - the worker does not pay for pathlib
        return []
    return [name for name in os.listdir(folder) if name in _NOT_LIBRARY and os.path.isdir(f"{folder}/{name}")]  # noqa: PTH112, PTH208


def _rules(paths: list[str]) -> list[tuple[str, int]]:
    """Allow the children one by one of a folder that holds site-packages, as the standard library's may."""
    found = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112
            found.append((path, _READ_FILE))
        elif hidden := not_ours(path):
            # A right holds for all that lies below, so that the folder itself cannot be listed any more.
            _remember(path)
            children = (os.path.join(path, name) for name in os.listdir(path) if name not in hidden)  # noqa: PTH118, PTH208
            found += [(child, _READ_FILE | (_READ_DIR if os.path.isdir(child) else 0)) for child in children]  # noqa: PTH112
        else:
            found.append((path, _READ_FILE | _READ_DIR))
    return found


def _remember(folder: str) -> None:
    """Have imports from a folder go by the list of its files as it is now."""
    finder = sys.path_importer_cache.get(folder)
    if isinstance(finder, FileFinder):
        finder.invalidate_caches()
        finder.find_spec("no_such_module")  # makes the list
        finder._fill_cache = lambda: None  # type: ignore[attr-defined]  # noqa: SLF001
