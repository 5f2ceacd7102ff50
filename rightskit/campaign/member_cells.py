"""The cells of one member -> Member, and what is wrong with each of them.

A fault names the column and what to write instead, never the value: a value is somebody's personal data.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING

from rightskit.campaign import mandates
from rightskit.campaign.model import SCOPES, WAYS, Member
from rightskit.campaign.reference import ALPHABET
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Say = Callable[[str, str, str], None]
    """Takes a column, what is wrong with its cell, and what to write instead."""

REQUIRED = ("given_name", "family_name")
_AS_THEY_STAND = (
    *("given_name", "family_name", "street", "postal_code", "city", "country", "email", "phone", "language"),
    *("acts", "consent_version", "guardian", "note"),
)
"""Columns that a member takes over without reading more into them."""
DIED = "died"
"""A column of forms that ask whether the person still lives."""
IDENTIFIER_PREFIX = "id:"
_PHONE = re.compile(r"\+?[0-9 ()/.-]{4,30}")
_EMAIL = re.compile(r"[^@\s\"<>(),;:]+@[^@\s.\"<>(),;:]+(\.[^@\s.\"<>(),;:]+)+")
_MEMBER = re.compile(f"M[{ALPHABET}]{{8}}")
_OLDEST = dt.date(1900, 1, 1)


def member_of(row: Mapping[str, str], today: dt.date, new_id: Callable[[], str], fault: Say) -> Member:
    """The member of one row; once a fault was said it is only good for comparing.

    Args:
        row: column -> cell.
        today: no date of birth or signature lies after it.
        new_id: draws an id for a member without one.
        fault: takes what is wrong.
    """
    cells = {name: unicodedata.normalize("NFC", " ".join(value.split())) for name, value in row.items()}
    for column, value in cells.items():
        check(column, value, fault)
    scopes = _scopes(cells.get("consent_scope", ""), fault)
    birthdate = _date(cells, "birthdate", today, fault)
    act, receive, agreed = (_date(cells, f"{kind}_date", today, fault) for kind in ("mandate", "receive", "consent"))
    if agreed and not cells.get("consent_version"):
        fault("consent_date", "a day without the version of the consent text", "write consent_version too")
    return Member(
        member=cells.get("member") or new_id(),
        birthdate=birthdate,
        mandates=mandates.of_dates(act, receive, birthdate=birthdate, guardian=cells.get("guardian", "")),
        consent_scope=scopes,
        consent_date=agreed,
        identifiers=_identifiers(cells),
        **{column: cells.get(column, "") for column in _AS_THEY_STAND},
    )


def _scopes(cell: str, fault: Say) -> tuple[str, ...]:
    scopes = tuple(cell.replace(",", " ").replace("+", " ").split())
    for scope in sorted(set(scopes) - set(SCOPES)):
        fault("consent_scope", "a scope is not known", did_you_mean(scope, SCOPES))
    return scopes


def _identifiers(cells: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(IDENTIFIER_PREFIX): value
        for name, value in cells.items()
        if name.startswith(IDENTIFIER_PREFIX) and value
    }


def check(column: str, value: str, fault: Say) -> None:
    """The rules for one cell; each fault says what to write instead and never quotes the value."""
    if not value:
        if column in REQUIRED:
            fault(column, "this cell is empty", "a letter needs the name")
        return
    if column == DIED:
        fault(column, "the GDPR does not protect the dead (recital 27)", "leave the row out: nothing is processed")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn"} or character == "\ufffd" for character in value):
        fault(
            column,
            "an invisible or broken character stands in this cell",
            "type the cell anew, save as UTF-8",
        )
    if value[0] in "=@" or (value[0] in "+-" and not _PHONE.fullmatch(value)):
        fault(column, "a formula stands in this cell", "write the plain value")
    elif column in _FORMS and not _FORMS[column][0](value):
        fault(column, *_FORMS[column][1:])


def is_mail_address(text: str) -> bool:
    """Whether a text is one mail address, as it is written to."""
    return bool(_EMAIL.fullmatch(text))


_FORMS: dict[str, tuple[Callable[[str], object], str, str]] = {
    "member": (_MEMBER.fullmatch, "not a member id", "leave it empty: an id is drawn"),
    "email": (is_mail_address, "not a mail address", "write name@example.org, without blanks"),
    "phone": (_PHONE.fullmatch, "not a phone number", "write +49 30 123456"),
    "country": (
        re.compile("[A-Z]{2}").fullmatch,
        "not a country code",
        "write two capital letters such as DE",
    ),
    "language": (re.compile("[a-z]{2}(-[A-Z]{2})?").fullmatch, "not a language code", "write de, fr or en"),
    "acts": (WAYS.__contains__, "not a way to act", "write " + ", ".join(WAYS)),
}


def _date(cells: Mapping[str, str], column: str, today: dt.date, fault: Say) -> dt.date | None:
    """A date as YYYY-MM-DD, or as DD.MM.YYYY as Central European spreadsheets write it."""
    text = cells.get(column, "")
    if not text:
        return None
    try:
        dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
        found = dt.date(*map(int, reversed(dotted.groups()))) if dotted else dt.date.fromisoformat(text)
    except ValueError:
        fault(column, "not a date", "write YYYY-MM-DD, such as 1985-07-31")
        return None
    if not _OLDEST <= found <= today:
        fault(column, "this date cannot be", f"write a date from {_OLDEST} to {today}")
    return found
