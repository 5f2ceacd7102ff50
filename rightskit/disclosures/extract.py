"""A disclosure and the recipes → observations, or the reason why there are none.

"Unknown layout" and "no data" are different answers: a file that no recipe knows, one whose layout nearly fits, and
one that could not be opened are told apart, and none of them yields a single value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import IO, TYPE_CHECKING, Literal

from rightskit.disclosures import exchange
from rightskit.disclosures.keys import Keys
from rightskit.disclosures.model import Doubtful, Observation
from rightskit.disclosures.recognition import claim, source_files, start
from rightskit.disclosures.rows import DriftError
from rightskit.disclosures.taking import observations
from rightskit.disclosures.values import UnreadableError
from rightskit.files import archives, papers, pdftext
from rightskit.files.papers import Reader
from rightskit.files.problems import FileProblemError, LockedError, ScanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.disclosures.layout import Recipe
    from rightskit.disclosures.model import Disclosure
    from rightskit.disclosures.recognition import Claim, SourceFile

Outcome = Literal["read", "no-recipe", "drift", "conflict", "broken", "locked", "cover-letter", "scan"]

# Words of a short letter that speaks of what it encloses: the data itself is elsewhere.
_ENCLOSES = (
    "anbei",
    "beigefügt",
    "beiliegend",
    "in der anlage",
    "als anlage",
    "attached",
    "enclosed",
    "ci-joint",
    "pièce jointe",
    "en annexe",
)
_LETTER_PAGES = 2
_NO_KEYS = Keys()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one disclosure.

    Attributes:
        observations: empty unless the outcome is ``read``.
        outcome: ``read``; ``no-recipe`` (unknown layout); ``drift`` (a layout that nearly fits); ``conflict`` (two
            recipes claim one file); ``broken`` (cannot be opened); ``locked`` (with a password); ``cover-letter`` (a
            letter about data elsewhere); ``scan`` (nothing here can read it).
        reason: one sentence for a person, without anything that stands in the document; empty when read.
        recipe: ids and versions of the recipes that read it, or of one that nearly fits; empty where there is none.
        doubtful: values of a document that was read which a person must look at first.
    """

    observations: tuple[Observation, ...]
    outcome: Outcome
    reason: str = ""
    recipe: str = ""
    doubtful: tuple[Doubtful, ...] = ()


def extract(disclosure: Disclosure, recipes: Sequence[Recipe], keys: Keys = _NO_KEYS, password: str = "") -> Extraction:
    """Read one disclosure with the recipe that knows its layout, or with those that know different files of it.

    Args:
        disclosure: the document as it was returned.
        recipes: all that may be tried; those for other controllers are left out.
        keys: of the campaign, for what is hashed; without them it is withheld.
        password: of a locked archive or PDF.

    Returns:
        The observations, or the reason why there are none. Hostile and damaged files do not raise.
    """
    meant = [r for r in recipes if not r.controllers or disclosure.controller in {"", *r.controllers}]
    try:
        if exchange.is_exchange(disclosure.content):
            return Extraction(exchange.loads(disclosure, disclosure.content, meant, keys), "read", "", exchange.NAME)
        disclosure = _unlocked(disclosure, password)
        reader = Reader(disclosure.languages)
        files = source_files(disclosure.content, meant, reader, password)
        claims = [claim(recipe, files) for recipe in meant if not recipe.general]
        if fitting := [c for c in claims if c.fit == "fits"]:
            return _read(disclosure, fitting, keys)
        unread = _unread(disclosure.content, claims, reader)
        general = _general(meant, files) if unread.outcome in {"no-recipe", "cover-letter"} else None
        return _read(disclosure, [general], keys) if general else unread
    except LockedError as error:
        return Extraction((), "locked", str(error))
    except FileProblemError as error:
        return Extraction((), "scan" if isinstance(error, ScanError) else "broken", f"{error} {error.hint}".strip())


def _unlocked(disclosure: Disclosure, password: str) -> Disclosure:
    """A locked PDF without its lock; archives are unlocked file by file."""
    content = disclosure.content
    if password and isinstance(content, bytes) and pdftext.is_pdf(content):
        return replace(disclosure, content=pdftext.unlocked(content, password))
    return disclosure


def _general(recipes: Sequence[Recipe], files: Sequence[SourceFile]) -> Claim | None:
    """The first general recipe that fits, where no other knows the document."""
    claims = (claim(recipe, files) for recipe in recipes if recipe.general)
    return next((found for found in claims if found.fit == "fits"), None)


def _read(disclosure: Disclosure, found: Sequence[Claim], keys: Keys) -> Extraction:
    """What recipes read that know different files of the disclosure; one of them that fails takes the others along."""
    if names := _contested(found):
        return Extraction((), "conflict", f"Several recipes claim the same file: {', '.join(names)}.")
    read: list[Observation | Doubtful] = []
    for each in found:
        try:
            read += observations(disclosure, each, keys, max((one.row for one in read), default=0))
        except (DriftError, UnreadableError) as error:
            name = each.recipe.name
            return Extraction((), "drift", f"The layout is not the one that {name} knows: {error}.", name)
    sure = tuple(one for one in read if isinstance(one, Observation))
    doubtful = tuple(one for one in read if isinstance(one, Doubtful))
    return Extraction(sure, "read", "", ", ".join(each.recipe.name for each in found), doubtful)


def _contested(found: Sequence[Claim]) -> tuple[str, ...]:
    """The names of the recipes of which another one reads the same file."""
    claimants: dict[SourceFile, set[str]] = {}
    for each in found:
        for _, file, _ in each.files:
            claimants.setdefault(file, set()).add(each.recipe.name)
    contested = set(chain.from_iterable(names for names in claimants.values() if len(names) > 1))
    return tuple(each.recipe.name for each in found if each.recipe.name in contested)


def _unread(content: bytes | IO[bytes], claims: Sequence[Claim], reader: Reader) -> Extraction:
    for near in claims:
        if near.fit == "nearly":
            name = near.recipe.name
            return Extraction((), "drift", f"The layout is nearly the one that {name} knows: {near.reason}.", name)
    if archives.is_archive(start(content)):
        return Extraction((), "no-recipe", "No recipe knows the files of this archive.")
    if not isinstance(content, bytes) or not papers.is_paper(content[:1024]):
        return Extraction((), "no-recipe", "No recipe knows this layout.")
    pages = reader.pages(content)
    text = " ".join(line.text for page in pages for line in page).casefold()
    if not text:
        return Extraction((), "no-recipe", "Nothing can be read on it: it is blank, or scanned badly.")
    if len(pages) <= _LETTER_PAGES and any(words in text for words in _ENCLOSES):
        return Extraction((), "cover-letter", "A letter that speaks of an enclosure; the data is elsewhere.")
    return Extraction((), "no-recipe", "No recipe knows this layout.")
