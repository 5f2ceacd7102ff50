"""``campaign handover``: a campaign passes to a new organiser, with a record that both sign."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.errors import RefusedError
from rightskit.flows import agenda, outside, papers, status
from rightskit.flows.workspace import library_for
from rightskit.rendering.letter import render
from rightskit.vault import backup, milestones, outgoing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rightskit.flows.workspace import Workspace

_COUNTED = ("members", "requests", "events", "messages", "disclosures")


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over.

    Attributes:
        copy: an encrypted backup, checked by opening it.
        record: a page to print and sign.
        fingerprint: SHA-256 of the copy, in hexadecimal.
    """

    copy: Path
    record: Path
    fingerprint: str


def handover(workspace: Workspace, successor: str, target: Path, language: str) -> Handover:
    """Write a backup and the record of the handover into a folder that only its owner can enter.

    Args:
        workspace: the campaign.
        successor: who takes it over, with an address.
        target: the folder; it is made.
        language: of the record.

    Raises:
        RefusedError: the folder holds a handover already.
    """
    copy = target / f"{workspace.campaign.slug}-{workspace.today}.vault"
    if copy.exists():
        raise RefusedError(f"{copy} exists already.", "Name a new folder.")
    folders.prepare(target)
    open_ = len(agenda.in_order(status.cases(workspace)))
    lying = [one.text for one in outside.copies(workspace)]
    fields: dict[str, object] = {"successor": successor, "open_requests": str(open_) if open_ else "", "copies": lying}
    with _whole(workspace, copy) as counts:
        fingerprint = _sha256(copy)
        fields |= {"counts": [f"{counts.get(name, 0)} {name}" for name in _COUNTED], "fingerprint": fingerprint}
        order = papers.order(workspace.campaign, "paper-handover", language, workspace.today, fields)
        letter = render(order, library_for(workspace.folder))
        record = target / f"record.{letter.order.language}.html"
        folders.write(record, papers.as_page(letter).encode())
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, copy, "handover", workspace.now)
        milestones.reach(connection, milestones.HANDED_OVER, workspace.today)
    return Handover(copy, record, fingerprint)


@contextmanager
def _whole(workspace: Workspace, copy: Path) -> Iterator[Mapping[str, int]]:
    """A copy of the vault, and the number of rows of each table; where its record fails it is not left behind."""
    counts = backup.backup(workspace.vault, copy)
    try:
        yield counts
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
