"""A members file is taken whole or its faults are named with line and column, never with their values."""

import dataclasses
import datetime as dt
from itertools import count

import pytest

from rightskit.campaign.members_csv import COLUMNS, MembersFile, parse
from rightskit.campaign.model import Member
from rightskit.errors import FaultsError

TODAY = dt.date(2026, 3, 2)
HEADING = "given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date\n"
JANA = "Jana,Özdemir,Lindenallee 12,24105,Kiel,DE,jana@example.org,1988-04-09,2026-02-01\n"


def read(raw: str | bytes, known: tuple[Member, ...] = ()) -> MembersFile:
    numbers = count(1)
    content = raw.encode() if isinstance(raw, str) else raw
    return parse(content, "people.csv", today=TODAY, new_id=lambda: f"M{next(numbers):08}", known=known)


def test_a_plain_row_becomes_a_member() -> None:
    (member,) = read(HEADING + JANA).members
    assert member.name == "Jana Özdemir"
    assert member.address == ("Lindenallee 12", "24105 Kiel")
    assert member.birthdate == dt.date(1988, 4, 9)
    assert member.mandate_date == dt.date(2026, 2, 1)
    assert member.receive_date is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_encodings_and_dialects(encoding: str, delimiter: str, line_end: str) -> None:
    raw = (HEADING + JANA).replace(",", delimiter).replace("\n", line_end).encode(encoding)
    (member,) = read(raw).members
    assert member.family_name == "Özdemir"


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        (JANA.replace("1988-04-09", "1988-04-31"), "birthdate", "not a date"),
        (JANA.replace("1988-04-09", "04/09/1988"), "birthdate", "not a date"),
        (JANA.replace("1988-04-09", "2031-01-01"), "birthdate", "this date cannot be"),
        (JANA.replace("jana@", "jana @"), "email", "not a mail address"),
        (JANA.replace("jana@example.org", "jana"), "email", "not a mail address"),
        (JANA.replace("Lindenallee 12", "=HYPERLINK(A1)"), "street", "a formula stands in this cell"),
        (JANA.replace("Lindenallee 12", "@SUM(A1)"), "street", "a formula stands in this cell"),
        (JANA.replace("Lindenallee 12", "-2+3"), "street", "a formula stands in this cell"),
        (JANA.replace("Jana", "Ja\u200bna"), "given_name", "an invisible or broken character stands in this cell"),
        (JANA.replace("Jana", ""), "given_name", "this cell is empty"),
        (JANA.replace("DE", "Germany"), "country", "not a country code"),
        (JANA.replace(",2026-02-01", ""), "", "the row has 8 cells, the heading 9"),
        (JANA.replace("\n", ",x\n"), "", "the row has 10 cells, the heading 9"),
    ],
)
def test_a_fault_names_line_and_column_and_no_value(row: str, column: str, message: str) -> None:
    found = read(HEADING + "\n" + row)
    assert found.members == ()
    (fault,) = found.faults
    assert (fault.line, fault.column, fault.message) == (3, column, message)
    assert not any(word in str(fault) for word in ("Jana", "zdemir", "Linden", "jana@"))


def test_a_central_european_date_is_understood() -> None:
    (member,) = read(HEADING + JANA.replace("1988-04-09", "9.4.1988")).members
    assert member.birthdate == dt.date(1988, 4, 9)


def test_a_phone_number_with_a_plus_is_no_formula() -> None:
    found = read("given_name,family_name,phone\nJana,Özdemir,+49 30 123456\nUlf,Berg,=1+1\n")
    assert [member.phone for member in found.members] == ["+49 30 123456"]
    assert [fault.line for fault in found.faults] == [3]


def test_unknown_missing_and_double_columns_are_named() -> None:
    with pytest.raises(FaultsError) as caught:
        read("given_name,famly_name,city,city\nJana,Özdemir,Kiel,Kiel\n")
    said = [(fault.column, fault.message, fault.suggestion) for fault in caught.value.faults]
    assert said == [
        ("famly_name", "this column is not known", "did you mean 'family_name'?"),
        ("family_name", "this column is missing", "add a column with the heading family_name"),
        ("city", "this column stands here twice", "keep one of them"),
    ]


def test_the_same_person_twice_is_found_however_it_is_written() -> None:
    found = read(HEADING + JANA + JANA.replace("Jana", "JANA").replace("Lindenallee 12", "Am Markt 3"))
    assert [fault.line for fault in found.faults] == [3]
    assert "perhaps the same person as line 2: the same name and date of birth — delete the row if so; if it is" in str(
        found.faults[0]
    )


def test_a_shared_address_and_mail_is_no_duplicate() -> None:
    found = read(HEADING + JANA + JANA.replace("Jana", "Emre").replace("1988-04-09", "1986-01-30"))
    assert len(found.members) == 2


def test_a_person_in_the_vault_is_not_imported_again() -> None:
    (jana,) = read(HEADING + JANA).members
    known = (dataclasses.replace(jana, member="M99999999"),)
    found = read(HEADING + JANA, known)
    assert (found.members, found.faults, found.known) == ((), (), 1)
    moved = read(HEADING + JANA.replace("Lindenallee 12", "Am Markt 3"), known)
    assert moved.members == ()
    assert f"perhaps the same person as {known[0].member} in the vault" in str(moved.faults[0])


def test_an_identifier_belongs_to_its_controller() -> None:
    (member,) = read("given_name,family_name,id:schufa,id:crif\nJana,Özdemir,47-11,\n").members
    assert dict(member.identifiers) == {"schufa": "47-11"}


def test_a_consent_has_a_day() -> None:
    heading = "given_name,family_name,consent_version,consent_scope,consent_date\n"
    found = read(heading + "Ada,Byron,1,statistics,2026-02-03\nBea,Cy,1,statistics,\nCem,Dal,,,2026-02-03\n")
    assert [member.consent_date for member in found.members] == [dt.date(2026, 2, 3), None]
    assert [(fault.line, fault.column) for fault in found.faults] == [(4, "consent_date")]


def test_consent_scopes() -> None:
    heading = "given_name,family_name,consent_version,consent_scope\n"
    found = read(heading + "Jana,Özdemir,1,statistics research\nUlf,Berg,1,everything\n")
    assert [member.consent_scope for member in found.members] == [("statistics", "research")]
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, "consent_scope")]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00\x01", b"\x00" * 100, b'given_name,family_name\n"open quote'])
def test_what_is_no_table_is_refused(raw: bytes) -> None:
    with pytest.raises(FaultsError):
        read(raw)


def test_the_columns_are_those_of_the_form() -> None:
    assert len(set(COLUMNS)) == 19
