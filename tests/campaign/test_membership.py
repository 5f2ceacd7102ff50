"""How far a member has come, from what happened; and what they lack."""

import dataclasses
import datetime as dt

import pytest

from rightskit.campaign.lacks import Lack, lacks
from rightskit.campaign.mandates import of_dates
from rightskit.campaign.membership import MemberEvent, MemberEventKind, Stage, membership
from rightskit.campaign.model import Campaign, Member, Organiser, RequestRule
from rightskit.campaign.needs import identifiers, not_asked
from rightskit.campaign.plan import Aim
from rightskit.registry.model import Controller, IdentifyField
from rightskit.rights import Right

K = MemberEventKind
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def event(kind: MemberEventKind, day: int, **detail: str) -> MemberEvent:
    return MemberEvent("M00000001", kind, dt.date(2026, 3, day), NOW, evidence=f"{kind} {day}", detail=detail)


JOINED, INVITED = event(K.JOINED, 1), event(K.INVITED, 2)
SIGNED, VERIFIED = event(K.SIGNED, 3, of="act"), event(K.VERIFIED, 4)


@pytest.mark.parametrize(
    ("events", "stages"),
    [
        ([], []),
        ([JOINED], []),
        ([JOINED, INVITED], ["invited"]),
        ([JOINED, INVITED, event(K.SIGNED, 3, of="receive")], ["invited"]),
        ([JOINED, SIGNED], ["signed"]),
        ([JOINED, INVITED, VERIFIED], ["invited"]),
        ([JOINED, INVITED, SIGNED, VERIFIED], ["invited", "signed", "verified", "complete"]),
        ([JOINED, INVITED, SIGNED, VERIFIED, event(K.REVOKED, 5, of="act")], ["invited"]),
        ([JOINED, INVITED, SIGNED, VERIFIED, event(K.WITHDREW, 6)], ["invited", "withdrawn"]),
        ([JOINED, INVITED, event(K.DIED, 6)], ["invited", "withdrawn"]),
    ],
)
def test_a_stage_is_folded_from_what_happened(events: list[MemberEvent], stages: list[str]) -> None:
    found = membership(events, signs=True, lacks=False)
    assert [reached.stage for reached in found.reached] == stages
    assert found.stage == (stages[-1] if stages else Stage.NEW)


def test_each_stage_has_its_day_and_its_evidence() -> None:
    given = event(K.CHANGED, 9)
    found = membership([JOINED, INVITED, SIGNED, VERIFIED, given], signs=True, lacks=False)
    assert [(reached.date.day, reached.evidence) for reached in found.reached] == [
        *((2, "invited 2"), (3, "signed 3"), (4, "verified 4"), (9, "changed 9"))
    ]
    assert membership([JOINED, SIGNED, VERIFIED, given], signs=True, lacks=True).stage == Stage.VERIFIED


def test_who_acts_alone_needs_no_mandate() -> None:
    assert membership([JOINED, VERIFIED], signs=False, lacks=False).stage == Stage.COMPLETE


def test_a_wish_to_withdraw_holds_until_a_person_decides() -> None:
    wish = event(K.WISHED_TO_WITHDRAW, 5)
    assert membership([JOINED, SIGNED, wish], signs=True, lacks=False).held
    for decided in (event(K.STAYED, 6), event(K.WITHDREW, 6)):
        assert not membership([JOINED, SIGNED, wish, decided], signs=True, lacks=False).held
        assert membership([JOINED, SIGNED, wish, decided, wish], signs=True, lacks=False).held


SHOP = Controller(
    "shop", "Shop AG", "DE", address=("Weg 1",), email="a@shop.example", channels=("email", "post"),
    identify_by=(
        IdentifyField("name"),
        IdentifyField("customer-number"),
        IdentifyField("birthdate"),
        IdentifyField("meter-number", optional=True),
    ),
)  # fmt: skip
CLUB = Controller(
    "club", "Club e.V.", "DE", address=("Weg 2",), channels=("post",), identify_by=(IdentifyField("name"),)
)
RULE = RequestRule((Right.ACCESS,), ("shop", "club"))
CAMPAIGN = Campaign("c", "C", Organiser("O", "o@example.org"), (RULE,))
AIMS = [Aim(Right.ACCESS, SHOP, RULE), Aim(Right.ACCESS, CLUB, RULE)]
TODAY = dt.date(2026, 3, 2)
MARIA = Member(
    "M00000002", "María del Carmen", "García López y Ortega", email="maria@example.org",
    birthdate=dt.date(1980, 1, 2), mandates=of_dates(TODAY, None), identifiers={"shop": "47-11"},
)  # fmt: skip


def test_only_what_a_controllers_record_names_is_lacking() -> None:
    """Three surnames and no fixed address: the club, which takes paper alone, cannot be reached."""
    assert lacks(MARIA, AIMS, CAMPAIGN, TODAY) == (Lack("contact", ("club",)),)
    bare = dataclasses.replace(MARIA, birthdate=None, identifiers={}, mandates=())
    assert lacks(bare, AIMS, CAMPAIGN, TODAY) == (
        Lack("mandate", ("shop", "club")),
        Lack("customer-number", ("shop",)),
        Lack("birthdate", ("shop",)),
        Lack("contact", ("club",)),
    )


def test_a_minor_lacks_the_guardians_signature() -> None:
    child = dataclasses.replace(MARIA, birthdate=dt.date(2012, 1, 2), street="Weg 1")
    assert lacks(child, AIMS, CAMPAIGN, TODAY) == (Lack("guardian", ("shop", "club")),)


def test_a_controller_may_know_a_member_by_more_than_one_number() -> None:
    both = dataclasses.replace(MARIA, identifiers={"shop": "47-11", "shop:meter-number": "1EMH", "club": "9"})
    assert identifiers(both, SHOP) == {"customer-number": "47-11", "meter-number": "1EMH"}
    assert identifiers(both, CLUB) == {}
    assert not_asked(SHOP, "shop") == not_asked(SHOP, "shop:meter-number") == ""
    assert not_asked(CLUB, "club") == "club needs no identifier of its own"
    assert "shop needs no iban; it asks for: customer-number, meter-number" in not_asked(SHOP, "shop:iban")
