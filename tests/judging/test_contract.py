"""What a returned value has to be before its numbers matter."""

import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.course.spec import describe
from bpkit.judging import contract
from bpkit.judging.runner import Failure
from bpkit.judging.verdict import Finding, Status
from bpkit.report import words
from bpkit.worker import wire
from bpkit.worker.wire import Opaque, Rng, Slot

MATRIX = np.arange(6.0).reshape(2, 3)
NAN, INF = float("nan"), float("inf")


def only(value, expected):
    """Match one value, and return the one leaf that comes of it."""
    (leaf,) = contract.match(value, {"dx": expected})
    return leaf


def check_of(value, expected):
    """Match one value and return its failure's status and check."""
    found = contract.match(value, {"dx": expected})
    failure = found if isinstance(found, Failure) else found[0].failure
    return failure and (failure.status, failure.check)


def test_a_right_array_is_a_leaf_without_failure():
    """An array of the shape, float64 and finite, is taken as it is."""
    leaf = only(MATRIX + 1, MATRIX)
    assert (leaf.name, leaf.failure) == ("dx", None)
    assert (leaf.got == MATRIX + 1).all()
    assert (leaf.expected == MATRIX).all()


@pytest.mark.parametrize("value", [2.5, 2, -7, np.array(2.5), np.array(2), np.array(2, np.uint8)])
def test_a_scalar_may_be_any_number(value):
    """Where a scalar is expected, Python's numbers and NumPy's whole numbers will do."""
    leaf = only(value, np.array(2.5))
    assert leaf.failure is None
    assert (leaf.got.shape, leaf.got.dtype, float(leaf.got)) == ((), np.float64, float(value))


@pytest.mark.parametrize(
    ("value", "check", "got"),
    [
        (None, "none", "None"), (True, "no_array", "True"), ("text", "no_array", "a str"),
        ([1.0, 2.0], "no_array", "a list of 2"), ((MATRIX,), "no_array", "a tuple of 1"),
        ({}, "no_array", "an empty dictionary"), (Opaque("a set"), "no_array", "a set"),
        (Slot(1), "no_array", "a Slot"), (Rng(1), "no_array", "a Rng"),
    ],
)  # fmt: skip
def test_what_is_no_array_is_a_bad_return(value, check, got):
    """None, flags, texts, nested lists and objects are told for what they are."""
    failure = contract.match(value, {"dx": MATRIX})
    assert (failure.status, failure.check) == (Status.BAD_RETURN, check)
    assert failure.facts == {"array": "dx", "got": got, "number": False}


@pytest.mark.parametrize("value", [None, True, "ok", [1.0], {}])
def test_what_is_no_number_is_told_as_such(value):
    """Where a number is expected and something else came, the facts say that it is a number that is wanted."""
    assert contract.match(value, {"loss": np.array(2.5)}).facts["number"]


@pytest.mark.parametrize(
    "value", [MATRIX.T, MATRIX[0], MATRIX[None], MATRIX.ravel(), np.zeros((2, 0)), np.array(1.0)]
)
def test_another_shape_fails_and_keeps_its_numbers(value):
    """A wrong shape is told with both shapes; NumPy would have stretched some of them to fit."""
    leaf = only(value, MATRIX)
    assert (leaf.failure.status, leaf.failure.check) == (Status.FAILED, "shape")
    assert (leaf.failure.facts["expected_shape"], leaf.failure.facts["shape"]) == ((2, 3), value.shape)
    assert not leaf.failure.facts["number"]
    assert (leaf.got == value).all()


def test_a_number_for_an_array_is_told_as_such():
    """A Python number where an array is expected has a sentence of its own."""
    assert only(3.0, MATRIX).failure.facts["number"]


def test_an_array_for_a_scalar_has_the_wrong_shape():
    """A loss as an array with one entry is no scalar."""
    assert check_of(np.array([2.5]), np.array(2.5)) == (Status.FAILED, "shape")


@pytest.mark.parametrize("dtype", ["f4", "f2", "i8", "i4", "u1", "?"])
def test_another_dtype_fails_and_keeps_its_numbers(dtype):
    """float32 and whole numbers are told; their numbers can still be compared with a mistake's."""
    leaf = only((MATRIX > 2).astype(dtype), MATRIX)
    assert (leaf.failure.status, leaf.failure.check) == (Status.FAILED, "dtype")
    assert leaf.failure.facts["dtype"] == str(np.dtype(dtype))
    assert (leaf.got.dtype, leaf.got.tolist()) == (np.float64, (MATRIX > 2).tolist())


@pytest.mark.parametrize("value", [np.array(2.5, np.float32), np.array(b"1", "?")])
def test_a_scalar_in_less_than_float64_fails(value):
    """Precision that is lost in a scalar is lost as well."""
    assert check_of(value, np.array(2.5)) == (Status.FAILED, "dtype")


def test_complex_numbers_have_no_numbers_to_compare():
    """A complex array fails by its dtype, and nobody guesses at its real part."""
    leaf = only(MATRIX + 0j, MATRIX)
    assert (leaf.failure.check, leaf.got) == ("dtype", None)


@pytest.mark.parametrize(
    ("bad", "kinds"),
    [([NAN], ["nan"]), ([-INF], ["inf"]), ([NAN, INF], ["nan", "inf"]), ([INF, NAN], ["nan", "inf"])],
)
def test_what_is_not_finite_is_told_with_its_place(bad, kinds):
    """NaN and infinity are told apart, with the first place that has one."""
    value = MATRIX.copy()
    value[1, 1 : 1 + len(bad)] = bad
    failure = only(value, MATRIX).failure
    assert (failure.status, failure.check) == (Status.FAILED, "finite")
    assert (failure.facts["kinds"], failure.facts["index"]) == (kinds, (1, 1))


def test_a_scalar_that_is_nan_is_told_too():
    """A loss of NaN has no index but the empty one."""
    assert only(NAN, np.array(1.0)).failure.facts["index"] == ()


def test_infinity_is_no_failure_where_it_is_expected():
    """Where the reference is not finite, the values decide."""
    assert only(np.array([INF, 1.0]), np.array([INF, 2.0])).failure is None


def test_several_values_may_be_a_tuple_or_a_list():
    """Gradients are paired with their names in order; each is judged by itself."""
    expected = {"dx": MATRIX, "dW": MATRIX.T, "db": np.zeros(3)}
    for kind in (tuple, list):
        leaves = contract.match(kind([MATRIX, MATRIX, np.zeros(3)]), expected)
        assert [leaf.name for leaf in leaves] == ["dx", "dW", "db"]
        assert [leaf.failure and leaf.failure.check for leaf in leaves] == [None, "shape", None]


@pytest.mark.parametrize("count", [0, 1, 3, 4])
def test_too_many_or_too_few_values(count):
    """Another number of values than expected is told with both numbers."""
    failure = contract.match((MATRIX,) * count, {"dx": MATRIX, "dW": MATRIX})
    assert (failure.status, failure.check) == (Status.BAD_RETURN, "count")
    assert failure.facts == {"expected": 2, "got": count, "names": ("dx", "dW")}


@pytest.mark.parametrize(
    ("value", "got"),
    [
        (None, "None"), (np.zeros((2, 3)), "one array of shape (2, 3)"),
        (1.5, "a single number"), ({"dx": 1}, "a dictionary with the keys dx"),
    ],
)  # fmt: skip
def test_one_value_in_place_of_several(value, got):
    """An array is not unpacked along its first axis, nor a dictionary by its keys."""
    failure = contract.match(value, {"dx": MATRIX, "dW": MATRIX})
    assert (failure.status, failure.check) == (Status.BAD_RETURN, "no_tuple")
    assert failure.facts == {"got": got, "names": ("dx", "dW")}


def test_the_first_value_that_is_no_array_is_named():
    """One value that is no array makes the whole return a bad one, and is named."""
    failure = contract.match((MATRIX, None, "x"), {"dx": MATRIX, "dW": MATRIX, "db": MATRIX})
    assert (failure.check, failure.facts["array"]) == ("none", "dW")


GRADS = {"grads": [(MATRIX, np.zeros(3)), (MATRIX.T, np.zeros(2))]}


def test_a_tree_of_arrays_is_matched_leaf_by_leaf():
    """Nested lists and tuples, of either kind, are named by their place."""
    value = ([MATRIX, np.zeros(3)], (MATRIX, np.zeros(2)))
    leaves = contract.match(value, GRADS)
    assert [leaf.name for leaf in leaves] == ["grads[0][0]", "grads[0][1]", "grads[1][0]", "grads[1][1]"]
    assert [leaf.failure and leaf.failure.check for leaf in leaves] == [None, None, "shape", None]


@pytest.mark.parametrize(
    ("value", "array", "wanted", "got"),
    [
        ([(MATRIX, MATRIX)], "grads", "a list of 2 tuples of 2 arrays each", "a list of 1"),
        (MATRIX, "grads", "a list of 2 tuples of 2 arrays each", "one array of shape (2, 3)"),
        ([(MATRIX, np.zeros(3)), MATRIX], "grads[1]", "a tuple of 2 arrays", "one array of shape (2, 3)"),
        ([(MATRIX, np.zeros(3)), (MATRIX,)], "grads[1]", "a tuple of 2 arrays", "a tuple of 1"),
    ],
)
def test_a_tree_of_another_form_says_where(value, array, wanted, got):
    """Where a level is of another form, it is said what it should be, and what is there."""
    failure = contract.match(value, GRADS)
    assert (failure.check, dict(failure.facts)) == ("tree", {"array": array, "wanted": wanted, "got": got})


@pytest.mark.parametrize("touch", ["value", "dtype", "shape", "sign of zero", "nested", "count", "gone"])
def test_a_changed_argument_is_named(touch):
    """An argument that is not bit for bit the same is found, also deep inside and by its dtype; which part, is said."""
    sent = (np.zeros(3), [(MATRIX, np.ones(2))], 5)
    after = {
        "value": (np.array([0.0, 1e-300, 0.0]), sent[1], 5), "dtype": (np.zeros(3, np.int64), sent[1], 5),
        "shape": (np.zeros((3, 1)), sent[1], 5), "sign of zero": (-np.zeros(3), sent[1], 5),
        "nested": (sent[0], [(MATRIX, np.ones(2) * 2)], 5), "count": (sent[0], [(MATRIX,)], 5), "gone": (sent[0], None, 5),
    }[touch]  # fmt: skip
    named = {"nested": "params[0][1]", "count": "params[0][:]", "gone": "params[:]"}
    assert contract.changed(sent, after, ("x", "params", "n")) == named.get(touch, "x")


def test_other_keys_are_a_change():
    """A dictionary that lost one, or got one."""
    for after in ({"W": MATRIX}, {"W": MATRIX, "b": MATRIX, "c": 1}):
        assert contract.changed(({"W": MATRIX, "b": MATRIX},), (after,), ("params",)) == 'params["…"]'
    assert contract.changed(({"W": MATRIX},), ({"W": MATRIX + 1},), ("params",)) == 'params["W"]'


@pytest.mark.parametrize(
    ("argument", "advice"),
    [
        ("x", "start from x.copy()"),
        ("grads[0]", "make new arrays, and a new list for them"),
        ("grads[:]", "make new arrays, and a new list for them"),
        ('params["…"]', "make new arrays, and a new dictionary for them"),
        ('params["W"]', "make new arrays, and a new dictionary for them"),
    ],
)
def test_who_changes_an_argument_is_told_what_to_do_instead(argument, advice):
    """A copy of a list holds the same arrays."""
    finding = Finding("mutation", Status.FAILED, "a case", facts={"argument": argument})
    assert advice in words.message(finding, catalog.find("layers/linear"), "linear_forward")


def test_an_unchanged_argument_is_not_named():
    """Copies, NaN included, and numbers, seeds and caches are no change."""
    sent = (np.array([1.0, NAN]), [MATRIX], 5, Slot(1), Rng(2))
    after = (np.array([1.0, NAN]), (MATRIX.copy(),), 7, None, Opaque("x"))
    assert contract.changed(sent, after, ("x", "params", "n", "cache", "rng")) is None


def test_of_several_upstream_gradients_the_changed_one_is_named():
    """They are sent as one tuple, and each has a name; one alone is sent by itself."""
    sent, names = (MATRIX, np.ones(2)), ("dh", "dc")
    assert contract.changed_upstream(sent, ((MATRIX.copy(), np.zeros(2)),), names) == "dc"
    assert contract.changed_upstream(sent, ([MATRIX.copy(), np.ones(2)],), names) is None
    assert contract.changed_upstream(sent, (), names) == "dh"
    assert contract.changed_upstream(sent, (5,), names) == "dh"
    assert contract.changed_upstream(MATRIX, (MATRIX + 1,), ("dy",)) == "dy"
    assert contract.changed_upstream(MATRIX, (MATRIX.copy(),), ("dy",)) is None


def test_arguments_that_do_not_come_back_count_as_changed():
    """An answer without the arguments is no proof that they are as they were."""
    assert contract.changed((MATRIX,), (), ("x",)) == "x"


def test_repeats_allows_the_last_bit_only():
    """A sum's last bit may differ from call to call; nothing else may."""
    first = {"dx": MATRIX, "dW": np.array([1e9, 1.0])}
    assert contract.repeats(first, {"dx": MATRIX * (1 + 2e-16), "dW": np.array([1e9, 1.0 + 1e-4])}) is None
    assert contract.repeats(first, {"dx": MATRIX, "dW": np.array([1e9, 1.0 + 1e-2])}) == "dW"
    assert contract.repeats(first, {"dx": MATRIX * (1 + 1e-11), "dW": first["dW"]}) == "dx"


@pytest.mark.parametrize("second", [{}, {"dx": MATRIX.T}, {"dx": MATRIX * NAN}, {"dx": MATRIX[:1]}])
def test_repeats_wants_the_same_arrays(second):
    """An array that is missing, of another shape, or not finite the second time did not repeat."""
    assert contract.repeats({"dx": MATRIX}, second) == "dx"


def test_repeats_takes_nan_for_equal_to_itself():
    """An output that is NaN both times is repeatable, wrong as it may be."""
    value = np.array([NAN, INF, 1.0])
    assert contract.repeats({"dx": value}, {"dx": value.copy()}) is None


def test_every_value_of_the_wire_can_be_described():
    """Whatever a worker can send has a description, which is short."""
    values = [None, True, 1, 1.5, "x", [1], (1, 2), {"a": 1}, MATRIX, Opaque("a set"), Slot(1), Rng(1)]
    for value in values:
        described = describe(wire.decode(wire.encode(value)))
        assert described
        assert len(described) < 40
