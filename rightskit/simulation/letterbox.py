"""What lies in the invented controllers' letterboxes: they know only what was sent to them."""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import re
from dataclasses import dataclass
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rightskit.campaign import reference as references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

BERLIN = ZoneInfo("Europe/Berlin")
_QUOTED = 1500  # characters of a letter that are kept, for quotes and returned headers


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter that came by mail.

    Attributes:
        reference: ``RK-XXXX-XXXX``.
        to: the controller's address.
        reply_to: where the answer is asked to go.
        sent: its Date, in the controllers' time zone.
        subject: decoded.
        language: from Content-Language; German where missing.
        headers: the first raw header lines, as a delivery notice returns them.
        body: the first lines of the text.
        name: of the person whose right it is.
        birthdate: as the letter gives it; None where it does not.
        street: likewise, as postal_code and city; empty where missing.
    """

    reference: str
    to: str
    sender: str
    reply_to: str
    message_id: str
    sent: dt.datetime
    subject: str
    language: str
    headers: str
    body: str
    name: str
    birthdate: dt.date | None
    street: str
    postal_code: str
    city: str

    @property
    def domain(self) -> str:
        """The controller's domain."""
        return self.to.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter that came on paper.

    Attributes:
        controller: its id in the registry.
        sent: the day it was posted.
    """

    reference: str
    controller: str
    sent: dt.date


def read_outbox(folder: Path, sent: dt.date) -> list[Mail]:
    """The letters of an outbox folder by file name; what carries no reference is nobody's request.

    Args:
        folder: with one ``.eml`` file per letter.
        sent: counts for letters without a usable Date.
    """
    mails = (read_mail(path.read_bytes(), sent) for path in sorted(folder.rglob("*.eml")))
    return [mail for mail in mails if mail is not None]


def read_bundle(folder: Path, sent: dt.date) -> list[Paper]:
    """The letters of a print bundle, from its ``letters.csv``; none where there is no such file."""
    table = folder / "letters.csv"
    if not table.exists():
        return []
    with table.open(encoding="utf-8-sig", newline="") as file:
        return [Paper(row["reference"], row["controller"], sent) for row in csv.DictReader(file)]


def read_mail(raw: bytes, sent: dt.date) -> Mail | None:
    """Read one letter; None where it carries no reference."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body(("plain",))
    text = part.get_content().replace("\r\n", "\n") if part else ""
    subject = str(message["Subject"] or "")
    found = references.find(subject) or references.find(text)
    if not found:
        return None
    sender_name, sender = parseaddr(str(message["From"] or ""))
    said = dict(_particulars(text))
    street, postal_code, city = _address(said.get("address", ""))
    return Mail(
        reference=found[0],
        to=parseaddr(str(message["To"] or ""))[1].lower(),
        sender=sender,
        reply_to=parseaddr(str(message["Reply-To"] or ""))[1] or sender,
        message_id=str(message["Message-ID"] or "").strip(),
        sent=_sent(message, sent),
        subject=subject,
        language=str(message["Content-Language"] or "de").strip()[:2],
        headers=raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].decode("ascii", "replace")[:_QUOTED],
        body=text[:_QUOTED],
        name=said.get("name") or sender_name,
        birthdate=_birthdate(said.get("birthdate", "")),
        street=street,
        postal_code=postal_code,
        city=city,
    )


def _sent(message: EmailMessage, fallback: dt.date) -> dt.datetime:
    try:
        return parsedate_to_datetime(str(message["Date"])).astimezone(BERLIN)
    except (TypeError, ValueError):
        return dt.datetime.combine(fallback, dt.time(9), BERLIN)


_LABELS = {
    "name": "Name|Nom",
    "address": "Anschrift|Address|Adresse",
    "birthdate": "Geburtsdatum|Date of birth|Date de naissance",
}
_MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september"),
    *("oktober", "november", "dezember"),
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)


def _particulars(text: str) -> Iterator[tuple[str, str]]:
    """What the letter's list says about the person; a value may run on to the next line."""
    for key, labels in _LABELS.items():
        found = re.search(rf"^\W*(?:{labels})\s*:\s*(.+?)(?=\n\s*[-*]|\n\s*\n|\Z)", text, re.MULTILINE | re.DOTALL)
        if found:
            yield key, " ".join(found.group(1).split())


def _address(line: str) -> tuple[str, str, str]:
    found = re.search(r"^(.*?),?\s*(\d{5})\s+([^,]+)", line)
    return (found.group(1), found.group(2), found.group(3)) if found else (line, "", "")


def _birthdate(text: str) -> dt.date | None:
    found = re.search(r"(\d{1,2})(?:er|\.)?\s*([^\W\d]+)\s+(\d{4})", text)
    if not found or found.group(2).lower() not in _MONTHS:
        return None
    return dt.date(int(found.group(3)), _MONTHS.index(found.group(2).lower()) % 12 + 1, int(found.group(1)))
