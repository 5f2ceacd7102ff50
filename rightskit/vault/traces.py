"""What a person can be recognised by in a text, and texts without it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import IO, TYPE_CHECKING

from rightskit.files import archives, pdftext, tables
from rightskit.files.entries import Entry
from rightskit.files.problems import FileProblemError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from rightskit.campaign.model import Member

MARK = "█████"
"""Stands where a trace stood; always as long, so that it tells nothing."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SHORTEST = 3
_PARTICLES = frozenset(
    ("von", "vom", "zum", "zur", "und", "van", "der", "den", "dem", "des", "del", "della", "dal", "dalla", "dos", "das")
)
"""Words of many names and of every text: alone they tell of nobody, and black boxes in their places would."""
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos|#34|#38|#39|#60|#62);)#?\w{1,30};")
_PIECE = 4 * 1024 * 1024
_OVERLAP = 4_000
"""Characters; no name or address is longer, however it is broken over lines."""
_BETWEEN_WORDS = re.compile(r"\W")
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
        loose = map(_loose, sorted(self.phrases, key=len, reverse=True))
        names = sorted({*self.names, *(name.upper() for name in self.names)}, key=len, reverse=True)
        whole = [rf"\b{_loose(name)}\b" for name in names]
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


def holds(content: bytes | IO[bytes], found: Traces) -> bool:
    """Whether a document holds a trace, or is of a kind in which nobody can look for one.

    Args:
        content: its bytes; where they are too many for the memory, a stream that can be read from any place.
        found: the traces.
    """
    try:
        return any(_is_dark(text) or found.found_in(text) for text in _texts(content))
    except FileProblemError:
        return True


def _texts(content: bytes | IO[bytes]) -> Iterator[str]:
    head = _head(content)
    if archives.is_archive(head[:512]):
        for entry in archives.all_entries(content):
            yield entry.name
            yield from _texts(entry.content) if isinstance(entry, Entry) else _windows(entry.stream)
    elif not isinstance(content, bytes):
        content.seek(0)
        yield from ["\x00"] if pdftext.is_pdf(head) else _windows(content)
    elif pdftext.is_pdf(head):
        pages = pdftext.pages(content)
        yield "\n".join(pages) if all(map(str.strip, pages)) else "\x00"
    else:
        yield tables.decoded(content)


def _head(content: bytes | IO[bytes]) -> bytes:
    if isinstance(content, bytes):
        return content[:1024]
    content.seek(0)
    return content.read(1024)


def _windows(stream: IO[bytes]) -> Iterator[str]:
    """A long text in pieces that overlap; each ends between two words, so that no name is cut to a shorter one."""
    kept = ""
    for piece in _decoded(stream):
        text = kept + piece
        end = max((match.end() for match in _BETWEEN_WORDS.finditer(text, max(0, len(text) - _OVERLAP))), default=0)
        yield text[: end or len(text)]
        kept = text[max(0, (end or len(text)) - _OVERLAP) :]
    yield kept


def _decoded(stream: IO[bytes]) -> Iterator[str]:
    """By the byte order mark, else UTF-8, and from the first piece on that is none, Windows-1252."""
    raw = stream.read(_PIECE)
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    first = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8")
    decoder: codecs.IncrementalDecoder = first("replace" if is_wide else "strict")
    while raw:
        before = decoder.getstate()[0]
        try:
            yield decoder.decode(raw)
        except UnicodeDecodeError:
            decoder = codecs.getincrementaldecoder("cp1252")("replace")
            yield decoder.decode(before + raw)
        raw = stream.read(_PIECE)


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
    parts = re.split(r"[\s-]+", name)
    return [part for part in parts if len(part) >= _SHORTEST and part not in _PARTICLES]


def _loose(words: str) -> str:
    """A pattern of some words, however they are broken over lines."""
    return r"[\s>|*]*".join(map(re.escape, re.split(r"\s+", words)))


def _spellings(day: dt.date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%Y%m%d}",
    )
