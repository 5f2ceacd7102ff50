"""A message without the traces of one person, readable for the others whom it concerns.

Texts and headers are written anew with a mark where a trace stood. An attachment that holds a trace, or in which
nobody can look for one, is taken out, and a line says so. What cannot be taken apart is kept as its bare headers.
"""

from __future__ import annotations

import email.policy
from email.header import Header
from email.message import Message
from typing import TYPE_CHECKING

from rightskit.mailbox import charset, headers
from rightskit.mailbox.parse import parse
from rightskit.vault.traces import holds

if TYPE_CHECKING:
    from rightskit.vault.traces import Traces

_GONE = "[rightskit: what stood here held a person who was forgotten, and was taken out]\n"
_KEPT = ("Date", "From", "Message-ID")


def redacted(raw: bytes, found: Traces) -> bytes:
    """The message without the traces; it is a message again, whatever it was."""
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        for part in message.walk():
            _redact(part, found)
        made = message.as_bytes()
    except Exception:  # noqa: BLE001 (a hostile message must not keep a person from being forgotten)
        return _bare(raw, found)
    return _bare(raw, found) if _still(made, found) else made


def _redact(part: Message, found: Traces) -> None:
    for name in dict.fromkeys(part.keys()):
        values = [headers.text(str(value)) for value in part.get_all(name, ())]
        if any(found.found_in(value) for value in values):
            del part[name]
            for value in values:
                part[name] = Header(found.taken_from(value), "utf-8").encode()
    if part.is_multipart():
        part.preamble = part.epilogue = None
    elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
        if found.found_in(text := _text(part)):
            _write(part, found.taken_from(text))
    elif holds(_content(part), found) or found.found_in(part.get_filename("")):
        del part["Content-Disposition"]
        del part["Content-Type"]
        part["Content-Type"] = "text/plain"
        _write(part, _GONE)


def _text(part: Message) -> str:
    declared = part.get_content_charset("")
    return charset.decode(_content(part), declared)


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _write(part: Message, text: str) -> None:
    del part["Content-Transfer-Encoding"]
    part.set_payload(text, "utf-8")


def _still(raw: bytes, found: Traces) -> bool:
    """Whether a trace is left in anything that is read from the message."""
    reply = parse(raw)
    texts = [reply.subject, reply.sender_name, reply.sender, reply.text, reply.original, *reply.recipients]
    return any(map(found.found_in, texts)) or found.found_in(charset.decode(raw))


def _bare(raw: bytes, found: Traces) -> bytes:
    reply = parse(raw)
    message = Message()
    for name, value in zip(_KEPT, (reply.date or "", reply.sender, reply.message_id), strict=True):
        if value and not found.found_in(str(value)):
            message[name] = Header(str(value), "utf-8").encode()
    _write(message, _GONE)
    return message.as_bytes()
