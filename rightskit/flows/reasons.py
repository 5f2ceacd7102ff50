"""``members reason``: why members object under Art. 21(1), in their own words, and approved by them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.model import OWN_REASON
from rightskit.errors import Fault, FaultsError, NotFoundError, RefusedError
from rightskit.files.tables import decoded
from rightskit.flows import listed, stopping
from rightskit.rendering.fields import is_unseen
from rightskit.vault import members, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

COLUMNS = ("member", "reason", "approved")
REQUIRED = COLUMNS[:2]


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says.

    Attributes:
        member: the member's id.
        reason: in the member's words; empty: what is kept.
        approved: when the member approved these words.
    """

    member: str
    reason: str = ""
    approved: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What noting came to.

    Attributes:
        approved: ids of members whose reason stands as they approved it.
        open: ids of members who have not approved theirs.
        rewritten: references of letters that lay ready with other words, and are written anew.
        by_hand: batches on paper from which such a letter must be taken out.
        faults: of the rows that were left.
    """

    approved: tuple[str, ...]
    open: tuple[str, ...]
    rewritten: tuple[str, ...]
    by_hand: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def keep(workspace: Workspace, said: Said) -> Kept:
    """Keep a member's reason, or that they approved what is kept. Other words ask for another approval.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: nothing is there to be approved, the day lies ahead, or letters are being written right now.
    """
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        people = {member.member: member for member in members.all_members(connection, [said.member])}
        if said.member not in people:
            raise NotFoundError(f"There is no member {said.member}.", "See: rightskit members list")
        if wrong := _wrong(said, people, workspace.today):
            raise RefusedError(f"{wrong[1]}.", wrong[2])
        return _keep(connection, people, [said])


def keep_file(workspace: Workspace, path: Path, *, keep_valid: bool = False) -> Kept:
    """Keep the reasons of a CSV with the columns :data:`COLUMNS`: of all rows, or of none.

    Args:
        workspace: the campaign.
        path: the file.
        keep_valid: take the rows without a fault although others have one.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: rows have faults and ``keep_valid`` is not set, or a column is wrong; nothing was noted.
        RefusedError: letters are being written right now.
    """
    rows = listed.rows(path, COLUMNS, REQUIRED)
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        people = {member.member: member for member in members.all_members(connection)}
        read = [_row(row, people, workspace.today, str(path), line) for line, row in rows]
        faults = tuple(found for found in read if isinstance(found, Fault))
        valid = [found for found in read if isinstance(found, Said)]
        if faults and not keep_valid:
            hint = f"Nothing was noted. Correct the file, or take the {len(valid)} valid rows: --keep-valid"
            raise FaultsError(faults, hint)
        done = _keep(connection, people, valid)
    return Kept(done.approved, done.open, done.rewritten, done.by_hand, faults)


def read(path: Path) -> str:
    """The words in a text file.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: it is no text, or holds none.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    raw = path.read_bytes()
    words = "" if b"\0" in raw else plain(decoded(raw))
    if not words:
        raise RefusedError(f"{path} holds no text.", "A plain text file with the member's own words.")
    return words


def _keep(connection: Connection, people: Mapping[str, Member], said: Sequence[Said]) -> Kept:
    approved, rewritten, by_hand = dict[str, bool](), list[str](), list[str]()
    for one in said:
        before = people[one.member]
        reason = one.reason or before.reason
        is_new = reason != before.reason
        day = one.approved or (None if is_new else before.reason_approved)
        members.change(connection, one.member, {"reason": reason, "reason_approved": day})
        approved[one.member] = day is not None
        if is_new:
            again, batches = _unwrite(connection, one.member)
            rewritten += again
            by_hand += batches
    standing = tuple(name for name, is_approved in approved.items() if is_approved)
    waiting = tuple(name for name, is_approved in approved.items() if not is_approved)
    return Kept(standing, waiting, tuple(rewritten), tuple(dict.fromkeys(by_hand)))


def _unwrite(connection: Connection, member: str) -> tuple[list[str], tuple[str, ...]]:
    """Letters that lie ready with the former words go; a kit is in the member's own hands."""
    own = requests.of_member(connection, member)
    held = outgoing.unwrite(connection, [r.reference for r in own if r.letter == OWN_REASON and not r.alone])
    _, by_hand = stopping.remove(connection, member, held)
    return [reference for reference, *_ in held], by_hand


def _row(row: Mapping[str, str], people: Mapping[str, Member], today: dt.date, path: str, line: int) -> Said | Fault:
    if row["member"] not in people:
        return Fault(path, line, "there is no such member", "copy the id from: rightskit members list", "member")
    try:
        day = dt.date.fromisoformat(row["approved"]) if row.get("approved") else None
    except ValueError:
        return Fault(path, line, "not a date", "write YYYY-MM-DD", "approved")
    said = Said(row["member"], plain(row["reason"]), day)
    wrong = _wrong(said, people, today)
    return Fault(path, line, wrong[1], wrong[2], wrong[0]) if wrong else said


def _wrong(said: Said, people: Mapping[str, Member], today: dt.date) -> tuple[str, str, str] | None:
    """Column, what is wrong in it, and what to do instead."""
    if not said.reason and not people[said.member].reason:
        return "reason", "there is no reason yet", "it must be the member's own words; nothing else may stand there"
    if any(is_unseen(character) for character in said.reason.replace("\n", " ")):
        return "reason", "it holds a character that nobody sees", "type it, instead of copying it"
    if said.approved and said.approved > today:
        return "approved", f"{said.approved} lies ahead of {today}", "note an approval when it is there"
    return None


def plain(text: str) -> str:
    """With line breaks of one kind, and without blanks around it."""
    return "\n".join(text.splitlines()).strip()
