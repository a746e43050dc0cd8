"""A pack that lacks what its exercises build on is completed from the courses' own packs."""

import pytest

from bpkit.course import catalog
from bpkit.course.courses import OWN
from bpkit.errors import BadPack
from bpkit.reference import packs
from bpkit.reference.pack import open_file


@pytest.fixture
def partial(tmp_path):
    """Write a pack with two exercises, of which one builds on two others."""
    own = open_file(OWN.pack)
    ids = ["recurrent/lstm_step", "optimizers/sgd"]
    (tmp_path / "two.pack").write_bytes(own.with_entries(own.origin, (), ids).to_bytes())
    return tmp_path / "two.pack"


def test_completed(partial):
    """What is lacking is added, and nothing else; the file itself stays as it is."""
    before = partial.read_bytes()
    whole = open_file(packs.completed(partial, [catalog.find("recurrent/lstm_step")]))
    assert set(whole.ids) == {"recurrent/lstm_step", "optimizers/sgd", "neuron/sigmoid", "neuron/tanh"}
    assert len(whole.load(catalog.find("neuron/tanh"))) > 0
    assert partial.read_bytes() == before


def test_nothing_is_lacking(partial):
    """A pack that has all that is needed is taken as it is."""
    assert packs.completed(partial, [catalog.find("optimizers/sgd")]) == partial


def test_what_is_asked_for_is_not_taken_from_elsewhere(partial):
    """An instructor who grades with a pack means that pack."""
    asked = [catalog.find("neuron/tanh"), catalog.find("recurrent/lstm_step")]
    whole = open_file(packs.completed(partial, asked))
    with pytest.raises(BadPack, match="holds nothing for neuron/tanh"):
        whole.load(asked[0])
    backed = packs.Backed(open_file(partial), asked, packs.Packs(lambda course: course.pack))
    with pytest.raises(BadPack, match="holds nothing for neuron/tanh"):
        backed.load(asked[0])
    assert len(backed.load(catalog.find("neuron/sigmoid"))) > 0
