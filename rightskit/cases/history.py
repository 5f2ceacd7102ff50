"""The events of a request that stand, in order: what a person corrected no longer counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.cases.happenings import FIRST_DAY, LAST_DAY, Happening
from rightskit.cases.model import Event, EventKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

_KINDS = {kind.value: kind for kind in EventKind}


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count: in order of the legal day, then of noting; without those that were corrected.

    An event outside the years that can be reckoned with is left out (see :func:`oddities`).
    """
    kept = [event for event in events if FIRST_DAY <= event.happened <= LAST_DAY]
    gone = _corrected(kept)
    return tuple(sorted((event for event in kept if not event.id or event.id not in gone), key=_order))


def oddities(events: Iterable[Event], today: dt.date) -> set[str]:
    """Flags for dates that a person should look at: ``odd-date`` (not counted), ``future-date`` (counted)."""
    found = set()
    for event in events:
        if not FIRST_DAY <= event.happened <= LAST_DAY:
            found.add("odd-date")
        elif event.happened > today:
            found.add("future-date")
    return found


def happening(event: Event) -> Happening:
    """The event as the deadline engine reads it."""
    return Happening(
        event.happened,
        event.kind,
        reasons=event.detail.get("reasons", "") != "no",
        about=_KINDS.get(event.detail.get("demand", "")),
    )


def said(event: Event, name: str) -> bool:
    """Whether a detail is given and is not ``no``."""
    return event.detail.get(name, "no") not in {"", "no"}


LINKED = "data-linked"


def called(event: Event) -> str:
    """What an event is called in words: its kind, but a link to data is not data received."""
    return LINKED if event.kind is EventKind.DATA_RECEIVED and said(event, "link") else event.kind.value


def last(events: Sequence[Event], *kinds: EventKind) -> int:
    """The place of the last event of some kinds; -1 where there is none."""
    return max((place for place, event in enumerate(events) if event.kind in kinds), default=-1)


def _corrected(events: Sequence[Event]) -> set[int]:
    """The ids that no longer count. A correction can be corrected: the later one is heard first."""
    gone: set[int] = set()
    for event in sorted(events, key=lambda event: (event.noted, event.id), reverse=True):
        target = event.detail.get("corrects", "") if event.kind is EventKind.CORRECTED else ""
        if target.isdecimal() and event.id not in gone and int(target) != event.id:
            gone.add(int(target))
    return gone


def _order(event: Event) -> tuple[dt.date, dt.datetime, int]:
    return event.happened, event.noted, event.id
