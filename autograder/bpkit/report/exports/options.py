"""What an instructor may say about an export; everything has a default."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Options(NamedTuple):
    """Settings of exports; each export reads its own.

    assignment: the column's title in Canvas and Moodle; with " (1234)" behind it, Canvas's own number, it is that
        assignment and no new one.
    identifier: which of Canvas's columns a student's id is: "SIS Login ID", "SIS User ID" or "ID".
    visibility: when Gradescope shows students the tests: "visible", "after_due_date", "after_published" or "hidden".
    identity: Classroom 50's environment variables, which name the submission.
    """

    assignment: str = "Backpropagation"
    identifier: str = "SIS Login ID"
    visibility: str = "visible"
    identity: Mapping[str, str] = MappingProxyType({})
