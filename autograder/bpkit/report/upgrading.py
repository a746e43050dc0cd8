"""What an upgrade has done to a workspace, or would do."""

from __future__ import annotations

from collections.abc import Sequence

from bpkit.report import screen

# What happened to the files, and what it would be.
_HEADS = {
    "add": ("New:", "Would be added:"),
    "replace": ("Replaced; nobody had changed them:", "Would be replaced; nobody has changed them:"),
    "replace_and_keep": (
        "Replaced, with a copy of the old one beside each:",
        "Would be replaced, with a copy of the old one beside each:",
    ),
    "leave": ("Left as they are, because you have begun them:", "Would be left as they are, because you have begun them:"),
    "gone": ("No longer in the course; left where they are:", "No longer in the course; would be left where they are:"),
}  # fmt: skip
_ABOUT_LEFT = (
    "`bpkit show ID` has the new statement of one that was left; `bpkit reset ID` puts the new stub in its place and keeps "
    "a copy of yours."
)


def told(steps: Sequence[tuple[str, str, str | None]], columns: int, *, dry_run: bool) -> str:
    """Return the lines. steps: what happens, the path, and the path of the copy."""
    lines: list[str] = []
    for change, heads in _HEADS.items():
        found = [(path, copy) for kind, path, copy in steps if kind == change]
        if found:
            lines += screen.fill(heads[dry_run], columns)
            for path, copy in found:
                lines += screen.fill(f"{path} (before: {copy})" if copy else path, columns, "  ", "    ")
    if any(kind == "leave" for kind, _, _ in steps):
        lines += ["", *screen.fill(_ABOUT_LEFT, columns)]
    if not lines:
        return "Everything is up to date."
    return "\n".join([*lines, *(["", "Nothing has been changed."] if dry_run else [])])
