"""``members signatures``: pictures of signatures come into the vault, and from there onto the letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.errors import Fault, NotFoundError
from rightskit.files import pictures
from rightskit.vault import members, signatures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rightskit.flows.dispatch import Draft
    from rightskit.flows.workspace import Workspace

ENDINGS = (".png", ".jpg", ".jpeg")


def take(workspace: Workspace, path: Path) -> tuple[int, list[Fault]]:
    """Keep the pictures of a folder, or one picture, each named after its member's id.

    Returns:
        How many were kept, and what is wrong with the others.

    Raises:
        NotFoundError: there is no such file or folder.
    """
    if not path.exists():
        raise NotFoundError(f"There is no {path}.")
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in ENDINGS) if path.is_dir() else [path]
    taken, faults = 0, list[Fault]()
    with workspace.vault.write() as connection:
        known = members.by_id(connection)
        for file in files:
            found = pictures.signature(file) if file.stem in known else "no member has this id"
            if isinstance(found, bytes):
                signatures.keep(connection, file.stem, found)
                taken += 1
            else:
                faults.append(Fault(str(file), None, found, "name a PNG or JPEG after the member's id"))
    return taken, faults


def put(workspace: Workspace, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts with the signatures of their members; one without a signature keeps its line to sign."""
    with workspace.vault.read() as connection:
        known = signatures.by_reference(connection)
    return [
        replace(draft, order=replace(draft.order, signature=known[draft.order.reference]))
        if draft.order.reference in known
        else draft
        for draft in drafts
    ]
