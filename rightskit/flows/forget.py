"""``members forget``: nothing of a person stays, in the vault or in the folders that it lists."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.flows import traces
from rightskit.vault import dossiers, forgetting, requests
from rightskit.vault.holdings import Holdings, holdings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Plan:
    """What forgetting a member means.

    Attributes:
        holdings: in the vault.
        files: their letters in listed folders, and the dossiers in which they stand, which are removed.
        by_hand: other files in which they stand: print bundles, lists, exports. A person must see to these.
    """

    holdings: Holdings
    files: tuple[Path, ...]
    by_hand: tuple[Path, ...]


def plan(workspace: Workspace, member: str) -> Plan:
    """Look for everything about a member.

    Raises:
        NotFoundError: there is no such member.
    """
    with workspace.vault.read() as connection:
        found = holdings(connection, member)
        listed = traces.folders(connection)
        inside = [path for folder in dossiers.showing(connection, member) for path in sorted(folder.rglob("*"))]
    names = (member, *found.references)
    files = {path for folder in listed for path in traces.files_named(folder, names)}
    files |= {path for path in inside if path.is_file()}
    words = (*found.sought, *found.outside)
    others = [*traces.mentioning(listed, words), *traces.lists(workspace, (*words, *_of_lists(found)))]
    return Plan(found, tuple(sorted(files)), tuple(path for path in dict.fromkeys(others) if path not in files))


def _of_lists(found: Holdings) -> set[str]:
    """What tells a member in a list of people: also what is another one's too, for each has a row of their own."""
    return {word for one in found.selves for word in (one.name, one.street, one.email) if word}


def forget(workspace: Workspace, member: str) -> Plan:
    """Forget a member while nobody else has the vault open, and give what there was.

    The files go first: should this be interrupted, the vault still knows their names, and a second run finishes.
    Other members who lose a document by it get an event that says so.

    Raises:
        NotFoundError: there is no such member.
        RefusedError: another rightskit has the vault open.
    """
    vault = workspace.vault
    with vault.only_one("send"), vault.only_one("sync"), vault.alone():
        found = plan(workspace, member)
        for path in found.files:
            path.unlink(missing_ok=True)
        with vault.read() as connection:
            for folder in dossiers.showing(connection, member):
                shutil.rmtree(folder, ignore_errors=True)
        with vault.write() as connection:
            forgetting.erase(connection, found.holdings)
            requests.record(connection, _losses(workspace, found.holdings))
        vault.settle_journal()
    return found


def _losses(workspace: Workspace, found: Holdings) -> Sequence[Event]:
    note = "a returned document was removed: it also held a member who was forgotten"
    return [
        Event(reference, EventKind.NOTED, workspace.today, workspace.now, evidence=note, rule="forget")
        for _, reference in found.lost
    ]
