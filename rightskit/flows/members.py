"""``members``: who takes part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign import members_csv
from rightskit.campaign.reference import new_member_id
from rightskit.errors import FaultsError, NotFoundError
from rightskit.vault import members as kept

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.errors import Fault
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import took, and what it left.

    Attributes:
        members: that were taken.
        faults: of the rows that were left, where the person said that valid rows are kept.
    """

    members: tuple[Member, ...]
    faults: tuple[Fault, ...]


def import_(workspace: Workspace, path: Path, *, keep_valid: bool) -> Imported:
    """Take members from a CSV: all of them, or none.

    Args:
        workspace: the campaign.
        path: the file.
        keep_valid: take the rows without a fault although others have one.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: rows have faults and ``keep_valid`` is not set; nothing was taken.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")
    raw = path.read_bytes()
    with workspace.vault.write() as connection:
        known = kept.all_members(connection)
        found = members_csv.parse(raw, str(path), today=workspace.today, new_id=new_member_id, known=known)
        if found.faults and not keep_valid:
            raise FaultsError(
                found.faults,
                f"Nothing was imported. Correct the file, or take the {len(found.members)} valid rows: --keep-valid",
            )
        kept.add(connection, found.members)
    return Imported(found.members, found.faults)


def list_(workspace: Workspace) -> list[Member]:
    """All members."""
    with workspace.vault.read() as connection:
        return kept.all_members(connection)
