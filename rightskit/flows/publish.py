"""What all published pages have in common: they count what may be counted after the earlier ones, in the ledger."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.twins import same_people
from rightskit.disclosures import publishing
from rightskit.disclosures.people import people
from rightskit.flows import caserows, pool
from rightskit.flows.release import in_it
from rightskit.reports.rowtext import from_json, to_json
from rightskit.reports.together import together
from rightskit.vault import counted, disclosures, ledger
from rightskit.vault import members as known_members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.pool import Pool
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.model import CaseRow
    from rightskit.reports.together import Counted


@dataclass(frozen=True, slots=True)
class Publication:
    """What a page may be made from.

    Attributes:
        name: under which the ledger will know it.
        rows: requests as they may be counted; every figure is made from these alone.
        pool: tables of the returned data.
        counted: which of the rows moved, for the ledger.
    """

    name: str
    rows: Sequence[CaseRow]
    pool: Pool
    counted: Counted

    @property
    def waiting(self) -> int:
        """How many requests are counted as an earlier page did, because too few took the same step."""
        return self.counted.waiting


@contextmanager
def publication(workspace: Workspace) -> Iterator[Publication]:
    """Hold the ledger while a page is made; nothing is written down before :func:`enter`."""
    now = {row.reference: row for row in caserows.rows(workspace)}
    with workspace.vault.only_one("release"):
        with workspace.vault.read() as connection:
            before = {
                reference: from_json(row, reference, member)
                for reference, member, row in counted.all_counted(connection)
            }
            name = ledger.next_name(connection)
        found = together(now, before, _persons(workspace), workspace.campaign.threshold)
        yield Publication(name, tuple(found.rows.values()), pool.pool(workspace), found)


def enter(workspace: Workspace, found: Publication, kind: str, content: bytes) -> None:
    """Write a page into the ledger, before anybody can see it.

    Args:
        workspace: the campaign.
        found: what it was made from.
        kind: ``report``, ``export`` or ``barometer``.
        content: of the page, or of the manifest that names all files.
    """
    shown, moved = publishing.seen(found.pool), found.counted.moved
    inside = in_it(found.pool, pool.numbers(workspace, pool.STATISTICS)) if shown.edges else {}
    digest = hashlib.sha256(content).hexdigest()
    members = len(set(inside.values()))
    entry = ledger.Release(found.name, kind, workspace.now, digest, shown.threshold, members, 0, shown.edges)
    with workspace.vault.write() as connection:
        rows = found.counted.rows
        counted.keep(connection, ((key, rows[key].member, to_json(rows[key])) for key in moved))
        ledger.add(connection, entry, inside, shown.marks)


def _persons(workspace: Workspace) -> Mapping[str, int]:
    """Member → the number under which they are counted: one person under two entries steps once."""
    with workspace.vault.write() as connection:
        known = known_members.all_members(connection)
        return people((m.member for m in known), same_people(known), disclosures.secret(connection))
