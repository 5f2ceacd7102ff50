"""Every copy of members' data outside the vault that rightskit knows of: what a person must see to at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.vault import outgoing, recovery

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace

_KINDS = {
    "outbox": "letters as mails",
    "print": "letters to print",
    "kit": "kits for members",
    "ask": "questions to members",
    "pack": "members' packs",
    "dossier": "dossier about a controller",
    "report": "published report",
    "release": "published release",
    "backup": "backup of the vault",
    "handover": "backup that was handed over",
}
PUBLISHED = ("report", "release")
"""What was published stays."""
BY_HAND = ("backup", "handover")
"""What rightskit does not remove by itself."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One place.

    Attributes:
        kind: as the vault lists it, or ``else``.
        path: None where it is no file of this machine.
        text: what it is, for a person.
    """

    kind: str
    path: Path | None
    text: str


def copies(workspace: Workspace) -> list[Copy]:
    """All known places, files and folders first; those that are gone are left out."""
    with workspace.vault.read() as connection:
        listed = [(kind, Path(path)) for kind in _KINDS for path in outgoing.listed_folders(connection, kind)]
    found = [Copy(kind, path, f"{_KINDS[kind]}: {path}") for kind, path in listed if path.exists()]
    second = workspace.folder / recovery.FILE_NAME
    if second.exists():
        found.append(Copy("else", second, f"second key to the vault: {second}"))
    found += [
        Copy("else", path, f"vault before a restore: {path}")
        for path in sorted(workspace.folder.glob("*.before-restore-*"))
    ]
    lists = [path for path in sorted(workspace.folder.glob("*.csv")) if path.name != "members-form.csv"]
    found += [Copy("else", path, f"list beside campaign.yaml: {path}") for path in lists]
    account = workspace.account
    found.append(Copy("else", None, f"mailbox of {account.address}, with what was sent"))
    return [
        *found,
        Copy("else", None, "paper: printed letters, scans, answers that came home, and the members' own copies"),
    ]
