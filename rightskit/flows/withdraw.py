"""``members withdraw``: a mandate stops all that is still to go out, a consent takes a member out of the pool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.errors import NotFoundError
from rightskit.flows import traces
from rightskit.vault import members, outgoing, requests

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a withdrawn mandate stopped.

    Attributes:
        requests: references of those that are withdrawn with it.
        files: letters that lay ready and were removed.
        by_hand: batches on paper with a letter that must be taken out before they are posted.
    """

    requests: tuple[str, ...]
    files: tuple[Path, ...]
    by_hand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftPool:
    """What a withdrawn consent means.

    Attributes:
        consents: how many stood.
        published: reports and releases made before, which may contain the member's data.
    """

    consents: int
    published: tuple[Path, ...]


def mandate(workspace: Workspace, member: str) -> Stopped:
    """Stop everything that is still to go out for a member: first letters, reminders, answers, complaints.

    Replies that still come are filed as before. Letters that lie ready and were not noted as posted are removed.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: letters are being written right now.
    """
    vault = workspace.vault
    with vault.only_one("send"), vault.write() as connection:
        _demand(connection, member)
        known = [request.reference for request in requests.of_member(connection, member)]
        ended = requests.ended(connection)
        running = [reference for reference in known if reference not in ended]
        held = outgoing.withdraw(connection, known)
        listed = traces.folders(connection)
        files = _files(listed, member, [(reference, letter) for reference, letter, *_ in held])
        members.withdraw_mandate(connection, member, workspace.today)
        requests.record(connection, [_withdrawn(workspace, reference) for reference in running])
        for path in files:
            path.unlink(missing_ok=True)
    lying = {batch for _, _, batch, state in held if state == "queued" and _is_paper(listed, batch)}
    return Stopped(tuple(running), files, tuple(sorted(lying)))


def consent(workspace: Workspace, member: str) -> LeftPool:
    """Take a member out of the pool at once.

    Raises:
        NotFoundError: there is no such member.
    """
    with workspace.vault.write() as connection:
        _demand(connection, member)
        number = members.withdraw_consent(connection, member, workspace.today)
        published = outgoing.listed_folders(connection, "report", "release") if number else []
    return LeftPool(number, tuple(map(Path, published)))


def _demand(connection: Connection, member: str) -> None:
    if all(known.member != member for known in members.all_members(connection)):
        raise NotFoundError(f"There is no member {member}.", "See: rightskit members list")


def _files(listed: list[Path], member: str, letters: list[tuple[str, str]]) -> tuple[Path, ...]:
    """The mails of these letters, and questions to the member."""
    names = {f"{reference}-{letter}.eml" for reference, letter in letters}
    found = [path for folder in listed for path in traces.files_named(folder, [*names, f"{member}-ask"])]
    return tuple(path for path in found if not path.name.startswith(".part-"))


def _is_paper(listed: list[Path], batch: str) -> bool:
    return any(folder.name == batch and (folder / "letters.pdf").exists() for folder in listed)


def _withdrawn(workspace: Workspace, reference: str) -> Event:
    note = "the member withdrew the mandate"
    return Event(reference, EventKind.WITHDRAWN, workspace.today, workspace.now, source="person", evidence=note)
