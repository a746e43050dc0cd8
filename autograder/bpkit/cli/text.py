"""Small words for the commands."""


def count(number: int, noun: str) -> str:
    """Return "1 file" or "3 files"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
