"""``members``: who takes part, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.campaign import members_csv, needs
from rightskit.campaign.lacks import Lack, lacks
from rightskit.campaign.membership import MemberEvent, MemberEventKind, membership
from rightskit.campaign.plan import way
from rightskit.campaign.reference import new_member_id
from rightskit.errors import FaultsError, NotFoundError
from rightskit.flows import columns, plan
from rightskit.flows.progress import silent
from rightskit.registry import load as registry_load
from rightskit.vault import members as kept
from rightskit.vault import membership as history

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rightskit.campaign.membership import Membership
    from rightskit.campaign.model import Member
    from rightskit.errors import Fault
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import took, and what it left.

    Attributes:
        members: that were taken.
        faults: of the rows that were left, where the person said that valid rows are kept.
        known: rows that tell only what is known.
    """

    members: tuple[Member, ...]
    faults: tuple[Fault, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A member, and how far they have come.

    Attributes:
        events: all that happened to them, in the order in which it was noted.
        lacks: what they have not given yet.
    """

    member: Member
    events: Sequence[MemberEvent]
    membership: Membership
    lacks: tuple[Lack, ...]


def import_(  # noqa: PLR0913 (what a file is read with, each by name)
    workspace: Workspace,
    path: Path,
    *,
    keep_valid: bool,
    mapped: Sequence[str] = (),
    distinct: Iterable[int] = (),
    track: Track = silent,
) -> Imported:
    """Take members from a CSV: all of them, or none.

    Args:
        workspace: the campaign.
        path: the file.
        keep_valid: take the rows without a fault although others have one.
        mapped: headings of other columns, each as ``heading=column``; they are remembered.
        distinct: lines of which a person said that they are somebody else than they resemble.
        track: counts the rows.

    Raises:
        NotFoundError: there is no such file.
        WrongUsageError: a column is mapped to none.
        FaultsError: rows have faults and ``keep_valid`` is not set; nothing was taken.
    """
    paths.demand_file(path)
    raw, fresh = path.read_bytes(), columns.given(mapped)
    headings = columns.known(workspace.folder) | fresh
    how = members_csv.Reading(
        headings,
        frozenset(distinct),
        lambda key: not_asked(workspace, key),
        lambda rows: track(rows, "rows", raw.count(b"\n")),
    )
    with workspace.vault.write() as connection:
        known = kept.all_members(connection)
        found = members_csv.parse(raw, str(path), today=workspace.today, new_id=new_member_id, known=known, how=how)
        if found.faults and not keep_valid:
            raise FaultsError(
                found.faults,
                f"Nothing was imported. Correct the file, or take the {len(found.members)} valid rows: --keep-valid",
            )
        join(workspace, connection, found.members, "file")
    if fresh:
        columns.remember(workspace.folder, headings)
    return Imported(found.members, found.faults, found.known)


def join(workspace: Workspace, connection: Connection, people: Sequence[Member], source: str) -> None:
    """Keep new members, and what happened: they joined, and signed what they signed."""
    today = workspace.today
    kept.add(
        connection,
        [replace(one, consent_date=one.consent_date or today) if one.consent_version else one for one in people],
    )
    history.record(connection, [event for member in people for event in _joining(workspace, member, source)])


def standings(workspace: Workspace, member: str = "") -> list[Standing]:
    """All members, or one of them, with how far they have come.

    Raises:
        NotFoundError: there is no such member.
    """
    aims = plan.aims(workspace)
    with workspace.vault.read() as connection:
        people = kept.all_members(connection)
        events = history.events_by_member(connection, member)
    chosen = [one for one in people if not member or one.member == member]
    if member and not chosen:
        raise NotFoundError(f"There is no member {member}.", "See: rightskit members list")
    found = []
    for one in chosen:
        own = events.get(one.member, ())
        missing = lacks(one, aims, workspace.campaign, workspace.today)
        signs = way(one, workspace.campaign) != "self"
        found.append(Standing(one, own, membership(own, signs=signs, lacks=bool(missing)), missing))
    return found


_CAME_BY = {"file": "a list of members", "person": "told to an organiser"}


def _joining(workspace: Workspace, member: Member, source: str) -> Iterable[MemberEvent]:
    day, now = workspace.today, workspace.now
    yield MemberEvent(member.member, MemberEventKind.JOINED, day, now, source=source, evidence=_CAME_BY[source])
    for mandate in member.mandates:
        received = day if mandate.signed != day else None
        detail = {"of": mandate.kind}
        yield MemberEvent(
            member.member, MemberEventKind.SIGNED, mandate.signed, now, received, source, "a list of members", detail
        )


def not_asked(workspace: Workspace, key: str) -> str:
    """Why an identifier must not be collected, from its controller's id and the field behind it."""
    try:
        controller = registry_load.get(workspace.registry, key.partition(":")[0])
    except NotFoundError as error:
        return str(error)
    return needs.not_asked(controller, key)
