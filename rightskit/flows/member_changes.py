"""``members add``, ``change`` and ``verify``: one person at a time; whoever changes stays the same member."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from rightskit.campaign.member_cells import member_of
from rightskit.campaign.membership import MemberEvent, MemberEventKind, Stage
from rightskit.campaign.reference import new_member_id
from rightskit.campaign.twins import Register
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import members as flow
from rightskit.vault import members as kept
from rightskit.vault import membership

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rightskit.campaign.model import Member
    from rightskit.flows.workspace import Workspace


def wrong_with(column: str, value: str, today: dt.date) -> str:
    """What is wrong with one cell, and what to write instead; empty where it is right."""
    said: list[str] = []

    def hear(at: str, *words: str) -> None:
        said.extend([", ".join(words)] if at == column else [])

    member_of({column: value}, today, lambda: "", hear)
    return said[0] if said else ""


def entered(workspace: Workspace, cells: Mapping[str, str]) -> Member:
    """The member whose cells were typed, each found right before."""
    return member_of(cells, workspace.today, new_member_id, lambda *_: None)


def resembles(workspace: Workspace, member: Member) -> tuple[str, str] | None:
    """The id of somebody who may be the same person, and what both have in common; None where nobody does."""
    with workspace.vault.read() as connection:
        twin = Register(kept.unsigned(connection)).twin(member)
    return (twin.member.member, twin.same) if twin else None


def add(workspace: Workspace, member: Member) -> None:
    """Keep a new member."""
    with workspace.vault.write() as connection:
        flow.join(workspace, connection, [member], "person")


def change(workspace: Workspace, name: str, cells: Mapping[str, str], day: dt.date, evidence: str) -> tuple[str, ...]:
    """Change what is known of a member, and give the columns that changed; what stood there before is kept.

    Args:
        workspace: the campaign.
        name: the member's id.
        cells: column -> new value; also ``id:<controller>`` for an identifier. The mail address that is known already
            says that mail reaches the member again.
        day: since when it is so.
        evidence: what shows it, in a few words.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: a value is not of its form, or a controller needs no such identifier, or the day lies ahead.
    """
    workspace.demand_past(day)
    _demand(workspace, cells)
    with workspace.vault.write() as connection:
        before = kept.one(connection, name)
        fresh = _changes(workspace, before, cells)
        former = _former(before, fresh)
        again = {"email": before.email} if "email" in cells and name in membership.unreachable(connection) else {}
        kept.change(connection, name, fresh)
        if fresh or again:
            received = workspace.today if day != workspace.today else None
            event = MemberEvent(
                name, MemberEventKind.CHANGED, day, workspace.now, received, "person", evidence, again | former
            )
            membership.record(connection, [event])
    return tuple({**fresh, **again})


@dataclass(frozen=True, slots=True)
class Looked:
    """How somebody made sure of members.

    Attributes:
        by: who looked.
        evidence: at what, in a few words; never a copy or a number of an identity document.
        day: when.
    """

    by: str
    evidence: str
    day: dt.date


def verify(workspace: Workspace, names: Sequence[str], looked: Looked) -> None:
    """Note that a person compared what members gave with what they signed, and that it is them: all of them, or none.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: somebody has not signed by that day, or has withdrawn; nobody is named, or nothing that was looked
            at; the day lies ahead.
    """
    if not (looked.by.strip() and looked.evidence.strip()):
        raise RefusedError("Who looked, and at what?", "Such as: --by 'Ada Beispiel' --evidence 'scan, and a call'")
    workspace.demand_past(looked.day)
    reached = {one.member.member: one.membership for one in flow.standings(workspace)}
    for name in names:
        if name not in reached:
            raise NotFoundError(f"There is no member {name}.", "See: rightskit members list")
        stages = {one.stage for one in reached[name].reached}
        if Stage.SIGNED not in stages or Stage.WITHDRAWN in stages:
            raise RefusedError(f"{name} is {reached[name].stage}: there is no signature to verify.")
        signed = next(one.date for one in reached[name].reached if one.stage is Stage.SIGNED)
        if looked.day < signed:
            raise RefusedError(f"{name} signed on {signed}: nobody can have looked at it on {looked.day}.")
    events = [_verified(workspace, name, looked) for name in names]
    with workspace.vault.write() as connection:
        membership.record(connection, events)


def _verified(workspace: Workspace, name: str, looked: Looked) -> MemberEvent:
    received = workspace.today if looked.day != workspace.today else None
    about, detail = (looked.day, workspace.now, received, "person", looked.evidence.strip()), {"by": looked.by.strip()}
    return MemberEvent(name, MemberEventKind.VERIFIED, *about, detail)


def _demand(workspace: Workspace, cells: Mapping[str, str]) -> None:
    for column, value in cells.items():
        plain = column.partition(":")[0] if column.startswith("id:") else column
        if wrong := wrong_with(plain, value, workspace.today):
            raise RefusedError(f"{column}: {wrong}.")
        if column.startswith("id:") and (reason := flow.not_asked(workspace, column.removeprefix("id:"))):
            raise RefusedError(f"{column}: {reason}.", "What nobody needs is not collected.")


def _changes(workspace: Workspace, before: Member, cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields that are other than before."""
    after = member_of(cells, workspace.today, lambda: before.member, lambda *_: None)
    names = {field.name for field in fields(before)} & cells.keys()
    found = {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}
    if after.identifiers and not after.identifiers.items() <= dict(before.identifiers).items():
        found["identifiers"] = {**before.identifiers, **after.identifiers}
    return found


def _former(before: Member, fresh: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the columns that will change; an identifier's is ``id:<controller>``."""
    columns = {name: _text(getattr(before, name)) for name in fresh if name != "identifiers"}
    numbers = fresh.get("identifiers", before.identifiers)
    changed = {f"id:{name}": value for name, value in before.identifiers.items() if numbers[name] != value}
    return columns | changed


def _text(value: object) -> str:
    return "" if value is None else str(value)
