"""Checks that no recording can replace: answers that only they see, and honest ones beside them."""

import numpy as np
import pytest

from bpkit.course.spec import Seed
from bpkit.course.specs.optimizers import _batches
from bpkit.course.specs.stability import _norms, he_init
from bpkit.course.specs.training import memorize


def calls(**functions):
    """Return what calls these functions as a property does, each generator from its seed, and twice with one."""
    functions["twice"] = lambda function, *arguments: [functions[function](*arguments) for _ in range(2)]

    def call(function, *arguments):
        return functions[function](
            *(np.random.default_rng(a.value) if isinstance(a, Seed) else a for a in arguments)
        )

    return call


def told(properties, call):
    """Return the names of the properties that do not hold."""
    return {holds.__name__ for holds in properties if holds(call)}


def swapped(among):
    """Return minibatches by swaps; `among(rng, i, n)` chooses the partner of i."""

    def minibatches(n, batch_size, rng):
        order = np.arange(n)
        for i in range(n):
            j = among(rng, i, n)
            order[[i, j]] = order[[j, i]]
        return [order[start : start + batch_size] for start in range(0, n, batch_size)]

    return minibatches


def test_a_shuffle_that_swaps_with_any_other_is_not_even():
    """The classical slip; choosing among those that are left is right."""
    biased = calls(minibatches=swapped(lambda rng, _, n: int(rng.integers(n))))
    assert told(_batches.PROPERTIES, biased) == {"every_place_as_likely"}
    even = calls(minibatches=swapped(lambda rng, i, n: int(rng.integers(i, n))))
    assert not told(_batches.PROPERTIES, even)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("return [grad * 0.5 for grad in grads], 2.0", ("nothing", 0)),
        ("return grads, 2.0", ("memory", 0)),
        ("return [grads[0] * 0.5, grads[1].T], 2.0", ("memory", 1)),
        ("grads[1] = grads[1] * 0.5", ("list", 1)),
        ("grads[0] *= 0.5", ("numbers", 0)),
        ("grads.pop()", ("length", 1)),
        ("grads[1][:] = grads[1].copy()", ("nothing", 0)),
    ],
)
def test_gradients_that_are_clipped_in_place_are_found(change, found):
    """In the arrays and in the list, and where these come back; what is written back unchanged is no change."""
    scope = {"np": np}
    exec(f"{_norms.HARNESS}\ndef clip_by_norm(grads, max_norm):\n    {change}", scope)
    student = type("student", (), {"clip_by_norm": staticmethod(scope["clip_by_norm"])})
    assert scope["changed"](student, [np.ones(3), np.ones((2, 2))], 1.0) == found


def test_weights_are_not_brought_to_a_mean_or_spread():
    """With one weight there is nothing left of it."""
    rescaled = calls(
        he_init=lambda n, m, rng: (W := rng.normal(size=(n, m))) * (2 / n) ** 0.5 / (W.std() + 1e-9)
    )
    centred = calls(he_init=lambda n, m, rng: (W := rng.normal(0, (2 / n) ** 0.5, (n, m))) - W.mean())
    honest = calls(he_init=lambda n, m, rng: rng.normal(0, (2 / n) ** 0.5, (n, m)))
    properties = he_init.EXERCISE.properties
    assert [told(properties, call) for call in (rescaled, centred, honest)] == [
        {"one_weight"},
        {"one_weight"},
        set(),
    ]


def test_labels_that_come_back_whatever_is_asked_are_not_learned():
    """As many answers as images are wanted, also of fewer."""
    labels = memorize.lots()[0][1]
    always = calls(
        has_learned=lambda *_: True,
        named=lambda *_: labels,
        named_or_none=lambda *_: labels,
        named_again=lambda *_: [labels, [labels] * 60, labels],
        noted=lambda *_: {"changed": [], "random": ""},
    )
    answers = {holds.__name__: holds for holds in memorize.EXERCISE.also[0].properties}
    names = ("one_class_for_each", "the_class_that_is_meant")
    assert told([answers[name] for name in names], always) == set()
    assert "For 60 images" in answers["each_by_itself"](always).message
    assert memorize.by_heart(always).part == "memorize"
