"""How a vault of an earlier rightskit becomes one of this.

Each step leads from one ``user_version`` to the next. All that are needed run in one transaction when the vault is
opened: it is of the new version, or unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import (
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


_APART = (
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
        migrate_members.consents,
        outgoing.shorten_folders,
        messages.rank_filings,
        judgements.tell_rules,
        departures.add_columns,
    ),
}
"""Version -> what leads from it to the next one, a function for each subject, in this order."""


def version_of(connection: Connection) -> int:
    """The version of a vault; 0 where no rightskit wrote the file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(connection: Connection) -> None:
    """Take a vault to this version, step by step."""
    for version in range(version_of(connection), schema.VERSION):
        for change in STEPS[version]:
            change(connection)
    stamp(connection)


def stamp(connection: Connection) -> None:
    """Write down that the vault is of this version."""
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
