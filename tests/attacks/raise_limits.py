"""Raises its own limits again, as root may. Gain: all of the machine's memory."""

STOPPED_BY = 1
NEEDS = "root"

SOURCE = """
import mmap, resource
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
taken = mmap.mmap(-1, 3 << 30)
print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
