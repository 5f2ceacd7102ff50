"""What all published pages have in common: they count what may be counted after the earlier ones, in the ledger."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.campaign.twins import same_people
from rightskit.disclosures import publishing
from rightskit.disclosures.people import people
from rightskit.disclosures.pool import NOTHING
from rightskit.disclosures.tabulation import is_empty
from rightskit.flows import caserows, pool
from rightskit.flows.release import in_it
from rightskit.reports.rowtext import from_json, to_json
from rightskit.reports.together import together
from rightskit.vault import counted, disclosures, ledger, showntables
from rightskit.vault import members as known_members

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.pool import Pool
    from rightskit.disclosures.tabulation import PoolTable
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.model import CaseRow
    from rightskit.reports.together import Counted


@dataclass(frozen=True, slots=True)
class Publication:
    """What a page may be made from.

    Attributes:
        name: under which the ledger will know it.
        rows: requests as they may be counted; every figure is made from these alone.
        pool: tables of the returned data; one that must wait stands there as it was last published. None where the page
            has none.
        counted: which of the rows moved, for the ledger.
        fresh: the pool as it could be published today, likewise.
    """

    name: str
    rows: Sequence[CaseRow]
    pool: Pool | None
    counted: Counted
    fresh: Pool | None

    @property
    def waiting(self) -> int:
        """How many requests are counted as an earlier page did, because too few took the same step."""
        return self.counted.waiting


@contextmanager
def publication(workspace: Workspace, *, pooled: bool = False) -> Iterator[Publication]:
    """Hold the ledger while a page is made; nothing is written down before :func:`enter`.

    Args:
        workspace: the campaign.
        pooled: whether the page shows the pool's tables.
    """
    now = {row.reference: row for row in caserows.rows(workspace)}
    with workspace.vault.only_one("release"):
        with workspace.vault.read() as connection:
            before = {
                reference: from_json(row, reference, member)
                for reference, member, row in counted.all_counted(connection)
            }
            name = ledger.next_name(connection)
        found = together(now, before, _persons(workspace), workspace.campaign.threshold)
        fresh = pool.pool(workspace) if pooled else None
        shown = fresh and _with_earlier(workspace, fresh)
        yield Publication(name, tuple(found.rows.values()), shown, found, fresh)


def _with_earlier(workspace: Workspace, fresh: Pool) -> Pool:
    """The pool, with what was last published in place of tables of which nothing may be shown today.

    A table that counts somebody who was forgotten, or who has withdrawn, is not shown again.
    """
    with workspace.vault.read() as connection:
        days = ledger.days_of_whole(connection, pool.consents(workspace))
        last = [(days[name], table) for name, table in showntables.last(connection) if name in days]
    known = {_key(table): replace(table, day=day.isoformat()) for day, table in last}
    now = {_key(table): table for table in fresh.tables if not is_empty(table)}
    every = {_key(table): table for table in fresh.tables} | known | now
    return replace(fresh, tables=tuple(every.values()))


def _key(table: PoolTable) -> tuple[str, str]:
    return table.variable, table.kind


def enter(workspace: Workspace, found: Publication, kind: str, content: bytes) -> None:
    """Write a page into the ledger, before anybody can see it.

    Args:
        workspace: the campaign.
        found: what it was made from.
        kind: ``report``, ``export``, ``barometer`` or ``dossier``.
        content: of the page, or of the manifest that names all files.
    """
    seen = publishing.seen(found.fresh) if found.fresh else NOTHING
    inside = in_it(found.fresh) if found.fresh and seen.tables else {}
    digest, members = hashlib.sha256(content).hexdigest(), len(set(inside.values()))
    threshold = workspace.campaign.threshold
    entry = ledger.Release(found.name, kind, workspace.now, digest, threshold, members, 0, seen.edges)
    rows, moved = found.counted.rows, found.counted.moved
    with workspace.vault.write() as connection:
        counted.keep(connection, ((key, rows[key].member, to_json(rows[key])) for key in moved))
        ledger.add(connection, entry, inside, seen.marks, seen.returned)
        showntables.keep(connection, entry.name, seen.tables)


def _persons(workspace: Workspace) -> Mapping[str, int]:
    """Member → the number under which they are counted: one person under two entries steps once."""
    with workspace.vault.write() as connection:
        known = known_members.all_members(connection)
        return people((m.member for m in known), same_people(known), disclosures.secret(connection))
