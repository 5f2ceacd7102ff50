"""How a flow shows that it works: the command line supplies a bar, a test supplies nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


class Track(Protocol):
    """Passes items on and counts them."""

    def __call__(self, items: Iterable[T], label: str, total: int | None) -> Iterable[T]:
        """Give back the same items, one by one; ``total`` is None where nobody knows it."""


class Steps:
    """The steps of a work that is no loop, counted as they begin.

    They should last about as long as each other: from what is done a person is told how long the rest takes.
    """

    def __init__(self, track: Track, label: str, total: int) -> None:
        self._left = iter(track(range(total), label, total))

    def begin(self) -> None:
        """The next step begins, and the last one is done."""
        next(self._left, None)


def silent(items: Iterable[T], label: str, total: int | None) -> Iterable[T]:  # noqa: ARG001 (Track's signature)
    """Count nothing."""
    return items
