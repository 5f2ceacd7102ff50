"""What a mail server says, and what follows from it: try later, give this letter up, or stop altogether."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    LATER = "later"  # this letter, after a while
    REFUSED = "refused"  # this letter, for good
    LIMIT = "limit"  # no letter, for hours: the account has sent as much as it may
    ACCOUNT = "account"  # no letter, until a person has seen to the account
    UNFIT = "unfit"  # this letter, with this server
    BROKEN = "broken"  # the connection ended before the letter had begun
    DOUBT = "doubt"  # the connection ended after it had begun: it may have arrived


class Stage(StrEnum):
    """What the server was told last."""

    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's reply (RFC 5321 section 4.2).

    Attributes:
        code: three digits.
        text: what follows, on one line.
    """

    code: int
    text: str

    @classmethod
    def of(cls, code: int, text: bytes) -> Answer:
        """A reply as smtplib gives it."""
        return cls(code, " ".join(text.decode("utf-8", "replace").split()))

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 3463), such as ``5.1.1``; empty where there is none."""
        found = _ENHANCED.match(self.text)
        return found[0] if found else ""

    def __str__(self) -> str:
        """Code and words for a person, without mail addresses: they may be a member's."""
        return f"{self.code} {_ADDRESS.sub('…@…', self.text)}"[:200].strip()


_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")

_PATIENCE = re.compile(
    r"gr[ae]y.?list|is receiving mail|mailbox.{0,30}(?:full|busy|quota|limit)|recipient.{0,20}quota|size",
    re.IGNORECASE,
)
"""It is about this letter or its recipient's mailbox, whatever else is said."""

_LIMIT = re.compile(
    r"rate.{0,3}limit|limit.{0,12}exceed|exceed\w*.{0,40}(?:limit|quota|rate)"
    r"|(?:sending|submission|message) (?:limit|quota)"
    r"|too many (?:messages|mails|e-?mails)|too much mail|too fast|throttl|unusual\w* (?:high )?rate"
    r"|per (?:minute|hour|day)|(?:hourly|daily) .{0,20}(?:limit|quota|maximum)|quota.{0,20}(?:sender|account|sending)",
    re.IGNORECASE,
)
"""Words in which providers say that an account has sent as much as it may for now."""

_ACCOUNT = re.compile(
    r"relay\w*.{0,20}(?:denied|not permitted|not allowed|prohibited)|unable to relay|authenticat\w+ (?:is )?required"
    r"|sender.{0,30}(?:not owned|not allowed|rejected|denied)|not (?:owned|authori[sz]ed).{0,30}(?:send|user)"
    r"|block.?list|black.?list|spamhaus|suspended|compromised|sending.{0,20}(?:disabled|blocked)|access denied",
    re.IGNORECASE,
)
"""Words that mean the account, its address or its network rather than one letter."""

_STORAGE = 552
_TOO_LARGE = ("5.3.4", "5.2.3")
_OF_A_MAILBOX = ("4.2.1", "4.2.2", "5.2.2")
_OF_THE_ACCOUNT = re.compile(r"530|534|535|538")


def judge(answer: Answer, stage: Stage) -> Verdict:
    """What a refusal means; ``stage`` tells what was refused."""
    if answer.enhanced == "5.4.5":  # routing loop by RFC 3463, and the daily limit at the largest provider
        return Verdict.LIMIT
    if answer.code == _STORAGE or answer.enhanced in _TOO_LARGE:
        return Verdict.REFUSED
    if _is_limit(answer):
        return Verdict.LIMIT
    if answer.code // 100 == 4:  # noqa: PLR2004 (transient, RFC 5321 section 4.2.1)
        return Verdict.LATER
    if stage is Stage.MAIL or _OF_THE_ACCOUNT.fullmatch(str(answer.code)) or _ACCOUNT.search(answer.text):
        return Verdict.ACCOUNT
    return Verdict.REFUSED


def _is_limit(answer: Answer) -> bool:
    if answer.enhanced in _OF_A_MAILBOX:
        return "submission" in answer.text.lower() or "sending" in answer.text.lower()
    if _PATIENCE.search(answer.text):
        return False
    return answer.enhanced.startswith("4.7.") or bool(_LIMIT.search(answer.text))
