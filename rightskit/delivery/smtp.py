"""A connection to the account's own mail server: one for many letters, with certificates checked (RFC 5321, 6409)."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.delivery.answers import Answer, Stage, Verdict, judge
from rightskit.delivery.connection import TIME_LIMIT, connect, log_in, why
from rightskit.delivery.message import local_part, routable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rightskit.accounts import SmtpServer
    from rightskit.credentials import Secret
    from rightskit.delivery.model import Outgoing

LAST_TIME_LIMIT = 600
"""Seconds for the answer to a whole message (RFC 5321 section 4.5.3.2.6): hanging up earlier would leave a doubt."""
_DONE, _GO_ON = 2, 3


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing over one letter.

    Attributes:
        answer: the server's last words; code 0 where it said nothing.
    """

    verdict: Verdict
    answer: Answer


class Line:
    """A connection that is opened when it is needed, and again when it has broken.

    Args:
        server: where to.
        sender: address in MAIL FROM, to which bounces go.
        secret: gives the password or a token; asked at each login.
    """

    def __init__(self, server: SmtpServer, sender: str, secret: Callable[[], Secret]) -> None:
        self.server = server
        self._sender = sender
        self._secret = secret
        self._smtp: smtplib.SMTP | None = None
        self.letters = 0
        """How many letters' contents were begun."""

    @property
    def is_open(self) -> bool:
        """Whether the connection stands, as far as anyone knows."""
        return self._smtp is not None

    def open(self) -> smtplib.SMTP:
        """Connect and log in, unless that is done.

        Raises:
            RemoteError: no connection, a certificate that does not hold, a refused login.
            RefusedError: the password would travel in the open.
            ConnectionError: the server cannot be reached now, or is busy; later it may.
        """
        if self._smtp is None:
            smtp = connect(self.server)
            try:
                log_in(smtp, self.server, self._secret())
            except BaseException:
                smtp.close()
                raise
            self._smtp = smtp
        return self._smtp

    def announced(self) -> dict[str, str]:
        """What the server announces after EHLO: keyword in lower case -> its parameters."""
        return dict(self.open().esmtp_features)

    def rested(self) -> None:
        """Make sure after a pause that the connection still stands; one that does not is opened again later."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] // 100 == _DONE:
                    return
            except (OSError, smtplib.SMTPException):
                pass
            self.drop()

    def hand_over(self, item: Outgoing) -> Handed:
        """Give the server one letter; the connection must be open.

        Whatever breaks once the content has begun is a doubt, though a server must not take half a message: it may
        have taken a whole one, and its answer be what was lost.
        """
        smtp = self.open()
        try:
            refused = self._prepare(smtp, item)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            return Handed(Verdict.BROKEN, _silence(error))
        if refused is not None:
            return refused
        try:
            return self._content(smtp, item)
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            return Handed(Verdict.DOUBT, _silence(error))
        except BaseException:
            self.drop()
            raise

    def _prepare(self, smtp: smtplib.SMTP, item: Outgoing) -> Handed | None:
        """MAIL, RCPT and DATA; None once the server waits for the content."""
        utf8 = needs_utf8(item)
        if utf8 and not smtp.has_extn("smtputf8"):
            said = "an address has letters beyond ASCII, and the server does not offer SMTPUTF8"
            return Handed(Verdict.UNFIT, Answer(0, said))
        options = ["SMTPUTF8", "BODY=8BITMIME"] if utf8 else []
        steps: tuple[tuple[Stage, int, Callable[[], tuple[int, bytes]]], ...] = (
            (Stage.MAIL, _DONE, lambda: smtp.mail(routable(self._sender), options)),
            (Stage.RCPT, _DONE, lambda: smtp.rcpt(routable(item.recipient))),
            (Stage.DATA, _GO_ON, lambda: smtp.docmd("DATA")),
        )
        for stage, wanted, say in steps:
            answer = Answer.of(*say())
            if answer.code // 100 != wanted:
                return self._refused(smtp, answer, stage)
        return None

    def _content(self, smtp: smtplib.SMTP, item: Outgoing) -> Handed:
        self.letters += 1
        if smtp.sock:
            smtp.sock.settimeout(LAST_TIME_LIMIT)
        smtp.send(dotted(item.raw))
        answer = Answer.of(*smtp.getreply())
        if smtp.sock:
            smtp.sock.settimeout(TIME_LIMIT)
        if answer.code // 100 == _DONE:
            return Handed(Verdict.SENT, answer)
        if answer.code // 100 not in {4, 5}:
            self.drop()
            return Handed(Verdict.DOUBT, answer)
        return self._refused(smtp, answer, Stage.MESSAGE)

    def _refused(self, smtp: smtplib.SMTP, answer: Answer, stage: Stage) -> Handed:
        """A refusal; the connection is made ready for the next letter, or given up (RFC 5321 section 3.8)."""
        if answer.code // 100 not in {4, 5}:
            self.drop()
            return Handed(Verdict.BROKEN, answer)
        try:
            if answer.code == 421 or smtp.rset()[0] // 100 != _DONE:  # noqa: PLR2004 (service closing)
                self.drop()
        except (OSError, smtplib.SMTPException):
            self.drop()
        return Handed(judge(answer, stage), answer)

    def close(self) -> None:
        """Say goodbye."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
            self._smtp = None

    def drop(self) -> None:
        """Hang up without a word."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def needs_utf8(item: Outgoing) -> bool:
    """Whether a letter needs SMTPUTF8: its header has letters beyond ASCII, or its recipient before the @."""
    return not (local_part(item.recipient).isascii() and item.raw.isascii())


def dotted(raw: bytes) -> bytes:
    """A message as it travels: a dot at the start of a line is doubled, and one alone ends it (section 4.5.2)."""
    end = b"" if raw.endswith(b"\r\n") else b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", raw) + end + b".\r\n"


def _silence(error: Exception) -> Answer:
    return Answer(0, why(error))
