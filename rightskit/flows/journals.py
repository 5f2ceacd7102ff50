"""What the vault is told while messages leave by SMTP: letters about requests, and mails to members."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from rightskit.cases.model import EventKind
from rightskit.flows import dispatch, permission, returned
from rightskit.flows.returned import Notice
from rightskit.vault import departures, mailings, membership, outgoing, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from rightskit.accounts import MailAccount
    from rightskit.delivery.model import Outgoing
    from rightskit.flows.post import Mail
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

_NO_SUCH_ADDRESS = re.compile(r"55[013] (?:5\.1\.\d+|5\.2\.1|(?!5\.\d))")
"""Of all permanent refusals those of the address; the others are of the mail (RFC 3463 section 3.2 and 3.3)."""


class LetterJournal:
    """Writes into the vault what leaves, before and after each letter."""

    def __init__(self, workspace: Workspace, mails: Sequence[Mail], now: Callable[[], dt.datetime]) -> None:
        self._workspace = workspace
        self._mails: Mapping[tuple[str, str], Mail] = {mail.parcel.key: mail for mail in mails}
        self._now = now
        self._copy = _wants_copies(workspace.account)
        with workspace.vault.read() as connection:
            self._batch = dispatch.batch_name(workspace, "smtp", outgoing.batches(connection))

    def intend(self, item: Outgoing) -> bool:
        """Commit the letter, unless it must not leave any more or was begun before."""
        with self._workspace.vault.write() as connection:
            if permission.hindered(connection, {(item.reference, item.letter)}, self._now().date()):
                return False
            return departures.begin(connection, item, self._batch)

    def back(self, item: Outgoing) -> None:
        """Nothing of it left."""
        with self._workspace.vault.write() as connection:
            departures.forget(connection, item.message_id)

    def sent(self, item: Outgoing, answer: str) -> None:
        """It left, and what follows from that has happened."""
        mail, now = self._mails[item.reference, item.letter], self._now()
        with self._workspace.vault.write() as connection:
            departures.settle(connection, item.message_id, "sent", now, copy=self._copy)
            events = dispatch.happened(mail.kind, mail.about, now, answer, item.letter)
            if mail.kind is EventKind.MEMBER_ASKED:
                events = [replace(one, detail={**one.detail, "message_id": item.message_id}) for one in events]
            requests.record(connection, events)

    def refused(self, item: Outgoing, answer: str) -> None:
        """The server would not take it: the address of a first letter is wrong; of another one it is only noted."""
        mail, now = self._mails[item.reference, item.letter], self._now()
        first = mail.kind is EventKind.SENT
        kind, words = (EventKind.BOUNCED, answer) if first else (EventKind.NOTED, f"{item.letter} refused: {answer}")
        with self._workspace.vault.write() as connection:
            departures.settle(connection, item.message_id, "refused", None, copy=False)
            requests.record(connection, dispatch.happened(kind, mail.about, now, words))
            if mail.kind is EventKind.MEMBER_ASKED:
                _came_back(connection, item, answer, now)

    def doubt(self, item: Outgoing, why: str) -> None:
        """Nobody can tell."""
        now = self._now()
        words = f"{item.letter} in doubt: {why}"
        with self._workspace.vault.write() as connection:
            departures.settle(connection, item.message_id, "doubt", None, copy=False)
            requests.record(connection, dispatch.happened(EventKind.NOTED, (item.reference,), now, words))


class MailingJournal:
    """Writes into the vault which mails to members left; what they are about was noted when they were written."""

    def __init__(self, workspace: Workspace, now: Callable[[], dt.datetime]) -> None:
        self._workspace = workspace
        self._now = now

    def intend(self, item: Outgoing) -> bool:
        """Commit the mail's name and Message-ID, unless it was begun before or its member wants to leave."""
        with self._workspace.vault.write() as connection:
            if item.letter in membership.held(connection):
                return False
            return mailings.begin(connection, item.message_id, item.reference)

    def back(self, item: Outgoing) -> None:
        """Nothing of it left."""
        with self._workspace.vault.write() as connection:
            mailings.forget(connection, item.message_id)

    def sent(self, item: Outgoing, answer: str) -> None:  # noqa: ARG002 (the protocol's words)
        """It left."""
        self._settle(item, "sent", self._now())

    def refused(self, item: Outgoing, answer: str) -> None:
        """The server would not take it: mail does not reach the member."""
        self._settle(item, "refused", None)
        with self._workspace.vault.write() as connection:
            _came_back(connection, item, answer, self._now())

    def doubt(self, item: Outgoing, why: str) -> None:  # noqa: ARG002 (likewise)
        """Nobody can tell."""
        self._settle(item, "doubt", None)

    def _settle(self, item: Outgoing, state: str, departed: dt.datetime | None) -> None:
        with self._workspace.vault.write() as connection:
            mailings.settle(connection, item.message_id, state, departed)


def _came_back(connection: Connection, item: Outgoing, answer: str, now: dt.datetime) -> None:
    """Where the server does not know the address of a mail to a member, it reaches nobody."""
    about = returned.named(item.message_id)
    if about and _NO_SUCH_ADDRESS.match(answer):
        told = Notice(now.date(), now.astimezone(UTC), None, "rightskit", answer, {item.recipient.lower()})
        returned.note(connection, about, told)


def _wants_copies(account: MailAccount) -> bool:
    return account.imap is not None and not account.keeps_copies
