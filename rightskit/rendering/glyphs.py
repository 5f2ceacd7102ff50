"""Which characters the shipped fonts can print: on paper there is no other font to fall back to."""

from __future__ import annotations

import struct
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
    fonts = sorted((paths.shipped("letters") / "fonts").glob("*.ttf"))
    return frozenset.intersection(*(_characters(font.read_bytes()) for font in fonts))


def _characters(font: bytes) -> frozenset[int]:
    """The code points of a font: its cmap subtable of format 4 (OpenType specification, "cmap")."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s4xII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * number)[0] for number in range(subtables)]
    start = next(start for start in starts if struct.unpack_from(">H", font, start)[0] == _SEGMENTS)
    (size,) = struct.unpack_from(">H", font, start + 6)
    last = struct.unpack_from(f">{size // 2}H", font, start + 14)
    first = struct.unpack_from(f">{size // 2}H", font, start + 16 + size)
    return frozenset(code for pair in zip(first, last, strict=True) for code in range(pair[0], pair[1] + 1)) - {0xFFFF}


_SEGMENTS = 4
