"""What stops when a member takes a permission back: letters that lie ready go, and what has gone is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.flows import traces
from rightskit.vault import outgoing, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Gone:
    """A letter that has left, and whose controller may have to be told.

    Attributes:
        date: the day on which it was sent.
    """

    reference: str
    controller: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Stopped:
    """What was stopped.

    Attributes:
        requests: references of those that are withdrawn with it.
        files: letters that lay ready and were removed.
        by_hand: batches on paper with a letter that must be taken out before they are posted.
        gone: letters that have left.
    """

    requests: tuple[str, ...]
    files: tuple[Path, ...]
    by_hand: tuple[str, ...]
    gone: tuple[Gone, ...]


def stop(workspace: Workspace, connection: Connection, member: str, references: Sequence[str], reason: str) -> Stopped:
    """Withdraw requests of a member: nothing more is sent for them, and their letters that lie ready are removed.

    Replies that still come are filed as before.
    """
    ended = requests.ended(connection)
    running = [reference for reference in references if reference not in ended]
    held = outgoing.withdraw(connection, references)
    gone = sent(connection, references)
    requests.record(connection, [_withdrawn(workspace, reference, reason) for reference in running])
    files, by_hand = remove(connection, member, held)
    return Stopped(tuple(running), files, by_hand, gone)


def remove(
    connection: Connection, member: str, held: Sequence[tuple[str, str, str, str]]
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Remove the mails of letters that lie ready, and questions to the member.

    Args:
        connection: to the vault, which lists the folders.
        member: the member's id.
        held: reference, letter, batch and state of each letter.

    Returns:
        The removed files; and the batches on paper that hold a letter, which only a person can take out.
    """
    listed = traces.folders(connection)
    names = {f"{reference}-{letter}.eml" for reference, letter, *_ in held}
    found = [path for folder in listed for path in traces.files_named(folder, [*names, f"{member}-ask"])]
    files = tuple(path for path in found if not path.name.startswith(".part-"))
    for path in files:
        path.unlink(missing_ok=True)
    lying = {batch for _, _, batch, state in held if state == "queued" and _is_paper(listed, batch)}
    return files, tuple(sorted(lying))


def sent(connection: Connection, references: Sequence[str]) -> tuple[Gone, ...]:
    """The first letters of these requests that have left."""
    events = requests.events_by_request(connection, references)
    days = {name: [e.happened for e in events[name] if e.kind is EventKind.SENT] for name in references}
    known = {request.reference: request.controller for request in requests.all_requests(connection)}
    return tuple(Gone(name, known[name], min(found)) for name, found in days.items() if found)


def _is_paper(listed: list[Path], batch: str) -> bool:
    return any(folder.name == batch and (folder / "letters.pdf").exists() for folder in listed)


def _withdrawn(workspace: Workspace, reference: str, reason: str) -> Event:
    return Event(reference, EventKind.WITHDRAWN, workspace.today, workspace.now, source="person", evidence=reason)
