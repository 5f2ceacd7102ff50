"""Returned data, and the values read from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A document that a controller returned.

    Attributes:
        id: SHA-256 (hex) of its bytes.
        reference: of the request that it answers.
        member: whose data it is.
        controller: who returned it.
        name: cleaned file name.
        content: raw bytes; where they are too many for the memory, a stream that can be read from any place.
        languages: in which it may be written, as BCP 47 codes; empty where nobody knows.
    """

    id: str
    reference: str
    member: str
    controller: str
    name: str
    media_type: str
    content: bytes | IO[bytes]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One value read from a disclosure.

    Attributes:
        variable: slug from the recipe, such as ``base-score``.
        value: a number, or a text of the recipe's allowed values.
        unit: of a number; empty for texts.
        provenance: ``provided``, ``observed``, ``derived`` or ``inferred``.
        confidence: from 0 to 1.
        place: where it stood: page, path inside an archive, row.
        row: number of the recipe's row that it belongs to; 0 for the document as a whole.
        recipe: the recipe's id and version.
        disclosure: id of the disclosure.
    """

    member: str
    controller: str
    variable: str
    value: float | str
    unit: str
    provenance: str
    confidence: float
    place: str
    row: int
    recipe: str
    disclosure: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A value that a person must look at before it becomes an observation.

    Attributes:
        observation: as it would be; its value is an empty text where nothing can be proposed.
        why: ``range``, ``date``, ``decimal``, ``unit`` or ``unsure`` (:mod:`rightskit.disclosures.values`).
        snippet: what stands there, as the document prints it: it may hold anything.
    """

    observation: Observation
    why: str
    snippet: str

    @property
    def row(self) -> int:
        """As of the observation."""
        return self.observation.row
