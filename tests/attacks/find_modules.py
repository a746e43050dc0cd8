"""Looks through the globals of every loaded module, and of the program itself. Gain: the expected values."""

STOPPED_BY = 0

SOURCE = """
import gc, sys
import numpy as np
NEEDLE = bytes(byte ^ 0xFF for byte in bytes.fromhex("@NEEDLE@"))
seen = set()
def search(value, depth=0):
    if id(value) in seen or depth > 6:
        return False
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        return NEEDLE in value.tobytes()
    if isinstance(value, (bytes, bytearray)):
        return value is not NEEDLE and NEEDLE in value
    if isinstance(value, dict):
        return any(search(item, depth + 1) for item in list(value.values()))
    if isinstance(value, (list, tuple)):
        return any(search(item, depth + 1) for item in value)
    if hasattr(value, "__dict__"):
        return search(vars(value), depth + 1)
    return False
frame, places = sys._getframe(), [vars(module) for module in list(sys.modules.values()) if hasattr(module, "__dict__")]
while frame:
    places.append(dict(frame.f_locals))
    frame = frame.f_back
places = [{k: v for k, v in place.items() if k not in ("NEEDLE", "places", "seen")} for place in places]
if any(search(place) for place in places):
    print("BREACH")
"""


def breached(run):
    """It found the recorded gradient."""
    return run.said("BREACH")
