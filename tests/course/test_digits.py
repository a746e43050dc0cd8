"""The handwritten digits that the chapter training learns from, and how they are cut into parts."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from bpkit.course.specs import training
from bpkit.course.specs.training import _images, digits, memorize

FOLDER = Path(training.__file__).parent


def test_the_file_is_what_it_says():
    """1,797 images of 64 points in 17 shades, every digit about as often as the others, without pickle."""
    with np.load(FOLDER / "_digits.npz", allow_pickle=False) as stored:
        assert sorted(stored) == ["images", "labels"]
        images, labels = stored["images"], stored["labels"]
    assert (images.shape, images.dtype, images.max()) == ((1797, 64), np.uint8, 16)
    assert (labels.shape, labels.dtype) == ((1797,), np.uint8)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    found = hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest()
    assert found == "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"


def test_its_licence_lies_beside_it():
    """Who made it, where it comes from, and on which terms."""
    text = (FOLDER / "DIGITS.md").read_text(encoding="utf-8")
    for word in (
        "Alpaydin",
        "Kaynak",
        "10.24432/C50P49",
        "creativecommons.org/licenses/by/4.0",
        "_digits.npz",
    ):
        assert word in text


def test_the_parts_of_digits_share_no_image():
    """What is asked at the end is in neither of the others, and the split is always the same."""
    parts = digits.split()
    assert [images.shape for images, _ in parts] == [(1296, 64), (194, 64), (300, 64)]
    seen = [{image.tobytes() for image in images} for images, _ in parts]
    assert not (seen[0] | seen[1]) & seen[2]
    assert not seen[0] & seen[1]
    assert all((np.bincount(labels, minlength=10) > 10).all() for _, labels in parts)
    found = hashlib.sha256(b"".join(labels.tobytes() for _, labels in parts)).hexdigest()
    assert found == "be35e1ee8c26dc69f67f5e1d6dc4d000439a2dd35b1c4a6762387887c8a453f8"


def test_simple_methods_are_far_from_the_threshold():
    """Without any chance: the nearest neighbour, and a linear classifier in closed form."""
    (x, y), _, (asked, labels) = digits.split()
    nearest = y[((asked[:, None] - x) ** 2).sum(axis=2).argmin(axis=1)]
    assert (nearest == labels).mean() > digits.ENOUGH + 0.03
    means = np.array([x[y == c].mean(axis=0) for c in range(10)])
    precision = np.linalg.inv(np.cov((x - means[y]).T) + 0.01 * np.eye(64))
    far = asked[:, None] - means
    linear = np.einsum("ncd,de,nce->nc", far, precision, far).argmin(axis=1)
    assert (linear == labels).mean() > digits.ENOUGH


def test_the_lots_of_memorize_tell_nothing():
    """Labels drawn by lot agree with the true ones about as often as chance has it."""
    (x, labels), (fresh, others) = memorize.lots()
    assert (x.shape, fresh.shape) == ((127, 64), (500, 64))
    assert not {image.tobytes() for image in x} & {image.tobytes() for image in fresh}
    images, truth = _images.digits()
    true = {image.tobytes(): int(label) for image, label in zip(images, truth, strict=True)}
    both = np.concatenate([labels, others])
    shown = np.array([true[image.tobytes()] for image in np.concatenate([x, fresh])])
    assert 0.05 < (both == shown).mean() < 0.15


@pytest.mark.parametrize("answer", [[1, 2], np.array([3.0, 4.0]), np.array([3, 4], np.uint8), (0, 9)])
def test_classes_come_in_several_types(answer):
    """Whole numbers are class ids, whatever they are held in."""
    assert _images.classes(answer, 2).tolist() == [int(one) for one in answer]


@pytest.mark.parametrize(
    "answer",
    [None, 3, [1.5, 2.0], [1], ["1", "2"], [[1, 2], [3]], np.zeros((2, 10)), [np.nan, 1.0], {"a": 1}],
)
def test_what_is_no_class_for_each_is_none(answer):
    """Scores, one number for all, text."""
    assert _images.classes(answer, 2) is None
