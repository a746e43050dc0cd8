"""Where bpkit's own stubs, lessons and pack lie: inside the installed package, or in a clone beside it."""

from pathlib import Path

from bpkit.errors import BadCourse

PACK_NAME = "course.pack"
_HERE = Path(__file__).parent


def exercises() -> Path:
    """Return the folder with what students get."""
    for folder in (_HERE / "exercises", _HERE.parents[2] / "exercises"):
        if folder.is_dir():
            return folder
    raise BadCourse("The installed package holds no exercises. Install backprop-kit again.")


def pack() -> Path:
    """Return the path of the pack that the course ships."""
    return exercises() / PACK_NAME


def clone() -> Path | None:
    """Return the root of the clone that this package runs from, or None where it was installed as a wheel."""
    root = _HERE.parents[2]
    return root if (root / "solutions").is_dir() and (root / "pyproject.toml").is_file() else None
