"""What a letter is made from, and the letter itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Party:
    """Who writes, or who is written to.

    Attributes:
        name: one line.
        address: lines below the name; for a recipient abroad the last one is the country.
    """

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Something that goes with a letter, as the letter lists it.

    Attributes:
        title: one line.
        kind: what the vault keeps it as; empty where a person puts it in, or where it is named as left out.
        key: under which name the vault keeps it.
        name: of its file in a mail, without an ending.
    """

    title: str
    kind: str = ""
    key: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """Everything one letter is rendered from.

    Attributes:
        letter: the letter's slug, such as ``access``, ``reminder``, ``complaint``.
        language: BCP 47 code.
        reference: ``RK-XXXX-XXXX``; empty for a letter outside a campaign.
        date: the day that stands on the letter.
        sender: the person whose right it is.
        recipient: the controller, or the authority for a complaint.
        fields: what the letter's front matter declares beyond the above (``birthdate``, ``identifiers`` as name →
            value, ``reason``, ``sent_on``, …): texts, dates, numbers, lists or mappings of these.
        modules: optional parts that are switched on.
        reply_to: where the answer is asked to go, as mail address; empty for the sender's own.
        enclosures: what goes with the letter, in the order in which it is listed.
        signature: a picture of the sender's signature as PNG; empty for a line to sign.
    """

    letter: str
    language: str
    date: dt.date
    sender: Party
    recipient: Party
    reference: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    modules: tuple[str, ...] = ()
    reply_to: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    signature: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a request says, rendered.

    Attributes:
        order: what it was rendered from.
        version: of the letter's text, from its front matter.
        subject: one line, with the reference.
        text: the whole mail as plain text, wrapped for mail.
        body: the letter's body as HTML, without the paper's layout.
    """

    order: LetterOrder
    version: str
    subject: str
    text: str
    body: str
