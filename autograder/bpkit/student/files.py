"""Files of a workspace: written whole or not at all, recognised again, and kept before something takes their place."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path


def fingerprint(content: bytes) -> str:
    """Return a digest that neither a byte order mark nor another system's line ends change."""
    plain = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return hashlib.sha256(plain).hexdigest()


def fingerprint_of(path: Path) -> str | None:
    """Return the digest of a file, or None where there is none that can be read."""
    try:
        return fingerprint(path.read_bytes())
    except OSError:
        return None


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; Ctrl-C in the middle leaves nothing behind.

    Its folder has to be there: a workspace that was just moved away is not begun anew by what is kept in it.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        os.replace(beside, path)  # noqa: PTH105
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def keep(path: Path, now: datetime) -> Path:
    """Copy a file to one beside it, with the date in its name, and return that.

    It does not end in .py, so that no check takes it for code.
    """
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    copy = path.with_name(f"{path.name}.{stamp}.txt")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.{stamp}-{number}.txt")
    write(copy, path.read_bytes())
    return copy
