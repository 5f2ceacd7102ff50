"""What waits in ``data review``, as ``due`` tells it: counted without loading what reads documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.vault import doubts, strays

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def numbers(workspace: Workspace) -> tuple[int, int, int]:
    """How many values wait, in how many documents, and how many scanned papers wait."""
    with workspace.vault.read() as connection:
        papers = len(strays.waiting(connection))
        return doubts.number_waiting(connection), doubts.documents_waiting(connection), papers
