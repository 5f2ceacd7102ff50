"""``sync``: what came is kept raw, read, filed under its requests, or left for a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from rightskit import accounts
from rightskit.cases.matching import match
from rightskit.classification.classify import classify
from rightskit.classification.model import Classification, ReplyKind
from rightskit.errors import NotFoundError
from rightskit.flows import filing
from rightskit.flows.lookup import Lookup
from rightskit.mailbox import imap, parse, sources
from rightskit.vault import messages
from rightskit.vault.messages import Filing, StoredMessage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rightskit.cases.matching import Match
    from rightskit.errors import Fault
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.messages import Known

BATCH = 50
"""Messages per commit: each commit waits for the disk."""

_UNREADABLE = Classification(ReplyKind.OTHER, (ReplyKind.OTHER,), 0.0, certain=False, language="", evidence=())


@dataclass(frozen=True, slots=True)
class Reading:
    """A message, understood as far as the machine can.

    Attributes:
        status: ``filed``, ``review`` or ``ignored``.
        filings: the requests it belongs to, or may belong to.
    """

    reply: Reply
    raw: bytes
    read_from: str
    classification: Classification
    status: str
    filings: tuple[Filing, ...]


@dataclass(frozen=True, slots=True)
class Synced:
    """What came.

    Attributes:
        by_status: status -> number of new messages.
        by_kind: primary kind -> number of new messages.
        known: messages that were kept before.
        faults: files that could not be read.
    """

    by_status: Counter[str]
    by_kind: Counter[str]
    known: int
    faults: tuple[Fault, ...]


def from_files(workspace: Workspace, source: Path, track: Track) -> Synced:
    """Read a Maildir, an mbox, a folder of .eml or one message; what is known already is passed over."""
    faults: list[Fault] = []
    return _sync(workspace, sources.read(source, faults), faults, track)


def from_account(workspace: Workspace, track: Track) -> Synced:
    """Read what is new in the folders of the campaign's mail account, and change nothing there.

    Raises:
        NotFoundError: the campaign names no account that can be read.
        RemoteError: the server failed; what was read until then is kept.
    """
    account = workspace.account
    if account.imap is None:
        raise NotFoundError(
            "The campaign has no mail account that can be read.",
            f"Add `imap:` to the account in {accounts.accounts_file()}, or give --from PATH.",
        )
    password = account.secret().text
    prefix = f"imap:{account.name}:"
    with workspace.vault.read() as connection:
        since = _positions(prefix, messages.places(connection, prefix))
    found = imap.messages(account.imap, password, account.folders, since)
    named = ((f"{prefix}{folder};{validity};{uid}", raw) for folder, validity, uid, raw in found)
    return _sync(workspace, named, [], track)


def _positions(prefix: str, places: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Folder -> UIDVALIDITY and last UID, from the names under which an account's messages are kept."""
    since: dict[str, tuple[int, int]] = {}
    for place in places:
        folder, validity, uid = place.removeprefix(prefix).rsplit(";", 2)
        since[folder] = max(since.get(folder, (0, 0)), (int(validity), int(uid)))
    return since


def _sync(workspace: Workspace, source: Iterable[tuple[str, bytes]], faults: list[Fault], track: Track) -> Synced:
    by_status: Counter[str] = Counter()
    by_kind: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with workspace.vault.only_one("sync"):
        with workspace.vault.read() as connection:
            lookup = Lookup.of(workspace, connection)
            known = messages.known_ids(connection)
        found = track(source, "messages", None)
        fresh = _fresh(found, known, counts, workspace.account.authserv_id or None)
        for batch in _batches(_reading(lookup, reply, raw, name) for name, reply, raw in fresh):
            _keep(workspace, batch)
            by_status.update(reading.status for reading in batch)
            by_kind.update(reading.classification.primary for reading in batch)
    return Synced(by_status, by_kind, counts["known"], tuple(faults))


def _fresh(
    found: Iterable[tuple[str, bytes]], known: Known, counts: Counter[str], authserv_id: str | None
) -> Iterator[tuple[str, Reply, bytes]]:
    """The messages that are not kept yet, parsed."""
    for name, raw in found:
        digest = parse.message_hash(raw)
        if digest not in known:
            known.add(digest)
            yield name, parse.parse(raw, authserv_id), raw
        else:
            counts["known"] += 1


def _reading(lookup: Lookup, reply: Reply, raw: bytes, read_from: str) -> Reading:
    """Understand a message; whatever breaks on the way leaves it to a person, kept as it came."""
    try:
        says = classify(reply)
        found = match(reply, lookup)
    except Exception:  # noqa: BLE001 (a hostile message must not stop the others; it is kept and shown)
        return Reading(reply, raw, read_from, _UNREADABLE, "review", (_nowhere(reply),))
    status = _status(lookup, reply, says, found)
    filings = tuple(_filing(lookup, reply, one, filed=status == "filed") for one in found) or (_nowhere(reply),)
    return Reading(reply, raw, read_from, says, status, filings)


_HARMLESS = frozenset({ReplyKind.BOUNCE, ReplyKind.DELAY, ReplyKind.AUTO_REPLY, ReplyKind.OTHER})
"""Kinds that a mail server or a stranger may send: what they change needs no proof of the sender."""


def _status(lookup: Lookup, reply: Reply, says: Classification, found: tuple[Match, ...]) -> str:
    """Whether the machine may act: only where it is certain, of the request, of the kind and of the sender."""
    if reply.sender in lookup.addresses:
        return "review"
    if not found:
        return "ignored" if says.primary is ReplyKind.OTHER and says.certain else "review"
    sure = says.certain and says.primary not in filing.TO_A_PERSON and all(one.files for one in found)
    proven = says.primary in _HARMLESS or all(lookup.proves(reply, one.reference) for one in found)
    return "filed" if sure and proven else "review"


def _filing(lookup: Lookup, reply: Reply, one: Match, *, filed: bool) -> Filing:
    proven = reply.sender not in lookup.addresses and lookup.proves(reply, one.reference)
    return Filing(reply.id, one.reference, one.outbound_message_id, one.evidence, proven, filed)


def _nowhere(reply: Reply) -> Filing:
    return Filing(reply.id, None, None, "no evidence", proven=False, filed=False)


def _keep(workspace: Workspace, batch: list[Reading]) -> None:
    """Keep messages with all that follows from them, in one transaction."""
    with workspace.vault.write() as connection:
        for reading in batch:
            messages.add(connection, _stored(reading), reading.raw, reading.filings)
            for one in reading.filings:
                if one.filed and one.reference:
                    filing.apply(
                        workspace,
                        connection,
                        reading.reply,
                        reading.classification,
                        one.reference,
                        proven=one.proven,
                    )


def _stored(reading: Reading) -> StoredMessage:
    says, date = reading.classification, reading.reply.date
    return StoredMessage(
        id=reading.reply.id,
        message_id=reading.reply.message_id,
        date=date.astimezone(dt.UTC).replace(tzinfo=None) if date else None,
        read_from=reading.read_from,
        size=len(reading.raw),
        status=reading.status,
        primary_kind=says.primary.value,
        confidence=says.confidence,
        certain=says.certain,
        evidence=[[one.kind.value, one.text] for one in says.evidence],
    )


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    source = iter(readings)
    while batch := list(islice(source, BATCH)):
        yield batch
