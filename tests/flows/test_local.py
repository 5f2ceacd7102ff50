"""Documents that stay with their owner, and documents behind a password."""

import csv
import datetime as dt
import io
import stat
import zipfile
from pathlib import Path

import pikepdf
import pytest
import pyzipper

from rightskit.disclosures.people import people
from rightskit.flows.unlock import _words
from rightskit.simulation.documents import CreditFile, Entry, Subject, export_zip, score_sheet_pdf
from rightskit.vault import disclosures

ON = dt.date(2026, 3, 20)
JANA = Subject("Jana Özdemir", dt.date(1988, 4, 9), "Lindenallee 12", "24105", "Kiel")
FILE = CreditFile(97.5, {"banks": 9000}, ON.replace(day=1), (Entry("current-account", "Bank", "bank", 1.0, ON),), ())
PASSWORD = "Lösung-7!"


@pytest.fixture(scope="module")
def export() -> bytes:
    return export_zip(JANA, FILE, bureau="Nordlicht", reference="RK-7K3M-Q2XP", on=ON)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return score_sheet_pdf(JANA, FILE, bureau="Nordlicht", address="Kai 1", reference="RK-7K3M-Q2XP", on=ON)


def locked_zip(export: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as archive,
        zipfile.ZipFile(io.BytesIO(export)) as old,
    ):
        archive.setpassword(PASSWORD.encode())
        for name in old.namelist():
            archive.writestr(name, old.read(name))
    return buffer.getvalue()


def locked_pdf(sheet: bytes) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet)) as document:
        document.save(buffer, encryption=pikepdf.Encryption(user=PASSWORD, owner="another"))
    return buffer.getvalue()


def values(campaign) -> list[tuple[str, str, float | str]]:
    with campaign.vault().read() as connection:
        return sorted((one.member, one.variable, str(one.value)) for one in disclosures.observations(connection))


def test_only_observations_leave_the_members_own_machine(cli, export, tmp_path) -> None:
    (tmp_path / "export.zip").write_bytes(export)
    said = cli("data", "extract", "export.zip", "--recipe", "de-credit-bureau-export", "-o", "observations.csv").output
    assert "by de-credit-bureau-export@" in said
    out = tmp_path / "observations.csv"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert ("base-score", "97.5") in {(row["variable"], row["value"]) for row in rows}
    for word in ("Özdemir", "Jana", "Lindenallee", "1988", "RK-", "Bank\n"):
        assert word not in out.read_text(encoding="utf-8")
    assert cli("data", "extract", "export.zip").output.startswith("recipe,variable,value,")
    assert not list(tmp_path.glob("**/vault.db"))


def test_the_campaign_reads_them_as_it_would_have_read_the_document(cli, sent, export, tmp_path) -> None:
    (tmp_path / "export.zip").write_bytes(export)
    (tmp_path / "observations.csv").write_text(cli("data", "extract", "export.zip").stdout)
    for member, name in (("jana", "export.zip"), ("petra", "observations.csv")):
        sent.on("2026-03-20")("data", "add", tmp_path / name, "--request", sent.request(member, "nordlicht"))
    assert "2 documents: 2 read." in sent("data", "extract").output
    found = values(sent)
    assert [one[1:] for one in found if one[0] == "MJANA0001"] == [one[1:] for one in found if one[0] == "MPETRA002"]


@pytest.mark.parametrize(
    "row",
    [
        "none@1,base-score,97.5,%,inferred,1.0,0,entry 1",
        "de-credit-bureau-export@1,family-name,Zyx,,provided,1.0,0,entry 1",
        "de-credit-bureau-export@1,base-score,1000,%,inferred,1.0,0,entry 1",
        "de-credit-bureau-export@1,base-score,nan,%,inferred,1.0,0,entry 1",
        "de-credit-bureau-export@1,entry-kind,Zyx,,observed,1.0,1,entry 1",
        "de-credit-bureau-export@1,score-month,1988-04-09,,observed,1.0,0,entry 1",
        "de-credit-bureau-export@1,base-score,97.5,%,inferred,high,0,entry 1",
        "de-credit-bureau-export@1,base-score,97.5,%,inferred,1.0,0,Zyx (1988)",
    ],
)
def test_what_no_recipe_gives_is_refused(sent, tmp_path, row: str) -> None:
    path = tmp_path / "observations.csv"
    path.write_text(f"recipe,variable,value,unit,provenance,confidence,row,place\n{row}\n")
    sent("data", "add", path, "--request", sent.request("jana", "nordlicht"))
    said = sent("data", "extract")
    assert "1 broken" in said.output
    assert "Line 2 holds what no recipe" in said.stderr
    assert "Zyx" not in said.output
    assert values(sent) == []


def test_what_is_not_read_here_is_said(cli, tmp_path) -> None:
    (tmp_path / "a.json").write_text('{"other": 1}')
    assert "No recipe knows this layout" in cli("data", "extract", "a.json", code=3).output
    assert (
        "did you mean 'de-credit-bureau-export'"
        in cli("data", "extract", "a.json", "--recipe", "de-credit-bureau-exprt", code=4).output
    )
    cli("data", "extract", "none.json", code=4)


def test_a_locked_file_asks_for_its_password(cli, export, tmp_path) -> None:
    (tmp_path / "locked.zip").write_bytes(locked_zip(export))
    found = cli("data", "extract", "locked.zip", answers=f"{PASSWORD}\n")
    assert "base-score,97.5" in found.stdout
    assert PASSWORD not in found.output
    assert "not that of the archive" in cli("data", "extract", "locked.zip", answers="wrong\n", code=3).output


def test_locked_documents_wait_and_open_with_what_is_typed(sent, export, sheet, tmp_path) -> None:
    (tmp_path / "a.zip").write_bytes(locked_zip(export))
    (tmp_path / "b.pdf").write_bytes(locked_pdf(sheet))
    reference = sent.on("2026-03-20").request("jana", "nordlicht")
    sent("data", "add", tmp_path / "a.zip", tmp_path / "b.pdf", "--request", reference)
    said = sent("data", "extract")
    assert "2 documents: 2 locked." in said.output
    wrong = sent("data", "unlock", reference, answers="wrong\n", code=5)
    assert "0 documents of 1 request unlocked." in wrong.stdout
    assert "The PDF is locked with a password." in wrong.stderr
    done = sent("data", "unlock", reference, answers=f"{PASSWORD}\n")
    assert "2 documents of 1 request unlocked." in done.output
    assert PASSWORD not in done.output
    assert ("MJANA0001", "base-score", "97.5") in values(sent)
    sent("data", "unlock", reference, code=4)


def test_the_password_comes_with_another_reply(sent, reply, export) -> None:
    sender = "datenschutz@nordlicht.example"
    letter = sent.letter("jana", "nordlicht")
    first = reply(
        sender,
        "anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO.",
        day="2026-03-18", answers=letter, name="a", files=[("auskunft.zip", locked_zip(export))],
    )  # fmt: skip
    second = reply(
        sender, f"das Kennwort für Ihre Auskunft lautet: {PASSWORD}", day="2026-03-19", answers=letter, name="b"
    )
    sent.on("2026-03-20").arrives(first, second)
    assert "1 locked" in sent("data", "extract").output
    done = sent("data", "unlock", "--password-from-reply")
    assert "1 document of 1 request unlocked." in done.output
    assert PASSWORD not in done.output
    assert ("MJANA0001", "base-score", "97.5") in values(sent)


METER = """\
id: meter-file
title: A meter
files:
  - format: json
    require: [meter]
    rows:
      - once: true
        variables:
          - {id: meter, from: meter, title: Meter, provenance: provided, type: hashed}
"""


def test_who_shares_a_meter_is_found_wherever_the_document_was_read(cli, sent, tmp_path) -> None:
    (sent.folder / "recipes").mkdir()
    (sent.folder / "recipes" / "meter-file.yaml").write_text(METER, encoding="utf-8")
    sent.rewrite("campaign.yaml", ("recipes: [", "recipes: [meter-file, "))
    document = tmp_path / "meter.json"
    document.write_text('{"meter": "Zyx 0815"}')
    here = tmp_path / "observations.csv"
    sent("data", "extract", document, "--recipe", "meter-file", "-o", here)
    assert "probe:" in here.read_text()
    assert not {"Zyx", "0815"} & set(here.read_text().replace(",", " ").split())
    for member, name in (("jana", document), ("petra", here)):
        sent.on("2026-03-20")("data", "add", name, "--request", sent.request(member, "nordlicht"))
    assert "2 documents: 2 read." in sent("data", "extract").output
    ((_, _, jana), (_, _, petra)) = values(sent)
    assert jana == petra
    sent("data", "extract", document, "--recipe", "meter-file", "--campaign", "moon", "-o", here)
    sent("data", "add", here, "--request", sent.request("petra", "nordlicht"))
    assert "Line 2 holds what no recipe of this campaign gives" in sent("data", "extract").stderr


def test_a_meter_is_withheld_where_no_campaign_is_named_and_the_pool_knows(cli, tmp_path) -> None:
    sample = Path(__file__).parents[1] / "samples" / "disclosures" / "enedis-linky"
    (document,) = (sample / "long").iterdir()
    said = cli("data", "extract", document, "--recipe", "enedis-linky")
    assert "Meter is withheld" in said.stderr
    assert ",meter,withheld," in said.stdout
    links = [("M1", "withheld"), ("M2", "withheld"), ("M3", "0f")]
    counted = people(["M1", "M2", "M3"], links, b"x")
    assert counted["M1"] == counted["M2"] != counted["M3"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Das Passwort lautet Xk9!aa.", "Xk9!aa"),
        ("Passwort für die Datei: „Xk9!aa“", "Xk9!aa"),
        ("The password for the archive is Xk9!aa", "Xk9!aa"),
        ("Mot de passe : Xk9!aa", "Xk9!aa"),
    ],
)
def test_the_words_after_password(text: str, word: str) -> None:
    assert word in list(_words(text))
