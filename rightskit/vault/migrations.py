"""How a vault of an earlier rightskit becomes one of this.

Each step leads from one ``user_version`` to the next. All that are needed run in one transaction when the vault is
opened: it is of the new version, or unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import (
    addressees,
    approvals,
    counted,
    departures,
    dossiers,
    doubts,
    exports,
    judgements,
    ledger,
    messages,
    migrate_members,
    milestones,
    outgoing,
    schema,
    showntables,
    statements,
    strays,
    trials,
)
from rightskit.vault.versions import stamp, version_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Table


_APART = (
    addressees.addressees,
    approvals.approvals,
    counted.counted,
    counted.counted_members,
    dossiers.dossiers,
    exports.export_keys,
    doubts.doubts,
    ledger.releases,
    milestones.milestones,
    showntables.shown_tables,
    trials.trials,
    statements.previews,
    strays.strays,
)
"""Tables that are declared beside what they are for: imported here, they are made with all others."""


def _new_tables(connection: Connection) -> None:
    """Whatever table is not there yet; those that are there stay as they are."""
    for metadata in {table.metadata for table in _APART}:
        metadata.create_all(connection)


STEPS: dict[int, tuple[Callable[[Connection], None], ...]] = {
    1: (
        migrate_members.mandates,
        _new_tables,
        migrate_members.events,
        migrate_members.reasons,
        migrate_members.addresses,
        migrate_members.consents,
        outgoing.shorten_folders,
        messages.rank_filings,
        judgements.tell_rules,
        departures.add_columns,
    ),
}
"""Version -> what leads from it to the next one, a function for each subject, in this order."""


def every_table() -> list[Table]:
    """Every table of this version, each behind those that it refers to.

    Whoever means all of them asks here: ``schema.metadata`` alone knows only those whose modules were imported.
    """
    return schema.metadata.sorted_tables


def make(connection: Connection) -> None:
    """Every table of this version, in an empty file."""
    schema.metadata.create_all(connection)
    stamp(connection)


def migrate(connection: Connection) -> None:
    """Take a vault to this version, step by step."""
    for version in range(version_of(connection), schema.VERSION):
        for change in STEPS[version]:
            change(connection)
    stamp(connection)
