"""What a signed permission covers, and why it does not."""

import dataclasses
import datetime as dt

import pytest

from rightskit.campaign.mandates import gap, is_minor, of_dates, standing
from rightskit.campaign.model import Mandate, Member

SIGNED = dt.date(2026, 2, 20)
TODAY = dt.date(2026, 3, 2)
MANDATE = Mandate("V00000001", "act", SIGNED)
JANA = Member("M00000001", "Jana", "Özdemir", birthdate=dt.date(1988, 4, 9), mandates=(MANDATE,))
CHILD = dataclasses.replace(JANA, birthdate=dt.date(2012, 4, 9), guardian="Petra Özdemir")


def change(**terms: object) -> Member:
    return dataclasses.replace(JANA, mandates=(dataclasses.replace(MANDATE, **terms),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        (JANA, ""),
        (dataclasses.replace(JANA, mandates=()), "no signed mandate"),
        (change(kind="receive"), "no signed mandate"),
        (change(signed=dt.date(2026, 3, 3)), "the mandate is signed on a later day"),
        (change(until=dt.date(2026, 3, 1)), "the mandate has ended"),
        (change(until=TODAY), ""),
        (change(revoked=TODAY), "the mandate is revoked"),
        (change(rights=("erasure",)), "the mandate does not cover access"),
        (change(rights=("erasure", "access")), ""),
        (change(controllers=("other",)), "the mandate does not cover this controller"),
        (change(controllers=("bureau",)), ""),
        (CHILD, "a minor: the mandate needs the guardian's signature"),
        (dataclasses.replace(CHILD, mandates=(dataclasses.replace(MANDATE, signed_by="guardian"),)), ""),
    ],
)
def test_a_mandate_covers_what_it_says_and_no_more(member: Member, reason: str) -> None:
    assert gap(member, "access", "bureau", TODAY) == reason
    assert bool(standing(member, "act", "access", "bureau", TODAY)) == (not reason)


def test_of_several_mandates_one_that_covers_is_enough() -> None:
    narrow = dataclasses.replace(MANDATE, id="V00000002", rights=("erasure",), signed=dt.date(2026, 3, 1))
    both = dataclasses.replace(JANA, mandates=(MANDATE, narrow))
    assert gap(both, "access", "bureau", TODAY) == ""
    assert standing(both, "act", "access", "bureau", TODAY) == MANDATE
    assert standing(both, "act", "erasure", "bureau", TODAY) == narrow


@pytest.mark.parametrize(
    ("born", "day", "minor"),
    [
        (dt.date(2008, 3, 2), dt.date(2026, 3, 1), True),
        (dt.date(2008, 3, 2), dt.date(2026, 3, 2), False),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), True),
        (dt.date(2008, 2, 29), dt.date(2026, 3, 1), False),
        (None, dt.date(2026, 3, 1), False),
    ],
)
def test_of_age_is_who_has_had_the_eighteenth_birthday(born, day, minor) -> None:
    assert is_minor(born, day) == minor


def test_of_a_minor_a_list_of_days_means_the_guardians_signature() -> None:
    known = of_dates(SIGNED, SIGNED, birthdate=CHILD.birthdate, guardian="Petra Özdemir")
    assert [(m.kind, m.signed_by) for m in known] == [("act", "guardian"), ("receive", "guardian")]
    assert of_dates(SIGNED, None, birthdate=CHILD.birthdate)[0].signed_by == "member"
    assert of_dates(None, None) == ()
