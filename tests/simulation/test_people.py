import csv
import datetime as dt
import re
from itertools import count, pairwise

import pytest

from rightskit.campaign import members_csv
from rightskit.simulation.names import TOWNS
from rightskit.simulation.people import members, write_members


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    write_members(tmp_path / "one.csv", 120, 7)
    write_members(tmp_path / "two.csv", 120, 7)
    write_members(tmp_path / "other.csv", 120, 8)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (tmp_path / "one.csv").read_bytes() != (tmp_path / "other.csv").read_bytes()


def test_the_importer_takes_every_row(tmp_path):
    write_members(tmp_path / "members.csv", 1000, 1)
    ids = (f"M{number:08d}" for number in count())
    raw = (tmp_path / "members.csv").read_bytes()
    read = members_csv.parse(raw, "members.csv", today=dt.date(2026, 2, 1), new_id=lambda: next(ids))
    assert read.faults == ()
    assert len(read.members) == 1000


@pytest.mark.parametrize(
    ("column", "least", "most"),
    [
        ("birthdate", 4, 9),
        ("street", 3, 8),
        ("mandate_date", 5, 10),
        ("email", 4, 10),
        ("consent_version", 20, 40),
        ("receive_date", 15, 42),
    ],
)
def test_gaps_among_120_have_the_promised_share(column, least, most):
    empty = sum(not row[column] for row in members(120, 1))
    assert least <= empty <= most


def test_shares_hold_in_a_large_campaign():
    rows = list(members(10_000, 3))
    assert sum(not row["birthdate"] for row in rows) == 400
    assert sum(not row["mandate_date"] for row in rows) == 500
    assert sum(row["consent_version"] == "1" for row in rows) == 8000
    assert {row["consent_scope"] for row in rows} == {"", "statistics", "statistics research"}


def test_nobody_has_a_real_mail_address():
    addresses = [row["email"] for row in members(2000, 5) if row["email"]]
    assert all(re.fullmatch(r"[a-z0-9._-]+@[a-z]+\.example\.(org|net|com)", address) for address in addresses)


def test_some_couples_share_address_and_mail():
    rows = [row for row in members(200, 1) if row["email"]]
    couples = [(a, b) for a, b in pairwise(rows) if a["email"] == b["email"]]
    assert len(couples) >= 5
    assert all(a["given_name"] != b["given_name"] or a["birthdate"] != b["birthdate"] for a, b in couples)
    assert all(a["street"] == b["street"] for a, b in couples if a["street"] and b["street"])


def test_names_are_as_varied_as_people_are():
    names = " ".join(f"{row['given_name']} {row['family_name']}" for row in members(400, 1))
    assert all(letter in names for letter in "äöüßşğłńễàéçÖ-’'")
    assert max(len(f"{row['given_name']} {row['family_name']}") for row in members(120, 1)) > 80


def test_towns_stand_with_their_postal_codes(tmp_path):
    pairs = {(city, code) for city, code, _ in TOWNS}
    lived = {(row["city"], row["postal_code"]) for row in members(500, 2) if row["postal_code"]}
    assert lived <= pairs
    assert len({city for city, _ in lived}) > 40


def test_signatures_lie_before_the_day_that_is_named():
    last = dt.date(2024, 5, 31)
    dates = {row["mandate_date"] for row in members(200, 1, signed_until=last)} - {""}
    assert max(dates) <= "2024-05-31"
    assert min(dates) >= "2024-05-01"


def test_the_file_has_the_heading_of_the_model(tmp_path):
    write_members(tmp_path / "members.csv", 1, 1)
    with (tmp_path / "members.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(members_csv.COLUMNS)
