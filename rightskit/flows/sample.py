"""``review --sample``: how often the machine was wrong, by decisions drawn at random that a person looks at again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind
from rightskit.flows import deciding, replies
from rightskit.flows.review import Group
from rightskit.reports.quality import Audit
from rightskit.vault import answers, decisions

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace


def draw(workspace: Workspace, size: int) -> list[Group]:
    """What is left to look at of a sample of the messages that the machine filed; each could be drawn alike.

    The order of drawing follows from the messages alone: whoever draws again goes on in the same sample, and
    cannot look for a better one. Of what was decided again without being drawn, only what is drawn now belongs to it.
    """
    with workspace.vault.read() as connection:
        seen, again = answers.looked_at(connection), answers.looked_again(connection)
    found = {kept.message.id: kept for kept in replies.list_(workspace)}
    filed = [name for name, kept in found.items() if name in again or (name not in seen and _is_filed(kept))]
    drawn = sorted(filed, key=_lot)[:size]
    with workspace.vault.write() as connection:
        decisions.draw(connection, drawn)
    return [_alone(found[name]) for name in drawn if name not in again]


def accept(workspace: Workspace, size: int, kind: ReplyKind) -> int:
    """A person found right all that is left of a sample and was filed as this kind: how many these are."""
    right = [one.message.id for group in draw(workspace, size) if group.kind is kind for one in group.kept]
    deciding.confirm(workspace, right)
    return len(right)


def result(workspace: Workspace) -> Audit:
    """What persons found so far in what was drawn."""
    with workspace.vault.read() as connection:
        return Audit(*answers.audit(connection))


def _is_filed(kept: replies.Kept) -> bool:
    return kept.message.status == "filed"


def _lot(message: str) -> bytes:
    return hashlib.sha256(f"sample {message}".encode()).digest()


def _alone(kept: replies.Kept) -> Group:
    return Group(ReplyKind(kept.message.primary_kind), "", (kept,))
