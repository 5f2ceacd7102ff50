"""A mail that somebody passed on: the message inside, as it was written, attached or below a line of its own."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.mailbox import written_dates
from rightskit.mailbox.parse import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.mailbox.model import Attachment, Reply

_DEEPEST = 3
_LONGEST = 400_000
_MOST_LINES = 6000
_GAP = 3
_FIELDS_APART = 2
_PREFIX = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|doorst|pd|rif|i|vs|vl)\s*:\s*", re.IGNORECASE)
_ANSWER_PREFIX = re.compile(r"\s*(?:re|aw|antw|odp|sv)\s*:", re.IGNORECASE)
_MARKER = re.compile(
    r"\s*[-_=]{2,}\s*(?:forwarded message|(?:ursprünglich )?weitergeleitete (?:nachricht|e-?mail)"
    r"|message transféré|doorgestuurd bericht|mensaje reenviado|messaggio (?:inoltrato|reindirizzato)"
    r"|wiadomość przekazana|przekazana wiadomość|mensagem (?:encaminhada|reencaminhada))\b.*$"
    r"|\s*(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)|début du message (?:transféré"
    r"|réexpédié)|begin doorgestuurd bericht|inicio del mensaje reenviado|inizio messaggio inoltrato"
    r"|początek przekazywanej wiadomości|início da mensagem (?:encaminhada|reencaminhada))\s*:?\s*$",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*[-_=]{2,}\s*(?:end of forwarded message|ende der weitergeleiteten nachricht|fin du message transféré)\b.*$",
    re.IGNORECASE,
)
_NAMES = {
    "from": "von|from|de|van|da|od|absender|expéditeur|afzender|remitente|mittente|nadawca|remetente",
    "date": "gesendet|datum|sent|date|envoyé(?: le)?|verzonden|fecha|enviado(?: el| em)?|inviato|data|wysłano",
    "subject": "betreff|subject|objet|onderwerp|asunto|oggetto|temat|assunto",
    "to": "an|to|à|aan|para|a|do|pour|destinataire|destinatario|cc|kopie|copie|bcc|reply-to|antwort an|répondre à",
}
_FIELD = re.compile(
    r"[\s*|]*(?:"
    + "|".join(f"(?P<{key}>{names})" for key, names in _NAMES.items())
    + r")\s*\*{0,2}\s*:\*{0,2}(?P<value>.*)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>\[\]():;,\"']+@[^\s<>\[\]():;,\"']+")
_MESSAGE_TYPE = "message/rfc822"


@dataclass(frozen=True, slots=True)
class Forward:
    """What somebody passed on.

    Attributes:
        replies: the messages inside, one unless several are attached. Each has the id of the mail that carries it, and
            nothing in it is authenticated: that its sender wrote it is the word of the person who passed it on.
        said: what that person wrote above it.
    """

    replies: tuple[Reply, ...]
    said: str


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a forwarded mail's own header lines stand, and what they say."""

    start: int
    end: int
    fields: dict[str, str]


def unwrap(reply: Reply) -> Forward | None:
    """The messages that a mail passes on; None where it passes nothing on.

    An attached message counts, and one below a line such as ``---- Forwarded message ----``; a bare block of ``From:``,
    ``Sent:``, ``Subject:`` only where the subject says ``Fwd:``, ``WG:``, ``TR:`` and the like, since answers quote
    that way too. A forward of a forward is opened, unless its first sender added words of their own.
    """
    return _unwrap(reply, _DEEPEST)


def _unwrap(reply: Reply, depth: int) -> Forward | None:
    found = _attached(reply) or _inline(reply)
    if found is None or depth == 0:
        return None
    return replace(found, replies=tuple(_innermost(one, depth - 1) for one in found.replies))


def _innermost(reply: Reply, depth: int) -> Reply:
    deeper = _unwrap(reply, depth)
    return deeper.replies[0] if deeper and len(deeper.replies) == 1 and not deeper.said else reply


def _attached(reply: Reply) -> Forward | None:
    enclosed = [parse(one.content) for one in reply.attachments if _is_message(one)]
    foreign = [one for one in enclosed if one.sender and one.sender != reply.sender]
    if not foreign:
        return None
    return Forward(tuple(replace(_dated(one, reply), id=reply.id, authenticated=()) for one in foreign), reply.text)


def _is_message(attachment: Attachment) -> bool:
    return attachment.media_type == _MESSAGE_TYPE or attachment.name.lower().endswith(".eml")


def _dated(inner: Reply, outer: Reply) -> Reply:
    """Nothing was written after it was passed on."""
    if inner.date and outer.date:
        return replace(inner, date=min(inner.date, outer.date))
    return replace(inner, date=inner.date or outer.date)


def _inline(reply: Reply) -> Forward | None:
    lines = reply.text[:_LONGEST].split("\n")[:_MOST_LINES]
    found = _head(reply.subject, lines)
    if found is None:
        return None
    name, sender = _sender(found.fields["from"])
    if sender == reply.sender:
        return None
    inner = replace(
        reply,
        sender=sender,
        sender_name=name,
        recipients=tuple(address.lower() for address in _ADDRESS.findall(found.fields.get("to", ""))),
        subject=found.fields.get("subject", _PREFIX.sub("", reply.subject)),
        text=_body(lines[found.end :], quoted=_is_quoted(lines[found.end - 1])),
        in_reply_to=(),
        date=_written(found.fields.get("date", ""), reply),
        headers={},
        authenticated=(),
    )
    return Forward((inner,), "\n".join(lines[: found.start]).strip("_-= \n"))


def _head(subject: str, lines: Sequence[str]) -> _Head | None:
    """The first block of header lines that is that of a forwarded mail."""
    bare = bool(_PREFIX.match(subject)) and not _ANSWER_PREFIX.match(subject)
    for number, line in enumerate(lines):
        marked = bool(_MARKER.match(_plain(line)))
        if not marked and not bare:
            continue
        start = next((n for n in range(number + marked, number + marked + _GAP) if _names_sender(lines, n)), None)
        found = _fields(lines, start) if start is not None and (marked or start == number) else None
        if found:
            return replace(found, start=number)
    return None


def _names_sender(lines: Sequence[str], number: int) -> bool:
    """Whether a block begins here: most programs name the sender first, Thunderbird the subject."""
    found = _FIELD.match(_plain(lines[number])) if number < len(lines) else None
    return bool(found) and not (found and found.group("to"))


def _fields(lines: Sequence[str], start: int) -> _Head | None:
    """The header lines from here on, a line that fits none of them ending the block."""
    fields: dict[str, str] = {}
    last, end, blanks = "", start, 0
    for number in range(start, min(start + 30, len(lines))):
        plain = _plain(lines[number]).strip()
        found = _FIELD.match(plain)
        if found:
            last = next(key for key in _NAMES if found.group(key))
            fields.setdefault(last, found["value"].strip())
            end, blanks = number + 1, 0
        elif not plain:
            blanks += 1
        elif not blanks and last and _continues(last, plain):
            fields[last] = f"{fields[last]} {plain}"
            end = number + 1
        else:
            break
        if blanks >= _FIELDS_APART:
            break
    return _Head(start, end, fields) if "from" in fields and len(fields) >= _FIELDS_APART else None


def _continues(field: str, line: str) -> bool:
    """Whether a line carries on a list of addresses; a subject that broke off cannot be told from the text."""
    return field in {"to", "from"} and ("@" in line or line.endswith(";"))


def _body(lines: Sequence[str], *, quoted: bool) -> str:
    end = next((number for number, line in enumerate(lines) if _END.match(_plain(line))), len(lines))
    kept = [_plain(line) if quoted else line for line in lines[:end]]
    return "\n".join(kept).strip("\n")


def _is_quoted(line: str) -> bool:
    return line.startswith(">")


def _plain(line: str) -> str:
    """A line without one level of quoting."""
    return line.removeprefix(">").removeprefix(" ") if _is_quoted(line) else line


def _sender(value: str) -> tuple[str, str]:
    """Name and address; programs write them in brackets of every kind, or leave the address out."""
    found = _ADDRESS.search(value)
    if not found:
        return value.strip(" \"'*"), ""
    before = re.sub(r"[\s<\[(]*(?:mailto:)?$", "", value[: found.start()], flags=re.IGNORECASE)
    name, _ = email.utils.parseaddr(f"{before} <x@x>")
    return name, found.group().lower()


def _written(value: str, reply: Reply) -> dt.datetime | None:
    """The day that the header line names, at noon: the hour has no zone; never after the mail that passes it on."""
    day = written_dates.read(value)
    if day is None:
        return reply.date
    zone = reply.date.tzinfo if reply.date else dt.UTC
    moment = dt.datetime.combine(day, dt.time(12), zone)
    return min(moment, reply.date) if reply.date else moment
