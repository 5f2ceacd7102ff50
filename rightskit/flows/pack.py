"""``members pack``: everything that the campaign holds about one member, for that member (Art. 15 and 20 GDPR)."""

from __future__ import annotations

import csv
import io
import json
import mimetypes
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rightskit.campaign.reference import ALPHABET
from rightskit.delivery import folder as folders
from rightskit.files.packing import pack as write_archive
from rightskit.flows import approvals, packindex, papers
from rightskit.flows.workspace import library_for
from rightskit.vault import disclosures, doubts, mandates, membership, messages, outgoing, requests
from rightskit.vault.holdings import holdings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rightskit.disclosures.model import Observation
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.holdings import Holdings
    from rightskit.vault.store import Connection

_CODE = 24
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Packed:
    """A member's pack.

    Attributes:
        path: of the encrypted archive.
        files: how many it holds.
        password: opens it; it is kept nowhere.
        left_out: how many messages concern other members too, and were left out.
    """

    path: Path
    files: int
    password: str
    left_out: int


def pack(workspace: Workspace, member: str, target: Path) -> Packed:
    """Write a member's pack.

    Args:
        workspace: the campaign.
        member: their id.
        target: the archive, a ``.zip``.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: no named person approved the notice that goes along.
    """
    with workspace.vault.read() as connection:
        found = holdings(connection, member)
    notice = (papers.NOTICE, packindex.language_of(found))
    approvals.demand(workspace, library_for(workspace.folder), {notice})
    with workspace.vault.read() as connection:
        files = dict(_files(connection, found))
        files |= packindex.pages(workspace, connection, found, list(files))
    password = "".join(secrets.choice(ALPHABET) for _ in range(_CODE))
    folders.prepare(target.parent)
    number = write_archive(target, sorted(files.items()), password)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "pack", workspace.now)
    return Packed(target, number, password, len(found.shared))


def _files(connection: Connection, found: Holdings) -> Iterator[tuple[str, bytes]]:
    yield "you.json", _json(_member(connection, found))
    yield "requests.json", _json(_requests(connection, found))
    for letter in outgoing.letters_of(connection, found.references):
        yield f"letters/{letter.reference}-{letter.letter}.{'eml' if letter.recipient else 'txt'}", letter.raw
    for number, message in enumerate(found.messages, 1):
        yield f"replies/{number:03}.eml", messages.fetch(connection, message)
    for number, document in enumerate(found.documents, 1):
        media_type, content = disclosures.content(connection, document)
        yield f"data/{number:03}{mimetypes.guess_extension(media_type) or '.bin'}", content
    for mandate in found.member.mandates:
        if mandate.document:
            yield f"signed/{mandate.id}.pdf", mandates.document(connection, mandate.document)
    values = [one for one in disclosures.observations(connection) if one.member == found.member.member]
    if waiting := doubts.of_member(connection, found.member.member):
        yield "doubtful.json", _json(waiting)
    yield "values.csv", _csv(values)
    yield "values.json", _json([asdict(one) for one in values])


def _member(connection: Connection, found: Holdings) -> dict[str, Any]:
    events = membership.events_by_member(connection, found.member.member).get(found.member.member, ())
    return {**asdict(found.member), "events": [asdict(event) for event in events]}


def _requests(connection: Connection, found: Holdings) -> list[dict[str, Any]]:
    history = requests.events_by_request(connection, found.references)
    asked = requests.of_member(connection, found.member.member)
    return [{**asdict(one), "events": [asdict(event) for event in history[one.reference]]} for one in asked]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()


def _csv(values: Sequence[Observation]) -> bytes:
    """As a spreadsheet opens it: what looks like a formula is text."""
    text = io.StringIO()
    writer = csv.writer(text)
    columns = ("controller", "variable", "value", "unit", "provenance", "place", "recipe")
    writer.writerow(columns)
    writer.writerows([_plain(getattr(one, name)) for name in columns] for one in values)
    return ("\ufeff" + text.getvalue()).encode()


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
