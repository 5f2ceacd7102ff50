"""A plan whose requests get their letter, their channel and their place in the order by lot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.campaign import trial
from rightskit.campaign.plan import channels
from rightskit.campaign.trial import Unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rightskit.campaign.model import Campaign, Member, Request
    from rightskit.campaign.plan import Aim, Plan
    from rightskit.campaign.trial import Arm, Stratum
    from rightskit.rights import Right


EARLY, LATE = "early", "late"
"""The halves of the order in which requests leave."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What was drawn for a request.

    Attributes:
        rank: its place in the order of the requests that were planned with it, from 1 on.
        among: how many these are.
    """

    reference: str
    arm: str
    stratum: Stratum
    rank: int
    among: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the lot depends on.

    Attributes:
        seed: of the campaign.
        members: id → member.
        aims: controller and right → what the campaign's rules say of them.
        before: stratum → arm → how many were drawn earlier.
    """

    campaign: Campaign
    seed: str
    members: Mapping[str, Member]
    aims: Mapping[tuple[str, Right], Aim]
    before: Mapping[Stratum, Mapping[str, int]]
    today: dt.date


def drawn(plan: Plan, drawing: Drawing) -> tuple[Plan, list[Lot]]:
    """The plan with its new requests in the order of the lot, and what was drawn for each.

    Only who could get every arm of the rule is drawn for: else the arms would differ in who is in them. The others keep
    the letter and the channel that they have without the lot, and have none.
    """
    units = {request.reference: unit for request in plan.requests if (unit := _unit(request, drawing))}
    arms = trial.assigned(units.values(), drawing.seed, drawing.before)
    order = sorted(plan.requests, key=lambda request: trial.lot(drawing.seed, "order", _key(request)))
    lots: list[Lot] = []
    requests: list[Request] = []
    for rank, request in enumerate(order, 1):
        unit = units.get(request.reference)
        if unit is None:
            requests.append(request)
            continue
        name = arms[unit.key]
        requests.append(_as(request, _arm(name, request, drawing)))
        lots.append(Lot(request.reference, name, unit.stratum, rank, len(order)))
    return replace(plan, requests=tuple(requests), arms={one.reference: one.arm for one in lots}), lots


def half(rank: int, among: int) -> str:
    """Whether a place in the order is an early or a late one: a finer one would tell of few."""
    return EARLY if 2 * rank <= among else LATE


def _unit(request: Request, drawing: Drawing) -> Unit | None:
    aim, member = drawing.aims[request.controller, request.right], drawing.members[request.member]
    arms = aim.rule.arms
    reach = set(channels(member, aim, drawing.campaign, drawing.today))
    if not arms or any(arm.channel and arm.channel not in reach for arm in arms):
        return None
    tells = {
        "controller": request.controller,
        "country": member.country,
        "language": request.language,
        "way": request.way,
    }
    strata: Sequence[str] = drawing.campaign.trial.strata if drawing.campaign.trial else ()
    return Unit(_key(request), (request.right.value, *(tells[one] for one in strata)), tuple(arm.name for arm in arms))


def _key(request: Request) -> str:
    return f"{request.member} {request.controller} {request.right}"


def _arm(name: str, request: Request, drawing: Drawing) -> Arm:
    return next(arm for arm in drawing.aims[request.controller, request.right].rule.arms if arm.name == name)


def _as(request: Request, arm: Arm) -> Request:
    return replace(request, letter=arm.letter or request.letter, channel=arm.channel or request.channel)
