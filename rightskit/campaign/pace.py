"""How fast a campaign's letters leave."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rightskit.yamlfile import Section

_QUIET = re.compile(r"([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?([01]?\d|2[0-3]):([0-5]\d)")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast letters leave; 0 stands for no limit.

    Attributes:
        per_minute: letters, evenly spread.
        per_hour: letters, evenly spread.
        per_day: letters in any 24 hours.
        per_recipient: letters to one address in any 24 hours.
        quiet: from when until when no letter leaves, by the clock on the wall; it may pass midnight.
    """

    per_minute: int = 0
    per_hour: int = 0
    per_day: int = 0
    per_recipient: int = 0
    quiet: tuple[dt.time, dt.time] | None = None

    @property
    def interval(self) -> dt.timedelta:
        """From one letter to the next, at least."""
        minute = 60 / self.per_minute if self.per_minute else 0.0
        hour = 3600 / self.per_hour if self.per_hour else 0.0
        return dt.timedelta(seconds=max(minute, hour))

    def slower_of(self, per_minute: int, per_day: int) -> Pace:
        """This pace within what a provider allows."""
        return Pace(
            _least(self.per_minute, per_minute),
            self.per_hour,
            _least(self.per_day, per_day),
            self.per_recipient,
            self.quiet,
        )

    def after_quiet(self, moment: dt.datetime) -> dt.datetime:
        """The moment itself, or the end of the quiet hours that it lies in."""
        if self.quiet is None:
            return moment
        start, end = self.quiet
        wall = moment.time()
        is_quiet = start <= wall < end if start <= end else (wall >= start or wall < end)
        if not is_quiet:
            return moment
        day = moment.date() + (_DAY if wall >= end else dt.timedelta())
        return dt.datetime.combine(day, end, moment.tzinfo)


def read(top: Section) -> Pace:
    """What stands under ``pace``: letters an hour as a number, or a mapping."""
    if not top.is_section("pace"):
        return Pace(per_hour=top.integer("pace", DEFAULT.per_hour, least=1))
    section = top.section("pace")
    limits = {
        name: section.integer(name, 0, least=1) for name in ("per_minute", "per_hour", "per_day", "per_recipient")
    }
    if not any(limits.values()):
        limits["per_hour"] = DEFAULT.per_hour
    pace = Pace(**limits, quiet=_quiet(section))
    section.refuse_unknown()
    return pace


def _quiet(section: Section) -> tuple[dt.time, dt.time] | None:
    text = section.text("quiet")
    found = _QUIET.fullmatch(text)
    if text and not found:
        section.fault("quiet", f"quiet is {text!r}", 'write hours such as "20:00-07:00"')
    if not found:
        return None
    hours = [int(number) for number in found.groups()]
    return dt.time(hours[0], hours[1]), dt.time(hours[2], hours[3])


def _least(one: int, other: int) -> int:
    """The stricter of two limits, where 0 is none."""
    return min(filter(None, (one, other)), default=0)


DEFAULT = Pace(per_hour=60)
"""A letter a minute: no controller is flooded, and no provider takes offence."""
