"""``members reason``: why members object under Art. 21(1), in their own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.campaign.model import OWN_REASON
from rightskit.errors import Fault, RefusedError
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

COLUMNS = ("member", "reason")


@dataclass(frozen=True, slots=True)
class Said:
    """What a member says.

    Attributes:
        member: the member's id.
        reason: in the member's words.
    """

    member: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What noting came to.

    Attributes:
        members: ids of those whose reasons are kept.
        rewritten: references of letters that lay ready with other words, and are written anew.
        by_hand: batches on paper from which such a letter must be taken out.
        faults: of the rows that were left.
    """

    members: tuple[str, ...]
    rewritten: tuple[str, ...]
    by_hand: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def keep(workspace: Workspace, said: Said) -> Kept:
    """Keep a member's reason. Other words than before ask for another yes to the letter.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: there is none, it holds what nobody sees, or letters are being written right now.
    """
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        person = members.one(connection, said.member)
        if wrong := _wrong(said):
            raise RefusedError(f"{wrong[0]}.", wrong[1])
        return _keep(connection, {person.member: person}, [said])


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
    rows = listed.rows(path, COLUMNS, COLUMNS)
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        people = members.by_id(connection)
        read = (_row(row, people, str(path), line) for line, row in rows)
        valid, faults = listed.parted(read, keep_valid=keep_valid, done="noted")
        done = _keep(connection, people, valid)
    return replace(done, faults=faults)


def read(path: Path) -> str:
    """The words in a text file.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: it is no text, or holds none.
    """
    paths.demand_file(path)
    raw = path.read_bytes()
    words = "" if b"\0" in raw else plain(decoded(raw))
    if not words:
        raise RefusedError(f"{path} holds no text.", "A plain text file with the member's own words.")
    return words


def _keep(connection: Connection, people: Mapping[str, Member], said: Sequence[Said]) -> Kept:
    rewritten, by_hand = list[str](), list[str]()
    for one in said:
        if one.reason != people[one.member].reason:
            members.change(connection, one.member, {"reason": one.reason})
            again, batches = _unwrite(connection, one.member)
            rewritten += again
            by_hand += batches
    names = dict.fromkeys(one.member for one in said)
    return Kept(tuple(names), tuple(rewritten), tuple(dict.fromkeys(by_hand)))


def _unwrite(connection: Connection, member: str) -> tuple[list[str], tuple[str, ...]]:
    """Letters that lie ready with the former words go; a kit is in the member's own hands."""
    own = requests.of_member(connection, member)
    held = outgoing.unwrite(connection, [r.reference for r in own if r.letter == OWN_REASON and not r.alone])
    _, by_hand = stopping.remove(connection, member, held)
    return [reference for reference, *_ in held], by_hand


def _row(row: Mapping[str, str], people: Mapping[str, Member], path: str, line: int) -> Said | Fault:
    if row["member"] not in people:
        return Fault(path, line, "there is no such member", "copy the id from: rightskit members list", "member")
    said = Said(row["member"], plain(row["reason"]))
    wrong = _wrong(said)
    return Fault(path, line, *wrong, "reason") if wrong else said


def _wrong(said: Said) -> tuple[str, str] | None:
    """What is wrong with a reason, and what to do instead."""
    if not said.reason:
        return "there is no reason", "it must be the member's own words; nothing else may stand there"
    if any(is_unseen(character) for character in said.reason.replace("\n", " ")):
        return "it holds a character that nobody sees", "type it, instead of copying it"
    return None


def plain(text: str) -> str:
    """With line breaks of one kind, and without blanks around it."""
    return "\n".join(text.splitlines()).strip()
