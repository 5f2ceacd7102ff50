"""A dossier tells of those who agreed, shows one member in each exhibit, and is written whole or not at all."""

import hashlib
import io
import json
import stat
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from rightskit.rendering.copies import copy_of

LATE = "2026-05-01"
DESK = "auskunft@suedstern.example"
RECEIVED = "hiermit bestätigen wir Ihnen den Eingang Ihres Antrags auf Auskunft."
# Whatever of each member must stand in no exhibit of another.
MARKERS = {
    "jana": ("Jana", "Özdemir", "Lindenallee", "jana@heimpost", "MJANA0001"),
    "petra": ("Petra", "Wiśniewska", "Fährgasse", "petra@heimpost", "MPETRA002"),
    "zehra": ("Zehra", "Yıldız", "Isarufer", "zehra@heimpost", "MZEHRA003"),
    "emre": ("Emre", "Lindqvist", "Kornmarkt", "emre@heimpost", "MEMRE0004"),
    "tamar": ("Tamar", "Nowakowski", "Rosenweg", "tamar@heimpost", "MTAMAR005"),
}


def sheet(text: str = "Ein Merkblatt der Südstern Versand AG.") -> bytes:
    return copy_of("de", "Merkblatt", (), (), text)


def agree(campaign) -> None:
    """Jana and petra agree to be named, zehra and tamar to statistics alone, emre to nothing."""
    from rightskit.vault import schema

    with campaign.vault().write() as connection:
        table = schema.consents
        named = table.c.member.in_(["MJANA0001", "MPETRA002"])
        connection.execute(table.update().where(named).values(scopes=["statistics", "named"]))


@pytest.fixture
def ripe(grown, at):
    """On 1 May, after the reminders; the members have agreed to this and that."""
    return at("agreed", "reminded", agree).on(LATE)


@pytest.fixture
def told(ripe, at, reply, tmp_path, monkeypatch):
    """With a dossier about suedstern, after it had confirmed the receipt to jana."""

    def act(campaign) -> None:
        letter = campaign.on(LATE).letter("jana", "suedstern")
        campaign.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=letter))
        campaign("dossier", "suedstern")

    ripe.folder.rename(tmp_path / "before")
    return at("told of", "agreed", act).on(LATE)


def words(raw: bytes) -> str:
    with pypdfium2.PdfDocument(raw) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def everything(raw: bytes) -> str:
    """All that a PDF holds, unpacked: texts, names, notes and whatever else lies in its objects."""
    with pikepdf.open(io.BytesIO(raw)) as document:
        streams = [obj for obj in document.objects if isinstance(obj, pikepdf.Stream)]
        unpacked = [
            obj.read_raw_bytes() if "/DCTDecode" in str(obj.get("/Filter")) else obj.read_bytes() for obj in streams
        ]
        plain = [str(obj.unparse()) for obj in document.objects if not isinstance(obj, pikepdf.Stream)]
    return "\n".join([words(raw), *plain, *(part.decode("latin-1") for part in unpacked)])


def of(campaign) -> "Dossier":
    return Dossier(campaign.folder / "dossiers" / f"suedstern-{LATE}")


class Dossier:
    """A folder, as the one who receives it sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.text = words((folder / "dossier.pdf").read_bytes())
        self.html = (folder / "dossier.html").read_text(encoding="utf-8")

    def exhibits(self, person: int) -> dict[str, bytes]:
        return {
            one["title"]: (self.folder / one["file"]).read_bytes()
            for one in self.manifest["exhibits"]
            if one["person"] == person
        }

    def number(self, name: str | None) -> int:
        return next(one["number"] for one in self.manifest["people"] if one["name"] == name)

    @property
    def left_out(self) -> list[str]:
        return [one["text"] for one in self.manifest["left_out"]]


@pytest.fixture
def made(ripe):
    """``made("--anonymous")``: the dossier about suedstern."""

    def make(*words: str) -> Dossier:
        ripe("dossier", "suedstern", *words)
        return of(ripe)

    return make


def test_members_stand_in_it_as_they_agreed(told) -> None:
    found = of(told)
    names = [one["name"] for one in found.manifest["people"]]
    assert sorted(filter(None, names)) == ["Jana Özdemir", "Petra Wiśniewska"]
    assert names.count(None) == 2
    for text in (found.text, found.html):
        assert "Jana Özdemir" in text
        assert told.request("jana", "suedstern") in text
        for member in ("zehra", "tamar", "emre"):
            assert not [marker for marker in MARKERS[member] if marker in text]
            assert told.request(member, "suedstern") not in text
    number = found.number("Jana Özdemir")
    course = found.text.partition(f"Person {number}: Jana Özdemir")[2]
    assert course.index("02.03.2026 Antrag versandt Anlage K") < course.index("04.03.2026 Eingang bestätigt Anlage K")
    assert "letzter Tag für die Antwort: 7. April 2026" in course
    assert "Art. 15 DSGVO" in found.text
    assert "Der Hessische Beauftragte für Datenschutz" in found.text
    assert "weniger als 3" in found.text  # emre did not agree, and is too few to be counted
    assert "Diese Zahlen erfassen nur die unten geschilderten Anträge" in found.text
    assert told.json("pool", "ledger") == []


def test_opening_one_exhibit_never_shows_another_member(ripe, made, reply) -> None:
    """Markers stand in texts, file names, notes, hidden texts and metadata of what the controller sent to jana."""
    jana, petra = ripe.letter("jana", "suedstern"), ripe.letter("petra", "suedstern")
    planted = pikepdf.open(io.BytesIO(sheet()))
    planted.docinfo["/Author"] = "Petra Wiśniewska"
    with planted.open_metadata() as meta:
        meta["dc:title"] = "MPETRA002"
    planted.attachments["Wiśniewska.txt"] = b"Petra at home"
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("Zehra")
    )
    planted.pages[0].Annots = planted.make_indirect(pikepdf.Array([planted.make_indirect(note)]))
    target = io.BytesIO()
    planted.save(target)
    files = [
        ("merkblatt.pdf", target.getvalue()),
        ("merkblatt Petra Wiśniewska.pdf", sheet()),
        ("merkblatt.pdf", sheet("Ebenso an Fährgasse 7 gesandt.")),
        ("merkblatt.pdf", sheet("Ebenfalls betroffen: Petra Wiśniewska.")),
    ]
    street = f"{RECEIVED} Frau Wiśniewska, Fährgasse 7, hat dasselbe gefragt."
    ripe.arrives(
        reply(DESK, RECEIVED, day="2026-03-04", answers=jana, name="a", files=files[:1]),
        reply(DESK, street, day="2026-03-05", answers=jana, name="b"),
        reply(DESK, RECEIVED, day="2026-03-06", answers=jana, name="c", files=files[1:2]),
        reply(DESK, RECEIVED, day="2026-03-09", answers=jana, name="d", files=files[2:3]),
        reply(DESK, RECEIVED, day="2026-03-10", answers=jana, name="e", files=files[3:]),
        reply(DESK, RECEIVED, day="2026-03-11", answers=petra, name="f"),
    )
    found = made()
    for name, own in (("Jana Özdemir", "jana"), ("Petra Wiśniewska", "petra")):
        shown = found.exhibits(found.number(name))
        assert shown
        for raw in shown.values():
            text = everything(raw)
            others = [marker for who, some in MARKERS.items() if who != own for marker in some if marker in text]
            assert others == []
            assert not [
                ripe.request(who, "suedstern")
                for who in MARKERS
                if who != own and ripe.request(who, "suedstern") in text
            ]
    mine = found.exhibits(found.number("Jana Özdemir"))
    assert "Jana Özdemir" in words(mine["Antrag vom 2. März 2026 (Kopie)"])
    with pypdfium2.PdfDocument(mine["Antwort vom 4. März 2026 (Kopie)"]) as document:
        assert len(document) == 2  # the sheet came along, as a picture
        assert document[1].get_textpage().get_text_bounded().startswith("Anlage K")
    assert "hat dasselbe gefragt" in words(mine["Antwort vom 5. März 2026 (Kopie)"])
    assert "merkblatt.pdf (betrifft auch andere Personen)" in words(mine["Antwort vom 9. März 2026 (Kopie)"])
    assert found.left_out == [
        "Nicht beigefügt: Antwort vom 6. März 2026 (Kopie) (betrifft auch andere Personen)",
        "Nicht beigefügt: Antwort vom 10. März 2026 (Kopie) (betrifft auch andere Personen)",
    ]
    assert "Nicht beigefügt: betrifft auch andere Personen" in found.text
    assert all(f"Antwort vom {day}. März 2026 (Kopie)" in found.text for day in (6, 10))


def test_no_name_of_a_file_tells_of_a_member(told) -> None:
    found = of(told)
    files = sorted(path.relative_to(found.folder).as_posix() for path in found.folder.rglob("*") if path.is_file())
    assert files[0] == "Anlagen/Anlage-K001.pdf"
    assert not [name for name in files for some in MARKERS.values() for marker in some if marker in name]


def test_who_did_not_agree_to_be_named_is_blackened(ripe, made, reply) -> None:
    zehra = ripe.letter("zehra", "suedstern")
    subject, files = "AW: Ihre Anfrage, Frau Yıldız", [("merkblatt.pdf", sheet())]
    ripe.arrives(reply(DESK, RECEIVED, day="2026-03-04", answers=zehra, subject=subject, files=files))
    found = made("--members", "MZEHRA003")
    assert found.left_out == []
    assert "Diese Zahlen erfassen alle Anträge der Kampagne an diesen Verantwortlichen." in found.text
    assert "Zahlen über weniger als 4 Personen sind verborgen" in found.text  # zehra's course is known to the reader
    assert [line["kind"] for line in ripe.json("pool", "ledger")] == ["dossier"]
    assert found.manifest["people"] == [{"number": 1, "name": None}]
    for title, raw in found.exhibits(1).items():
        text = everything(raw)
        assert not [marker for marker in MARKERS["zehra"] if marker in text], title
        assert ripe.request("zehra", "suedstern") not in text
        assert ripe.request("zehra", "suedstern").replace("-", "").lower() not in text.replace("-", "").lower()
    answer = found.exhibits(1)["Antwort vom 4. März 2026 (Kopie)"]
    assert RECEIVED in words(answer)
    assert "AW: Ihre Anfrage, Frau […]" in words(answer)
    assert "merkblatt.pdf (ließe die Person erkennen)" in words(answer)
    with pypdfium2.PdfDocument(answer) as document:
        assert len(document) == 1


def test_a_name_that_is_a_word_of_an_edition_leaves_nothing_out(ripe, tmp_path, reply) -> None:
    """``An`` is a label of the German edition, ``2. März 2026`` stands over its copy, and ``Seite 1 von 1`` below."""
    letter = ripe.letter("zehra", "suedstern")
    ripe("members", "change", "MZEHRA003", "--given-name", "An", "--family-name", "von März-Seite")
    text = f"{RECEIVED} Frau von\nMärz-Seite, das teilen wir An Sie von hier aus mit."
    ripe.arrives(reply(DESK, text, day="2026-03-04", answers=letter))
    for language in ("de", "fr", "en"):
        ripe("dossier", "suedstern", tmp_path / language, "--members", "MZEHRA003", "--lang", language)
        found = Dossier(tmp_path / language)
        assert found.left_out == []
        [answer] = [raw for raw in found.exhibits(1).values() if RECEIVED in words(raw)]
        assert "Frau […] , das teilen wir […] Sie von hier aus mit." in words(answer)


def test_an_answer_with_data_is_shown_of_nobody_without_a_name(ripe, made, reply) -> None:
    data = "anbei erhalten Sie die Auskunft nach Art. 15 DSGVO über die zu Ihrer Person gespeicherten Daten."
    for name in ("jana", "zehra"):
        letter, files = ripe.letter(name, "suedstern"), [("auskunft.pdf", sheet("Ihre Daten: keine Mahnung."))]
        ripe.arrives(reply(DESK, data, day="2026-03-20", answers=letter, name=name, files=files))
        assert ("2026-03-20", "data-received") in ripe.events(name, "suedstern")
    found = made()
    assert "Antwort vom 20. März 2026 (Kopie)" in found.exhibits(found.number("Jana Özdemir"))
    assert found.left_out == ["Nicht beigefügt: Antwort vom 20. März 2026 (Kopie) (ließe die Person erkennen)"]
    assert found.text.count("20.03.2026 Daten erhalten") == 2
    assert found.text.count("20.03.2026 Daten erhalten weggelassen, siehe 6") == 1


def test_nobody_is_named_with_anonymous(ripe, made) -> None:
    found = made("--anonymous")
    assert [one["name"] for one in found.manifest["people"]] == [None] * 4
    for path in found.folder.rglob("*.pdf"):
        text = everything(path.read_bytes())
        assert not [marker for some in MARKERS.values() for marker in some if marker in text], path


def test_each_page_carries_its_mark_and_the_lists_tell_the_checksums(made) -> None:
    found = made("--language", "fr")
    assert found.manifest["exhibits"][0]["file"] == "pieces/piece-001.pdf"
    for one in found.manifest["exhibits"]:
        raw = (found.folder / one["file"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == one["sha256"]
        with pypdfium2.PdfDocument(raw) as document:
            assert len(document) == one["pages"]
            assert all(f"Pièce n°\u00a0{one['number']}" in page.get_textpage().get_text_bounded() for page in document)
        with pikepdf.open(io.BytesIO(raw)) as document:
            assert dict(document.docinfo) == {"/Title": one["mark"]}
            assert set(document.Root.keys()) <= {"/Type", "/Pages"}
        assert one["sha256"] in found.text.replace(" ", "")
    sums = (found.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for line in sums:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((found.folder / name).read_bytes()).hexdigest() == digest
    assert len(sums) == sum(path.is_file() for path in found.folder.rglob("*")) - 1
    assert "sha256sum --check SHA256SUMS" in (found.folder / "README.txt").read_text(encoding="utf-8")


def test_the_folder_is_for_its_owner_alone_and_the_vault_lists_it(told) -> None:
    found = of(told)
    assert stat.S_IMODE(found.folder.stat().st_mode) == 0o700
    assert "there already" in told("dossier", "suedstern", code=5).output
    assert f"dossier about a controller: {found.folder}" in told("campaign", "close").output


def test_an_interrupted_writing_leaves_nothing(ripe, monkeypatch) -> None:
    from rightskit.flows import dossier as flow
    from rightskit.vault import outgoing

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(flow, "_write", stop)
    ripe("dossier", "suedstern", code=130)
    assert list((ripe.folder / "dossiers").iterdir()) == []
    with ripe.vault().read() as connection:
        assert outgoing.listed_folders(connection, "dossier") == []


def test_a_dossier_goes_with_a_member_who_is_forgotten(told) -> None:
    found = of(told)
    told("members", "forget", "MEMRE0004", "--yes")  # who does not stand in it
    assert "shows them: remove it" in told("members", "withdraw", "MZEHRA003", "--consent").output
    told("members", "forget", "MZEHRA003", "--yes")
    assert not found.folder.exists()
    assert "dossier about a controller" not in told("campaign", "close").output


def test_clean_removes_dossiers_where_it_is_told_to(told) -> None:
    found = of(told)
    assert f"{found.folder}: a dossier stays" in told("clean").output
    assert found.folder.exists()
    assert f"{found.folder}: 14 files would be removed." in told("clean", "--dossiers", "--dry-run").output
    told("clean", "--dossiers")
    assert not found.folder.exists()
    assert "dossier about a controller" not in told("campaign", "close").output


def test_who_cannot_be_told_of_is_refused(ripe) -> None:
    assert "did not agree" in ripe("dossier", "suedstern", "--members", "MEMRE0004", code=5).output
    assert (
        "Nothing went to this controller for" in ripe("dossier", "suedstern", "--members", "MHANNA006", code=4).output
    )
    assert "no dossier in 'xx'" in ripe("dossier", "suedstern", "--language", "xx", code=2).output
    ripe("dossier", "nowhere", code=4)


def test_what_was_made_is_told_to_programs(ripe) -> None:
    (line,) = ripe.json("dossier", "suedstern")
    assert (line["people"], line["named"], line["exhibits"], line["silent"]) == (4, 2, 8, 1)
    assert line["left_out"] == []


def test_a_campaign_in_which_nothing_was_sent_has_no_dossier(planned) -> None:
    assert "Nothing went to suedstern yet." in planned("dossier", "suedstern", code=4).output
