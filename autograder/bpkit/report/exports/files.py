"""What an export is made of: files by their path below the folder of results."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from bpkit.report.exports.text import line, plain

_LONGEST = 120  # with a suffix, well below the 255 bytes of most file systems, in UTF-8 too
_UNSAFE = re.compile(r'[\s/\\:*?"<>|#%&\']')


class File(NamedTuple):
    """One file. path: relative, with slashes."""

    path: str
    content: bytes


def stem(student: str) -> str:
    """Return the student's file name without its ending: the id as it is wherever it can be.

    Taking submissions in gives ids that are safe already; this holds whoever made them.
    """
    safe = _UNSAFE.sub("_", plain(student)).lstrip(".-") or "_"
    if safe == student and len(safe.encode()) <= _LONGEST:
        return safe
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe[: _LONGEST // 4]}-{digest}"


def anchor(exercise_id: str) -> str:
    """Return the exercise's place in a page of feedback."""
    return _UNSAFE.sub("-", line(exercise_id))
