"""What a member has not given yet, and for which controllers it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.model import OWN_REASON
from rightskit.campaign.needs import missing_fields
from rightskit.campaign.plan import channels, mandate_lacks

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from rightskit.campaign.model import Campaign, Member
    from rightskit.campaign.plan import Aim

CONTACT = "contact"
"""No channel reaches a controller for this member: a mail address, or a postal one, is missing."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a member has not given.

    Attributes:
        item: ``mandate``, ``guardian``, ``original``, ``document``, ``contact``, ``reason``, or
            the field of an ``identify_by``.
        controllers: ids of those that need it.
    """

    item: str
    controllers: tuple[str, ...]


def lacks(member: Member, aims: Collection[Aim], campaign: Campaign, today: dt.date) -> tuple[Lack, ...]:
    """What a member lacks for what the campaign aims at, in the order in which it is asked for."""
    found: dict[str, dict[str, None]] = {}
    for aim in aims:
        for item in _of(member, aim, campaign, today):
            found.setdefault(item, {})[aim.controller.id] = None
    return tuple(Lack(item, tuple(controllers)) for item, controllers in found.items())


def _of(member: Member, aim: Aim, campaign: Campaign, today: dt.date) -> Iterator[str]:
    if lacking := mandate_lacks(member, aim, campaign, today):
        yield lacking.item
    if aim.letter == OWN_REASON and not member.reason:
        yield "reason"
    missing = missing_fields(member, aim.controller)
    yield from missing
    if not missing and next(channels(member, aim, campaign, today), None) is None:
        yield CONTACT
