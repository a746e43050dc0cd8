"""Limits of a worker that the system enforces, where it has them."""

import resource

MEMORY = 2 << 30  # bytes of address space; numpy itself takes about 0.3 GiB of it
_FILES = 64


def apply() -> None:
    """Set them on this process, for good."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # no file gets a byte from a worker
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _, hard = resource.getrlimit(limit)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (least, least))
        except ValueError:
            # macOS refuses a limit on address space; the deadline holds there all the same.
            if limit != resource.RLIMIT_AS:
                raise
