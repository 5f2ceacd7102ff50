"""The numbers under which a controller keeps a matter: ``[Ticket#2026030310000123]``, ``Unser Zeichen: DS-4711/26``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 20_000
_MOST = 8
_LEAST_DIGITS = 4
_NUMBER = r"([A-Z0-9](?:[A-Z0-9._/-]{2,38})[A-Z0-9])"
_NAMED = re.compile(
    r"\b(?:ticket|vorgangs?|aktenzeichen|az|gz|gesch(?:ä|ae)ftszeichen|unser(?:e)? (?:zeichen|referenz)|bearbeitungs"
    r"|fall|case|incident|request|our ref(?:erence)?|matter|file|dossier|n/réf|nos? réf(?:érence)?|notre réf(?:érence)?"
    r"|saisine|zaak|kenmerk|expediente|caso|pratica|protocollo|sprawa|processo)"
    r"[-\s]{0,2}(?:nummer|nr|no|number|id|num(?:éro|ero)?|n°|n\.?º)?\.?\s{0,2}[:#=]{0,2}\s{0,2}#?" + _NUMBER,
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\[\s{0,2}#?\s{0,2}(?:[A-Z]{2,12}[\s:#-]{1,3})?" + _NUMBER + r"\s{0,2}\]|\B#" + _NUMBER, re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|\d{4}-\d\d-\d\d")


@lru_cache(maxsize=128)  # a reply is asked when it is filed, and again when what it teaches is kept
def find(subject: str, text: str) -> tuple[str, ...]:
    """The ticket numbers in a subject and in the sender's own words, in capitals, once each.

    A number alone is none: it must be named, or stand in brackets or behind ``#`` in the subject, and have four digits
    or more. References of ours and dates are none.
    """
    named = (found.group(1) for part in (subject, text[:_LONGEST]) for found in _NAMED.finditer(part))
    bracketed = (found.group(1) or found.group(2) for found in _BRACKETED.finditer(subject))
    return tuple(dict.fromkeys(_plain(named)) | dict.fromkeys(_plain(bracketed)))[:_MOST]


def _plain(numbers: Iterator[str]) -> Iterator[str]:
    for number in numbers:
        plain = number.upper()
        digits = sum(character.isdigit() for character in plain)
        if digits >= _LEAST_DIGITS and not plain.startswith("RK-") and not _DATE.fullmatch(plain):
            yield plain
