"""References, ids of members and Message-IDs, drawn so that they are the same each time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


class Lot(random.Random):
    """Stands in for the module ``secrets``: no test turns out otherwise because of the letters of a reference."""

    def token_hex(self, size: int) -> str:
        return self.randbytes(size).hex()


def draw_by(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a name decide what is drawn in this process."""
    from rightskit.campaign import reference
    from rightskit.delivery import message

    lot = Lot(name)
    for module in (reference, message):
        monkeypatch.setattr(module, "secrets", lot)
