"""A follow-up stands in the thread of its request, so that a controller's system files it with what came before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.vault import departures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.dispatch import Draft
    from rightskit.flows.workspace import Workspace

MOST = 10
"""Message-IDs in References: the first one and the last ones, as RFC 5322 section 3.6.4 lets a long line be cut."""
_SOUND = re.compile(r"<[!-;=?-~]{1,200}>")


def in_thread(workspace: Workspace, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; each that follows up a letter answers the last message of its controller, else that letter."""
    followed = [draft.order.reference for draft in drafts if draft.in_reply_to]
    if not followed:
        return list(drafts)
    with workspace.vault.read() as connection:
        ours = departures.message_ids_of(connection, followed)
        theirs = departures.replies_to(connection, followed)
    return [
        _placed(draft, ours.get(draft.order.reference, []), theirs.get(draft.order.reference, []))
        if draft.in_reply_to
        else draft
        for draft in drafts
    ]


def _placed(draft: Draft, ours: Sequence[str], theirs: Sequence[str]) -> Draft:
    """What came from outside is taken only where it has the form of a Message-ID."""
    thread = [one for one in (*ours, *theirs) if _SOUND.fullmatch(one)]
    parent = next((one for one in reversed(theirs) if _SOUND.fullmatch(one)), draft.in_reply_to)
    before = [one for one in thread if one != parent]
    return replace(draft, in_reply_to=parent, references=(*before[:1], *before[1:][-(MOST - 2) :], parent))
