"""Dates as mail programs write them above a forwarded mail: ``Dienstag, 3. März 2026 10:01``."""

from __future__ import annotations

import datetime as dt
import re

# The beginnings of the months' names in German, English, French, Dutch, Spanish, Italian, Polish and Portuguese.
_MONTHS = (
    ("jan", "jän", "ene", "gen", "sty"),
    ("feb", "fév", "fev", "lut"),
    ("mär", "mar", "maa", "mrt"),
    ("apr", "avr", "abr", "kwi"),
    ("mai", "may", "mei", "mag", "maj"),
    ("jun", "juin", "giu", "cze"),
    ("jul", "juil", "lug", "lip"),
    ("aug", "aoû", "aou", "ago", "sie"),
    ("sep", "set", "wrz"),
    ("okt", "oct", "ott", "paź", "paz", "out"),
    ("nov", "lis"),
    ("dez", "dec", "déc", "dic", "gru"),
)
_STEMS = sorted(((stem, number) for number, stems in enumerate(_MONTHS, 1) for stem in stems), key=lambda s: -len(s[0]))
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_NUMBERS = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})\.?º?(?:\s+de|er)?\s+([^\W\d]{3,12})\.?(?:\s+de)?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([^\W\d]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_LAST_MONTH = 12


def read(text: str) -> dt.date | None:
    """The first day that a text names, in any of the languages; None where it names none.

    ``3/4/2026`` is 3 April, as nearly everywhere in Europe; ``3/14/2026`` can only be 14 March.
    """
    line = text[:200].lower()
    for found in (_iso(line), _numbers(line), _words(line)):
        if found:
            return found
    return None


def _iso(line: str) -> dt.date | None:
    found = _ISO.search(line)
    return _day(*map(int, found.groups())) if found else None


def _numbers(line: str) -> dt.date | None:
    found = _NUMBERS.search(line)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    if month > _LAST_MONTH:
        day, month = month, day
    return _day(year + 2000 if year < 100 else year, month, day)  # noqa: PLR2004 (two digits of a year)


def _words(line: str) -> dt.date | None:
    for pattern, month, day in ((_DAY_FIRST, 2, 1), (_MONTH_FIRST, 1, 2)):
        for found in pattern.finditer(line):
            number = _month(found.group(month))
            if number:
                return _day(int(found.group(3)), number, int(found.group(day)))
    return None


def _month(word: str) -> int:
    return next((number for stem, number in _STEMS if word.startswith(stem)), 0)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
