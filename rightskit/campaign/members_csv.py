"""members.csv -> members, with every fault at its line and column.

The file may be UTF-8 (with or without byte order mark) or Windows-1252, with comma, semicolon or tab. A fault names
the column and what to write instead, never the value: a value is somebody's personal data.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign import mandates
from rightskit.campaign.model import SCOPES, WAYS, Member
from rightskit.campaign.reference import ALPHABET
from rightskit.errors import Fault, FaultsError
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

COLUMNS = (
    "member",
    "given_name",
    "family_name",
    "street",
    "postal_code",
    "city",
    "country",
    "email",
    "birthdate",
    "phone",
    "language",
    "acts",
    "mandate_date",
    "receive_date",
    "consent_version",
    "consent_scope",
    "guardian",
    "note",
)
REQUIRED = ("given_name", "family_name")
IDENTIFIER_PREFIX = "id:"
_PHONE = re.compile(r"\+?[0-9 ()/.-]{4,30}")
_EMAIL = re.compile(r"[^@\s\"<>(),;:]+@[^@\s.\"<>(),;:]+(\.[^@\s.\"<>(),;:]+)+")
_MEMBER = re.compile(f"M[{ALPHABET}]{{8}}")
_OLDEST = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class MembersFile:
    """What a members file holds.

    Attributes:
        members: of the rows without a fault, with drawn ids.
        faults: of the other rows, by line.
    """

    members: tuple[Member, ...]
    faults: tuple[Fault, ...]


def parse(
    raw: bytes, path: str, *, today: dt.date, new_id: Callable[[], str], known: Iterable[Member] = ()
) -> MembersFile:
    """Read a members file.

    Args:
        raw: its bytes.
        path: as faults name it.
        today: no date of birth or signature lies after it.
        new_id: draws an id for a member without one.
        known: members already in the vault, so that nobody is imported twice.

    Raises:
        FaultsError: the heading does not fit; then no row can be read.
    """
    rows = _rows(raw, path)
    heading_line, heading = next(rows, (1, []))
    columns = [name.strip() for name in heading]
    _check_heading(columns, path, heading_line)
    seen = {key: f"{member.member} in the vault" for member in known for key in _person_keys(member)}
    members: list[Member] = []
    faults: list[Fault] = []
    for line, cells in rows:
        member, wrong = _member(dict(zip(columns, cells, strict=False)), path, line, today, new_id)
        wrong += _width_fault(columns, cells, path, line)
        twin = next((seen[key] for key in _person_keys(member) if key in seen), None)
        if twin and not wrong:
            wrong = [Fault(path, line, f"the same person as {twin}", "delete one of the two rows")]
        for key in _person_keys(member):
            seen.setdefault(key, f"line {line}")
        faults += wrong
        if not wrong:
            members.append(member)
    return MembersFile(tuple(members), tuple(faults))


def _rows(raw: bytes, path: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row that is not blank."""
    text = _decode(raw)
    if "\x00" in text:
        raise FaultsError([Fault(path, None, "the file is not a text table", "export it as CSV")])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        fault = Fault(path, line, f"not a valid CSV row: {error}", "check the quotes on this line")
        raise FaultsError([fault]) from error


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets on Windows still save this one; undefined bytes become a mark that the name check refuses.
        return raw.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=heading.count)


def _check_heading(columns: list[str], path: str, line: int) -> None:
    faults = [
        Fault(path, line, "this column is not known", did_you_mean(name, COLUMNS), name or "(empty)")
        for name in columns
        if name not in COLUMNS and not name.startswith(IDENTIFIER_PREFIX)
    ]
    faults += [
        Fault(path, line, "this column is missing", f"add a column with the heading {name}", name)
        for name in REQUIRED
        if name not in columns
    ]
    faults += [
        Fault(path, line, "this column stands here twice", "keep one of them", name)
        for name in sorted({name for name in columns if columns.count(name) > 1})
    ]
    if faults:
        raise FaultsError(faults)


def _width_fault(columns: list[str], cells: list[str], path: str, line: int) -> list[Fault]:
    if len(cells) == len(columns):
        return []
    message = f"the row has {len(cells)} cells, the heading {len(columns)}"
    return [Fault(path, line, message, "check for a missing or an extra separator, or missing quotes")]


def _member(
    row: Mapping[str, str], path: str, line: int, today: dt.date, new_id: Callable[[], str]
) -> tuple[Member, list[Fault]]:
    """The member of one row, and what is wrong with it; with faults the member is only good for comparing."""
    cells = {name: unicodedata.normalize("NFC", " ".join(value.split())) for name, value in row.items()}
    faults: list[Fault] = []

    def fault(column: str, message: str, suggestion: str) -> None:
        faults.append(Fault(path, line, message, suggestion, column))

    for column, value in cells.items():
        _check_cell(column, value, fault)
    scopes = tuple(cells.get("consent_scope", "").replace(",", " ").replace("+", " ").split())
    for scope in set(scopes) - set(SCOPES):
        fault("consent_scope", "a scope is not known", did_you_mean(scope, SCOPES))
    birthdate = _date(cells, "birthdate", today, fault)
    act, receive = (_date(cells, f"{kind}_date", today, fault) for kind in ("mandate", "receive"))
    guardian = cells.get("guardian", "")
    member = Member(
        member=cells.get("member") or new_id(),
        given_name=cells.get("given_name", ""),
        family_name=cells.get("family_name", ""),
        street=cells.get("street", ""),
        postal_code=cells.get("postal_code", ""),
        city=cells.get("city", ""),
        country=cells.get("country", ""),
        email=cells.get("email", ""),
        birthdate=birthdate,
        phone=cells.get("phone", ""),
        language=cells.get("language", ""),
        acts=cells.get("acts", ""),
        mandates=mandates.of_dates(act, receive, birthdate=birthdate, guardian=guardian),
        consent_version=cells.get("consent_version", ""),
        consent_scope=scopes,
        guardian=guardian,
        note=cells.get("note", ""),
        identifiers={
            name.removeprefix(IDENTIFIER_PREFIX): value
            for name, value in cells.items()
            if name.startswith(IDENTIFIER_PREFIX) and value
        },
    )
    return member, faults


def _check_cell(column: str, value: str, fault: Callable[[str, str, str], None]) -> None:
    """The rules for one cell; each fault says what to write instead and never quotes the value."""
    if not value:
        if column in REQUIRED:
            fault(column, "this cell is empty", "a letter needs the name")
        return
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


_FORMS: dict[str, tuple[Callable[[str], object], str, str]] = {
    "member": (_MEMBER.fullmatch, "not a member id", "leave it empty: an id is drawn"),
    "email": (_EMAIL.fullmatch, "not a mail address", "write name@example.org, without blanks"),
    "phone": (_PHONE.fullmatch, "not a phone number", "write +49 30 123456"),
    "country": (
        re.compile("[A-Z]{2}").fullmatch,
        "not a country code",
        "write two capital letters such as DE",
    ),
    "language": (re.compile("[a-z]{2}(-[A-Z]{2})?").fullmatch, "not a language code", "write de, fr or en"),
    "acts": (WAYS.__contains__, "not a way to act", "write " + ", ".join(WAYS)),
}


def _date(
    cells: Mapping[str, str], column: str, today: dt.date, fault: Callable[[str, str, str], None]
) -> dt.date | None:
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


def _person_keys(member: Member) -> list[tuple[str, ...]]:
    """What makes two rows the same person: the id, or the name with the birth date, or with address and mail.

    A shared address or mail alone is never a duplicate: couples and families share them.
    """
    name = fold(member.name)
    keys: list[tuple[str, ...]] = [("id", member.member)]
    if member.birthdate:
        keys.append(("birth", name, member.birthdate.isoformat()))
    elif member.street or member.email:
        keys.append(("address", name, fold(" ".join(member.address)), member.email.casefold()))
    return keys


def fold(text: str) -> str:
    """A name or an address as it is compared: letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum())
