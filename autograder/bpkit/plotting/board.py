"""Writes series as TensorBoard's event files, with TensorBoard's own writer: no TensorFlow, no torch."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.plugins.histogram import summary_v2 as histogram
from tensorboard.plugins.scalar import summary_v2 as scalar
from tensorboard.summary.writer.event_file_writer import EventFileWriter

from bpkit.plotting import series
from bpkit.plotting.series import Series

_SUFFIX = ".bpkit"


def write(drawn: Series, folder: Path) -> None:
    """Write each run into a folder of its own below this one; what bpkit wrote there before is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.rglob(f"events.out.tfevents.*{_SUFFIX}")):
        old.unlink()
    now = time.time()
    writers: dict[str, EventFileWriter] = {}

    def put(run: str, step: int, summary: object) -> None:
        if run not in writers:
            writers[run] = EventFileWriter(str(folder / run), filename_suffix=_SUFFIX)
        writers[run].add_event(Event(wall_time=now, step=step, summary=summary))

    try:
        for run, curve in series.scalars(drawn):
            with np.errstate(over="ignore"):  # TensorBoard keeps float32
                values = curve.values.astype(np.float32)
            for step, value in enumerate(values, curve.first):
                put(run, step, scalar.scalar_pb(curve.label, value))
        for run, name, step, numbers in series.histograms(drawn):
            put(run, step, histogram.histogram_pb(name, numbers))
    finally:
        for writer in writers.values():
            writer.close()
