"""The members of a campaign as rows, of which the report makes its figures of who came, agreed and left."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.campaign.ages import band
from rightskit.campaign.membership import MemberEventKind, Stage
from rightskit.campaign.plan import way
from rightskit.campaign.reach import arrived
from rightskit.campaign.twins import same_people
from rightskit.disclosures.people import people
from rightskit.flows import members, pool
from rightskit.flows.invite import ANSWER_DAYS
from rightskit.reports.figures import has_data
from rightskit.reports.memberrow import MemberRow, merged
from rightskit.vault import counted, disclosures, forgetting
from rightskit.vault import members as kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rightskit.campaign.membership import MemberEvent
    from rightskit.flows.members import Standing
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.caserow import CaseRow

_ASKING = frozenset({MemberEventKind.INVITED, MemberEventKind.ASKED})
_OURS = _ASKING | {MemberEventKind.VERIFIED, MemberEventKind.STAYED}
"""What the campaign did, and the member did not."""


def persons(workspace: Workspace) -> Mapping[str, int]:
    """Member → the number under which they are counted: one person under two entries steps once."""
    with workspace.vault.write() as connection:
        known = kept.unsigned(connection)
        return people((one.member for one in known), same_people(known), disclosures.secret(connection))


def delivered(requests: Iterable[CaseRow]) -> frozenset[str]:
    """The members to whom at least one request brought data."""
    return frozenset(request.member for request in requests if has_data(request))


def rows(
    workspace: Workspace, person: Mapping[str, int], before: Mapping[str, MemberRow], got_data: Collection[str]
) -> dict[str, MemberRow]:
    """Member → the row of the person whom they are, as they stand on the day of the command.

    Args:
        workspace: the campaign.
        person: member → the number under which they are counted: the entries of one person are one row.
        before: as the last page counted them; whoever was forgotten since stays in it, and counts as forgotten.
        got_data: the members who did (:func:`delivered`).
    """
    found: dict[int | str, dict[str, MemberRow]] = defaultdict(dict)
    for name, row in _alone(workspace, got_data).items():
        found[person.get(name, name)][name] = row
    present = {}
    for entries in found.values():
        # An entry that a page has counted stands for the person, so that a second one makes nobody new.
        name = min(entries, key=lambda one: (one not in before, one))
        present[name] = merged(entries.values(), name)
    return present | _forgotten(workspace, before)


def _alone(workspace: Workspace, got_data: Collection[str]) -> dict[str, MemberRow]:
    agreed = pool.consents(workspace)
    with workspace.vault.read() as connection:
        took_back = kept.took_back_consent(connection)
    asks = bool(workspace.campaign.consent.version)
    return {
        name: replace(
            _row(workspace, one, _consent(one, agreed, took_back) if asks else ""), delivered=name in got_data
        )
        for one in members.standings(workspace)
        for name in [one.member.member]
    }


def _consent(one: Standing, agreed: Collection[str], took_back: Collection[str]) -> str:
    """What holds today: who agrees after a no has agreed."""
    member = one.member.member
    if member in agreed or member in took_back:
        return "given" if member in agreed else "withdrawn"
    return "refused" if any(map(_is_no, one.events)) else "none"


def _is_no(event: MemberEvent) -> bool:
    return event.kind is MemberEventKind.DECLINED and pool.STATISTICS in event.detail["scopes"].split()


def _row(workspace: Workspace, one: Standing, consent: str) -> MemberRow:
    member, stage = one.member, one.membership.stage
    reached = {step.stage for step in one.membership.reached}
    events = arrived(one.events)
    kinds = {event.kind for event in events}
    signs = way(member, workspace.campaign) != "self"
    return MemberRow(
        member=member.member,
        signed=not signs or MemberEventKind.SIGNED in kinds,
        complete=Stage.SIGNED in reached and not one.lacks,
        mandate=member.mandate_date is not None,
        left=stage is Stage.WITHDRAWN,
        invited=MemberEventKind.INVITED in kinds,
        consent=consent,
        silent=stage is not Stage.WITHDRAWN and _silent(events, workspace.today),
        age=_age(one),
    )


def _silent(events: Sequence[MemberEvent], today: dt.date) -> bool:
    """Whether the last thing that happened is a question of ours, two weeks ago or more."""
    theirs = [place for place, event in enumerate(events) if event.kind not in _OURS]
    asked = [event.happened for event in events[theirs[-1] if theirs else 0 :] if event.kind in _ASKING]
    return bool(asked) and min(asked) + dt.timedelta(days=ANSWER_DAYS) <= today


def _age(one: Standing) -> str:
    """On the day of joining, so that nobody moves by growing older."""
    born = one.member.birthdate
    joined = next((event.happened for event in one.events if event.kind is MemberEventKind.JOINED), None)
    if born is None or joined is None:
        return ""
    return band(joined.year - born.year - ((joined.month, joined.day) < (born.month, born.day)))


def _forgotten(workspace: Workspace, before: Mapping[str, MemberRow]) -> dict[str, MemberRow]:
    """Those who were forgotten: as they were counted, and the others as people of whom nothing is known."""
    gone = {name: replace(row, forgotten=True) for name, row in before.items() if counted.is_forgotten(name)}
    with workspace.vault.read() as connection:
        number = forgetting.tallies(connection).get("members", 0)
    never = (counted.somebody_forgotten() for _ in range(number - len(gone)))
    return gone | {name: MemberRow(name, forgotten=True) for name in never}
