"""Which letters are in doubt: nobody can tell whether they left. What becomes of them is in ``doubts``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import mailings, outgoing

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.outgoing import Kept


def listed(workspace: Workspace) -> list[Kept]:
    """Letters in doubt, oldest first; one that is leaving at this moment is among them."""
    with workspace.vault.read() as connection:
        return outgoing.in_state(connection, "sending", "doubt")


def of_mailings(workspace: Workspace) -> dict[str, str]:
    """Mails to members in doubt: name -> Message-ID."""
    with workspace.vault.read() as connection:
        return mailings.in_doubt(connection)
