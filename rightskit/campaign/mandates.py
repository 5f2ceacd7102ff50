"""What a signed permission covers: rights, controllers, days, and whose signature it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.campaign.model import Mandate
from rightskit.campaign.reference import new_mandate_id

if TYPE_CHECKING:
    import datetime as dt

    from rightskit.campaign.model import Member

ACT, RECEIVE = "act", "receive"
MEMBER, GUARDIAN = "member", "guardian"
OF_AGE = 18
"""Years; the age of majority in every country whose controllers the registry knows."""
NONE = "no signed mandate"
MINOR = "a minor: the mandate needs the guardian's signature"


def of_dates(
    act: dt.date | None, receive: dt.date | None, *, birthdate: dt.date | None = None, guardian: str = ""
) -> tuple[Mandate, ...]:
    """The permissions of somebody of whom only the days of signing are known: for all that the campaign does.

    For a minor with a guardian they are taken as signed by the guardian.
    """
    return tuple(
        Mandate(new_mandate_id(), kind, day, signed_by=GUARDIAN if guardian and is_minor(birthdate, day) else MEMBER)
        for kind, day in ((ACT, act), (RECEIVE, receive))
        if day
    )


def is_minor(birthdate: dt.date | None, day: dt.date) -> bool:
    """Whether somebody is under age on a day; whose birth date is unknown is taken to be of age."""
    if birthdate is None:
        return False
    had_birthday = (day.month, day.day) >= (birthdate.month, birthdate.day)
    return day.year - birthdate.year - (not had_birthday) < OF_AGE


def standing(member: Member, kind: str, right: str, controller: str, day: dt.date) -> Mandate | None:
    """The permission that covers a right towards a controller on a day, the latest signed one; None without one."""
    return next((m for m in _latest_first(member, kind) if not _gap(member, m, right, controller, day)), None)


def gap(member: Member, right: str, controller: str, day: dt.date) -> str:
    """Why nothing permits to use a right towards a controller on a day, without personal data; empty where it is."""
    reasons = [_gap(member, mandate, right, controller, day) for mandate in _latest_first(member, ACT)]
    return "" if "" in reasons else next(iter(reasons), NONE)


def _latest_first(member: Member, kind: str) -> list[Mandate]:
    """The permissions of a kind; the revoked ones come last, for they explain least."""
    own = [mandate for mandate in member.mandates if mandate.kind == kind]
    return sorted(own, key=lambda mandate: (mandate.revoked is None, mandate.signed), reverse=True)


def _gap(member: Member, mandate: Mandate, right: str, controller: str, day: dt.date) -> str:
    by_guardian = mandate.signed_by == GUARDIAN
    obstacles = (
        (mandate.revoked and mandate.revoked <= day, "the mandate is revoked"),
        (mandate.signed > day, "the mandate is signed on a later day"),
        (mandate.until and mandate.until < day, "the mandate has ended"),
        (is_minor(member.birthdate, mandate.signed) and not by_guardian, MINOR),
        (mandate.rights and right not in mandate.rights, f"the mandate does not cover {right}"),
        (mandate.controllers and controller not in mandate.controllers, "the mandate does not cover this controller"),
    )
    return next((reason for holds, reason in obstacles if holds), "")
