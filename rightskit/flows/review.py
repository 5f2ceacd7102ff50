"""``review``: what waits for a person, alike beside alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases import likeness
from rightskit.cases.model import EventKind
from rightskit.cases.sender import domain_of
from rightskit.classification.model import ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.errors import RefusedError, WrongUsageError
from rightskit.flows import authorities, deciding, replies
from rightskit.flows.progress import silent
from rightskit.vault import decisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.flows.progress import Track
    from rightskit.flows.replies import Kept
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Group:
    """Messages from one house that say the same.

    Attributes:
        kind: proposed, of a controller's reply.
        authority: what a supervisory authority seems to write, where one does.
        sender: domain; empty where it is broken.
        kept: the messages, oldest first.
        postponed: how often they were put off.
    """

    kind: ReplyKind
    sender: str
    kept: tuple[Kept, ...]
    postponed: int = 0
    authority: str = ""

    @property
    def proposed(self) -> str:
        """What the machine takes them for."""
        return self.authority or self.kind.value

    @property
    def plain(self) -> tuple[Kept, ...]:
        """Those of which only the kind is in doubt."""
        return tuple(kept for kept in self.kept if is_plain(kept))


def waiting(workspace: Workspace) -> list[Kept]:
    """The messages that wait for a person, oldest first."""
    return [kept for kept in replies.list_(workspace) if kept.message.status == "review"]


def groups(workspace: Workspace, found: Sequence[Kept], track: Track) -> list[Group]:
    """The waiting messages by sender, proposed kind and words: what was put off last, then the largest group first."""
    by_id = {kept.message.id: kept for kept in found}
    houses: dict[tuple[str, str, int, str], list[tuple[str, str]]] = {}
    with workspace.vault.read() as connection:
        late = decisions.postponed(connection)
        for kept in track(found, "opening what waits", len(found)):
            _, reply = replies.both(connection, kept.message.id)
            words = own_words(reply.text) or reply.subject
            authority = authorities.proposed(workspace, reply, kept.filings)
            essence = likeness.essence(words)
            house = domain_of(reply.sender), kept.message.primary_kind, late.get(kept.message.id, 0), authority
            houses.setdefault(house, []).append((kept.message.id, essence))
    made = [
        Group(ReplyKind(kind), sender, tuple(by_id[name] for name in names), times, authority)
        for (sender, kind, times, authority), texts in houses.items()
        for names in likeness.groups(texts)
    ]
    return sorted(made, key=lambda group: (group.postponed, -len(group.kept)))


def accept(workspace: Workspace, kind: ReplyKind) -> tuple[int, int]:
    """Accept the proposed kind of every waiting message of which only the kind is in doubt.

    Returns:
        How many were accepted, and how many of this kind still wait.
    """
    group = [kept for kept in waiting(workspace) if kept.message.primary_kind == kind]
    return accept_group(workspace, group, kind), sum(not is_plain(kept) for kept in group)


def accept_written(workspace: Workspace, kind: EventKind) -> tuple[int, int]:
    """Accept what supervisory authorities seem to have written, of letters that tell one request with a complaint.

    Returns:
        How many were accepted, and how many of this kind still wait.

    Raises:
        WrongUsageError: of a decision, which a person reads.
    """
    if kind is EventKind.AUTHORITY_DECIDED:
        raise WrongUsageError("How a complaint ended is for a person to read.", "One by one: rightskit review")
    alike = (group for group in groups(workspace, waiting(workspace), silent) if group.authority == kind)
    found = [kept for group in alike for kept in group.kept]
    done = sum(_accept_letter(workspace, kept, kind) for kept in found)
    return done, len(found) - done


def _accept_letter(workspace: Workspace, kept: Kept, kind: EventKind) -> bool:
    if len(kept.likely) != 1:
        return False
    try:
        authorities.record(workspace, kept.message.id, authorities.Written(kind), kept.likely)
    except RefusedError:  # no complaint was lodged
        return False
    return True


def accept_group(workspace: Workspace, group: Iterable[Kept], kind: ReplyKind) -> int:
    """Accept a kind for those of a group of which only the kind is in doubt."""
    plain = [(kept.message.id, kept.likely) for kept in group if is_plain(kept)]
    deciding.decide_all(workspace, plain, kind)
    return len(plain)


def is_plain(kept: Kept) -> bool:
    """Whether only the kind is in doubt: the evidence names one request, and its controller is the sender."""
    return len(kept.likely) == len(kept.filings) == 1 and kept.filings[0].proven
