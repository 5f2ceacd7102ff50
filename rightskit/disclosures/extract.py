"""A disclosure and the recipes → observations, or the reason why there are none.

"Unknown layout" and "no data" are different answers: a file that no recipe knows, one whose layout nearly fits, and
one that could not be opened are told apart, and none of them yields a single value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rightskit.disclosures.model import Observation
from rightskit.disclosures.reading import DriftError, Row
from rightskit.disclosures.recognition import claim, source_files
from rightskit.disclosures.values import UnreadableError, value
from rightskit.files import archives, pdftext
from rightskit.files.problems import FileProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rightskit.disclosures.layout import Recipe, Rule, Variable
    from rightskit.disclosures.model import Disclosure
    from rightskit.disclosures.reading import View
    from rightskit.disclosures.recognition import Claim

Outcome = Literal["read", "no-recipe", "drift", "conflict", "broken", "cover-letter"]

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


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from one disclosure.

    Attributes:
        observations: empty unless the outcome is ``read``.
        outcome: ``read``; ``no-recipe`` (unknown layout); ``drift`` (a layout that nearly fits); ``conflict`` (two
            recipes claim it); ``broken`` (cannot be opened); ``cover-letter`` (a letter about data elsewhere).
        reason: one sentence for a person, without anything that stands in the document; empty when read.
        recipe: id and version of the recipe that read it, or nearly fits; empty where there is none.
    """

    observations: tuple[Observation, ...]
    outcome: Outcome
    reason: str = ""
    recipe: str = ""


def extract(disclosure: Disclosure, recipes: Sequence[Recipe]) -> Extraction:
    """Read one disclosure with the one recipe that knows its layout.

    Args:
        disclosure: the document as it was returned.
        recipes: all that may be tried; those for other controllers are left out.

    Returns:
        The observations, or the reason why there are none. Hostile and damaged files do not raise.
    """
    meant = [r for r in recipes if not r.controllers or disclosure.controller in r.controllers]
    try:
        files = source_files(disclosure.content, meant)
        claims = [claim(recipe, files) for recipe in meant]
        fitting = [c for c in claims if c.fit == "fits"]
        if len(fitting) > 1:
            names = ", ".join(c.recipe.name for c in fitting)
            return Extraction((), "conflict", f"Several recipes claim this layout: {names}.")
        return _read(disclosure, fitting[0]) if fitting else _unread(disclosure.content, claims)
    except FileProblemError as error:
        return Extraction((), "broken", str(error))


def _read(disclosure: Disclosure, found: Claim) -> Extraction:
    name = found.recipe.name
    try:
        observations = tuple(_observations(disclosure, found))
    except (DriftError, UnreadableError) as error:
        return Extraction((), "drift", f"The layout is not the one that {name} knows: {error}.", name)
    return Extraction(observations, "read", "", name)


def _unread(content: bytes, claims: Sequence[Claim]) -> Extraction:
    for near in claims:
        if near.fit == "nearly":
            name = near.recipe.name
            return Extraction((), "drift", f"The layout is nearly the one that {name} knows: {near.reason}.", name)
    if archives.is_archive(content[:512]):
        return Extraction((), "no-recipe", "No recipe knows the files of this archive.")
    if not pdftext.is_pdf(content):
        return Extraction((), "no-recipe", "No recipe knows this layout.")
    pages = pdftext.pages(content)
    text = " ".join("\n".join(pages).casefold().split())
    if not text:
        return Extraction((), "no-recipe", "The PDF has no text: it is probably a scan.")
    if len(pages) <= _LETTER_PAGES and any(words in text for words in _ENCLOSES):
        return Extraction((), "cover-letter", "A letter that speaks of an enclosure; the data is elsewhere.")
    return Extraction((), "no-recipe", "No recipe knows this layout.")


def _observations(disclosure: Disclosure, found: Claim) -> Iterator[Observation]:
    """Number the rows through the whole document, so that one number never means two rows."""
    number = 0
    for layout, file, opened in found.files:
        for rule in layout.rules:
            rows = [Row(file.place + row.place, row.parts) for row in _checked(rule, opened.rows(layout, rule))]
            if rule.count:
                yield _observation(disclosure, found, opened, rule.count, float(len(rows)), f"{file.place}rows", 0)
            for row in rows:
                number += not rule.once
                place_in_rows = 0 if rule.once else number
                for variable, read in _values(rule, row):
                    yield _observation(disclosure, found, opened, variable, read, row.place, place_in_rows)


def _checked(rule: Rule, rows: Sequence[Row]) -> Sequence[Row]:
    if rule.once and len(rows) != 1:
        raise DriftError(f"what should stand there once stands there {len(rows)} times")
    if len(rows) < rule.least:
        raise DriftError(f"{len(rows)} rows where at least {rule.least} should stand")
    return rows


def _values(rule: Rule, row: Row) -> Iterator[tuple[Variable, float | str]]:
    for variable in rule.variables:
        try:
            read = value(variable, row.parts.get(variable.source))
        except UnreadableError as error:
            raise UnreadableError(f"{row.place}: {error}") from None
        if read is not None:
            yield variable, read


def _observation(  # noqa: PLR0913, PLR0917 (the fields of an observation)
    disclosure: Disclosure, found: Claim, opened: View, variable: Variable, read: float | str, place: str, row: int
) -> Observation:
    return Observation(
        member=disclosure.member,
        controller=disclosure.controller,
        variable=variable.id,
        value=read,
        unit=variable.unit,
        provenance=variable.provenance,
        confidence=opened.confidence,
        place=place,
        row=row,
        recipe=found.recipe.name,
        disclosure=disclosure.id,
    )
