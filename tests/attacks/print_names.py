"""Gives its functions names that are commands to a terminal or a CI system. Gain: a forged log."""

STOPPED_BY = 0

SOURCE = r"""
for name in ("\n::error::boom\n", "\x1b[2J", "##[command]x", "\u202e6 fo 6"):
    globals()[name] = lambda: None
"""


def breached(run):
    """A raw control character, or a line that a CI log would obey, is in the report."""
    shown = run.out if run.level < 0 else run.first.text

    steering = [
        line
        for line in shown.split("\n")
        if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line
    ]
    return "\x1b" in shown or "\r" in shown or "\x9b" in shown or steering != []
