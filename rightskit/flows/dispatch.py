"""Drafts -> letters that left, once each: what ``send`` and ``followup`` share.

A letter is known by its request and its kind. Its bytes and its Message-ID are in the vault before it leaves, so after
an interruption the very same letter is written again, and one that left is never made a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from itertools import count
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.delivery import folder as folders
from rightskit.delivery import message, outbox
from rightskit.delivery.model import Outgoing
from rightskit.errors import RightskitError
from rightskit.flows import approvals, assent, enclosing, evidence, permission, signatures, threads
from rightskit.flows.printbundle import Paper, Press, by_address
from rightskit.flows.workspace import library_for
from rightskit.rendering.layouts import layout_for
from rightskit.rendering.letter import render
from rightskit.rendering.pdf import pdf
from rightskit.vault import membership, outgoing, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.model import Letter, LetterOrder
    from rightskit.vault.store import Connection

CHANNELS = {"outbox": "email", "print": "post", "kit": "kit", "smtp": "email"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is due to leave.

    Attributes:
        order: what it is rendered from.
        controller: id of the controller that it concerns.
        country: of the recipient: it decides where the envelope has its window.
        in_reply_to: Message-ID of the message that it answers or follows up; empty for a first letter.
        references: Message-IDs of the thread before it, oldest first.
    """

    order: LetterOrder
    controller: str
    country: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Reference and letter: what a letter is unique by."""
        return self.order.reference, self.order.letter


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What a sending came to.

    Attributes:
        batch: its name, for ``posted``; empty where nothing left.
        folder: where the letters lie.
        sent: reference and letter of those that are there.
        stopped: reference -> why its letter did not leave.
    """

    batch: str
    folder: Path
    sent: tuple[tuple[str, str], ...]
    stopped: Mapping[str, str]


class VaultJournal:
    """Writes into the vault what leaves, before and after; why a letter must not leave any more goes to ``stopped``."""

    def __init__(self, workspace: Workspace, batch: str, begun: set[str], stopped: dict[str, str]) -> None:
        self._workspace = workspace
        self._batch = batch
        self._begun = begun
        self._stopped = stopped

    def intend(self, items: Sequence[Outgoing]) -> list[Outgoing]:
        """Commit the letters that are not there from an interrupted sending, and give all that may still leave.

        A withdrawal may have come since the sending was begun.
        """
        with self._workspace.vault.write() as connection:
            letters = {(item.reference, item.letter) for item in items}
            hindered = permission.hindered(connection, letters, self._workspace.today)
            free = [item for item in items if item.reference not in hindered]
            outgoing.intend(connection, [i for i in free if i.message_id not in self._begun], self._batch)
        self._stopped.update(hindered)
        return free

    def done(self, items: Sequence[Outgoing]) -> None:
        """Commit that they lie in the folder, ready to be posted."""
        now, today = self._workspace.now, self._workspace.today
        first = [item for item in items if item.letter not in FOLLOW_UPS]
        with self._workspace.vault.write() as connection:
            outgoing.settle(connection, [item.message_id for item in items], "queued")
            requests.record(
                connection, [Event(item.reference, EventKind.QUEUED, today, now, rule="send") for item in first]
            )


FOLLOW_UPS = {
    "reminder": EventKind.REMINDED,
    "answer-identity": EventKind.IDENTITY_GIVEN,
    "answer-mandate": EventKind.MANDATE_GIVEN,
    "answer-clarification": EventKind.CLARIFICATION_GIVEN,
    "answer-fee": EventKind.DEMAND_CONTESTED,
    "answer-portal": EventKind.DEMAND_CONTESTED,
    "complaint": EventKind.COMPLAINED,
}
"""Letters that are no request of their own, and what has happened once they were posted."""
ABOUT = {"answer-fee": EventKind.FEE_DEMANDED, "answer-portal": EventKind.REDIRECTED}
"""Letter -> the demand that it contests, where there may be others."""


def dispatch(  # noqa: PLR0913, PLR0917 (what is sent, where to, and how)
    workspace: Workspace,
    drafts: Sequence[Draft],
    to: str,
    folder: Path,
    track: Track,
    paper: Paper | None = None,
) -> Dispatched:
    """Write letters into an outbox folder, or into a print bundle below the folder.

    A letter that cannot be rendered is stopped with its reason, and the others go on.

    Raises:
        RefusedError: nobody has approved one of the texts as it stands.
    """
    with workspace.vault.only_one("send"):
        ready = _ready(workspace, drafts, to)
        if not ready.drafts:
            return Dispatched("", folder, (), ready.stopped)
        texts = {(draft.order.letter, draft.order.language) for draft in ready.drafts}
        approvals.demand(workspace, library_for(workspace.folder), texts)
        fresh = evidence.put(workspace, signatures.put(workspace, ready.drafts))
        target = folders.prepare(folder / ready.batch if to == "print" else folder)
        with workspace.vault.write() as connection:
            outgoing.list_folder(connection, target, to, workspace.now)
        sent = _written(workspace, replace(ready, drafts=fresh), to, target, track, paper or Paper())
    return Dispatched(ready.batch, target, tuple(sent), ready.stopped)


@dataclass(frozen=True, slots=True)
class _Ready:
    """What can be written now.

    Attributes:
        batch: its name.
        begun: letters that an interruption left, to be written again as they were.
        stopped: reference -> why nothing is written; what cannot be rendered joins it.
    """

    drafts: Sequence[Draft]
    batch: str
    begun: Mapping[tuple[str, str], Outgoing]
    stopped: dict[str, str]


def _ready(workspace: Workspace, drafts: Sequence[Draft], to: str) -> _Ready:
    with workspace.vault.read() as connection:
        states = outgoing.states(connection)
        begun = {(item.reference, item.letter): item for item in outgoing.unfinished(connection)}
        batch = _begun_bundle(connection, to) or batch_name(workspace, to, outgoing.batches(connection))
        ended = membership.barred(connection)  # a withdrawal may have come since the drafts were made
        stopped = dict(permission.uncovered(connection, {draft.key for draft in drafts}, workspace.today))
    stopped |= assent.missing(workspace, (draft.order for draft in drafts))
    fresh = [
        draft
        for draft in drafts
        if states.get(draft.key, "intended") == "intended"
        and draft.order.reference not in ended
        and draft.order.reference not in stopped
    ]
    return _Ready(fresh, batch, begun, stopped)


def _written(  # noqa: PLR0913, PLR0917 (as dispatch)
    workspace: Workspace, ready: _Ready, to: str, target: Path, track: Track, paper: Paper
) -> list[tuple[str, str]]:
    """Reference and letter of what was written: its bytes, of thousands, are not kept in memory."""
    journal = VaultJournal(workspace, ready.batch, {item.message_id for item in ready.begun.values()}, ready.stopped)
    if to == "print":
        press = Press(workspace, sorted(ready.drafts, key=by_address), ready.begun, paper)
        return press.run(target, journal, ready.stopped, track)
    placed = threads.in_thread(workspace, ready.drafts)
    items = _items(workspace, track(placed, "letters", len(placed)), ready.begun, ready.stopped)
    return [(item.reference, item.letter) for item in outbox.deliver(items, target, journal)]


def batch_name(workspace: Workspace, to: str, taken: set[str]) -> str:
    """A name for a batch that none has yet; it starts with the day."""
    names = (f"{workspace.today}-{to}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _begun_bundle(connection: Connection, to: str) -> str:
    """The bundle that an interrupted printing left, to be gone on with; empty where there is none."""
    return next(
        (
            batch
            for batch in sorted(outgoing.batches(connection))
            if to == "print" and f"-{to}-" in batch
            for kept in outgoing.of_batch(connection, batch)
            if kept.state == "intended"
        ),
        "",
    )


def _items(
    workspace: Workspace,
    drafts: Iterable[Draft],
    begun: Mapping[tuple[str, str], Outgoing],
    stopped: dict[str, str],
) -> Iterator[Outgoing]:
    library = library_for(workspace.folder)
    for draft in drafts:
        if draft.key in begun:
            yield begun[draft.key]
            continue
        try:
            yield mail(workspace, draft, render(draft.order, library), workspace.now)
        except RightskitError as error:
            stopped[draft.order.reference] = str(error)


def mail(workspace: Workspace, draft: Draft, letter: Letter, date: dt.datetime) -> Outgoing:
    """A letter as a message from the campaign's account, with all that it says it encloses.

    Raises:
        RefusedError: what it encloses does not go into a mail.
    """
    order, account, campaign = draft.order, workspace.account, workspace.campaign
    envelope = message.Envelope(
        sender_name=sender_name(order, campaign.organiser.name),
        sender=account.address,
        recipient=order.recipient.email,
        reply_to=order.reply_to,
        in_reply_to=draft.in_reply_to,
        references=draft.references,
    )
    message_id = message.new_message_id(order.reference, order.letter, account.address)
    own = [_as_pdf(letter, draft.country)] if campaign.attach_pdf else []
    raw = message.build(letter, envelope, message_id, date, [*own, *enclosing.attached(workspace, order)])
    return Outgoing(order.reference, order.letter, message_id, order.recipient.email, raw)


def _as_pdf(letter: Letter, country: str) -> message.Attachment:
    """The letter as it would stand on paper."""
    name = f"{letter.order.reference}-{letter.order.letter}.pdf"
    return message.Attachment(name, "application/pdf", pdf(letter, layout_for(country)))


def sender_name(order: LetterOrder, organiser: str) -> str:
    """Who writes: the member by way of the campaign, or under a mandate the campaign itself."""
    return organiser if "representative" in order.fields else f"{order.sender.name} via {organiser}"


def happened(
    kind: EventKind, about: Sequence[str], moment: dt.datetime, evidence: str, letter: str = ""
) -> list[Event]:
    """What happened to requests when a message left by mail, or did not.

    Args:
        kind: of event.
        about: references of the requests.
        moment: when.
        evidence: the server's words.
        letter: that left; empty where none did.
    """
    detail = {"channel": "email"} if letter else {}
    if letter in ABOUT:
        detail["demand"] = ABOUT[letter].value
    day, noted = moment.date(), moment.astimezone(UTC)
    return [Event(name, kind, day, noted, evidence=evidence, detail=detail, rule="send") for name in about]
