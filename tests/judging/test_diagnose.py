"""Which known mistake a wrong array is held to be."""

import numpy as np
import pytest

from bpkit.course.spec import Case
from bpkit.judging.diagnose import Observed, alike, name_mistakes
from bpkit.reference.pack import Recording

RNG = np.random.default_rng(4)
RIGHT = [{name: RNG.standard_normal((5, 3)) for name in ("dx", "dW", "db")} for _ in range(2)]


def doubled(name, case):
    """Return what a mistake in one array gives: twice what is right."""
    return {name: RIGHT[case][name] * 2}


def recordings(*mistakes):
    """Return two cases with these mistakes; each is given by the arrays that it spoils, case by case."""
    return tuple(
        Recording(Case(f"case {case}"), {"x": np.ones(3)}, (np.ones(3),), {}, RIGHT[case], by_name)
        for case, by_name in enumerate(mistakes)
    )


def observe(*changes):
    """Return what a student's backward gave: right, but for these arrays in each case."""
    return {
        (case, name): Observed(change.get(name, array), name in change)
        for case, change in enumerate(changes)
        for name, array in RIGHT[case].items()
    }


BOTH = recordings(*({"x-twice": doubled("dx", case), "b-twice": doubled("db", case)} for case in (0, 1)))


def test_what_is_right_is_given_no_name():
    """Without a wrong array nothing is named."""
    assert name_mistakes(BOTH, observe({}, {})) == {}
    assert name_mistakes((), {}) == {}


def test_a_wrong_array_is_named():
    """An array that equals a mistake's in every case is that mistake."""
    assert name_mistakes(BOTH, observe(doubled("dx", 0), doubled("dx", 1))) == {"dx": "x-twice"}


def test_two_mistakes_in_two_arrays_are_both_named():
    """Arrays are looked at one by one."""
    seen = observe(*({**doubled("dx", case), **doubled("db", case)} for case in (0, 1)))
    assert name_mistakes(BOTH, seen) == {"dx": "x-twice", "db": "b-twice"}


def test_an_unknown_mistake_beside_a_known_one_stays_unnamed():
    """One array that nothing explains does not keep another from its name."""
    seen = observe(*({**doubled("dx", case), "db": RIGHT[case]["db"] + 1} for case in (0, 1)))
    assert name_mistakes(BOTH, seen) == {"dx": "x-twice"}


def test_a_coincidence_in_one_case_is_not_named():
    """Equal in one case and something else in the other: that is another mistake."""
    seen = observe(doubled("dx", 0), {"dx": RIGHT[1]["dx"] * 3})
    assert name_mistakes(BOTH, seen) == {}


def test_wrong_in_one_case_only_where_the_mistake_is_wrong_in_both_is_not_named():
    """An array that is right where the mistake is not is no such mistake."""
    assert name_mistakes(BOTH, observe(doubled("dx", 0), {})) == {}


def test_a_mistake_that_shows_in_one_case_only_is_named():
    """A mistake that is right in a case explains an array that is right there too."""
    known = recordings({"at-zero": doubled("dx", 0)}, {})
    assert name_mistakes(known, observe(doubled("dx", 0), {})) == {"dx": "at-zero"}


def test_a_mistake_that_shows_in_one_case_does_not_explain_two():
    """Wrong where the mistake is right: it is not that one."""
    known = recordings({"at-zero": doubled("dx", 0)}, {})
    assert name_mistakes(known, observe(doubled("dx", 0), doubled("dx", 1))) == {}


def test_a_case_without_the_array_says_nothing():
    """Where a case gave no such array, the others decide."""
    seen = observe(doubled("dx", 0), doubled("dx", 1))
    del seen[1, "dx"]
    assert name_mistakes(BOTH, seen) == {"dx": "x-twice"}


def test_an_array_without_numbers_is_not_named():
    """What could not be turned into numbers equals no mistake."""
    assert name_mistakes(BOTH, observe({"dx": None}, {"dx": None})) == {}


def test_the_mistake_that_explains_most_wins():
    """One mistake that explains two arrays goes before two that explain one each."""
    known = recordings(
        *(
            {
                "x-only": doubled("dx", case),
                "all": {**doubled("dx", case), **doubled("dW", case)},
                "W-only": doubled("dW", case),
            }
            for case in (0, 1)
        )
    )
    seen = observe(*({**doubled("dx", case), **doubled("dW", case)} for case in (0, 1)))
    assert name_mistakes(known, seen) == {"dx": "all", "dW": "all"}


@pytest.mark.parametrize("order", [("all", "x-only"), ("x-only", "all")])
def test_of_equals_the_one_that_leaves_least_over_wins(order):
    """A mistake that would have spoilt another array as well, which is right, comes second."""
    gives = {"all": ("dx", "dW"), "x-only": ("dx",)}
    known = recordings(
        *(
            {mistake: {name: RIGHT[case][name] * 2 for name in gives[mistake]} for mistake in order}
            for case in (0, 1)
        )
    )
    assert name_mistakes(known, observe(doubled("dx", 0), doubled("dx", 1))) == {"dx": "x-only"}


def test_a_mistake_may_explain_what_the_first_left():
    """After the mistake that explains most, another explains the rest."""
    known = recordings(
        *(
            {"two": {**doubled("dx", case), **doubled("dW", case)}, "third": doubled("db", case)}
            for case in (0, 1)
        )
    )
    seen = observe(*({name: RIGHT[case][name] * 2 for name in RIGHT[case]} for case in (0, 1)))
    assert name_mistakes(known, seen) == {"dx": "two", "dW": "two", "db": "third"}


@pytest.mark.parametrize(("off", "named"), [(0.9e-6, True), (1e-5, False)])
def test_a_mistake_matches_within_the_tolerance(off, named):
    """The same tolerance as everywhere: a millionth of the mistake's largest value."""
    change = [{"dx": RIGHT[case]["dx"] * 2 * (1 + off)} for case in (0, 1)]
    assert (name_mistakes(BOTH, observe(*change)) == {"dx": "x-twice"}) is named


def test_shape_and_nan_are_part_of_a_mistake():
    """A mistake that gives another shape, or NaN, is matched by just that."""
    theirs = [{"dx": RIGHT[0]["dx"][:1]}, {"dx": np.full((5, 3), np.nan)}]
    known = recordings({"odd": theirs[0]}, {"odd": theirs[1]})
    assert name_mistakes(known, observe(*theirs)) == {"dx": "odd"}
    assert name_mistakes(known, observe(theirs[0], {"dx": np.full((5, 3), np.inf)})) == {}
    assert name_mistakes(known, observe({"dx": RIGHT[0]["dx"][0]}, theirs[1])) == {}


def test_mistakes_that_return_the_same_are_alike():
    """Alike is what nobody can tell apart in any case; one case that differs tells them apart."""
    twins = recordings(
        *({"one": doubled("dx", c), "two": doubled("dx", c), "b": doubled("db", c)} for c in (0, 1))
    )
    assert alike("one", twins) == ("two",)
    assert alike("b", twins) == ()
    late = recordings(
        {"one": doubled("dx", 0), "two": doubled("dx", 0)}, {"one": doubled("dx", 1), "two": {}}
    )
    assert alike("one", late) == ()


def test_a_forward_is_named_beside_a_right_backward():
    """A mistake that spoils y and dx explains a y alone: the backward may be right for any forward."""
    y = np.arange(3.0)
    spoilt = {"both": {"y": 2 * y, **doubled("dx", 0)}}
    known = (Recording(Case("case"), {"x": np.ones(3)}, (np.ones(3),), {"y": y}, RIGHT[0], spoilt),)
    seen = observe({}) | {(0, "y"): Observed(2 * y, True)}
    assert name_mistakes(known, seen) == {"y": "both"}
    assert name_mistakes(known, observe(doubled("dx", 0)) | {(0, "y"): Observed(y, False)}) == {}


def test_what_has_changed_places_has_no_other_name():
    """That dW is what db should be is no accident, even where it is also a mistake of its own."""
    places = [{"dx": RIGHT[case]["dW"], "dW": RIGHT[case]["dx"]} for case in (0, 1)]
    known = recordings(*({"looks-like-dW": {"dx": RIGHT[case]["dW"]}} for case in (0, 1)))
    assert name_mistakes(known, observe(*places)) == {}
    assert name_mistakes(known, observe(*({"dx": place["dx"]} for place in places))) == {
        "dx": "looks-like-dW"
    }
    both = recordings(*({"exchanged": place} for place in places))
    assert name_mistakes(both, observe(*places)) == dict.fromkeys(("dx", "dW"), "exchanged")
