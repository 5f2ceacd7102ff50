"""What a person can be recognised by in a text, and texts without it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING

from rightskit.files import archives, pdftext, tables
from rightskit.files.problems import FileProblemError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from rightskit.campaign.model import Member

MARK = "█████"
"""Stands where a trace stood; always as long, so that it tells nothing."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SHORTEST = 3
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#34|#38|#39|#60|#62);)#?\w{1,30};")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Traces:
    """What gives a person away.

    Attributes:
        phrases: taken out wherever they stand, in any case and broken over lines.
        names: single names, taken out as whole words.
    """

    phrases: frozenset[str]
    names: frozenset[str]

    def __or__(self, other: Traces) -> Traces:
        """What either of them tells."""
        return Traces(self.phrases | other.phrases, self.names | other.names)

    def without(self, others: Iterable[Traces]) -> Traces:
        """What belongs to this person alone: a couple's address is the other one's too, and stays."""
        phrases, names = self.phrases, self.names
        for other in others:
            phrases, names = phrases - other.phrases, names - other.names
        return Traces(phrases, names)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds every trace."""
        gap = r"[\s>|*]*"
        phrases = sorted(self.phrases, key=len, reverse=True)
        loose = [gap.join(map(re.escape, re.split(r"\s+", phrase))) for phrase in phrases]
        names = sorted({*self.names, *(name.upper() for name in self.names)}, key=len, reverse=True)
        whole = [rf"\b{re.escape(name)}\b" for name in names]
        found = [*(f"(?i:{phrase})" for phrase in loose), *whole]
        return re.compile("|".join(found) if found else r"(?!)")

    def found_in(self, text: str) -> bool:
        """Whether a text holds a trace."""
        return bool(self.pattern.search(_plain(text)))

    def taken_from(self, text: str) -> str:
        """The text without the traces."""
        return self.pattern.sub(MARK, _plain(text))


def traces(member: Member, references: Iterable[str]) -> Traces:
    """What gives a member away in a reply: names, addresses, dates, and what controllers know them by."""
    given, family = member.given_name, member.family_name
    whole = [f"{given} {family}", f"{family}, {given}", f"{family} {given}", member.guardian]
    told = [member.street, member.email, member.phone, re.sub(r"\D", "", member.phone), *member.identifiers.values()]
    town = [f"{member.postal_code} {member.city}"] if member.postal_code and member.city else []
    days = _spellings(member.birthdate) if member.birthdate else ()
    phrases = [*whole, *told, *town, *days, member.member, *references]
    return Traces(
        frozenset(_variants(filter(_tells, phrases))),
        frozenset(_variants(name for name in (given, family, *_parts(given), *_parts(family)) if len(name) > 1)),
    )


def identity(member: Member, references: Iterable[str]) -> Traces:
    """What tells that a text is about this member: the whole name, the address, the id, the references."""
    given, family = member.given_name, member.family_name
    phrases = [f"{given} {family}", f"{family}, {given}", member.email, member.member, *references]
    return Traces(frozenset(_variants(filter(_tells, phrases))), frozenset())


def holds(content: bytes, found: Traces) -> bool:
    """Whether a document holds a trace, or is of a kind in which nobody can look for one."""
    try:
        return any(_is_dark(text) or found.found_in(text) for text in _texts(content))
    except FileProblemError:
        return True


def _texts(content: bytes) -> Iterator[str]:
    if pdftext.is_pdf(content):
        pages = pdftext.pages(content)
        yield "\n".join(pages) if all(map(str.strip, pages)) else "\x00"
    elif archives.is_archive(content[:512]):
        for entry in archives.entries(content):
            yield entry.name
            yield from _texts(entry.content)
    else:
        yield tables.decoded(content)


def _is_dark(text: str) -> bool:
    """Whether it is no text, such as an image or a scanned page."""
    return "\x00" in text


def _plain(text: str) -> str:
    """One way to write each letter: composed, without escapes of HTML or JSON."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity.group()), text)
    if "\\u" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return unicodedata.normalize("NFC", text)


def _tells(phrase: str) -> bool:
    return len(phrase.strip(" ,")) >= _SHORTEST


def _variants(words: Iterable[str]) -> Iterator[str]:
    """As written, with umlauts spelled out, and without accents."""
    for word in words:
        plain = unicodedata.normalize("NFC", word.strip())
        bare = unicodedata.normalize("NFKD", plain)
        yield from (plain, plain.translate(_GERMAN), "".join(c for c in bare if not unicodedata.combining(c)))


def _parts(name: str) -> list[str]:
    """Of a name of several words, those that may stand alone."""
    return [part for part in re.split(r"[\s-]+", name) if len(part) >= _SHORTEST]


def _spellings(day: dt.date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%Y%m%d}",
    )
