"""Copies of what was sent: filed in the account's own folder, and looked for there when a letter is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.errors import RightskitError
from rightskit.mailbox import sent
from rightskit.vault import departures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.workspace import Workspace

BATCH = 100
"""Copies per commit."""


def file(workspace: Workspace) -> str:
    """File a copy of each letter that lacks one, and say what hindered it; empty where nothing did.

    A copy is a convenience: its failure is told, and tried again with the next sending; no letter waits for it.
    """
    try:
        while True:
            with workspace.vault.read() as connection:
                letters = departures.without_copy(connection, BATCH)
            if not letters:
                return ""
            filed = list(sent.append(workspace.account, letters))
            if not filed:
                return "the account has no imap"
            with workspace.vault.write() as connection:
                departures.note_copies(connection, filed)
    except RightskitError as error:
        return f"{error} {error.hint}".strip()


def file_these(workspace: Workspace, letters: Sequence[tuple[str, bytes]]) -> str:
    """File copies of these messages, as Message-ID and bytes, and say what hindered it; empty where nothing did."""
    if workspace.account.keeps_copies or not letters:
        return ""
    try:
        list(sent.append(workspace.account, letters))
    except RightskitError as error:
        return f"{error} {error.hint}".strip()
    return ""


def held(workspace: Workspace, message_ids: Sequence[str]) -> set[str]:
    """Those of these letters of which the account's folder holds a copy; none where it cannot be asked."""
    try:
        return sent.held(workspace.account, message_ids)
    except RightskitError:
        return set()
