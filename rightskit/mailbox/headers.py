"""Header values -> text, ids, addresses and dates; whatever stands in them."""

from __future__ import annotations

import binascii
import datetime as dt
import email.utils
import itertools
import re

from rightskit.mailbox.charset import decode

_FOLD = re.compile(r"\n[ \t]*")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(?<=\?=)\s+(?==\?)")
_RUN = re.compile(r"(?:=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)+")
_ID = re.compile(r"<[^<>\s]{1,900}>")
_MOST_IDS = 200
_LONGEST_TEXT = 4000


def text(value: str) -> str:
    """Decode a raw header value: 8-bit bytes, folding, encoded words (RFC 2047); on one line, cut when huge."""
    plain = _FOLD.sub(" ", decode(value[: 4 * _LONGEST_TEXT].encode("utf-8", "surrogateescape")))
    words = _RUN.sub(lambda run: _decode_run(run.group()), _BETWEEN.sub("", plain))
    return " ".join(words.split())[:_LONGEST_TEXT]


def _decode_run(run: str) -> str:
    """Adjacent words of one charset are joined as bytes first: senders cut characters in two."""
    words = [(charset.lower(), _word_bytes(coding, body)) for charset, coding, body in _WORD.findall(run)]
    groups = itertools.groupby(words, key=lambda word: word[0])
    return "".join(decode(b"".join(content for _, content in group), charset) for charset, group in groups)


def _word_bytes(coding: str, body: str) -> bytes:
    content = body.encode("utf-8", "replace")
    if coding in "qQ":
        return binascii.a2b_qp(content, header=True)
    try:
        return binascii.a2b_base64(content + b"=" * (-len(content) % 4))
    except binascii.Error:
        return content


def message_id(value: str) -> str:
    """The first id of a Message-ID header, with angle brackets; empty where there is none."""
    found = _ID.search(value)
    if found:
        return found.group()
    bare = value.strip()
    return f"<{bare}>" if bare and not set(bare) & set("<> \t\r\n") else ""


def message_ids(in_reply_to: str, references: str) -> tuple[str, ...]:
    """All ids that a message answers, nearest first (RFC 5322 section 3.6.4)."""
    thread = _ID.findall(in_reply_to)[:_MOST_IDS] + _ID.findall(references)[::-1][:_MOST_IDS]
    return tuple(dict.fromkeys(thread))


def addresses(values: list[str]) -> list[tuple[str, str]]:
    """Display names and addresses (lower case) of address headers; broken ones are left out."""
    try:
        pairs = email.utils.getaddresses([value[: 8 * _LONGEST_TEXT] for value in values])
    except (ValueError, IndexError, RecursionError):
        return []
    return [(text(name), text(address).lower()) for name, address in pairs if address]


def date(value: str) -> dt.datetime | None:
    """A Date header as an aware datetime; ``-0000`` and missing zones count as UTC. None where it is broken."""
    try:
        moment = email.utils.parsedate_to_datetime(value[:200].strip())
        moment.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
