"""``send --canary``: before the first full sending, a few letters show whether addresses and texts hold.

The few are spread over controllers and members. The rest leaves only after the organiser has looked at what became of
them: bounces, receipts, first answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rightskit.cases.model import Answer, EventKind
from rightskit.errors import RefusedError
from rightskit.flows import status
from rightskit.vault import milestones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.flows.dispatch import Draft
    from rightskit.flows.workspace import Workspace

FULL = 50
"""A sending of more letters than this wants a canary before it."""


def spread(drafts: Sequence[Draft], number: int) -> list[Draft]:
    """So many letters: one to each controller in turn, and to each from a member who has none among them yet.

    Args:
        drafts: all that could leave.
        number: how many are wanted.
    """
    waiting: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        waiting[draft.controller].append(draft)
    chosen: list[Draft] = []
    writers: set[str] = set()
    while len(chosen) < number and any(waiting.values()):
        for own in waiting.values():
            if own and len(chosen) < number:
                taken = next((draft for draft in own if _writer(draft) not in writers), own[0])
                own.remove(taken)
                writers.add(_writer(taken))
                chosen.append(taken)
    return chosen


def _writer(draft: Draft) -> str:
    return f"{draft.order.sender.name} {draft.order.sender.email}"


def demand(workspace: Workspace, drafts: int) -> None:
    """Let a full sending pass only after a canary that a person has looked at.

    Raises:
        RefusedError: there was none, or nobody said that they have looked.
    """
    with workspace.vault.read() as connection:
        looked = milestones.CANARY_SEEN in milestones.reached(connection)
    if drafts <= FULL or looked:
        return
    found = became(workspace)
    if not found["sent"]:
        raise RefusedError(
            f"{drafts} letters would leave, and none has shown yet that addresses and texts hold.",
            "Send a few first: rightskit send --to smtp --canary 20",
        )
    raise RefusedError(
        f"Before {drafts} letters leave, look at what became of the first: {_sentence(found)}.",
        "Run sync, look at bounces and answers; then send the rest with: rightskit send --to smtp --canary-seen",
    )


def seen(workspace: Workspace) -> None:
    """Write down that a person has looked at what became of the first letters.

    Raises:
        RefusedError: none has left.
    """
    if not became(workspace)["sent"]:
        raise RefusedError("No letter has left yet.", "A few first: rightskit send --to smtp --canary 20")
    with workspace.vault.write() as connection:
        milestones.reach(connection, milestones.CANARY_SEEN, workspace.today)


def became(workspace: Workspace) -> Mapping[str, int]:
    """What became of all letters that have left so far: ``sent``, ``bounced``, ``received``, ``answered``."""
    counts: Counter[str] = Counter(sent=0, bounced=0, received=0, answered=0)
    for case in status.cases(workspace):
        if any(event.kind is EventKind.SENT for event in case.events):
            counts["sent"] += 1
            counts[case.status.delivery.value] += case.status.delivery.value in {"bounced", "received"}
            counts["answered"] += case.status.answer not in {Answer.NONE, Answer.UNKNOWN}
    return counts


def _sentence(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
