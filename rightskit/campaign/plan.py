"""Members x controllers -> requests, and who is left out, because."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.campaign import mandates
from rightskit.campaign.model import OWN_REASON, Campaign, LeftOut, Member, Request, RequestRule
from rightskit.campaign.needs import missing_fields

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from rightskit.registry.model import Controller
    from rightskit.rights import Right

Key = tuple[str, str, "Right"]
"""Member, controller and right: what a request is unique by."""


ENCLOSES_ORIGINAL = frozenset({"DE", "AT", "CH", "LI"})
"""Where a representative without the original may be sent away (section 174 BGB; OLG Stuttgart 9 U 34/21)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from a campaign.

    Attributes:
        requests: new ones.
        left_out: who gets none, because.
        standing: how many were planned before and stay as they are.
        fallbacks: controller and language -> how many requests are written in it although nobody asked for it: there
            are no letters in what the campaign's rule, the controller and the member would have.
        arms: reference -> the arm that was drawn for it; none where nothing is drawn.
    """

    requests: tuple[Request, ...]
    left_out: tuple[LeftOut, ...]
    standing: int
    fallbacks: Mapping[tuple[str, str], int]
    arms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What keeps the campaign from writing for a member.

    Attributes:
        item: ``mandate``, ``guardian``, ``original`` or ``document``.
        reason: the sentence for a person, without personal data.
    """

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class Aim:
    """One right towards one controller, as a rule of the campaign says it."""

    right: Right
    controller: Controller
    rule: RequestRule

    @property
    def letter(self) -> str:
        """The letter that it is used with."""
        return self.rule.letter or self.right.value


def plan(  # noqa: PLR0913 (what a plan depends on, each by name)
    members: Iterable[Member],
    aims: Collection[Aim],
    campaign: Campaign,
    *,
    existing: Collection[Key],
    languages: Collection[str],
    today: dt.date,
    new_reference: Callable[[], str],
) -> Plan:
    """Plan the requests of a campaign.

    Args:
        members: all of them.
        aims: what the campaign's rules come to.
        campaign: gives the way to act, the language rule and the channels.
        existing: what was planned before.
        languages: those in which letters exist; the first is the fallback.
        today: the day of planning.
        new_reference: draws a reference that is free.
    """
    requests: list[Request] = []
    left_out: list[LeftOut] = []
    fallbacks: Counter[tuple[str, str]] = Counter()
    standing = 0
    for member in members:
        for aim in aims:
            if (member.member, aim.controller.id, aim.right) in existing:
                standing += 1
                continue
            obstacle = _obstacle(member, aim, campaign, today)
            if obstacle:
                left_out.append(LeftOut(member.member, aim.controller.id, aim.right, *obstacle))
            else:
                found = _request(member, aim, campaign, languages, today, new_reference())
                requests.append(found)
                if found.language not in wanted_languages(campaign.language, aim.controller.languages, member.language):
                    fallbacks[found.controller, found.language] += 1
    return Plan(tuple(requests), tuple(left_out), standing, fallbacks)


def _request(  # noqa: PLR0913, PLR0917 (likewise)
    member: Member, aim: Aim, campaign: Campaign, languages: Collection[str], today: dt.date, reference: str
) -> Request:
    return Request(
        reference=reference,
        member=member.member,
        controller=aim.controller.id,
        right=aim.right,
        letter=aim.letter,
        language=choose_language(campaign.language, aim.controller.languages, member.language, languages),
        channel=next(channels(member, aim, campaign, today)),
        way=way(member, campaign),
        planned=today,
        modules=aim.rule.modules,
    )


def way(member: Member, campaign: Campaign) -> str:
    """The way to act for a member: the member's own, else the campaign's first."""
    return member.acts or campaign.ways[0]


def choose_language(rule: str, controller: Collection[str], member: str, available: Collection[str]) -> str:
    """The letter's language: the campaign's rule, else what the controller reads, else the member's."""
    wanted = wanted_languages(rule, controller, member)
    return next((language for language in wanted if language in available), next(iter(available)))


def wanted_languages(rule: str, controller: Collection[str], member: str) -> list[str]:
    """The languages that a letter may be written in, preferred first; without their regions."""
    wanted = {"controller": [*controller, member], "member": [member, *controller]}.get(rule, [rule])
    return [language.split("-")[0] for language in wanted if language]


def channels(member: Member, aim: Aim, campaign: Campaign, today: dt.date) -> Iterator[str]:
    """The channels on which this member can write to this controller, the campaign's preferred first.

    Mail needs an address at both ends: without the member's own, or a signed authority to receive, the answer would
    have nowhere to go. Under a mandate it needs the scan that goes with it, and a country or a campaign to which a copy
    is enough.
    """
    controller = aim.controller
    shown = way(member, campaign) != "mandate" or _copy_goes(member, aim, campaign, today)
    received = mandates.standing(member, mandates.RECEIVE, aim.right, controller.id, today)
    for channel in campaign.channels:
        if channel in controller.refuses or (controller.channels and channel not in controller.channels):
            continue
        if channel == "email" and controller.email and (member.email or received) and shown:
            yield channel
        if channel == "post" and controller.address and member.street:
            yield channel


def _obstacle(member: Member, aim: Aim, campaign: Campaign, today: dt.date) -> tuple[str, str] | None:
    """Why there is no request, as code and sentence; None where there can be one."""
    acts = way(member, campaign)
    if acts not in campaign.ways:
        return "way", f"the campaign does not offer the way {acts!r}"
    if lacking := mandate_lacks(member, aim, campaign, today):
        return "no-mandate", lacking.reason
    if aim.letter == OWN_REASON and not member.reason:
        return "no-reason", "an objection under Art. 21(1) needs the member's own reason, and there is none"
    missing = missing_fields(member, aim.controller)
    if missing:
        return "missing-field", "the controller needs: " + ", ".join(missing)
    if next(channels(member, aim, campaign, today), None) is None:
        return "no-channel", f"no channel of the campaign reaches {aim.controller.id} for this member"
    return None


def shows_original(controller: Controller, campaign: Campaign) -> bool:
    """Whether the signed original goes with a letter under a mandate: on paper, where a copy may be sent away.

    A campaign that writes by mail alone has decided that a copy is enough for it.
    """
    return controller.country in ENCLOSES_ORIGINAL and "post" in campaign.channels


def _copy_goes(member: Member, aim: Aim, campaign: Campaign, today: dt.date) -> bool:
    mandate = mandates.standing(member, mandates.ACT, aim.right, aim.controller.id, today)
    return bool(mandate and mandate.document) and not shows_original(aim.controller, campaign)


def mandate_lacks(member: Member, aim: Aim, campaign: Campaign, today: dt.date) -> Lacking | None:
    """Why the campaign may not write for a member; who acts for themselves needs no mandate.

    Who acts under one must be able to show it: in the German style the original goes with the letter, elsewhere the
    signed document is enough (CNIL, délibération 2021-070).
    """
    acts = way(member, campaign)
    if acts == "self":
        return None
    if reason := mandates.gap(member, aim.right, aim.controller.id, today):
        return Lacking("guardian" if reason == mandates.MINOR else "mandate", reason)
    mandate = mandates.standing(member, mandates.ACT, aim.right, aim.controller.id, today)
    if acts != "mandate" or mandate is None:
        return None
    if mandate.paper and "post" in campaign.channels:
        return None
    if shows_original(aim.controller, campaign):
        return Lacking("original", "the place of the signed original is not noted: it goes with the letter")
    return None if mandate.document else Lacking("document", "no signed document is kept that could be shown")
