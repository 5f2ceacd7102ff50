"""References of requests and ids of members: opaque, random, hard to mistype.

A reference is ``RK-XXXX-XXXX``: seven random characters of Crockford's base 32 and a check character. The check is a
weighted sum in the field of 32 elements, so it stays in the alphabet, and since all weights differ and none is zero it
catches every single wrong character and every two swapped ones. (A weighted sum modulo 32 cannot do both.)
"""

from __future__ import annotations

import re
import secrets
from functools import reduce

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans("OILoil", "011011")
_REDUCER = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)
# RK, then eight characters; people and programs put spaces, dashes and line breaks between them.
_PATTERN = re.compile(
    r"(?<![A-Z0-9])RK[\s\u00ad_=\u2010-\u2015-]{0,4}((?:[0-9A-TV-Z][\s\u00ad_=\u2010-\u2015-]{0,3}){7}[0-9A-TV-Z])(?![A-Z0-9])",
    re.IGNORECASE,
)


_MEMBER = re.compile(rf"(?<![A-Z0-9])M[{ALPHABET}]{{8}}(?![A-Z0-9])")


def new_reference() -> str:
    """A random reference with its check character."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(7)))


def new_member_id() -> str:
    """A random member id: ``M`` and eight characters."""
    return "M" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def new_mandate_id() -> str:
    """A random id of a mandate: ``V`` and eight characters."""
    return "V" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def with_check(seven: str) -> str:
    """The reference whose seven random characters are given."""
    check = ALPHABET[
        reduce(int.__xor__, (_times(_VALUES[c], weight) for c, weight in zip(seven, range(2, 9), strict=True)))
    ]
    return f"RK-{seven[:4]}-{seven[4:]}{check}"


def normalise(text: str) -> str | None:
    """The reference that a text is meant to be, or None where its check character does not fit."""
    found = find(text)
    return found[0] if found else None


def find(text: str) -> list[str]:
    """All references in a text, in order, once each.

    Tolerant of case, of spaces, dashes and line breaks, and of O for 0, I and L for 1.
    """
    found = (_meant(match) for match in _PATTERN.finditer(text))
    return list(dict.fromkeys(reference for reference in found if reference))


def without(text: str, mark: str) -> str:
    """A text with a mark for each reference in it, however it is written."""
    return _PATTERN.sub(lambda match: mark if _meant(match) else match[0], text)


def _meant(match: re.Match[str]) -> str:
    """The reference that is meant; empty where the check character does not fit."""
    characters = re.sub(r"[^0-9A-Za-z]", "", match[1]).translate(_LOOKALIKES).upper()
    fits = set(characters) <= set(ALPHABET) and with_check(characters[:7])[-1] == characters[7]
    return with_check(characters[:7]) if fits else ""


def find_members(text: str) -> set[str]:
    """Whatever in a text has the form of a member's id."""
    return set(_MEMBER.findall(text.upper()))


def _times(a: int, b: int) -> int:
    """Product in GF(32)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 32:
            a ^= _REDUCER
        b >>= 1
    return product
