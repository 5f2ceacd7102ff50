"""``data``, ``pool`` and ``report``: what came back is read, and shown without anyone in it."""

import datetime as dt
import io
import re
import zipfile

import pytest

from rightskit.simulation.documents import CreditFile, Enquiry, Entry, Subject, export_zip, score_sheet_pdf
from rightskit.vault import disclosures, messages

NORDLICHT = "datenschutz@nordlicht.example"
ON = dt.date(2026, 3, 20)
ENCLOSED = "anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO."
PEOPLE = {
    "jana": Subject("Jana Özdemir", dt.date(1988, 4, 9), "Lindenallee 12", "24105", "Kiel"),
    "petra": Subject("Petra Wiśniewska", dt.date(1975, 11, 30), "Fährgasse 7", "20457", "Hamburg"),
    "zehra": Subject("Zehra Yıldız", dt.date(1993, 1, 17), "Isarufer 40", "80469", "München"),
    "emre": Subject("Emre Lindqvist", dt.date(1969, 8, 2), "Kornmarkt 2", "60311", "Frankfurt am Main"),
}


def held(score: float, *kinds: str) -> CreditFile:
    entries = tuple(Entry(kind, "Bank Musterstein eG", "bank", 100.0, dt.date(2024, 5, 2)) for kind in kinds)
    return CreditFile(score, {"banks": 9000}, ON.replace(day=1), entries, (Enquiry(ON, "Mobil Muster AG", "contract"),))


def document(campaign, member: str, file: CreditFile) -> tuple[str, bytes]:
    """What nordlicht encloses: petra gets a sheet as PDF, the others an export as ZIP."""
    reference, subject = campaign.request(member, "nordlicht"), PEOPLE[member]
    if member == "petra":
        sheet = score_sheet_pdf(subject, file, bureau="Nordlicht", address="Kai 1", reference=reference, on=ON)
        return "Auskunft Wiśniewska.pdf", sheet
    return "auskunft.zip", export_zip(subject, file, bureau="Nordlicht", reference=reference, on=ON)


@pytest.fixture
def send_back(sent, reply):
    """``send_back(jana=held(97.5))``: nordlicht returns data to these members."""
    return lambda **files: bring(sent, reply, files)


def bring(sent, reply, files):
    """Nordlicht's mails come, each with a file."""
    mails = [
        reply(
            NORDLICHT,
            ENCLOSED,
            day=ON.isoformat(),
            answers=sent.letter(member, "nordlicht"),
            name=f"{member}-{number}",
            files=[file if isinstance(file, tuple) else document(sent, member, file)],
        )
        for number, (member, file) in enumerate(files.items())
    ]
    sent.on(ON.isoformat()).arrives(*mails)
    return sent


def observed(campaign) -> list[tuple[str, str, float | str]]:
    with campaign.vault().read() as connection:
        return [(one.member, one.variable, one.value) for one in disclosures.observations(connection)]


FOUR = {
    "jana": held(97.5, "current-account", "credit-card"),
    "petra": held(91.25, "current-account"),
    "zehra": held(88.0, "current-account", "collection"),
    "emre": held(12.34, "collection"),
}


@pytest.fixture
def returned(at, reply):
    """Four members have their data, of whom three agreed to pooling."""
    return at("returned", "sent", lambda campaign: bring(campaign, reply, FOUR)).on(ON.isoformat())


def test_returned_data_stops_the_clock_and_waits_to_be_read(returned) -> None:
    for member in PEOPLE:
        assert returned.fact(member, "nordlicht") == ("received", "stopped", "data", "extract")
    assert {line["next"] for line in returned.json("due")} == {"extract"}


def test_documents_are_read_by_their_recipes_once(returned) -> None:
    said = returned("data", "extract").output
    assert said.startswith("4 documents: 4 read. ")
    assert returned.fact("jana", "nordlicht") == ("received", "stopped", "data", "nothing")
    found = observed(returned)
    assert f" {len(found)} observations." in said
    assert ("MJANA0001", "base-score", 97.5) in found
    assert ("MPETRA002", "base-score", 91.25) in found
    assert ("MPETRA002", "sector-score", 9000.0) in found
    assert ("MJANA0001", "entry-kind", "credit-card") in found
    assert ("MZEHRA003", "enquiry-purpose", "contract") in found
    assert "0 documents: nothing new. 0 observations." in returned("data", "extract").output
    assert observed(returned) == found


def test_nothing_of_a_person_or_a_company_becomes_an_observation(returned) -> None:
    returned("data", "extract")
    values = " ".join(str(value) for _, _, value in observed(returned))
    for word in ("Jana", "Özdemir", "Wiśniewska", "Lindenallee", "24105", "1988-04-09", "Muster", "RK-"):
        assert word not in values


def test_the_pool_counts_the_members_who_agreed_and_hides_small_groups(returned) -> None:
    returned("data", "extract")
    shown = returned("pool", "show").output
    assert shown.startswith("3 members agreed and have data; groups under 3 are hidden.")
    rows = {row[0]: row[1:] for row in _cells(shown[shown.index("Kind of entry  ") :].partition("\n\n")[0])}
    assert rows["current account"] == ["3"], "the word for the code"
    assert rows["credit card"] == rows["debt in collection"] == ["·"]
    assert rows["members"] == ["3"]
    assert "12.34" not in shown  # emre did not agree
    assert "Muster" not in shown
    assert not [reference for reference in (line["request"] for line in returned.json("status")) if reference in shown]


def test_under_the_threshold_nothing_is_shown(send_back) -> None:
    campaign = send_back(jana=held(97.5, "current-account"), petra=held(91.25, "current-account"), emre=held(50.0))
    campaign("data", "extract")
    shown = campaign("pool", "show").output
    assert shown.startswith("2 members agreed and have data; groups under 3 are hidden.")
    assert "current account" in shown
    assert not _figures(shown)


def test_consent_to_an_earlier_text_does_not_cover_the_present_one(returned) -> None:
    returned("data", "extract")
    returned.rewrite("campaign.yaml", ('version: "1"', 'version: "2"'))
    shown = returned("pool", "show").output
    assert shown.startswith("0 members agreed and have data")
    assert not _figures(shown)


def test_a_layout_that_no_recipe_knows_is_said_and_not_taken_for_no_data(send_back) -> None:
    campaign = send_back(jana=("brief.pdf", b"%PDF-1.4 broken"), zehra=_zip({"neu.json": b'{"schema": "other/9"}'}))
    said = campaign("data", "extract")
    assert "2 documents: " in said.output
    assert "0 observations." in said.output
    for member in ("jana", "zehra"):
        assert f"{campaign.request(member, 'nordlicht')}: " in said.stderr
        assert campaign.fact(member, "nordlicht") == ("received", "stopped", "data", "extract")
    assert "nothing new" in campaign("data", "extract").output
    assert "2 documents: " in campaign("data", "extract", "--again").output


def test_a_hostile_document_stops_nobody_elses(send_back) -> None:
    bomb = _zip({f"{number}.json": bytes(30_000_000) for number in range(4)})
    campaign = send_back(jana=bomb, petra=_zip({"../../data.json": b"{}"}), zehra=held(88.0, "current-account"))
    said = campaign("data", "extract")
    assert "1 read" in said.output
    assert campaign.request("jana", "nordlicht") in said.stderr
    assert campaign.fact("zehra", "nordlicht")[3] == "nothing"
    assert not (campaign.folder.parent / "data.json").exists()


def test_an_interrupted_reading_goes_on(returned, monkeypatch) -> None:
    from rightskit.flows import data

    real, seen = data.read, []

    def stopped(*words):
        seen.append(words)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return real(*words)

    with monkeypatch.context() as patched:
        patched.setattr(data, "read", stopped)
        returned("data", "extract", code=130)
    assert len({member for member, _, _ in observed(returned)}) == 2
    assert "2 documents: 2 read." in returned("data", "extract").output
    assert len({member for member, _, _ in observed(returned)}) == 4


def test_the_same_document_twice_is_one(returned, reply) -> None:
    returned("data", "extract")
    before = observed(returned)
    again = reply(
        NORDLICHT,
        ENCLOSED,
        day="2026-03-22",
        answers=returned.letter("jana", "nordlicht"),
        name="again",
        files=[document(returned, "jana", held(97.5, "current-account", "credit-card"))],
    )
    assert "1 new messages: 1 filed" in returned.on("2026-03-22").arrives(again).output
    assert "0 documents" in returned("data", "extract").output
    assert observed(returned) == before


def test_a_recipe_that_does_not_exist_is_a_fault_of_the_campaign(returned) -> None:
    returned.rewrite("campaign.yaml", ("de-credit-score-sheet", "de-credit-score-shet"))
    said = returned("data", "extract", code=3).output
    assert "campaign.yaml" in said
    assert "no recipe 'de-credit-score-shet' — did you mean 'de-credit-score-sheet'?" in said


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_the_report_is_one_page_without_anyone_in_it(returned, language: str) -> None:
    returned("data", "extract")
    returned("report", "--lang", language)
    page = (returned.folder / "report.html").read_text(encoding="utf-8")
    assert f'lang="{language}"' in page
    for word in ("<script", "http://", "src=", "@import", "url(", "<iframe", "<img"):
        assert word not in page
    references = [line["request"] for line in returned.json("status")]
    ids = ["MJANA0001", "MPETRA002", "MZEHRA003", "MEMRE0004"]
    for word in (*references, *ids, "Özdemir", "Wiśniewska", "Yıldız", "Lindqvist", "heimpost", "Muster"):
        assert word not in page
    assert "Nordlicht" in page


def test_the_report_goes_where_it_is_told(returned, tmp_path) -> None:
    assert "page.html is ready." in returned("report", "-o", tmp_path / "page.html").output
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!")
    returned("report", "-o", tmp_path / "Page.PDF")
    assert (tmp_path / "Page.PDF").read_bytes().startswith(b"%PDF")
    assert "report.pdf is ready." in returned("report", "--format", "pdf").output
    assert "de, fr, en" in returned("report", "--lang", "es", code=2).output


def _figures(shown: str) -> list[str]:
    """The numbers that tables show, besides that nobody has something."""
    return [cell for row in _cells(shown) for cell in row[1:] if cell != "0" and any(map(str.isdigit, cell))]


def _cells(shown: str) -> list[list[str]]:
    """The rows of the tables that a command printed."""
    return [re.split(r" {2,}", line) for line in shown.splitlines()]


def _zip(members: dict[str, bytes]) -> tuple[str, bytes]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return "auskunft.zip", buffer.getvalue()


def test_raw_answers_go_once_they_were_read_long_enough_ago(returned) -> None:
    returned("data", "extract")
    with returned.vault().read() as connection:
        before = list(disclosures.observations(connection))
    returned.on(f"{ON + dt.timedelta(days=89)}")
    assert "Raw bytes" not in returned("clean", "--dry-run").output
    returned.on(f"{ON + dt.timedelta(days=90)}")
    assert "Raw bytes of 8 returned documents and replies would be removed" in returned("clean", "--dry-run").output
    assert "Raw bytes of 8 returned documents and replies removed" in returned("clean").output
    with returned.vault().read() as connection:
        assert list(disclosures.observations(connection)) == before
        assert {messages.fetch(connection, one.id) for one in messages.all_messages(connection)} == {b""}
    assert "Raw bytes" not in returned("clean").output
    assert "The vault is whole" in returned("vault", "check").output
    assert "nothing new" in returned("data", "extract", "--again").output
