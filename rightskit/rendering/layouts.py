"""The paper standards: where an envelope's window shows the address, and the words around a letter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rightskit import paths, yamlfile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper standard. Lengths are millimetres on A4, from the top left corner.

    Attributes:
        name: of the stylesheet in ``letters/layouts``.
        x, y, width, height: the address field, of which the window of the envelope shows everything.
    """

    name: str
    x: float
    y: float
    width: float
    height: float

    @property
    def most_lines(self) -> int:
        """How many lines of an address the field holds in the smallest type."""
        return _LINES + _LINES // 2

    def lines_for(self, address: Sequence[str]) -> int:
        """How many lines an address takes, long ones broken."""
        return sum(max(1, math.ceil(_width(line) / _EM)) for line in address)

    def type_size(self, lines: int) -> float:
        """The size of the address's type in points: smaller where it has more lines than usual."""
        return round(10 * min(1, _LINES / lines), 2)


# Every layout's address field holds six lines of 10 pt on 12 pt (27.3 mm in DIN 5008). They are 80 mm wide, which is
# 22 em; a tenth of it is lost where words are not broken.
_LINES, _EM = 6, 20

LAYOUTS = {
    layout.name: layout
    for layout in (
        # DIN 5008:2020, form B: address field 85 mm x 45 mm, 20 mm from the left, 45 mm from the top.
        Layout("din5008b", 20, 45, 85, 45),
        # NF Z 11-001: the addressee stands on the right; the field lies in the windows of DL and C5 envelopes.
        Layout("french", 110, 50, 85, 35),
        # No standard: the place of the German window, which fits plain envelopes as well.
        Layout("a4", 20, 45, 85, 45),
    )
}
_BY_COUNTRY = {"DE": "din5008b", "AT": "din5008b", "FR": "french", "BE": "french", "LU": "french", "MC": "french"}


def _width(line: str) -> float:
    """How wide a line is about, in em: the shipped font's capitals are wider than its other characters."""
    return sum(0.8 if character.isupper() or character in "mw" else 0.56 for character in line)


def layout_for(country: str) -> str:
    """The layout that is usual where the recipient is; plain A4 where none is known.

    Args:
        country: ISO 3166-1 alpha-2.
    """
    return _BY_COUNTRY.get(country.upper(), "a4")


def folder() -> Path:
    """Where the stylesheets and the words lie."""
    return paths.shipped("letters") / "layouts"


@cache
def words(language: str) -> dict[str, str]:
    """The words around a letter, such as "Date"; English ones where the language has none."""
    catalogue = yamlfile.read(folder() / "words.yaml")
    languages = (language, language.partition("-")[0], "en")
    return catalogue.mapping(next(tag for tag in languages if tag in catalogue))
