"""One student's submission as it was handed in; nothing of it has been run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Handed(NamedTuple):
    """What one student handed in.

    student: the id: from the platform's file name, the roster, or the folder's name. Safe as a file's name.
    name: the student's name where the platform or the roster tells it.
    files: the text of the workspace's Python files, by their path in it such as "layers/linear.py"; None for a file
        that is not UTF-8. Notebooks' solution cells are among them, as the files that they stand for.
    refused: why it cannot be graded, as a sentence for the instructor; empty where it can.
    """

    student: str
    name: str = ""
    files: Mapping[str, str | None] = MappingProxyType({})
    refused: str = ""
