"""Grades: what they count, and whom they do not expose."""

from __future__ import annotations

import pytest

from rightskit.cases.model import Answer
from rightskit.reports.grading import MARKS, at_least, grades, mark

DATA = {"outcome": Answer.DATA, "days": 9, "form": "json"}


def earned(rows, threshold=10, *, audited=True):
    return {grade.key: grade for grade in grades(rows, threshold, audited=audited)}


def marks(rows, **rest):
    return {key: grade.mark for key, grade in earned(rows, **rest).items()}


def test_a_controller_that_does_everything_right(case) -> None:
    rows = [case(n, **DATA) for n in range(50)]
    assert marks(rows) == dict.fromkeys(["reachable", "on_time", "identity", "readable", "complete"], "A")


def test_each_criterion_falls_alone(case) -> None:
    rows = [
        *(case(n, **DATA) for n in range(80)),
        *(case(100 + n, bounced=True, received=False) for n in range(20)),
    ]
    assert earned(rows)["reachable"].share == 0.8
    late = [case(n, **DATA, late=n < 40) for n in range(50)]
    assert (earned(late)["on_time"].mark, earned(late)["on_time"].share) == ("E", 0.2)
    asked = [case(n, **DATA, identity_demanded=True, excessive=frozenset({"identity"})) for n in range(50)]
    assert marks(asked)["identity"] == "E"
    paper = [case(n, **(DATA | {"form": "paper"})) for n in range(50)]
    assert marks(paper)["readable"] == "E"
    partial = [case(n, **(DATA | {"outcome": Answer.PARTIAL})) for n in range(50)]
    assert marks(partial)["complete"] == "E"


def test_silence_is_late_but_an_open_question_to_the_member_is_not(case) -> None:
    silent = [case(n, overdue=True) for n in range(50)]
    assert marks(silent)["on_time"] == "E"
    asked = [case(n, overdue=True, asked=row.course.sent) for n, row in enumerate(silent)]
    assert marks(asked)["on_time"] == ""


def test_a_demand_that_nobody_judged_is_not_held_against_anyone(case) -> None:
    unjudged = [case(n, identity_demanded=n == 0) for n in range(40)]
    assert (earned(unjudged)["identity"].mark, earned(unjudged)["identity"].unseen) == ("", True)
    justified = [case(n, identity_demanded=True, justified=frozenset({"identity"})) for n in range(40)]
    assert marks(justified)["identity"] == "A"


def test_an_answer_without_what_every_answer_must_say_is_not_complete(case) -> None:
    rows = [case(n, **DATA, items=frozenset("abcdef" if n < 25 else "abcdefgh")) for n in range(50)]
    assert earned(rows)["complete"].share == 0.6  # 25 of 50, in steps that cover 10 people


def test_an_unknown_form_is_not_counted(case) -> None:
    assert marks([case(n, **(DATA | {"form": "archive"})) for n in range(50)])["readable"] == ""


@pytest.mark.parametrize(("people", "is_graded"), [(9, False), (10, False), (19, False), (20, True)])
def test_no_grade_where_a_rounded_share_would_tell_of_few(case, people: int, is_graded) -> None:
    assert bool(marks([case(n, **DATA) for n in range(people)])["on_time"]) is is_graded


def test_no_grade_where_few_are_left_out(case) -> None:
    rows = [*(case(n, **DATA) for n in range(50)), *(case(100 + n) for n in range(3))]
    assert marks(rows)["reachable"] == "A"
    assert marks(rows)["on_time"] == ""  # three are not due: who knows all 53 could tell them


def test_a_share_moves_by_steps_that_cover_the_threshold(case) -> None:
    shares = {earned([case(n, **DATA, late=n < late) for n in range(50)])["on_time"].share for late in range(51)}
    assert shares == {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}


def test_many_requests_of_one_member_are_one_person(case) -> None:
    rows = [case(n % 5, **DATA) for n in range(100)]
    assert set(marks(rows).values()) == {""}


def test_without_an_audit_what_only_the_program_read_gives_no_grade(case) -> None:
    seen = [case(n, **DATA) for n in range(40)]
    unseen = [case(100 + n, **DATA, machine=frozenset({"answer"})) for n in range(20)]
    silent = [case(200 + n, overdue=True) for n in range(40)]
    found = earned([*seen, *unseen, *silent], audited=False)
    assert (found["on_time"].mark, found["on_time"].unseen) == ("", True)
    assert (found["reachable"].mark, found["reachable"].unseen) == ("A", False)
    assert marks([*seen, *unseen, *silent])["on_time"] == "C"


@pytest.mark.parametrize(("share", "expected"), [(1, "A"), (0.9, "A"), (0.8, "B"), (0.75, "B"), (0.5, "C"), (0.25, "D"), (0.2, "E"), (0, "E")])  # fmt: skip
def test_a_share_earns_its_mark(share: float, expected: str) -> None:
    assert mark(share) == expected


def test_points_fall_one_by_one(case) -> None:
    steps = [
        earned([case(n, **DATA, late=n >= good) for n in range(1000)])["on_time"] for good in (1000, 800, 600, 300, 0)
    ]
    assert [(grade.mark, grade.points) for grade in steps] == [("A", 4), ("B", 3), ("C", 2), ("D", 1), ("E", 0)]
    assert len(MARKS) == 5


@pytest.mark.parametrize(("people", "told"), [(10, 10), (19, 10), (20, 20), (49, 20), (50, 50), (99, 50), (100, 100), (3000, 2000)])  # fmt: skip
def test_of_a_number_of_people_a_lower_end_is_told(people: int, told: int) -> None:
    assert at_least(people, 10) == told
