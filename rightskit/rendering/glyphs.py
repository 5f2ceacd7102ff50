"""Which characters the shipped fonts can print: on paper there is no other font to fall back to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.rendering import fields
from rightskit.rendering.errors import UnprintableFieldError

if TYPE_CHECKING:
    from rightskit.rendering.model import LetterOrder


def check(order: LetterOrder) -> None:
    """Refuse values that would come out as empty boxes, or in a font that only some machines have.

    Raises:
        UnprintableFieldError: a value holds a character that the shipped fonts do not have, such as an emoji, a
            Hebrew or a Chinese one; a mail can carry it.
    """
    for name, text in fields.texts(order):
        if text.isascii():
            continue
        missing = next((character for character in text if character != "\n" and ord(character) not in known()), None)
        if missing is not None:
            reason = f"on paper there is no letter form for U+{ord(missing):04X}; write it in Latin letters"
            raise UnprintableFieldError(order.letter, name, reason)


@cache
def known() -> frozenset[int]:
    """The code points that every shipped font has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415 (heavy: only where used)

    fonts = sorted((paths.shipped("letters") / "fonts").glob("*.ttf"))
    tables = []
    for path in fonts:
        with TTFont(path) as font:
            tables.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*tables)
