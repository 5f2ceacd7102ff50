"""A member withdrew yesterday: each page that may be published is written, and tells nothing of it."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pypdfium2
import pytest

from rightskit.vault import schema

BEFORE, YESTERDAY, TODAY = "2026-05-04", "2026-05-05", "2026-05-06"  # the letters left 63 to 65 days ago
JANA = ("MJANA0001", "Jana", "Özdemir", "Lindenallee", "jana@heimpost")
_DAY = re.compile(r"(?:2026-05-\d\d|\d May 2026)")


def _agree(campaign) -> None:
    """One controller refused petra, zehra and emre, all else is open; jana and petra agree to be named."""
    campaign.note("refused", [campaign.request(name, "suedstern") for name in ("petra", "zehra", "emre")], "2026-03-20")
    with campaign.vault().write() as connection:
        table = schema.consents
        named = table.c.member.in_(["MJANA0001", "MPETRA002"])
        connection.execute(table.update().where(named).values(scopes=["statistics", "named"]))


def _leave(campaign) -> None:
    campaign.on(YESTERDAY)("members", "withdraw", "MJANA0001", "--all")


@pytest.fixture
def refused(at):
    """On 4 May; nothing was published yet."""
    return at("some refused", "sent", _agree).on(BEFORE)


def texts(folder: Path) -> dict[str, str]:
    """Name → what stands in it, of every file but lists of checksums; days are put aside."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    return {str(path.relative_to(folder)): _DAY.sub("DAY", path.read_text(encoding="utf-8")) for path in found}


def test_the_next_report_is_the_same_but_for_its_day(refused) -> None:
    page = refused.folder / "report.html"
    refused("report")
    first = _DAY.sub("DAY", page.read_text(encoding="utf-8"))
    _leave(refused)
    said = refused.on(TODAY)("report").output
    assert "3 requests are counted as in the last report: fewer than 3 members took the same step since" in said
    second = page.read_text(encoding="utf-8")
    assert "6 May 2026" in second
    assert _DAY.sub("DAY", second) == first


def test_the_next_barometer_is_the_same_but_for_its_day(refused) -> None:
    site = refused.folder / "site"
    refused("report", "--barometer", site)
    first = texts(site)
    _leave(refused)
    refused.on(TODAY)("report", "--barometer", site)
    assert TODAY in (site / "data" / "ranking.json").read_text(encoding="utf-8")
    assert texts(site) == first


def test_the_next_export_has_the_same_rows(refused) -> None:
    refused("export")
    _leave(refused)
    refused.on(TODAY)("export")
    first, second = (rows(refused.folder / "releases" / name) for name in ("R1", "R2"))
    assert len(first) > 10
    assert second == first


def rows(folder: Path) -> list[list[str]]:
    """The requests of an export without their ids, which are others in each; in an order of their own."""
    with (folder / "requests.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted(row[1:] for row in csv.reader(file))


def test_a_first_page_is_written_after_somebody_left_and_names_nobody(refused) -> None:
    _leave(refused)
    site = refused.on(TODAY).folder / "site"
    refused("report", "--lang", "fr")
    refused("report", "--lang", "de", "--barometer", site)
    whole = (refused.folder / "report.html").read_text(encoding="utf-8") + "".join(texts(site).values())
    assert not [word for word in (*JANA, "RK-") if word in whole]


def test_a_dossier_tells_nothing_of_who_left_though_they_had_agreed_to_be_named(refused) -> None:
    request = refused.request("jana", "suedstern")
    _leave(refused)
    told = refused.on(TODAY).json("dossier", "suedstern")[0]
    assert (told["named"], told["people"], told["silent"]) == (1, 3, 2)
    whole = "".join(map(_words, Path(told["folder"]).rglob("*.*")))
    assert "Wiśniewska" in whole
    assert not [word for word in (*JANA, request) if word in whole]


def _words(path: Path) -> str:
    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8")
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
