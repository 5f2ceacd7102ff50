"""``--to smtp``: letters leave by the campaign's own account, each once or held; ``send``, ``followup``, ``ask``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.accounts import accounts_file
from rightskit.cases.model import EventKind
from rightskit.delivery.model import Parcel
from rightskit.delivery.pace import Pacer, spread
from rightskit.delivery.post import PauseError, Postman, Tally
from rightskit.delivery.smtp import Line
from rightskit.errors import NotFoundError, RemoteError
from rightskit.flows import approvals, assent, copies, dispatch, doubts, evidence, permission, threads
from rightskit.flows.journals import LetterJournal
from rightskit.flows.workspace import library_for
from rightskit.rendering.letter import render
from rightskit.vault import departures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rightskit.accounts import SmtpServer
    from rightskit.delivery.model import Outgoing, PostJournal
    from rightskit.delivery.post import Clock
    from rightskit.flows.dispatch import Draft
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that is due to leave, and what follows once it has.

    Attributes:
        parcel: the message.
        kind: of event that its leaving is.
        about: references of the requests to which that happens.
        to: id of the controller that it concerns, or of the member that is asked.
        text: letter and language: what a person must have approved; empty where that was asked before.
        held: why it must not leave; empty where it may.
    """

    parcel: Parcel
    kind: EventKind
    about: tuple[str, ...]
    to: str
    text: tuple[str, str]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What would leave now.

    Attributes:
        mails: in the order of leaving.
        times: when each of them leaves, if nothing comes between.
        later: how many wait for another day, because their recipient has had enough for today.
        stopped: reference -> why its letter must not leave, such as a mandate that has ended since.
    """

    mails: tuple[Mail, ...]
    times: tuple[dt.datetime, ...]
    later: int
    stopped: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Posted:
    """What a sending came to.

    Attributes:
        tally: letter by letter.
        left: how many were not begun.
        why: what ended the sending before its end; None where nothing did.
        copies: what hindered the filing of copies; empty where nothing did.
    """

    tally: Tally
    left: int
    why: RemoteError | PauseError | None
    copies: str


def round_(workspace: Workspace, mails: Sequence[Mail], clock: Clock, limit: int | None = None) -> Round:
    """What leaves next, in turn by recipient, and when.

    Raises:
        NotFoundError: the campaign has no account that sends.
    """
    server_of(workspace)
    pace = workspace.campaign.pace
    with workspace.vault.read() as connection:
        left = departures.left_since(connection, clock.now() - _DAY)
        letters = {mail.parcel.key for mail in mails if mail.kind is not EventKind.MEMBER_ASKED}
        stopped = dict(permission.uncovered(connection, letters, clock.now().date()))
    stopped |= {mail.parcel.reference: mail.held for mail in mails if mail.held}
    free = [mail for mail in mails if mail.parcel.reference not in stopped or mail.kind is EventKind.MEMBER_ASKED]
    room: dict[str, int] = {}
    for _, address in left:
        room[address] = room.get(address, 0) + 1
    chosen = spread(free, lambda mail: mail.parcel.recipient, room, pace.per_recipient)
    now = tuple(chosen[:limit])
    return Round(now, tuple(_pacer(workspace, clock).times(clock.now(), len(now))), len(free) - len(chosen), stopped)


def post(
    workspace: Workspace, mails: Sequence[Mail], clock: Clock, track: Track, journal: PostJournal | None = None
) -> Posted:
    """Send messages, at the campaign's pace.

    What an earlier sending left in doubt is looked up first, and never sent again by itself.

    Raises:
        RefusedError: nobody has approved one of the texts as it stands, or another sending is at work.
    """
    account = workspace.account
    approvals.demand(workspace, library_for(workspace.folder), {mail.text for mail in mails if any(mail.text)})
    with workspace.vault.only_one("send"):
        doubts.look_up(workspace)
        keeping = journal or LetterJournal(workspace, mails, clock.now)
        line = Line(server_of(workspace), account.address, account.secret)
        postman = Postman(line, keeping, _pacer(workspace, clock), clock)
        why: RemoteError | PauseError | None = None
        done = 0
        try:
            for _ in track(postman.deliver(mail.parcel for mail in mails), "letters", len(mails)):
                done += 1
        except (RemoteError, PauseError) as error:
            why = error
        hindered = copies.file(workspace)
        if journal is not None:
            hindered = copies.file_these(workspace, [(item.message_id, item.raw) for item in postman.tally.sent])
        return Posted(postman.tally, len(mails) - done, why, hindered)


def server_of(workspace: Workspace) -> SmtpServer:
    """Where the campaign's mail leaves.

    Raises:
        NotFoundError: its account names no such server.
    """
    if workspace.account.smtp is None:
        raise NotFoundError(
            "The campaign has no mail account that sends.",
            f"Name one as `account:` in campaign.yaml, with `smtp:` in {accounts_file()}. "
            "To make one: rightskit accounts add campaign --address you@example.org",
        )
    return workspace.account.smtp


def letters(workspace: Workspace, drafts: Sequence[Draft]) -> list[Mail]:
    """Letters as messages that are due; what follows up an earlier one stands in its thread."""
    library = library_for(workspace.folder)
    held = assent.missing(workspace, (draft.order for draft in drafts))

    def writer(draft: Draft) -> Callable[[dt.datetime], Outgoing]:
        def write(moment: dt.datetime) -> Outgoing:
            dated = replace(draft, order=replace(draft.order, date=moment.date()))
            return dispatch.mail(workspace, dated, render(dated.order, library), moment)

        return write

    return [
        Mail(
            Parcel(*draft.key, draft.order.recipient.email, writer(draft)),
            dispatch.FOLLOW_UPS.get(draft.order.letter, EventKind.SENT),
            (draft.order.reference,),
            draft.controller,
            (draft.order.letter, draft.order.language),
            held.get(draft.order.reference, ""),
        )
        for draft in threads.in_thread(workspace, evidence.put(workspace, drafts))
    ]


def _pacer(workspace: Workspace, clock: Clock) -> Pacer:
    limits = workspace.account.limits
    with workspace.vault.read() as connection:
        left = departures.left_since(connection, clock.now() - _DAY)
    pace = workspace.campaign.pace.slower_of(limits.per_minute, limits.per_day)
    return Pacer(pace, [moment for moment, _ in left])
