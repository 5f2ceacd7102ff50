import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.figures import is_answered
from rightskit.reports.intervals import difference, proportion, wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson(k, n, low, high) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_wilson_interval_lies_around_the_share(pair) -> None:
    k, n = pair
    low, high = wilson(k, n)
    assert 0 <= low < high <= 1
    assert not n or low <= k / n <= high


def answered(case, members: list[int], *, of: list[int]) -> list:
    """A request of each member; those answered come first."""
    done = [case(member, outcome=Answer.DATA, days=9) for member in members]
    return [*done, *(case(member) for member in of)]


def test_one_request_a_member_gives_wilsons_interval(case) -> None:
    found = proportion(answered(case, list(range(15)), of=list(range(15, 148))), is_answered)
    assert found is not None
    assert (found.count, found.share) == (15, 15 / 148)
    assert (found.low, found.high) == pytest.approx((0.0624, 0.1605), abs=0.00005)


def test_ten_requests_a_member_that_fare_alike_are_worth_one(case) -> None:
    ten = proportion(
        answered(case, [n for n in range(8) for _ in range(10)], of=[n for n in range(8, 20) for _ in range(10)]),
        is_answered,
    )
    one = proportion(answered(case, list(range(8)), of=list(range(8, 20))), is_answered)
    assert ten is not None
    assert one is not None
    assert (ten.low, ten.high) == pytest.approx((one.low, one.high))


def test_members_who_fare_unlike_their_own_other_requests_make_no_interval_narrower(case) -> None:
    mixed = proportion(answered(case, list(range(50)), of=list(range(50))), is_answered)
    assert mixed is not None
    assert (mixed.low, mixed.high) == pytest.approx(wilson(50, 100))


def test_nobody_has_no_share(case) -> None:
    assert proportion([], is_answered) is None
    assert difference([], [case()], is_answered) is None


def test_a_difference_of_independent_shares(case) -> None:
    """Wald: 0.6 - 0.3 with variance 0.6·0.4/100 + 0.3·0.7/100."""
    first = answered(case, list(range(60)), of=list(range(60, 100)))
    second = answered(case, list(range(100, 130)), of=list(range(130, 200)))
    found = difference(first, second, is_answered)
    assert found is not None
    assert (found.share, found.low, found.high) == pytest.approx((0.3, 0.3 - 0.13148, 0.3 + 0.13148), abs=1e-4)


def test_the_same_members_on_both_sides_are_compared_with_themselves(case) -> None:
    """Each who was answered by one was answered by the other too, and ten by the first alone."""
    first = answered(case, list(range(60)), of=list(range(60, 100)))
    second = answered(case, list(range(50)), of=list(range(50, 100)))
    found = difference(first, second, is_answered)
    assert found is not None
    assert found.share == pytest.approx(0.1)
    assert found.high - found.low == pytest.approx(2 * 1.959964 * (0.1 * 0.9 / 100) ** 0.5)
