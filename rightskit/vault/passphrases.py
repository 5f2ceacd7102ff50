"""What a passphrase must be: whoever has the file can try as many as they like."""

from __future__ import annotations

from rightskit.errors import RefusedError

SHORTEST = 12
"""Characters; the vault's file can be copied, so it must withstand more than a password at a counter."""
_DIFFERENT = 5
"""Characters that are not the same: it is no single key held down."""


def weakness(passphrase: str) -> str:
    """What is wrong with a new passphrase; empty where it will do."""
    if not passphrase:
        return "A vault needs a passphrase."
    if len(passphrase) < SHORTEST:
        return f"A passphrase of {len(passphrase)} characters is soon guessed; {SHORTEST} are the least."
    if len(set(passphrase.casefold())) < _DIFFERENT:
        return f"A passphrase of fewer than {_DIFFERENT} different characters is soon guessed."
    return ""


ADVICE = "Six random words make a good one."


def demand(passphrase: str) -> None:
    """Refuse a new passphrase that would soon be guessed.

    Raises:
        RefusedError: it is empty, short, or made of a few characters.
    """
    if said := weakness(passphrase):
        raise RefusedError(said, ADVICE)
