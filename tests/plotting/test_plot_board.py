"""TensorBoard's files, read back with TensorBoard's own reader."""

import numpy as np
import pytest

pytest.importorskip("tensorboard", reason="needs TensorBoard")

from plotcases import NASTY
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.util import tensor_util

from bpkit.plotting import board, data, series


def read(folder):
    """Return what lies below a folder: run → name → [(step, array, plugin)]."""
    found = {}
    for file in sorted(folder.rglob("*.bpkit")):
        run = found.setdefault(file.parent.relative_to(folder).as_posix(), {})
        for event in EventFileLoader(str(file)).Load():
            for value in event.summary.value:
                array = tensor_util.make_ndarray(value.tensor)
                run.setdefault(value.tag, []).append(
                    (event.step, array, value.metadata.plugin_data.plugin_name)
                )
    return found


@pytest.mark.parametrize("kind", data.KINDS)
def test_every_scalar(drawn, tmp_path, kind):
    """What is drawn is written: each run in a folder of its own, each number at its step."""
    board.write(drawn(kind), tmp_path)
    found = read(tmp_path)
    expected = list(series.scalars(drawn(kind)))
    assert set(found) == {run for run, _ in expected}
    for run, curve in expected:
        steps, values, _ = zip(*found[run][curve.label], strict=True)
        assert list(steps) == list(range(curve.first, curve.first + curve.values.size))
        with np.errstate(over="ignore"):
            np.testing.assert_array_equal(np.array(values), curve.values.astype(np.float32))


def test_histograms(drawn, tmp_path):
    """The gradients of each layer are histograms at some steps: rows of left edge, right edge, count."""
    board.write(drawn("gradients"), tmp_path)
    told = read(tmp_path)["tanh, Xavier"]["gradient/layer 01"]
    assert [step for step, _, _ in told] == [0, 10, 20, 30]
    step, rows, plugin = told[1]
    gradient = dict(drawn("gradients").trainings[1].gradients)[step][0]
    assert plugin == "histograms"
    assert rows[:, 2].sum() == gradient.size
    assert (rows[0, 0], rows[-1, 1]) == (gradient.min(), gradient.max())


def test_written_again(drawn, tmp_path):
    """A second run replaces the first, and leaves other people's files alone."""
    others = tmp_path / "sgd" / "events.out.tfevents.1.host"
    others.parent.mkdir()
    others.write_bytes(b"somebody's")
    for _ in range(2):
        board.write(drawn("schedules"), tmp_path)
    assert len(list(tmp_path.rglob("*.bpkit"))) == 4
    assert others.read_bytes() == b"somebody's"


@pytest.mark.parametrize("name", NASTY)
def test_any_number(tmp_path, name):
    """Infinity and NaN are written as they are."""
    board.write(NASTY[name], tmp_path)
    assert set(read(tmp_path)) == {run for run, _ in series.scalars(NASTY[name])}
