"""Moments as pages print them for people: ``11 Mar 2024, 10:11:12 CET``, ``11.03.2024, 10:11:12 MEZ``.

English (British and American), German and French. The day is the one that is printed: short names of time zones mean
several zones, so none is turned into another. A day that only its order could tell (``3/4/2024``) is not read.
"""

from __future__ import annotations

import datetime as dt
import re

_NAMES = (
    "jan january januar janv janvier",
    "feb february februar févr février",
    "mar march mär märz mars",
    "apr april avr avril",
    "may mai",
    "jun june juni juin",
    "jul july juli juil juillet",
    "aug august août",
    "sep sept september septembre",
    "oct october okt oktober octobre",
    "nov november novembre",
    "dec december dez dezember déc décembre",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_ZONE = r"(?: (?:[A-Z]{2,5}|(?:UTC|GMT)[-+\u2212][0-9]{1,2}(?::?[0-9]{2})?))?"
_CLOCK = rf"(?:,|,? à|,? at|,? um)? [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?: [AaPp]\.?[Mm]\.?)?{_ZONE}"
_DAYS = (
    r"(?P<day>[0-9]{1,2})\.? (?P<month>[^\W\d_]{3,9})\.?,? (?P<year>[0-9]{4})",
    r"(?P<month>[^\W\d_]{3,9})\.? (?P<day>[0-9]{1,2}), (?P<year>[0-9]{4})",
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
)
_MOMENTS = tuple(re.compile(f"{day}(?:{_CLOCK})?") for day in _DAYS)
_LONGEST = 60


def printed(text: str) -> dt.datetime | None:
    """The day that a text prints, at midnight and without a zone; None where it prints none in a form known here."""
    plain = " ".join(text.split()) if len(text) <= _LONGEST else ""
    found = next((match for each in _MOMENTS if (match := each.fullmatch(plain))), None)
    month = _month(found["month"]) if found else None
    if not found or not month:
        return None
    try:
        return dt.datetime(int(found["year"]), month, int(found["day"]))  # noqa: DTZ001 (the day as it is printed)
    except ValueError:
        return None


def _month(text: str) -> int | None:
    return int(text) if text.isdecimal() else _MONTHS.get(text.casefold())
