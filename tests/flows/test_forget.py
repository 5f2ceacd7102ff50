"""``members forget`` leaves no byte of a member.

What is looked for is looked for in the pages themselves, freed ones too (vaultpages.py).
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import io
import zipfile
from typing import Any

import pytest
from probe_texts import PASSPHRASE
from vaultpages import found_in

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.disclosures.model import Disclosure
from rightskit.files.limits import LIMITS, Limits
from rightskit.flows import forget
from rightskit.flows.workspace import open_workspace
from rightskit.vault import (
    check,
    disclosures,
    forgetting,
    holdings,
    membership,
    messages,
    outgoing,
    presence,
    requests,
)

VEXILLA = "MVEXA0001"
JOINING = f"""\
member,given_name,family_name,street,postal_code,city,country,email,birthdate,phone,mandate_date,receive_date,consent_version,consent_scope,guardian,note
{VEXILLA},Vexilla,Trombergova,Quastenweg 77,9VEXQ98,Nirgendheim,DE,vexilla@postmarke.example,1971-05-23,+49 555 7788990,2026-02-20,2026-02-20,1,statistics,Gundolf Vormundmarke,Notizmarke
"""
MARKERS = (
    *(
        "Vexilla",
        "Trombergova",
        "Quastenweg",
        "9VEXQ98",
        "Nirgendheim",
        "postmarke",
        "7788990",
        "1971-05-23",
        "23.05.1971",
    ),
    *(
        "Vormundmarke",
        "Notizmarke",
        "Anrufmarke",
        "Vertragsmarke",
        "Anlagenmarke",
        "Umzugsmarke",
        "Drangsalmarke",
        VEXILLA,
    ),
)
SUEDSTERN = "auskunft@suedstern.example"


def package(text: str) -> bytes:
    """A ZIP that a controller might send, without compression: its words stand in its bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("auskunft.txt", text)
    return file.getvalue()


@pytest.fixture
def joined(at: Any, reply: Any) -> Any:
    """Vexilla takes part beside the others; answers have come, and calls were noted."""
    campaign = at("planned")
    (campaign.folder / "joining.csv").write_text(JOINING, encoding="utf-8")
    campaign("members", "import", campaign.folder / "joining.csv")
    (campaign.folder / "joining.csv").unlink()
    campaign("members", "reason", VEXILLA, "--text", "Drangsalmarke")
    campaign("plan")
    campaign("send", "--to", "outbox")
    campaign("send", "--to", "print")
    campaign("posted", "2026-03-02-outbox-1")
    return campaign


def reference(campaign: Any, controller: str) -> str:
    return next(
        str(line["request"])
        for line in campaign.json("status")
        if (line["member"], line["controller"]) == (VEXILLA, controller)
    )


@pytest.fixture
def answered(joined: Any, reply: Any) -> Any:
    campaign = joined.on("2026-03-10")
    own, jana = reference(campaign, "suedstern"), campaign.request("jana", "suedstern")
    campaign("log", own, "acknowledged", "--evidence", "Anrufmarke: Frau Trombergova hat angerufen")
    campaign("log", reference(campaign, "papierwerk"), "noted", "--evidence", "Anrufmarke")
    both = (
        f"zu den Anträgen {own} (Frau Vexilla Trombergova, Quastenweg 77, 9VEXQ98 Nirgendheim, geboren am 23.05.1971) "
        f"und {jana} (Frau Jana Özdemir, Lindenallee 12): zu beiden Personen haben wir keine Daten gespeichert."
    )
    campaign.arrives(
        reply(
            SUEDSTERN,
            "Frau Trombergova,\n\nanbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO.\n\nVertragsmarke 4711.",
            day="2026-03-04",
            name="own",
            answers=campaign.letters()[own],
            files=[("Auskunft_Trombergova.zip", package("Anlagenmarke für Vexilla Trombergova, Kundin seit 2019"))],
        ),
        reply(
            SUEDSTERN,
            both,
            day="2026-03-05",
            name="shared",
            files=[
                ("Trombergova.zip", package("Anlagenmarke: Vexilla Trombergova")),
                ("merkblatt.zip", package("Was eine Auskunft ist, und was nicht")),
            ],
        ),
        reply(
            SUEDSTERN,
            "zu Ihrer Person haben wir keine Daten gespeichert. In Kopie an vexilla@postmarke.example.",
            day="2026-03-06",
            name="quoting",
            answers=campaign.letter("petra", "suedstern"),
        ),
        reply(
            "Vexilla Trombergova <vexilla@postmarke.example>",
            "ich bin umgezogen, Umzugsmarke.",
            day="2026-03-07",
            name="hers",
        ),
        reply("werbung@lotterie.example", "Sie haben gewonnen.", day="2026-03-08", name="spam"),
    )
    campaign("review", "--accept", "data")
    return campaign


def shared_text(campaign: Any) -> tuple[str, list[str]]:
    from rightskit.mailbox.parse import parse

    vault = campaign.vault()
    with vault.read() as connection:
        stored = next(m for m in messages.all_messages(connection) if m.message_id == "<shared@reply.example>")
        found = parse(messages.fetch(connection, stored.id))
    vault.close()
    return found.text, [file.name for file in found.attachments]


def test_the_markers_are_found_before(answered: Any) -> None:
    """Otherwise the next test would prove nothing."""
    missed = set(MARKERS) - found_in(answered.folder, MARKERS) - {"1971-05-23", "23.05.1971"}
    assert not missed
    assert {"Özdemir", "Lindenallee"} <= found_in(answered.folder, ("Özdemir", "Lindenallee"))


def test_no_byte_of_a_forgotten_member_is_left(answered: Any) -> None:
    gone = (*MARKERS, reference(answered, "suedstern"), reference(answered, "papierwerk"))
    answered("members", "forget", VEXILLA, "--yes")
    assert found_in(answered.folder, gone) == set()
    journal = answered.folder / "vault.db-wal"
    assert not journal.exists() or journal.stat().st_size == 0
    names = [path.name for path in answered.folder.rglob("*")]
    assert not [name for name in names if any(word in name for word in gone)]
    answered("vault", "check")


def test_the_journal_is_empty_before_the_vault_is_closed(answered: Any) -> None:
    """Closing would empty it too; what kills the process first would not."""
    now = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
    space = open_workspace(answered.folder, lambda: PASSPHRASE, now, now.date())
    with space.vault.write() as connection:
        outgoing.list_folder(connection, answered.folder / "outbox", "outbox", now)
    forget.forget(space, VEXILLA)
    assert (answered.folder / "vault.db-wal").stat().st_size == 0
    assert found_in(answered.folder, MARKERS) == set()
    space.vault.close()


def test_a_shared_reply_is_redacted_and_not_lost(answered: Any) -> None:
    before = answered.filed("<shared@reply.example>")
    answered("members", "forget", VEXILLA, "--yes")
    text, files = shared_text(answered)
    assert "Jana Özdemir, Lindenallee 12" in text
    assert "keine Daten gespeichert" in text
    assert answered.request("jana", "suedstern") in text
    assert not [word for word in MARKERS if word in text]
    assert "merkblatt.zip" in files
    assert "Trombergova.zip" not in files
    after = answered.filed("<shared@reply.example>")
    assert [line["request"] for line in after] == [answered.request("jana", "suedstern")]
    assert after[0] == next(line for line in before if line["request"] == after[0]["request"])


def test_reading_the_same_mailbox_again_brings_nothing_back(answered: Any) -> None:
    answered("members", "forget", VEXILLA, "--yes")
    before = answered.json("replies", "list")
    for _ in range(2):
        answered("sync", "--from", answered.inbox)
        assert answered.json("replies", "list") == before
    assert found_in(answered.folder, MARKERS) == set()
    assert {line["inbound_message_id"] for line in before} == {
        "<shared@reply.example>",
        "<quoting@reply.example>",
        "<spam@reply.example>",
    }


def test_only_numbers_without_a_person_stay(answered: Any) -> None:
    answered("members", "forget", VEXILLA, "--yes")
    vault = answered.vault()
    with vault.read() as connection:
        assert forgetting.tallies(connection) == {"members": 1, "requests": 3, "replies": 2, "documents": 1}
        assert check.counts(connection)["forgotten"] == 2
        secret = messages.key(connection)
    assert len(secret) == 32
    vault.close()


def test_others_keep_what_they_have(answered: Any) -> None:
    def others() -> list[dict[str, Any]]:
        return [line for line in answered.json("status") if line["member"] != VEXILLA]

    before = others()
    answered("members", "forget", VEXILLA, "--yes")
    assert others() == before == answered.json("status")


def test_what_must_be_done_by_hand_is_named(answered: Any) -> None:
    (answered.folder / "list.csv").write_text("email\nvexilla@postmarke.example\n", encoding="utf-8")
    said = answered("members", "forget", VEXILLA, "--dry-run").output
    assert "3 requests, 2 replies, 1 document." in said
    assert "2 replies also concern others" in said
    assert f"{answered.folder / 'list.csv'} holds them too" in said
    assert "print-1/letters.csv holds them too" in said
    assert f"{reference(answered, 'suedstern')}-access.eml would be removed" in said
    assert {"Vexilla", "Anrufmarke"} <= found_in(answered.folder, MARKERS)  # a dry run does nothing


def test_a_list_is_named_though_all_that_stands_in_it_is_another_members_too(answered: Any) -> None:
    head, row = "given_name,family_name,street,postal_code,city,country,email,birthdate", "1999-01-02"
    who = "Vexilla,Trombergova,Quastenweg 77,9VEXQ98,Nirgendheim,DE,vexilla@postmarke.example"
    twin = answered.folder / "twin.csv"
    twin.write_text(f"{head}\n{who},{row}\n", encoding="utf-8")
    answered("members", "import", twin)
    said = answered("members", "forget", VEXILLA, "--dry-run").output
    assert f"{twin} holds them too" in said
    assert reference(answered, "suedstern") in said.partition("Your mailbox is not touched")[2]


def test_forgetting_asks_first(answered: Any) -> None:
    answered("members", "forget", VEXILLA, answers="n\n", code=130)
    assert reference(answered, "suedstern")
    gc.collect()  # what was aborted held the vault open
    answered("members", "forget", VEXILLA, answers="y\n")
    answered("members", "forget", VEXILLA, "--yes", code=4)


def test_nobody_else_may_have_the_vault_open(answered: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their journal would keep the pages."""
    monkeypatch.setattr(presence, "PATIENCE", 0.1)
    other = answered.vault()
    said = answered("members", "forget", VEXILLA, "--yes", code=5).output
    assert "Another rightskit has" in said
    assert reference(answered, "suedstern")
    other.close()
    answered("members", "forget", VEXILLA, "--yes")


def test_an_interrupted_forgetting_is_finished_by_the_next(answered: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "_count", lambda *_args: 1 / 0)
        answered("members", "forget", VEXILLA, "--yes", code=1)
    gc.collect()  # the exception held the vault open
    assert reference(answered, "suedstern")
    answered("members", "forget", VEXILLA, "--yes")
    assert found_in(answered.folder, MARKERS) == set()


@pytest.mark.parametrize("part", [LIMITS.part, 100], ids=["in memory", "by pieces"])
def test_a_document_that_two_have_is_lost_to_the_other_only_where_it_holds_both(
    answered: Any, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holdings, "LIMITS", Limits(part=part))
    vexilla, jana = reference(answered, "suedstern"), answered.request("jana", "suedstern")
    both = package("Frau Vexilla Trombergova und Frau Jana Özdemir")
    leaflet = package("Was eine Auskunft ist, und was nicht")
    scan = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 nobody can look into a picture"
    vault = answered.vault()
    with vault.write() as connection:
        for name, content in {"both": both, "leaflet": leaflet, "scan": scan}.items():
            for owner, member in ((vexilla, VEXILLA), (jana, "MJANA0001")):
                key = hashlib.sha256(content).hexdigest()
                kept = Disclosure(
                    key, owner, member, "suedstern", f"{name}-Trombergova.zip", "application/zip", content
                )
                disclosures.add(connection, kept)
    vault.close()
    said = answered("members", "forget", VEXILLA, "--yes").output
    assert said.count(f"{jana} loses the document") == 2
    assert found_in(answered.folder, MARKERS) == set()
    vault = answered.vault()
    with vault.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, reference, name, outcome FROM disclosures").all()
        kept = {row.id: (row.reference, row.name, row.outcome) for row in rows}
        assert messages.fetch(connection, hashlib.sha256(leaflet).hexdigest()) == leaflet
        assert messages.fetch(connection, hashlib.sha256(both).hexdigest()) == b""
        told = [event.evidence for event in requests.events_by_request(connection, [jana])[jana]]
    vault.close()
    assert kept == {
        hashlib.sha256(both).hexdigest(): (jana, "removed", "removed"),
        hashlib.sha256(leaflet).hexdigest(): (jana, "leaflet-█████.zip", ""),
        hashlib.sha256(scan).hexdigest(): (jana, "removed", "removed"),
    }
    assert sum("held a member who was forgotten" in words for words in told) == 2
    answered("vault", "check")
    answered("data", "extract", "--again")


FORMERLY = ("Altmarkova", "Vormalsgasse", "8ALTQ97", "Ehedemstadt", "einstmarke", "KDALT4711")
"""What Vexilla was called, where she lived and which number she had before; all of it in answers to her and others."""


@pytest.fixture
def married(answered: Any, reply: Any) -> Any:
    """Vexilla once had another name, address, mail address and number."""
    former = f"{VEXILLA},Vexilla,Altmarkova,Vormalsgasse 5,8ALTQ97,Ehedemstadt,DE,vexilla@einstmarke.example"
    answered.on("2026-03-11")
    vault = answered.vault()
    with vault.write() as connection:
        now = dt.datetime(2026, 3, 11, tzinfo=dt.UTC)
        columns = ("", "", "family_name", "street", "postal_code", "city", "", "email")
        cells = {name: cell for name, cell in zip(columns, former.split(","), strict=True) if name}
        for before in ({"family_name": cells.pop("family_name")}, {**cells, "id:suedstern": "KDALT4711"}):
            event = MemberEvent(VEXILLA, MemberEventKind.CHANGED, now.date(), now, None, "person", "call", before)
            membership.record(connection, [event])
    vault.close()
    jana = answered.request("jana", "suedstern")
    answered.arrives(
        reply(
            SUEDSTERN,
            f"zu {jana} (Frau Jana Özdemir, Lindenallee 12) und zu Frau Vexilla Altmarkova, Vormalsgasse 5, 8ALTQ97 "
            f"Ehedemstadt, Kundennummer KDALT4711, und {reference(answered, 'suedstern')}: keine Daten gespeichert.",
            day="2026-03-11",
            name="formerly-shared",
        ),
        reply(SUEDSTERN, "wir antworten Frau Vexilla Altmarkova.", day="2026-03-11", name="formerly-named"),
        reply(
            SUEDSTERN,
            "keine Daten gespeichert. In Kopie an vexilla@einstmarke.example.",
            day="2026-03-11",
            name="formerly-quoting",
            answers=answered.letter("petra", "suedstern"),
        ),
    )
    return answered


def test_no_byte_of_former_names_and_addresses_is_left(married: Any) -> None:
    assert found_in(married.folder, FORMERLY) == set(FORMERLY)
    married("members", "forget", VEXILLA, "--yes")
    assert found_in(married.folder, (*MARKERS, *FORMERLY)) == set()
    left = {line["inbound_message_id"] for line in married.json("replies", "list")}
    assert {"<formerly-shared@reply.example>", "<formerly-quoting@reply.example>"} <= left
    assert "<formerly-named@reply.example>" not in left
    assert {"Özdemir", "Lindenallee"} <= found_in(married.folder, ("Özdemir", "Lindenallee"))


@pytest.mark.parametrize(
    ("line", "is_theirs"),
    [
        ("vexilla@einstmarke.example", True),
        ("VEXILLA ALTMARKOVA", True),
        ("Trombergova, Vexilla", True),
        ("Vormalsgasse 5", True),
        ("Vormalsgasse 51", False),
        ("Jana Özdemir", False),
    ],
)
def test_files_that_name_them_as_they_were_are_told(married: Any, line: str, *, is_theirs: bool) -> None:
    path = married.folder / "notes.csv"
    path.write_text(f"who\n{line}\n", encoding="utf-8")
    said = married("members", "forget", VEXILLA, "--dry-run").output
    assert (f"{path} holds them too" in said) is is_theirs
