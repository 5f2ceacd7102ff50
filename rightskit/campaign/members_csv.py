"""members.csv -> members, with every fault at its line and column.

The file may be UTF-8 (with or without byte order mark) or Windows-1252, with comma, semicolon or tab. A fault names
the column and what to write instead, never the value: a value is somebody's personal data.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit.campaign.member_cells import DIED, IDENTIFIER_PREFIX, REQUIRED, member_of
from rightskit.campaign.twins import Register, Twin, says_nothing_new
from rightskit.errors import Fault, FaultsError
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rightskit.campaign.model import Member

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
    "consent_date",
    "guardian",
    "note",
)


IGNORED = ""
"""What a column is mapped to that is not for us, such as a form tool's time stamp."""


Row = tuple[int, list[str]]
"""Its line, and its cells."""


def _asked(_key: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read.

    Attributes:
        columns: heading of the file -> one of :data:`COLUMNS`, ``id:<controller>``, or :data:`IGNORED`.
        distinct: lines of which a person said that they are somebody else than they resemble.
        not_asked: gives why an identifier must not be collected, from what stands behind ``id:``.
        watched: passes the rows on, so that somebody can count them.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    distinct: frozenset[int] = frozenset()
    not_asked: Callable[[str], str] = _asked
    watched: Callable[[Iterator[Row]], Iterable[Row]] = iter


@dataclass(frozen=True, slots=True)
class MembersFile:
    """What a members file holds.

    Attributes:
        members: of the rows without a fault, with drawn ids.
        faults: of the other rows, by line.
        known: how many rows tell only what is known of a member.
    """

    members: tuple[Member, ...]
    faults: tuple[Fault, ...]
    known: int = 0


def parse(  # noqa: PLR0913 (what a file is read with, each by name)
    raw: bytes,
    path: str,
    *,
    today: dt.date,
    new_id: Callable[[], str],
    known: Iterable[Member] = (),
    how: Reading = Reading(),
) -> MembersFile:
    """Read a members file.

    Args:
        raw: its bytes.
        path: as faults name it.
        today: no date of birth or signature lies after it.
        new_id: draws an id for a member without one.
        known: members already in the vault, so that nobody is imported twice.
        how: columns, and what a person decided.

    Raises:
        FaultsError: the heading does not fit; then no row can be read.
    """
    rows = _rows(raw, path)
    heading_line, heading = next(rows, (1, []))
    columns = [how.columns.get(name.strip(), name.strip()) for name in heading]
    mapped = [name for name in columns if name != IGNORED or not how.columns]
    _check_heading(mapped, path, heading_line, how)
    taking = _Taking(path, how, Register(known))
    for line, cells in how.watched(rows):
        row = {name: cell for name, cell in zip(columns, cells, strict=False) if name != IGNORED}
        wrong = _width_fault(columns, cells, path, line)
        taking.take(line, member_of(row, today, new_id, _Collector(path, line, wrong)), wrong)
    return MembersFile(tuple(taking.members), tuple(taking.faults), taking.old)


@dataclass(slots=True)
class _Taking:
    """Takes the rows of a file, one after the other.

    Attributes:
        old: how many tell nothing new.
    """

    path: str
    how: Reading
    register: Register
    members: list[Member] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    old: int = 0

    def take(self, line: int, member: Member, wrong: list[Fault]) -> None:
        """A member, unless something is wrong with the row, or it tells nothing new, or it may be somebody known."""
        twin = self.register.twin(member)
        self.register.add(member, f"line {line}")
        if twin and not wrong and says_nothing_new(member, twin.member) and "vault" in twin.where:
            self.old += 1
            return
        if twin and not wrong and line not in self.how.distinct:
            wrong.append(_question(self.path, line, twin))
        self.faults += wrong
        if not wrong:
            self.members.append(member)


@dataclass(frozen=True, slots=True)
class _Collector:
    """Takes what is wrong with the cells of one row."""

    path: str
    line: int
    faults: list[Fault]

    def __call__(self, column: str, message: str, suggestion: str) -> None:
        self.faults.append(Fault(self.path, self.line, message, suggestion, column))


def _question(path: str, line: int, twin: Twin) -> Fault:
    if twin.same == "id":
        return Fault(path, line, f"the id is that of {twin.where}", "leave it empty: an id is drawn", "member")
    message = f"perhaps the same person as {twin.where}: the same {twin.same}"
    return Fault(path, line, message, f"delete the row if so; if it is somebody else: --distinct {line}")


def _rows(raw: bytes, path: str) -> Iterator[Row]:
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


def _check_heading(columns: list[str], path: str, line: int, how: Reading) -> None:
    faults = [
        Fault(path, line, "this column is not known", _suggested(name), name or "(empty)")
        for name in columns
        if name not in {*COLUMNS, DIED} and not name.startswith(IDENTIFIER_PREFIX)
    ]
    identifiers = [name for name in columns if name.startswith(IDENTIFIER_PREFIX)]
    faults += [
        Fault(path, line, reason, "leave the column out: what nobody needs is not collected", name)
        for name in identifiers
        if (reason := how.not_asked(name.removeprefix(IDENTIFIER_PREFIX)))
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


def _suggested(name: str) -> str:
    meant = did_you_mean(name, COLUMNS)
    if meant.startswith("did") or not name:
        return meant if name else "give it a heading, or delete it"
    return f"say which column it is: --map '{name}=given_name', or that it is none: --map '{name}='"


def _width_fault(columns: list[str], cells: list[str], path: str, line: int) -> list[Fault]:
    if len(cells) == len(columns):
        return []
    message = f"the row has {len(cells)} cells, the heading {len(columns)}"
    return [Fault(path, line, message, "check for a missing or an extra separator, or missing quotes")]
