"""Who counts as one: the same person under two entries, and those who share a meter, a contract or an account."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def people(members: Iterable[str], links: Iterable[tuple[str, str]], secret: bytes) -> Mapping[str, int]:
    """Member → the number under which they are counted: the same for all who belong together.

    Args:
        members: ids.
        links: pairs of a member's id and something that only one household has; pairs of strangers are left.
        secret: keys the numbers, so that nobody outside the vault can tell whose they are.
    """
    parent = {member: member for member in members}
    first: dict[str, str] = {}
    for member, shared in links:
        if member in parent:
            _join(parent, first.setdefault(shared, member), member)
    return {member: _number(_root(parent, member), secret) for member in parent}


def _root(parent: dict[str, str], member: str) -> str:
    while parent[member] != member:
        parent[member] = parent[parent[member]]
        member = parent[member]
    return member


def _join(parent: dict[str, str], one: str, other: str) -> None:
    # The least id stands for all, so that the number stays the same from one release to the next.
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _number(member: str, secret: bytes) -> int:
    return int.from_bytes(hmac.digest(secret, f"person {member}".encode(), "sha256")[:8]) >> 1
