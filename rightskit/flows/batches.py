"""Letters that were written into folders and lie ready for a person to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import outgoing

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def waiting(workspace: Workspace) -> dict[str, int]:
    """Batch -> how many of its letters lie ready and were not noted as posted, in the order of their names."""
    with workspace.vault.read() as connection:
        return outgoing.queued(connection)
