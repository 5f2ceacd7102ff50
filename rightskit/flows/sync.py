"""``sync``: what came is kept raw, read, filed under its requests, or left for a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from rightskit.flows import filing, member_stream, reading
from rightskit.flows.lookup import Lookup
from rightskit.mailbox import parse, sources
from rightskit.vault import messages, positions
from rightskit.vault.messages import StoredMessage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from rightskit.errors import Fault
    from rightskit.flows.progress import Track
    from rightskit.flows.reading import Reading
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.messages import Known
    from rightskit.vault.positions import Position

BATCH = 50
"""Messages per commit: each commit waits for the disk."""
BATCH_BYTES = 32 * 1024 * 1024
"""And bytes, since a batch is held in memory."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message where it lies.

    Attributes:
        name: file, or account, folder and UID.
        raw: its bytes; None: nothing more is in the folder.
        folder: of a mail account; empty for files.
        position: how far that folder is read with this message.
    """

    name: str
    raw: bytes | None
    folder: str = ""
    position: Position | None = None


@dataclass(slots=True)
class Synced:
    """What came, counted while it comes.

    Attributes:
        by_status: status -> number of new messages.
        by_kind: primary kind -> number of new messages.
        known: messages that were kept before.
        returned: mails to members that came back.
        faults: files that could not be read.
    """

    by_status: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[str] = field(default_factory=Counter)
    known: int = 0
    returned: int = 0
    faults: list[Fault] = field(default_factory=list)


def from_files(workspace: Workspace, source: Path, done: Synced, track: Track) -> None:
    """Read a Maildir, an mbox, a folder of .eml or one message; what is known already is passed over.

    Args:
        workspace: the campaign.
        source: where the messages lie.
        done: takes what it comes to, also where it ends before the end.
        track: counts the messages.
    """
    with workspace.vault.only_one("sync"):
        found = (Found(name, raw) for name, raw in sources.read(source, done.faults))
        sync(workspace, track(found, "messages", sources.number(source)), "", done)


def sync(workspace: Workspace, source: Iterable[Found], account: str, done: Synced) -> None:
    """Keep what is new, then understand and file it; first what an earlier run kept and did not come to read."""
    what = _What(workspace)
    with workspace.vault.read() as connection:
        left = messages.unread(connection)
    for message in left:
        _take_up(workspace, what.lookup, message, done)
    for batch in _batches(source):
        fresh = _fresh([found for found in batch if found.raw is not None], what, done)
        _keep(workspace, fresh, _reached(batch), account)
        if fresh:
            _understand(workspace, what.lookup, [(name, *place) for name, place in fresh.items()], done)


class _What:
    """What is known, read when it is first asked for: most looks into a mailbox find nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @cached_property
    def lookup(self) -> Lookup:
        with self._workspace.vault.read() as connection:
            return Lookup.read(self._workspace, connection)

    @cached_property
    def known(self) -> Known:
        with self._workspace.vault.read() as connection:
            return messages.known_ids(connection)


def _fresh(batch: Sequence[Found], what: _What, done: Synced) -> dict[str, tuple[str, bytes]]:
    """Of the messages of a batch, those that are not kept yet: id -> where it lies, and its bytes."""
    fresh = {}
    for found in batch:
        raw = found.raw or b""
        name = parse.message_hash(raw)
        if name in what.known:
            done.known += 1
        else:
            what.known.add(name)
            fresh[name] = found.name, member_stream.without_documents(what.lookup, raw)
    return fresh


def _batches(source: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for found in source:
        batch.append(found)
        if len(batch) >= BATCH or sum(len(one.raw or b"") for one in batch) > BATCH_BYTES:
            yield batch
            batch = []
    yield batch


def _reached(batch: Sequence[Found]) -> dict[str, Position]:
    return {found.folder: found.position for found in batch if found.position}


def _keep(
    workspace: Workspace, fresh: dict[str, tuple[str, bytes]], reached: dict[str, Position], account: str
) -> None:
    """Keep raw bytes before anything else is done with them; whatever happens then, they wait for a person."""
    if not fresh and not reached:
        return
    with workspace.vault.write() as connection:
        messages.add(
            connection, [(messages.unread_one(name, place, len(raw)), raw) for name, (place, raw) in fresh.items()]
        )
        for folder, position in reached.items():
            positions.settle(connection, account, folder, position)


def _take_up(workspace: Workspace, lookup: Lookup, message: str, done: Synced) -> None:
    """Understand a message at which an earlier run ended; one at which too many end is left to a person."""
    with workspace.vault.write() as connection:
        raw = messages.fetch(connection, message)
        stored = messages.get(connection, message)
        messages.attempt(connection, message)
    if stored:
        _understand(workspace, lookup, [(message, stored.read_from, raw)], done)


def _understand(workspace: Workspace, lookup: Lookup, batch: Sequence[tuple[str, str, bytes]], done: Synced) -> None:
    """Read messages that are kept, and write down all that follows from them, in one transaction.

    A batch holds ids, places and bytes; the bytes may be less than those that the id was made from.
    """
    authserv_id = workspace.account.authserv_id or None
    readings = []
    redacted = set()
    for message, name, raw in batch:
        reply = parse.parse(raw, authserv_id)
        redacted |= {message} - {reply.id}
        one = reading.read(lookup, replace(reply, id=message), raw, name)
        lookup.learn(one.reply, one.filings)
        readings.append(one)
    with workspace.vault.write() as connection:
        readings = [member_stream.settle(workspace, connection, one) for one in readings]
        messages.settle(connection, [(_stored(one, redacted), one.filings) for one in readings])
        filing.apply(workspace, connection, [(one.reply, one.classification, one.filings) for one in readings])
    done.by_status.update(one.status for one in readings)
    done.returned += sum(one.came_back for one in readings)
    done.by_kind.update(one.classification.primary for one in readings)


def _stored(one: Reading, redacted: Collection[str]) -> StoredMessage:
    says, date = one.classification, one.reply.date
    return StoredMessage(
        id=one.reply.id,
        message_id=one.message_id,
        date=date.astimezone(dt.UTC).replace(tzinfo=None) if date else None,
        read_from=one.read_from,
        size=len(one.raw),
        status=one.status,
        primary_kind=says.primary.value,
        confidence=says.confidence,
        certain=says.certain,
        evidence=[
            *([said.kind.value, said.text] for said in says.evidence),
            *([kind.value, text] for kind, text in (one.words.evidence if one.words else ())),
        ],
        redacted=one.reply.id in redacted,
    )
