"""The paper standards: where an envelope's window shows the address, and the words around a letter."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rightskit import paths, yamlfile
from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper standard. Lengths are millimetres on A4, from the top left corner.

    Attributes:
        name: of the stylesheet in ``letters/layouts``.
        x, y, width, height: the address field, of which the window of the envelope shows everything.
        address: width and height of the recipient's address within it.
        sender: width and height of the place for the sender's name, address and contact.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    address: tuple[float, float]
    sender: tuple[float, float]

    def type_size(self, address: Sequence[str]) -> float:
        """The size of the recipient's type in points: smaller where the address has more lines than usual.

        Under :data:`SMALLEST` the address is too long for the window.
        """
        return _size(self.address, [(line, 1.0) for line in address], _USUAL, _LEADING)

    def sender_size(self, name: str, lines: Sequence[str]) -> float:
        """The same for the sender, whose name is larger than the lines below it."""
        return _size(self.sender, [(name, _NAME), *((line, 1.0) for line in lines)], _SENDER, 1.42)


SMALLEST = 6.5
"""The smallest type in points that a sorting machine, and a reader, can be asked to read."""
_USUAL, _SENDER, _NAME, _LEADING = 10.0, 8.5, 1.28, 1.2  # the name is 1.18 times as large, and bold is wider
_POINT = 25.4 / 72
_FULL = 0.9  # a tenth of a line is lost where words are not broken

LAYOUTS = {
    layout.name: layout
    for layout in (
        # DIN 5008:2020: address field 85 mm x 45 mm, 20 mm from the left, 27 mm (form A) or 45 mm (B) from the top.
        Layout("din5008a", 20, 27, 85, 45, (80, 27.3), (65, 27)),
        Layout("din5008b", 20, 45, 85, 45, (80, 27.3), (165, 27)),
        # SN 010130 allows both sides; windows of 100 mm x 45 mm. The field lies within what KOMA-Script's SN.lco
        # (112 to 202 mm from the left, 45 to 90 mm from the top) and SNleft.lco (20 to 120 mm, 35.5 to 80.5 mm) give.
        Layout("swissleft", 20, 50, 87, 30.5, (82, 23.5), (165, 31)),
        Layout("swissright", 112, 50, 90, 35, (85, 28.5), (80, 32)),
        # NF Z 11-001: the addressee stands on the right, within what KOMA-Script's NF.lco gives (100 to 200 mm from the
        # left, 35 to 80 mm from the top), folded at 99 mm into a DL envelope with its window 20 mm from the bottom.
        Layout("french", 110, 50, 85, 29, (80, 24), (78, 39)),
        # DL of 110 mm x 220 mm with the usual British window, 35 mm x 90 mm, 20 mm from the left and 18 mm from the
        # bottom: the sheet, folded at 99 mm, may slide 11 mm up and 10 mm to the right, and this part always shows.
        Layout("ukdl", 20, 57, 80, 24, (75, 24), (65, 39)),
        # No standard: the place of the German window, which fits plain envelopes as well.
        Layout("a4", 20, 45, 85, 45, (80, 27.3), (165, 27)),
    )
}
_BY_COUNTRY = {
    **dict.fromkeys(("DE", "AT"), "din5008b"),
    **dict.fromkeys(("CH", "LI"), "swissright"),
    **dict.fromkeys(("FR", "BE", "LU", "MC"), "french"),
    **dict.fromkeys(("GB", "IE"), "ukdl"),
}


def _size(place: tuple[float, float], lines: Sequence[tuple[str, float]], usual: float, leading: float) -> float:
    """The largest type in points, at most the usual, in which lines of a text and a factor fit into width and height.

    A quarter of a point is the step, so letters of like addresses look alike.
    """
    size = usual
    while size >= SMALLEST and _height(place[0], lines, size, leading) > place[1]:
        size -= 0.25
    return size


def _height(width: float, lines: Sequence[tuple[str, float]], size: float, leading: float) -> float:
    """Millimetres that lines take, long ones broken."""
    em = width * _FULL / (size * _POINT)
    rows = sum(max(1, math.ceil(_width(line) * factor / em)) * max(1, factor / 1.09) for line, factor in lines)
    return rows * size * leading * _POINT


def short(text: str) -> str:
    """The line above the address in the window, cut where it would take more than its two lines."""
    if _width(text) <= _RETURN:
        return text
    while _width(text) > _RETURN:
        text = text[:-1]
    return f"{text.rstrip()} …"


_RETURN = 2 * 80 / (6.5 * _POINT) * 0.85  # em: two lines of 80 mm in 6.5 pt


def named(layout: str) -> Layout:
    """A layout by its name.

    Raises:
        WrongUsageError: there is no such layout.
    """
    if layout not in LAYOUTS:
        raise WrongUsageError(f"There is no layout {layout!r}.", yamlfile.did_you_mean(layout, LAYOUTS))
    return LAYOUTS[layout]


def _width(line: str) -> float:
    """How wide a line is about, in em: the shipped font's capitals are wider than its other characters."""
    return sum(0.94 if character in "WMwm" else 0.72 if character.isupper() else 0.56 for character in line)


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
