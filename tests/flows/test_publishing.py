"""``report --barometer``, ``report --preview`` and ``statement`` on a whole campaign."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from rightskit.flows import release

SITE = "site"


@pytest.fixture
def silent(sent):
    """Five members wrote; nothing came, and the time of those who take mail is long over."""
    return sent.on("2026-06-30")


def test_the_barometer_is_a_whole_site(silent) -> None:
    said = silent("report", "--barometer", silent.folder / SITE, "--lang", "fr")
    assert "index.html is ready" in said.stdout
    assert "Not yet shown their figures" in said.stderr
    site = silent.folder / SITE
    sums = dict(reversed(line.split("  ")) for line in (site / "SHA256SUMS").read_text().splitlines())
    files = {str(path.relative_to(site)): path for path in site.rglob("*") if path.is_file()}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name in sums} == sums
    assert set(files) == {*sums, "SHA256SUMS"}
    assert {"index.html", "definitions.html", "data/ranking.csv", "controllers/nordlicht.html"} <= set(files)
    assert site.stat().st_mode & 0o777 == 0o755
    assert '<html lang="fr">' in (site / "index.html").read_text(encoding="utf-8")
    whole = "".join(path.read_text(encoding="utf-8") for path in files.values())
    assert not [word for word in ("MJANA0001", "RK-", "Özdemir", "jana@") if word in whole]


def test_a_new_barometer_takes_the_place_of_the_old_one_alone(silent, monkeypatch) -> None:
    site = silent.folder / SITE
    silent("report", "--barometer", site)
    (site / "left.html").write_text("old", encoding="utf-8")
    before = sorted(path.name for path in silent.folder.iterdir())
    monkeypatch.setattr(release.folders, "flush_all", _fail)
    silent("report", "--barometer", site, code=6)
    assert (site / "left.html").exists()
    assert sorted(path.name for path in silent.folder.iterdir()) == before
    monkeypatch.setattr(release.folders, "flush_all", lambda: None)
    silent("report", "--barometer", site)
    assert not (site / "left.html").exists()
    assert sorted(path.name for path in silent.folder.iterdir()) == before


def _fail() -> None:
    raise OSError(28, "No space left on device")


def test_what_is_no_barometer_is_left_alone(silent) -> None:
    (silent.folder / SITE).mkdir()
    (silent.folder / SITE / "thesis.txt").write_text("mine", encoding="utf-8")
    assert (
        "holds something that is no barometer" in silent("report", "--barometer", silent.folder / SITE, code=5).output
    )
    assert (silent.folder / SITE / "thesis.txt").read_text(encoding="utf-8") == "mine"
    silent("report", "--barometer", silent.folder / SITE, "-o", "x.html", code=2)


def test_a_controller_sees_its_figures_and_its_reply_is_printed(silent) -> None:
    sheet = silent.folder / "sheet.html"
    said = silent("report", "--preview", "nordlicht", "-o", sheet, "--lang", "de").output
    assert "it may reply until 2026-07-14" in said
    page = sheet.read_text(encoding="utf-8")
    assert "Bitte antworten Sie bis zum 14. Juli 2026." in page
    assert "hallo@mitmachen.example" in page
    assert "Marktplatz 1, 28195 Bremen" in page
    text = silent.folder / "reply.txt"
    text.write_text("Wir haben im März <umgestellt>.\n", encoding="utf-8")
    silent("statement", "nordlicht", "reply", text, "--date", "2026-07-02")
    silent("report", "--barometer", silent.folder / SITE)
    site = (silent.folder / SITE / "controllers" / "nordlicht.html").read_text(encoding="utf-8")
    assert "Reply of the controller of 2 July 2026" in site
    assert "Wir haben im März &lt;umgestellt&gt;." in site
    assert "in advance on 30 June 2026; it could reply until 14 July 2026." in site
    silent("report")
    report = (silent.folder / "report.html").read_text(encoding="utf-8")
    assert re.search(r"What controllers say.*Auskunftei Nordlicht GmbH.*&lt;umgestellt&gt;", report, re.DOTALL)
    silent("report", "--preview", "nordlicht", "-o", sheet, "--lang", "de")
    assert re.search(r"Antwort der Stelle vom 2\. Juli 2026.*&lt;umgestellt&gt;", sheet.read_text("utf-8"), re.DOTALL)


def test_the_sheet_is_a_pdf_in_a_folder_of_its_own(silent) -> None:
    silent("report", "--preview", "papierwerk", "--reply-by", "2026-08-01")
    assert (silent.folder / "previews" / "papierwerk.pdf").read_bytes().startswith(b"%PDF")
    silent("report", "--preview", "nobody", code=4)
    assert (
        "leaves no time to reply"
        in silent("report", "--preview", "papierwerk", "--reply-by", "2026-06-30", code=2).output
    )


@pytest.mark.parametrize(
    "text", ["", "x" * 2001, "Herr JANA özdemir schrieb", "siehe {reference}", "an jana@heimpost.example"]
)
def test_a_statement_names_nobody_and_is_not_endless(silent, text: str) -> None:
    path = silent.folder / "reply.txt"
    path.write_text(text.format(reference=silent.request("jana", "nordlicht")), encoding="utf-8")
    silent("statement", "nordlicht", "correction", path, code=5)


def test_the_ranking_is_read_by_programs(silent) -> None:
    silent("report", "--barometer", silent.folder / SITE)
    ranking = json.loads((silent.folder / SITE / "data" / "ranking.json").read_text(encoding="utf-8"))
    assert ranking["threshold"] == 3
    assert {one["controller"] for one in ranking["rows"]} == {"nordlicht", "suedstern", "papierwerk"}


def test_no_sheet_tells_a_controller_of_requests_that_did_not_leave(planned) -> None:
    assert "Nothing went to nordlicht yet." in planned("report", "--preview", "nordlicht", code=4).stderr
    assert planned("pool", "ledger").output == "Nothing left the house yet.\n"
