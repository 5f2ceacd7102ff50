"""Numbers that several documents share, such as a meter's: nobody may read them, and equal ones must stay equal.

A member's own machine knows no secret of the campaign. So a number is sealed first by a slow function that anyone can
compute (scrypt, RFC 7914): who has only the result must try the possible numbers one by one. The campaign then keys
what is sealed with the secret of its vault, whether the document was read there or at its owner's.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from functools import lru_cache

WITHHELD = "withheld"
"""Stands for a number that could not be sealed; all who have one count as one household, because nobody can tell."""
_SEALED = re.compile(r"(.+):([0-9a-f]{32})")
_COST = 2**13
"""Of scrypt: 8 MB and some hundredths of a second for each number."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What numbers are sealed and keyed with.

    Attributes:
        campaign: its slug, which is public; empty where nobody said it.
        secret: of its vault; empty on a member's own machine.
    """

    campaign: str = ""
    secret: bytes = b""

    def of(self, variable: str, text: str) -> str:
        """What is kept of a number: 32 digits in hex, on a member's own machine behind the campaign's slug."""
        if not self.campaign:
            return WITHHELD
        sealed = _sealed(self.campaign, variable, "".join(text.split()).casefold())
        return self._keyed(variable, sealed) if self.secret else f"{self.campaign}:{sealed}"

    def taken_over(self, variable: str, text: str) -> str | None:
        """What is kept of a number that :meth:`of` sealed elsewhere; None where it was sealed for somebody else."""
        match = _SEALED.fullmatch(text)
        if match and match[1] == self.campaign:
            return self._keyed(variable, match[2])
        return WITHHELD if text == WITHHELD else None

    def _keyed(self, variable: str, sealed: str) -> str:
        return hmac.digest(self.secret, f"{variable}\0{sealed}".encode(), "sha256")[:16].hex()


@lru_cache(maxsize=256)
def _sealed(campaign: str, variable: str, plain: str) -> str:
    salt = f"{campaign}\0{variable}".encode()
    return hashlib.scrypt(plain.encode(), salt=salt, n=_COST, r=8, p=1, dklen=16).hex()
