"""An attacker who holds all pages, and subtracts one from another, finds nobody: what pages count moves in groups."""

import datetime as dt
import itertools
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rightskit.cases.model import Answer
from rightskit.reports.caserow import Asked, CaseRow, Course
from rightskit.reports.figures import STEPS
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.recruitment import FACTS
from rightskit.reports.rowkinds import MEMBERS, REQUESTS, WHOSE
from rightskit.reports.rowparts import Taken, changed, values
from rightskit.reports.rowtext import from_json, to_json
from rightskit.reports.shareddays import shared_days
from rightskit.reports.together import together
from rightskit.rights import Right

LEAST = 3
SENT = dt.date(2026, 3, 2)
ANSWERED = {"outcome": Answer.DATA, "days": 9}


def people(case, number, controller="Alpha Bureau", *, start=0, **values):
    """Reference → row, one request for each of some members."""
    return {f"{controller} {n}": case(n, controller, **values) for n in range(start, start + number)}


def answered(rows):
    return sum(row.course.outcome is Answer.DATA for row in rows.values())


def test_the_first_page_counts_everything_as_it_is(case) -> None:
    rows = people(case, 5) | people(case, 1, start=7, **ANSWERED)
    assert together(REQUESTS, rows, {}, {}, LEAST).rows == rows


def test_two_answers_wait_for_a_third(case) -> None:
    before = people(case, 9)
    two = together(REQUESTS, before | people(case, 2, **ANSWERED), before, {}, LEAST)
    assert (two.rows, two.moved, two.waiting) == (before, frozenset(), 2)
    three = together(REQUESTS, before | people(case, 3, **ANSWERED), two.rows, {}, LEAST)
    assert (answered(three.rows), len(three.moved), three.waiting) == (3, 3, 0)


def test_three_requests_of_two_people_are_too_few(case) -> None:
    """The members 1 and 2 are one person under two entries."""
    before = people(case, 9)
    person = {f"M{n:08}": n for n in range(9)} | {"M00000002": 1}
    assert together(REQUESTS, before | people(case, 3, start=1, **ANSWERED), before, person, LEAST).waiting == 3


def test_answers_of_different_controllers_do_not_move_together(case) -> None:
    before = people(case, 9) | people(case, 9, "Beta Bureau")
    now = before | people(case, 2, **ANSWERED) | people(case, 2, "Beta Bureau", start=2, **ANSWERED)
    assert together(REQUESTS, now, before, {}, LEAST).waiting == 4


def test_a_part_of_the_step_is_taken_where_the_whole_is_rare(case) -> None:
    """Four were answered, one of them after a demand for identity: the answers count, the demand waits."""
    before = people(case, 9)
    now = before | people(case, 3, **ANSWERED) | people(case, 1, start=3, identity_demanded=True, **ANSWERED)
    one = together(REQUESTS, now, before, {}, LEAST)
    assert (answered(one.rows), one.waiting) == (3, 1)
    now |= people(case, 1, start=4, **ANSWERED) | people(case, 1, start=5, extended=True, **ANSWERED)
    two = together(REQUESTS, now, one.rows, {}, LEAST)
    assert (answered(two.rows), two.waiting) == (6, 2)  # of two of them, what came along still waits
    assert not any(row.demands.identity_demanded or row.extended for row in two.rows.values())


def test_new_people_are_planned_together_before_they_go_on(case) -> None:
    before = people(case, 9)
    now = before | people(case, 2, start=20) | people(case, 2, start=30, **ANSWERED)
    found = together(REQUESTS, now, before, {}, LEAST).rows
    new = [found[key] for key in found.keys() - before.keys()]
    assert len(new) == 4
    assert {(row.course.sent, row.course.outcome, row.course.received) for row in new} == {(None, Answer.NONE, False)}


def test_a_new_request_of_somebody_known_tells_no_new_member(case) -> None:
    """Two new people and two known ones at Beta are two groups: the number of members would rise by two."""
    before = people(case, 9)
    now = before | people(case, 4, "Beta Bureau", start=7)
    assert together(REQUESTS, now, before, {}, LEAST).rows == before


def test_who_was_forgotten_stays_in_the_count(case) -> None:
    before = people(case, 9, **ANSWERED)
    now = {key: row for key, row in before.items() if row.member != "M00000004"}
    assert together(REQUESTS, now, before, {}, LEAST).rows == before


def test_days_are_shared_by_three_people(case) -> None:
    olds = [case(n) for n in range(7)]
    news = [
        changed(old, final=SENT + dt.timedelta(days), outcome=Answer.DATA)
        for old, days in zip(olds, [3, 30, 4, 60, 5, 31, 61], strict=True)
    ]
    found = shared_days([Taken(old, new, new) for old, new in zip(olds, news, strict=True)], {}, LEAST)
    assert [(row.course.final - SENT).days for row in found] == [4, 31, 4, 31, 4, 31, 31]


def test_times_that_the_member_owed_move_with_the_day_of_sending(case) -> None:
    """Sent on 2, 4 and 9 March: all count as sent on the 4th, and what began two days after sending still does."""
    days = [SENT, SENT + dt.timedelta(2), SENT + dt.timedelta(7)]
    trues = [case(n, sent=day, owed=((day + dt.timedelta(2), None),)) for n, day in enumerate(days)]
    found = shared_days([Taken(None, true, true) for true in trues], {}, LEAST)
    assert {(row.course.sent, row.owed) for row in found} == {(days[1], ((days[1] + dt.timedelta(2), None),))}


def _owed(*days: int | None):
    """One time, by days after sending."""
    return (tuple(day if day is None else SENT + dt.timedelta(day) for day in days),)


def test_times_that_the_member_owed_are_shared_like_other_days(case) -> None:
    """Else of three who step together, the one who was asked on the 42nd day would still wait on the 30th, alone."""
    before = people(case, 3)
    now = {
        name: changed(row, owed=_owed(day, None)) for (name, row), day in zip(before.items(), (28, 28, 42), strict=True)
    }
    assert {row.owed for row in together(REQUESTS, now, before, {}, LEAST).rows.values()} == {_owed(28, None)}


def test_that_members_gave_what_they_owed_is_counted_once_enough_did(case) -> None:
    """The beginning stays as it was counted."""
    before = people(case, 4, owed=_owed(10, None))
    now = {
        name: changed(row, owed=_owed(9, end))
        for (name, row), end in zip(before.items(), (15, 12, 20, None), strict=True)
    }
    found = together(REQUESTS, now, before, {}, LEAST)
    assert [row.owed for row in found.rows.values()] == [*[_owed(10, 15)] * 3, _owed(10, None)]
    assert found.waiting == 0


def test_two_who_gave_what_they_owed_are_too_few(case) -> None:
    before = people(case, 4, owed=_owed(10, None))
    now = before | people(case, 2, owed=_owed(10, 15))
    found = together(REQUESTS, now, before, {}, LEAST)
    assert (found.rows, found.waiting) == (before, 2)


def test_of_times_owed_that_are_fewer_than_they_were_none_stays_as_counted(case) -> None:
    """A demand was contested since, and nothing is owed for it."""
    before = people(case, 3, owed=(*_owed(5, None), *_owed(20, None)))
    now = {
        name: changed(row, owed=_owed(day, None)) for (name, row), day in zip(before.items(), (21, 22, 23), strict=True)
    }
    assert {row.owed for row in together(REQUESTS, now, before, {}, LEAST).rows.values()} == {_owed(22, None)}


def test_a_day_that_a_page_has_counted_stays(case) -> None:
    before = people(case, 9, first=2, outcome=Answer.ACKNOWLEDGED)
    now = before | people(case, 4, first=1, **ANSWERED)
    found = together(REQUESTS, now, before, {}, LEAST).rows
    assert {(row.course.first_answer - SENT).days for row in found.values()} == {2}


def test_a_row_is_read_as_it_was_written(case) -> None:
    row = case(7, days=9, first=2, outcome=Answer.REFUSED, extended=True)
    assert from_json(REQUESTS, to_json(row), member=row.member, reference=row.reference) == row
    assert not {"member", "reference"} & to_json(row).keys()


ANSWERS = st.sampled_from([Answer.NONE, Answer.DATA, Answer.REFUSED])
LIFE = st.tuples(ANSWERS, st.booleans(), st.booleans(), st.integers(1, 40))
WEEK = st.dictionaries(st.tuples(st.integers(0, 14), st.sampled_from("AB")), LIFE, min_size=4)


def _page(week) -> dict[str, CaseRow]:
    rows = {}
    for (member, controller), (outcome, late, reminded, days) in week.items():
        final = None if outcome is Answer.NONE else SENT + dt.timedelta(days)
        times = {"first_answer": final, "final": final, "late": late and final is not None}
        course = Course(SENT, received=True, outcome=outcome, **times)
        rows[f"{member} {controller}"] = CaseRow(
            f"M{member}", Asked(controller, Right.ACCESS), course=course, reminded=reminded
        )
    return rows


def _figures(rows):
    """Figure → the members behind it: steps, facts, controllers × outcomes, and who was answered by each day."""
    found = {name: {(key, r.member) for key, r in rows.items() if holds(r)} for name, holds in STEPS.items()}
    found |= {name: {(k, r.member) for k, r in rows.items() if values(r)[name]} for name in ("late", "reminded")}
    for row_key, row in rows.items():
        found.setdefault((row.request.controller, row.course.outcome), set()).add((row_key, row.member))
    for key, row in rows.items():
        for day in range(7, 50, 7):
            if row.course.final and (row.course.final - row.course.sent).days <= day:
                found.setdefault(("by", day), set()).add((key, row.member))
    return found


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(WEEK, min_size=2, max_size=5))
def test_no_figure_of_a_page_differs_from_the_last_by_a_few(weeks) -> None:
    """Members join, answers come and are corrected as they like; a page is published each week."""
    now, pages = {}, []
    for week in weeks:
        now |= _page(week)
        pages.append(dict(together(REQUESTS, now, pages[-1] if pages else {}, {}, LEAST).rows))
    for before, after in itertools.pairwise(pages):
        old, new = _figures(before), _figures(after)
        for figure in old.keys() | new.keys():
            came = new.get(figure, set()) - old.get(figure, set())
            left = old.get(figure, set()) - new.get(figure, set())
            assert len({member for _, member in came}) not in {1, 2}, figure
            # An answer that is taken back takes its day along; the first page counts days as they are.
            assert "by" in figure or len({member for _, member in left}) not in {1, 2}, figure
        members = [{row.member for row in page.values()} for page in (before, after)]
        assert len(members[1] - members[0]) not in {1, 2}
        assert members[0] <= members[1]


@settings(max_examples=60, deadline=None)
@given(WEEK, LIFE, st.integers(0, 14), st.sampled_from("AB"))
def test_who_knows_that_one_request_alone_moved_learns_nothing(week, life, member, controller) -> None:
    """Whatever happened to the one of whom the attacker knows that something did, the next page is the same."""
    now = _page(week)
    assert together(REQUESTS, now | _page({(member, controller): life}), now, {}, LEAST).rows == now


@pytest.mark.parametrize("kind", [REQUESTS, MEMBERS])
def test_every_field_of_a_row_moves_in_one_part(kind) -> None:
    needed = values(kind.start).keys() - WHOSE
    assert needed == set(kind.names)
    counts = Counter(name for part in kind.parts for name in part)
    assert not [name for name in needed - kind.fixed if counts[name] != 1]


CONSENT = st.sampled_from(["given", "none", "withdrawn"])
PERSON = st.builds(
    MemberRow,
    st.just(""),
    *(st.booleans() for _ in range(5)),
    CONSENT,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "18-29"]),
)
MONTH = st.dictionaries(st.integers(0, 14).map("M{}".format), PERSON, min_size=4)


@settings(max_examples=150, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(MONTH, min_size=2, max_size=5))
def test_no_figure_of_members_differs_from_the_last_by_a_few(months) -> None:
    """Members join, agree, leave and are forgotten as they like; a page is published each month."""
    now, pages = {}, []
    for month in months:
        now |= {name: replace(row, member=name) for name, row in month.items()}
        pages.append(dict(together(MEMBERS, now, pages[-1] if pages else {}, {}, LEAST).rows))
    for before, after in itertools.pairwise(pages):
        assert before.keys() <= after.keys()
        assert len(after.keys() - before.keys()) not in {1, 2}
        for name, holds in FACTS.items():
            old, new = ({key for key, row in page.items() if holds(row)} for page in (before, after))
            assert {len(new - old), len(old - new)}.isdisjoint({1, 2}), name
        for page in (before, after):
            assert all(row.member == key for key, row in page.items())


def test_a_new_member_joins_with_others_before_it_is_told_what_they_agreed_to() -> None:
    before = {name: MemberRow(name, signed=True, consent="given") for name in "ABCDE"}
    new = {
        name: MemberRow(name, signed=True, consent=consent)
        for name, consent in zip("XYZ", ["given", "none", "none"], strict=True)
    }
    found = together(MEMBERS, before | new, before, {}, LEAST)
    assert {found.rows[name] for name in "XYZ"} == {MemberRow(name) for name in "XYZ"}
    again = together(MEMBERS, before | new, found.rows, {}, LEAST)
    assert {(found.signed, found.consent) for found in (again.rows[name] for name in "XYZ")} == {(True, "")}
    assert again.waiting == 3
