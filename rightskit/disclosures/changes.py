"""By how many members a cell differs from the same cell of an earlier release.

Two releases can be subtracted from each other: where 31 members were red and now 32 are, somebody who knows who joined
knows their colour. So the vault remembers who stood behind each cell of a release, as keyed hashes, and a cell that
differs by fewer members than the threshold is hidden like a small one (Hundepool et al., Statistical Disclosure Control
(2012), section 4.5, linked tables).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Mark(NamedTuple):
    """Which cell.

    Attributes:
        kind: ``pool`` (everyone), ``base`` (with a document that can hold the variable), ``total`` (with the value
            that rows are told apart by), ``cell``, ``none`` (without a value) or ``figure`` (with a number); of two
            variables ``cross``, ``row``, ``column`` and ``both`` (everyone), and of a number in groups again
            ``figure`` and ``none``; of a research copy ``class``.
        key: the value that rows are told apart by, or the group.
        label: a value, or the number of a band.
    """

    kind: str
    variable: str = ""
    key: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Who stands behind a cell.

    Attributes:
        members: their numbers, as 64-bit integers in the order of this machine.
        prints: beside each the fingerprint of the figure that was counted for them; empty where nothing is added up.
        gone: how many were forgotten since: they cannot be told from others, and count as a difference.
    """

    members: bytes
    prints: bytes = b""
    gone: int = 0

    def differs(self, other: Held) -> int:
        """How many members are in one and not in the other, or with another figure."""
        import numpy as np  # noqa: PLC0415 (heavy: only where used)

        members, prints = (np.concatenate(column) for column in zip(_columns(self), _columns(other), strict=True))
        order = np.lexsort((prints, members))
        members, prints = members[order], prints[order]
        same = (members[1:] == members[:-1]) & (prints[1:] == prints[:-1])  # nobody stands twice on one side
        alone = np.ones(len(order), bool)
        alone[1:] &= ~same
        alone[:-1] &= ~same
        return len(np.unique(members[alone])) + self.gone + other.gone


def _columns(held: Held) -> tuple[Any, Any]:
    import numpy as np  # noqa: PLC0415 (heavy: only where used)

    return np.frombuffer(held.members, np.int64), np.frombuffer(held.prints or bytes(len(held.members)), np.int64)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that left the house.

    Attributes:
        edges: variable → the values or the edges of bands that its tables told apart.
        held: who stood behind each of its cells.
    """

    name: str
    edges: Mapping[str, tuple[str, ...]]
    held: Mapping[Mark, Held]


@dataclass(frozen=True, slots=True)
class Change:
    """From one earlier release to what is counted now.

    Attributes:
        variables: of which that release had tables.
        by: cell → members; a cell that is missing did not change.
    """

    release: str
    variables: frozenset[str]
    by: Mapping[Mark, int]

    def of(self, mark: Mark) -> int:
        """By how many members a cell differs; 0 too where the release had no table of it."""
        return self.by.get(mark, 0) if mark.variable in self.variables else 0

    def least(self, marks: Iterable[Mark]) -> int:
        """By how many members cells that stand together differ at least: who moved between them counts in none.

        Where that is nobody although the cells changed, one is said, so that they stay hidden.
        """
        numbers = [self.of(mark) for mark in marks]
        return max(1, 2 * max(numbers) - sum(numbers)) if any(numbers) else 0


def changes(now: Mapping[Mark, Held], earlier: Iterable[Earlier]) -> tuple[Change, ...]:
    """Compare with every earlier release: who subtracts chooses which two."""
    return tuple(Change(one.name, frozenset((*one.edges, "")), dict(_compared(now, one))) for one in earlier)


def _compared(now: Mapping[Mark, Held], earlier: Earlier) -> Iterable[tuple[Mark, int]]:
    nobody = Held(b"")
    for mark in now.keys() | earlier.held.keys():
        if difference := now.get(mark, nobody).differs(earlier.held.get(mark, nobody)):
            yield mark, difference
