"""Starts many threads. Gain: the machine's time, and code that runs on beside what is judged."""

STOPPED_BY = 1

SOURCE = """
import threading, time
for number in range(40):
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
