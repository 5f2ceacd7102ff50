"""Deadlines as a calendar that any program takes (RFC 5545): one entry for each, known again when it moves.

An entry names a request by its reference and the controller, never a member: calendars are synchronised to strangers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline.

    Attributes:
        uid: the same for ever, so that a calendar moves its entry instead of adding another (RFC 5545 section 3.8.4.7).
        day: the last day.
        summary: one line.
        description: what to do then, with the reasons for the day.
        revision: grows whenever the entry may have changed (RFC 5545 section 3.8.7.4).
        gone: whether nothing is awaited any longer: a calendar that knows the entry then cancels it.
    """

    uid: str
    day: dt.date
    summary: str
    description: str
    revision: int
    gone: bool = False


def calendar(entries: Iterable[Entry], title: str, now: dt.datetime) -> bytes:
    """The file, in the order of the days."""
    found = Calendar()
    found.add("prodid", "-//rightskit//deadlines//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", title)
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        found.add_component(_event(entry, now))
    return bytes(found.to_ical())


def _event(entry: Entry, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + dt.timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if entry.gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
