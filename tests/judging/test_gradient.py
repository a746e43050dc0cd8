"""The finite-difference witness on operations of every kind: right ones agree, 0.01 % wrong ones do not."""

import numpy as np
import pytest
from gradient_operations import (
    OPERATIONS,
    N,
    Pair,
    linear_back,
    maximum,
    maximum_back,
    relu,
    softmax,
    softmax_back,
)

from bpkit.judging import gradient

every_operation = pytest.mark.parametrize("name", OPERATIONS)


def check(pair, point, seed=0):
    """Let the witness look at a pair."""
    return gradient.check(pair, point, np.random.default_rng(seed), explain=True)


def spoilt(backward, name, factor=1.0001):
    """Return the backward with one input's gradient a little too large."""

    def wrong(*arguments):
        right = backward(*arguments)
        return {**right, name: right[name] * factor}

    return wrong


@every_operation
@pytest.mark.parametrize("seed", range(5))
def test_a_right_backward_agrees_within_twelve_forwards(name, seed):
    """A right backward agrees, at the inputs themselves, with at most 12 forwards."""
    forward, backward, point = OPERATIONS[name]
    pair = Pair(forward, backward)
    witness = check(pair, point, seed)
    assert (witness.agrees, witness.at_inputs, witness.wrong) == (True, True, None)
    assert pair.runs <= 12


@every_operation
@pytest.mark.parametrize("factor", [1.0001, 0.9999])
def test_a_backward_wrong_by_a_ten_thousandth_does_not(name, factor):
    """An input's gradient that is 0.01 % off is seen, and that input is named, and no other."""
    forward, backward, point = OPERATIONS[name]
    for source in point:
        witness = check(Pair(forward, spoilt(backward, source, factor)), point)
        assert witness.agrees is False, source
        assert list(witness.wrong) == [source]


@every_operation
def test_one_wrong_element_is_found(name):
    """One element that is off by a percent of the largest is seen, and its place is told."""
    forward, backward, point = OPERATIONS[name]
    for source in point:
        place = tuple(size // 2 for size in point[source].shape)

        def wrong(*arguments, source=source, place=place):
            right = {key: np.array(array) for key, array in backward(*arguments).items()}
            right[source][place] += 0.01 * np.abs(right[source]).max()
            return right

        witness = check(Pair(forward, wrong), point)
        assert witness.agrees is False, source
        assert list(witness.wrong) == [source]
        assert witness.wrong[source].worst == place
        assert witness.wrong[source].where == ("one" if point[source].size > 1 else "all")


def test_the_point_is_left_as_it_was():
    """The check works on copies: the inputs that it was given stay bit for bit the same."""
    forward, backward, point = OPERATIONS["linear"]
    before = {name: array.copy() for name, array in point.items()}
    check(Pair(forward, spoilt(backward, "W")), point)
    assert all((before[name] == point[name]).all() for name in point)


def test_a_backward_is_run_on_the_cache_that_was_held():
    """Between hold and backward other forwards run: the gradient belongs to the held point all the same."""
    forward, backward, point = OPERATIONS["network"]
    seen = []

    def watch(dy, cache):
        seen.append(cache[0])
        return backward(dy, cache)

    check(Pair(forward, watch), point)
    assert len(seen) == 2
    assert all((x == point["x"]).all() for x in seen)


KINKED = np.array([[0.0, -1.5, 0.0], [2.5, 0.0, 0.3]])


@pytest.mark.parametrize(
    "slope", [lambda x: x > 0, lambda x: x >= 0, lambda x: 0.5 * (1 + np.sign(x))], ids=["0", "1", "1/2"]
)
@pytest.mark.parametrize("seed", range(3))
def test_relu_at_exactly_zero_is_looked_at_nearby(slope, seed):
    """At a kink there is no derivative: each convention agrees, and it is said that one looked elsewhere."""
    witness = check(Pair(relu, lambda dy, x: {"x": dy * slope(x)}), {"x": KINKED}, seed)
    assert (witness.agrees, witness.at_inputs) == (True, False)


@pytest.mark.parametrize(
    "wrong",
    [lambda dy, x: dy * (x < 0), lambda dy, _: dy, lambda dy, x: dy * x, lambda dy, x: 1.0001 * dy * (x > 0)],
    ids=["wrong side", "passed on", "value for slope", "0.01 %"],
)
def test_a_wrong_relu_is_seen_at_kinks_as_well(wrong):
    """Inputs at kinks do not hide a backward that is wrong beside them."""
    assert check(Pair(relu, lambda dy, x: {"x": wrong(dy, x)}), {"x": KINKED}).agrees is False


@pytest.mark.parametrize("seed", range(3))
def test_ties_of_the_maximum_are_looked_at_nearby(seed):
    """Where several entries are the largest, a right backward agrees, and one looked elsewhere."""
    x = np.array([[1.0, 1.0, -1.0], [2.0, 2.0, 2.0], [0.5, 0.7, 0.1]])
    witness = check(Pair(maximum, maximum_back), {"x": x}, seed)
    assert (witness.agrees, witness.at_inputs) == (True, False)


def test_a_maximum_that_sends_the_gradient_everywhere_is_wrong():
    """Ties do not excuse a backward that gives to every entry."""
    x = np.array([[1.0, 1.0, -1.0], [2.0, 2.0, 2.0], [0.5, 0.7, 0.1]])
    everywhere = lambda dy, x: {"x": np.repeat(dy[:, None], x.shape[1], axis=1)}
    assert check(Pair(maximum, everywhere), {"x": x}).agrees is False


class Follow(Pair):
    """A large smooth output, and a small one with a kink that follows whatever point is looked at."""

    at = np.zeros(1)

    def run(self, point):
        """Move the kink along with the point, but not with the small steps around it."""
        if np.abs(point["x"] - self.at).max() > 5e-4:
            self.at = point["x"]
        self.runs += 1
        return 1e5 * point["x"], np.abs(point["x"] - self.at)


@pytest.mark.parametrize(
    ("slope", "agrees"), [(1.0, True), (-1.0, True), (0.3, True), (1.5, False), (-1.5, False)]
)
def test_a_kink_that_cannot_be_left_is_bounded_by_both_sides(slope, agrees):
    """Where each nearby point is a kink too, what lies between the two one-sided slopes agrees."""
    backward = lambda smooth, kinked, _: {"x": 1e5 * smooth + slope * kinked}
    witness = check(Follow(None, backward), {"x": np.array([3.0])})
    assert (witness.agrees, witness.at_inputs) == (agrees, False)


@pytest.mark.parametrize("size", [1e-6, 1e3, 1e6])
@pytest.mark.parametrize("name", ["linear", "layer norm", "squared error", "network"])
def test_large_and_small_inputs(name, size):
    """Inputs of a million or a millionth are stepped in proportion: right agrees, wrong does not."""
    forward, backward, point = OPERATIONS[name]
    source = next(iter(point))
    scaled = {**point, source: point[source] * size}
    assert check(Pair(forward, backward), scaled).agrees is True
    assert check(Pair(forward, spoilt(backward, source, 1.01)), scaled).agrees is False


def test_logits_of_a_thousand_do_not_fail():
    """A softmax that has run into its limits gives no false alarm."""
    x = np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1001.0, -999.0]])
    assert check(Pair(softmax, softmax_back), {"x": x}).agrees is not False


@pytest.mark.parametrize("size", [1e-12, 1e-100])
def test_tiny_gradients_are_compared_in_proportion(size):
    """A gradient of 1e-12, or 1e-100, is right or wrong like any other."""
    forward = lambda x: (size * np.sin(x), x)
    backward = lambda dy, x: {"x": size * dy * np.cos(x)}
    point = {"x": N((5, 3))}
    assert check(Pair(forward, backward), point).agrees is True
    assert check(Pair(forward, spoilt(backward, "x")), point).agrees is False


@pytest.mark.parametrize("share", [1e-4, 1e-6])
def test_an_input_of_small_share_has_a_direction_of_its_own(share):
    """An input that hardly moves the output is judged by itself: right agrees, wrong is named."""
    forward = lambda x, b: (x * x + share * np.sin(b), (x, b))
    backward = lambda dy, cache: {"x": 2 * dy * cache[0], "b": share * dy * np.cos(cache[1])}
    point = {"x": N((5, 3)), "b": N((5, 3))}
    assert check(Pair(forward, backward), point).agrees is True
    witness = check(Pair(forward, spoilt(backward, "b", 1.01)), point)
    assert witness.agrees is False
    assert list(witness.wrong) == ["b"]


def test_a_gradient_of_zero_for_a_small_share_is_seen():
    """An input whose gradient was forgotten counts as one of small share, and is found."""
    forward, _, point = OPERATIONS["linear"]
    forgotten = lambda dy, cache: {**linear_back(dy, cache), "b": np.zeros(7)}
    witness = check(Pair(forward, forgotten), point)
    assert (witness.agrees, list(witness.wrong)) == (False, ["b"])


def test_two_wrong_inputs_are_both_named():
    """After a disagreement each input is looked at by itself."""
    forward, backward, point = OPERATIONS["linear"]
    witness = check(Pair(forward, spoilt(spoilt(backward, "x", 1.5), "b", -1)), point)
    assert list(witness.wrong) == ["x", "b"]
    assert [mismatch.where for mismatch in witness.wrong.values()] == ["all", "all"]


def test_a_large_input_is_named_without_its_elements():
    """Beyond 64 elements an input is named, and where in it is not looked for."""
    point = {"x": N((11, 7))}
    witness = check(Pair(lambda x: (np.sin(x), x), lambda dy, x: {"x": -dy * np.cos(x)}), point)
    assert (witness.agrees, witness.wrong) == (False, {"x": None})


def test_a_constant_output_is_right_with_a_gradient_of_zero_only():
    """Where nothing moves there is nothing to compare: zero is no failure, anything else is one."""
    forward = lambda x: (np.ones((2, 3)), x)
    point = {"x": N((2, 3))}
    assert check(Pair(forward, lambda _, x: {"x": 0 * x}), point).agrees is not False
    assert check(Pair(forward, lambda dy, _: {"x": dy}), point).agrees is False


def test_noise_in_the_forward_is_inconclusive():
    """A forward that is known to six digits only drowns the slope: no verdict on right or wrong."""
    forward = lambda x: (np.round(np.sin(x), 6), x)
    for factor in (1.0, 1.0001):
        backward = lambda dy, x, factor=factor: {"x": factor * dy * np.cos(x)}
        assert check(Pair(forward, backward), {"x": N((5, 3))}).agrees is None


def test_a_forward_in_less_precision_is_no_failure():
    """A forward that computes in float32 on the way is noisy, and its right backward is not called wrong."""
    single = np.float32
    forward = lambda x, W: (np.float64(x.astype(single) @ W.astype(single)), (x, W))
    backward = lambda dy, cache: {"x": dy @ cache[1].T, "W": cache[0].T @ dy}
    for seed in range(20):
        rng = np.random.default_rng(seed)
        point = {"x": rng.standard_normal((5, 3)), "W": rng.standard_normal((3, 7))}
        assert check(Pair(forward, backward), point, seed).agrees is not False


@pytest.mark.parametrize("size", [1e-8, 1.0, 1e8])
def test_steps_are_taken_exactly(size):
    """Forwards are asked at x + d, x - d, and half of it, for a d that adding to x does not round."""
    forward, backward, point = OPERATIONS["convolution"]
    point = {name: array * size for name, array in point.items()}
    asked = []

    def watch(**inputs):
        asked.append(inputs)
        return forward(**inputs)

    check(Pair(watch, backward), point)
    for name, x in point.items():
        far, near = asked[1][name] - x, asked[3][name] - x
        assert (far != 0).all()
        assert (asked[2][name] - x == -far).all()
        assert (asked[4][name] - x == -near).all()
        assert (2 * near == far).all()


def test_the_slope_is_right_to_the_fourth_order():
    """From values of a cubic, at steps of a tenth, the slope comes out exact, and the error bar covers it."""
    f = lambda t: np.array([1 + 2 * t + 3 * t**2 + 4 * t**3])
    slope = gradient._estimate(f(0), [f(0.1), f(-0.1), f(0.05), f(-0.05)], np.array([7.0]), 0.1)
    assert slope.low == slope.high == pytest.approx(14, rel=1e-12)
    assert slope.truncation == pytest.approx(7 * 4 * 0.05**2)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_gives_no_verdict(bad):
    """NaN or infinity, in an output or in a gradient, is no case for finite differences."""
    point = {"x": N((2, 3))}
    assert check(Pair(lambda x: (x + bad, x), lambda dy, _: {"x": dy}), point).agrees is None
    assert check(Pair(lambda x: (x, x), lambda dy, _: {"x": dy * bad}), point).agrees is None
    edge = lambda x: (np.where(x == point["x"], x, bad), x)
    assert check(Pair(edge, lambda dy, _: {"x": dy}), point).agrees is None


def test_a_gradient_of_another_shape_gives_no_verdict():
    """A gradient that would have to be stretched to fit is not judged here."""
    forward, _, point = OPERATIONS["linear"]
    row = lambda dy, cache: {**linear_back(dy, cache), "b": dy.sum(axis=0, keepdims=True)}
    assert check(Pair(forward, row), point).agrees is None


@pytest.mark.parametrize("after", [0, 1, 3, 5, 9])
def test_a_forward_that_stops_answering_gives_no_verdict(after):
    """A forward that gives nothing any more, at whichever call, ends the check without one."""
    forward, backward, point = OPERATIONS["linear"]

    class Dying(Pair):
        """Answers a few times."""

        def run(self, point):
            return super().run(point) if self.runs < after else None

    witness = check(Dying(forward, backward), point)
    assert witness.agrees is (True if after >= 9 else None)


def test_a_backward_that_does_not_answer_gives_no_verdict():
    """Without gradients there is nothing to compare."""
    forward, _, point = OPERATIONS["linear"]
    assert check(Pair(forward, lambda *_: None), point).agrees is None


def test_the_same_generator_gives_the_same_witness():
    """The check is deterministic: the same draws, the same answer."""
    forward, backward, point = OPERATIONS["layer norm"]
    first, second = (check(Pair(forward, spoilt(backward, "x")), point, seed=3) for _ in range(2))
    assert first == second


def test_an_input_of_equal_numbers_is_tested():
    """The spread of equal numbers is rounding, and no length for a step: a bias of 0.1 everywhere is looked at."""
    forward, backward, point = OPERATIONS["linear"]
    equal = {**point, "b": np.full(7, 0.1)}
    assert check(Pair(forward, backward), equal).agrees is True
    witness = check(Pair(forward, spoilt(backward, "b", -1)), equal)
    assert (witness.agrees, list(witness.wrong)) == (False, ["b"])


def surprise(z):
    """Return minus the log-probability of the first of several scores."""
    shifted = z - z.max()
    logs = shifted - np.log(np.exp(shifted).sum())
    return -logs[0], logs


def surprise_back(dloss, logs):
    """Return the gradient of the scores."""
    return {"z": dloss * (np.exp(logs) - (np.arange(logs.size) == 0))}


@pytest.mark.parametrize("largest", [20.0, 25.0, 36.0, 60.0, 700.0])
def test_rounding_that_the_output_does_not_show_is_no_failure(largest):
    """log(1 + 1e-12) knows four digits: a right backward may be undecided there, and is never called wrong."""
    point = {"z": np.array([largest, 0.0, 1.0])}
    for seed in range(20):
        assert check(Pair(surprise, surprise_back), point, seed).agrees is not False
        if largest < 30:
            assert check(Pair(surprise, spoilt(surprise_back, "z", 1e6)), point, seed).agrees is not True


def test_a_gradient_that_is_plainly_wrong_counts_where_little_can_be_seen():
    """A layer norm of two features hardly depends on x; dx = 0 is wrong all the same."""
    forward, backward, _ = OPERATIONS["layer norm"]
    nothing = lambda dy, cache: {**backward(dy, cache), "x": np.zeros((1, 2))}
    agreed = 0
    for seed in range(30):
        rng = np.random.default_rng(seed)
        point = {"x": 12 * rng.standard_normal((1, 2)), "gain": np.ones(2), "shift": rng.standard_normal(2)}
        assert check(Pair(forward, backward), point, seed).agrees is not False
        agreed += check(Pair(forward, nothing), point, seed).agrees is True
    assert agreed <= 1
