"""What a dossier may count, which articles it explains, and what happened in it."""

import datetime as dt

import pytest

from rightskit.cases.history import LINKED
from rightskit.cases.model import Event, EventKind
from rightskit.cases.rulings import Ruling
from rightskit.reports.dossier import Course, Line, Person, counts_all, facts, law, with_ruling
from rightskit.rights import Right

DAY = dt.date(2026, 3, 2)


def person(*kinds: str, right: Right = Right.ACCESS, overdue: bool = False, asked: bool = False) -> Person:
    lines = tuple(Line(DAY, str(kind), (), False) for kind in kinds)
    return Person(1, "", (Course(right, "", "email", None, overdue, asked, frozenset(kinds), lines),))


@pytest.mark.parametrize(
    ("people", "told", "every"),
    [
        (12, 0, True),
        (12, 6, True),  # six others: enough for a threshold of five, and no fewer than those told of
        (12, 7, False),  # five others are fewer than seven
        (12, 12, False),  # nobody else
        (12, 10, False),  # two others could be worked out
    ],
)
def test_figures_count_all_where_the_others_are_many(case, people, told, every) -> None:
    rows = [case(number) for number in range(people)]
    assert counts_all(rows, {row.member for row in rows[:told]}, 5) is every


def test_the_law_follows_what_happened() -> None:
    quiet = law([person(EventKind.SENT)])
    assert quiet == ("art_12_2", "art_12_3", "art_15", "art_5_2", "art_77", "art_79")
    loud = law([person(EventKind.SENT, EventKind.IDENTITY_DEMANDED, EventKind.REFUSED, right=Right.ERASURE)])
    assert {"art_12_4", "art_12_6", "art_17"} <= set(loud)
    assert "art_15" not in loud


@pytest.mark.parametrize("language", ["de", "fr", "en"])
@pytest.mark.parametrize("right", Right)
def test_every_article_is_explained(language, right) -> None:
    from rightskit import texts

    for key in law([person(*EventKind, right=right)]):
        article, demand = texts.text(language, f"dossier.law.{key}").split(" | ")
        assert article.startswith("Art")
        assert len(demand) > 30


def test_each_request_counts_once_for_what_happened() -> None:
    people = [
        person(EventKind.SENT, LINKED, EventKind.REMINDED, overdue=True),
        person(EventKind.SENT, EventKind.SENT, overdue=True, asked=True),
    ]
    told = dict(facts(people, "en", DAY))
    late = next(label for label in told if label.startswith("No answer in substance on 2 March 2026"))
    unknown = next(label for label in told if label.startswith("Not known on 2 March 2026"))
    assert told == {
        "Requests told of": 2, "Request sent": 2, "Link to the data sent": 1, "Reminder sent": 1, late: 1, unknown: 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ruling", "language", "text"),
    [
        (Ruling("upheld", "fine", "5000 EUR"), "en", "Decided: upheld; fine of €5,000.00"),
        (Ruling("partly-upheld", "reprimand"), "de", "Decided: teilweise stattgegeben; Verwarnung"),
        (Ruling("settled"), "fr", "Decided\u00a0: close sans décision"),
        (Ruling(), "de", "Decided"),
    ],
)
def test_the_course_tells_how_a_complaint_ended(ruling, language, text) -> None:
    now = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    event = Event("RK-1", EventKind.AUTHORITY_DECIDED, DAY, now, detail={"by": "authority", **ruling.detail})
    assert with_ruling("Decided", event, language) == text
