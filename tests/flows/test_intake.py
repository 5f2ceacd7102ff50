"""``data add``: files that came by hand are kept raw first, and read like those that came by mail."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from rightskit.files.limits import Limits
from rightskit.simulation.documents import CreditFile, Entry, Subject, export_zip
from rightskit.vault import disclosures, messages

ON = dt.date(2026, 3, 20)
JANA = Subject("Jana Özdemir", dt.date(1988, 4, 9), "Lindenallee 12", "24105", "Kiel")


@pytest.fixture
def export(sent) -> bytes:
    """What nordlicht's portal gave jana."""
    file = CreditFile(97.5, {}, ON.replace(day=1), (Entry("current-account", "Bank", "bank", 1.0, ON),), ())
    reference = sent.on(ON.isoformat()).request("jana", "nordlicht")
    return export_zip(JANA, file, bureau="Nordlicht", reference=reference, on=ON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "downloads"
    made.mkdir()
    return made


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def kept(campaign) -> dict[str, bytes]:
    """Reference -> bytes of the documents in the vault."""
    with campaign.vault().read() as connection:
        found = [disclosures.get(connection, key) for key in disclosures.pending(connection, again=True)]
        return {one.reference: one.content if isinstance(one.content, bytes) else one.content.read() for one in found}


def test_a_file_is_kept_stops_the_clock_and_is_read(sent, export, folder) -> None:
    path = write(folder / "export.zip", export)
    reference = sent.request("jana", "nordlicht")
    said = sent("data", "add", path, "--request", reference, "--received", "2026-03-18").output
    assert said.startswith("1 file is kept for 1 request, 0 left.")
    assert ("2026-03-18", "data-received") in sent.events("jana", "nordlicht")
    assert sent.fact("jana", "nordlicht") == ("received", "stopped", "data", "extract")
    assert kept(sent) == {reference: export}
    assert path.read_bytes() == export
    assert "1 document: 1 read." in sent("data", "extract").output
    assert "The vault is whole" in sent("vault", "check").output


def test_the_same_file_again_is_known_and_notes_nothing(sent, export, folder) -> None:
    write(folder / "a.zip", export)
    words = ("data", "add", folder, "--member", "MJANA0001", "--controller", "nordlicht")
    requests = [sent.request("jana", "nordlicht")]
    assert sent.json(*words) == [{"files": 1, "known": 0, "left": 0, "waiting": 0, "requests": requests}]
    before = sent.events("jana", "nordlicht")
    assert "0 files are kept for 0 requests, 1 were there already" in sent(*words).output
    assert sent.events("jana", "nordlicht") == before


def test_a_folder_in_which_each_path_names_its_request_or_member(sent, export, folder) -> None:
    petra, zehra = sent.request("petra", "nordlicht"), sent.request("zehra", "suedstern")
    write(folder / petra.lower() / "deep" / "data.json", b"{}")
    write(folder / f"scan {zehra}.txt", b"text")
    write(folder / "mjana0001.zip", export)
    write(folder / "holiday.txt", b"x")
    write(folder / "RK-0000-0001.txt", b"x")
    write(folder / "empty-MJANA0001.csv", b"")
    write(folder / ".hidden", b"x")
    (folder / "link-MJANA0001").symlink_to(folder / "holiday.txt")
    said = sent("data", "add", folder, "--controller", "nordlicht", code=3)
    assert said.stdout.startswith("3 files are kept for 3 requests, 3 left.")
    assert "holiday.txt: its name does not tell the request that it answers" in said.stderr
    assert "empty-MJANA0001.csv: it is empty" in said.stderr
    assert set(kept(sent)) == {petra, zehra, sent.request("jana", "nordlicht")}


def test_what_cannot_be_is_refused_before_anything_is_kept(sent, folder) -> None:
    path = write(folder / "a.txt", b"x")
    said = sent("data", "add", path, "--member", "MJANA0001", code=5).output
    assert "MJANA0001 has several requests" in said
    assert sent.request("jana", "nordlicht") in said
    sent("data", "add", path, "--member", "MNOBODY00", code=4)
    sent("data", "add", path, "--request", "RK-0000-0000", code=4)
    sent("data", "add", path, "--request", sent.request("jana", "nordlicht"), "--member", "MJANA0001", code=2)
    sent("data", "add", folder / "none", code=4)
    reference = sent.request("jana", "nordlicht")
    sent("data", "add", path, "--request", reference, "--received", "2026-03-21", code=5)
    assert (
        "The letter left on"
        in sent("data", "add", path, "--request", reference, "--received", "2026-02-01", code=3).output
    )
    assert kept(sent) == {}


def test_a_package_larger_than_memory_is_kept_and_read_in_pieces(sent, export, folder, monkeypatch) -> None:
    monkeypatch.setattr(messages, "PIECE", 500)
    monkeypatch.setattr(disclosures, "LIMITS", Limits(part=1_000))
    buffer = io.BytesIO(export)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("photo.jpg", bytes(range(256)) * 40)
    path = write(folder / "takeout.zip", buffer.getvalue())
    reference = sent.request("jana", "nordlicht")
    sent("data", "add", path, "--request", reference)
    assert kept(sent) == {reference: buffer.getvalue()}
    assert "1 document: 1 read." in sent("data", "extract").output
    assert "The vault is whole" in sent("vault", "check").output


def test_what_is_large_and_cannot_be_read_in_a_stream_is_kept_with_the_reason(sent, folder, monkeypatch) -> None:
    monkeypatch.setattr(disclosures, "LIMITS", Limits(part=1_000))
    path = write(folder / "large.pdf", b"%PDF-1.7\n" * 500)
    sent("data", "add", path, "--request", sent.request("jana", "nordlicht"))
    said = sent("data", "extract")
    assert "1 document: 1 broken." in said.output
    assert "too many bytes" in said.stderr
    assert "Add it in parts of some pages each." in said.stderr
    assert list(kept(sent).values()) == [path.read_bytes()]


def test_a_file_that_changes_while_it_is_read_is_left(sent, folder, monkeypatch) -> None:
    from rightskit.vault import pieces

    path = write(folder / "a.txt", b"first")
    real = pieces.store

    def changed(connection, owner, stream):
        path.write_bytes(b"second")
        return real(connection, owner, stream)

    monkeypatch.setattr(pieces, "store", changed)
    said = sent("data", "add", path, "--request", sent.request("jana", "nordlicht"), code=3)
    assert "changed while it was read" in said.stderr
    assert kept(sent) == {}
    assert "The vault is whole" in sent("vault", "check").output


def test_a_skeleton_is_made_without_a_campaign_and_compared(cli, tmp_path) -> None:
    path = tmp_path / "Ada.json"
    path.write_text(
        '{"schema": "auskunft-export/3", "score": {"value": 1, "scale": "percent", "Ada": 1}, "entries": []}'
    )
    shown = cli("data", "skeleton", path).output
    assert "score.value" in shown
    assert "score.*" in shown
    assert "Ada" not in shown
    (tmp_path / "skeleton.json").write_text(cli("data", "skeleton", path, "--json").output)
    said = cli("data", "drift", tmp_path / "skeleton.json").output
    assert said == cli("data", "drift", path).output
    assert "de-credit-bureau-export@1: the layout has changed" in said
    assert "  missing: schema=auskunft-export/2" in said
    (tmp_path / "cut.json").write_text('{"rightskit-skeleton": 1')
    cli("data", "drift", tmp_path / "cut.json", code=3)
    cli("data", "skeleton", tmp_path / "none", code=4)


def test_drift_of_what_the_campaign_could_not_read(sent, export, folder) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(export)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"type"', b'"kind"'))
    write(folder / "MJANA0001.zip", buffer.getvalue())
    write(folder / "MPETRA002.zip", buffer.getvalue() + b" ")
    write(folder / "MZEHRA003.json", b'{"other": 1}')
    write(folder / "MEMRE0004.zip", b"PK\x03\x04 and no more")
    sent("data", "add", folder, "--controller", "nordlicht")
    sent("data", "extract")
    said = sent("data", "drift").output
    assert "2 documents, de-credit-bureau-export@1, auskunft/data.json: the layout has changed" in said
    assert "  new: entries[].kind" in said
    assert "1 documents to which no recipe comes near, 1 that cannot be opened." in said
