"""Deadlines as a calendar that any program takes (RFC 5545): one entry for each, known again when it moves.

An entry names a request by its reference and the controller, never a member: calendars are synchronised to strangers.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY = dt.timedelta(days=1)
_OCTETS = 75
_ESCAPED = re.compile(r"[\\;,\n]")


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
    """The file, in the order of the days.

    The lines are written here: libraries build an object of each property, and took seven seconds for 30,000 entries
    (the tests read the file with one of them).

    Args:
        entries: in any order.
        title: of the calendar.
        now: aware, in UTC.
    """
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rightskit//deadlines//EN", "METHOD:PUBLISH")
    stamp = f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    lines = [*head, _text("X-WR-CALNAME", title)]
    for entry in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        lines += _event(entry, stamp)
    return "\r\n".join((*lines, "END:VCALENDAR", "")).encode()


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield _text("UID", entry.uid)
    yield stamp
    yield f"DTSTART;VALUE=DATE:{_day(entry.day)}"
    yield f"DTEND;VALUE=DATE:{_day(entry.day + _DAY)}"
    yield _text("SUMMARY", entry.summary)
    yield _text("DESCRIPTION", entry.description)
    yield f"SEQUENCE:{entry.revision}"
    yield "STATUS:CANCELLED" if entry.gone else "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _day(date: dt.date) -> str:
    return date.isoformat().replace("-", "")


@lru_cache(maxsize=4096)
def _text(name: str, value: str) -> str:
    """A property of text (RFC 5545 section 3.3.11), in lines of 75 octets at most (section 3.1); many are the same."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    line = f"{name}:{_ESCAPED.sub(_escape, plain)}"
    rows: list[str] = []
    while len(raw := line.encode()) > _OCTETS:
        rows.append(raw[:_OCTETS].decode(errors="ignore"))  # no character is broken
        line = f" {line[len(rows[-1]) :]}"
    return "\r\n".join((*rows, line))


def _escape(match: re.Match[str]) -> str:
    return "\\n" if match[0] == "\n" else f"\\{match[0]}"
