"""What bpkit itself has written into a workspace: by that, an upgrade knows a file that nobody has edited.

Kept in `.bpkit.json` there: each file's digest as it was written. Without it an upgrade is only more careful.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from bpkit import __version__
from bpkit.student import files

NAME, SCHEMA = ".bpkit.json", "bpkit/workspace/v1"


def read(root: Path) -> dict[str, str]:
    """Return the digest of each file as it was written, by its path; nothing where that is not known."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        data = json.loads((root / NAME).read_bytes())
        known = data.get("files") if isinstance(data, dict) and data.get("schema") == SCHEMA else None
        if isinstance(known, dict):
            return {path: digest for path, digest in known.items() if isinstance(digest, str)}
    return {}


def add(root: Path, digests: Mapping[str, str]) -> None:
    """Add files that were written just now, or that are the course's own to the letter."""
    known = read(root)
    merged = {**known, **digests}
    if merged != known:
        data = {"schema": SCHEMA, "version": __version__, "files": merged}
        files.write(root / NAME, (json.dumps(data, indent=2, sort_keys=True) + "\n").encode())
