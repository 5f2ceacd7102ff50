"""What all published pages have in common: they count what may be counted after the earlier ones, in the ledger."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.disclosures import release_files
from rightskit.disclosures.pool import NOTHING
from rightskit.disclosures.tabulation import is_empty
from rightskit.flows import caserows, memberrows, pool
from rightskit.flows.progress import Steps, silent
from rightskit.flows.release import in_it
from rightskit.reports.recruitment import Members
from rightskit.reports.rowkinds import MEMBERS, REQUESTS
from rightskit.reports.rowtext import from_json, to_json
from rightskit.reports.together import together
from rightskit.vault import counted, ledger, showntables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.disclosures.pool import Pool
    from rightskit.disclosures.tabulation import PoolTable
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.caserow import CaseRow
    from rightskit.reports.memberrow import MemberRow
    from rightskit.reports.together import Counted
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Publication:
    """What a page may be made from.

    Attributes:
        name: under which the ledger will know it.
        rows: requests as they may be counted; every figure about requests is made from these alone.
        members: people as they may be counted; every figure about members is made from these alone.
        pool: tables of the returned data; one that must wait stands there as it was last published. None where the page
            has none.
        counted: which of the rows moved, for the ledger.
        counted_members: likewise.
        fresh: the pool as it could be published today, likewise.
    """

    name: str
    rows: Sequence[CaseRow]
    members: Members
    pool: Pool | None
    counted: Counted[CaseRow]
    counted_members: Counted[MemberRow]
    fresh: Pool | None

    @property
    def waiting(self) -> int:
        """How many requests are counted as an earlier page did, because too few took the same step."""
        return self.counted.waiting

    @property
    def members_waiting(self) -> int:
        """How many members are, likewise."""
        return self.counted_members.waiting


STEPS = 4
"""That :func:`publication` begins: requests, how they were counted, members, pool."""


@contextmanager
def publication(
    workspace: Workspace, steps: Steps, *, pooled: bool = False, track: Track = silent
) -> Iterator[Publication]:
    """Hold the ledger while a page is made; nothing is written down before :func:`enter`.

    Args:
        workspace: the campaign.
        steps: of the page; of these it begins :data:`STEPS`.
        pooled: whether the page shows the pool's tables.
        track: counts the batches of the pool's values.
    """
    person = memberrows.persons(workspace)
    with workspace.vault.only_one("release"):
        found, delivered = _requests(workspace, person, steps)
        steps.begin()
        joined = _members(workspace, person, delivered)
        with workspace.vault.read() as connection:
            name = ledger.next_name(connection)
        steps.begin()
        fresh = pool.pool(workspace, track) if pooled else None
        shown = fresh and _with_earlier(workspace, fresh)
        members = Members(tuple(joined.rows.values()), _same(joined.rows, person), workspace.campaign.population)
        yield Publication(name, tuple(found.rows.values()), members, shown, found, joined, fresh)


def _requests(workspace: Workspace, person: Mapping[str, int], steps: Steps) -> tuple[Counted[CaseRow], frozenset[str]]:
    """As they may be counted, and who received data; how they are, and were counted, is not kept in memory."""
    steps.begin()
    now = {row.reference: row for row in caserows.rows(workspace)}
    steps.begin()
    with workspace.vault.read() as connection:
        before = _requests_before(connection)
    found = together(REQUESTS, now, before, person, workspace.campaign.threshold)
    return found, memberrows.delivered(now.values())


def _members(workspace: Workspace, person: Mapping[str, int], delivered: frozenset[str]) -> Counted[MemberRow]:
    with workspace.vault.read() as connection:
        before = _members_before(connection)
    now = memberrows.rows(workspace, person, before, delivered)
    return together(MEMBERS, now, before, person, workspace.campaign.threshold)


def _requests_before(connection: Connection) -> dict[str, CaseRow]:
    return {
        reference: from_json(REQUESTS, row, reference=reference, member=member)
        for reference, member, row in counted.all_counted(connection)
    }


def _members_before(connection: Connection) -> dict[str, MemberRow]:
    kept = counted.all_members(connection)
    return {member: from_json(MEMBERS, row, member=member) for member, row in kept.items()}


def _same(rows: Mapping[str, MemberRow], person: Mapping[str, int]) -> dict[str, str]:
    """Entry → the one that has its person's row, where that is another."""
    under = {person[name]: name for name in rows if name in person}
    return {name: under[number] for name, number in person.items() if under.get(number, name) != name}


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
    seen = release_files.seen(found.fresh) if found.fresh else NOTHING
    inside = in_it(found.fresh) if found.fresh and seen.tables else {}
    digest, members = hashlib.sha256(content).hexdigest(), len(set(inside.values()))
    threshold = workspace.campaign.threshold
    entry = ledger.Release(found.name, kind, workspace.now, digest, threshold, members, 0, seen.edges)
    rows, moved = found.counted.rows, found.counted.moved
    with workspace.vault.write() as connection:
        counted.keep(connection, ((key, rows[key].member, to_json(rows[key])) for key in moved))
        joined = found.counted_members
        counted.keep_members(connection, ((key, to_json(joined.rows[key])) for key in joined.moved))
        ledger.add(connection, entry, inside, seen.marks, seen.returned)
        showntables.keep(connection, entry.name, seen.tables)
