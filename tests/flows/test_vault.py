"""``vault`` as a person uses it: back up, restore, check, change the passphrase."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

from rightskit.cases import status
from rightskit.vault import presence

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SUEDSTERN = "auskunft@suedstern.example"


def test_a_backup_is_named_after_the_campaign_and_the_day(sent: Any, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    first = sent("vault", "backup", stick).output
    second = sent("vault", "backup", stick).output
    assert f"{stick / 'probe-2026-03-02.vault'} is a whole copy: 6 members, 14 requests" in first
    assert f"{stick / 'probe-2026-03-02-2.vault'} is a whole copy" in second
    assert {stat.S_IMODE(path.stat().st_mode) for path in stick.iterdir()} == {0o600}
    sent("vault", "backup", stick / "probe-2026-03-02.vault", code=5)
    sent("vault", "backup", stick / "nowhere" / "x.vault", code=4)


def test_what_happened_since_the_backup_is_kept_beside(sent: Any, reply: Any, tmp_path: Path) -> None:
    before = sent.json("status")
    sent("vault", "backup", tmp_path / "copy.vault")
    letter = sent.letter("jana", "suedstern")
    sent.on("2026-03-12").arrives(
        reply(SUEDSTERN, "zu Ihrer Person haben wir keine Daten gespeichert.", day="2026-03-11", answers=letter)
    )
    after = sent.json("status")
    assert after != before
    said = sent("vault", "restore", tmp_path / "copy.vault").output
    kept = sent.folder / "vault.db.before-restore-1"
    assert f"The former one is kept as {kept}" in said
    assert sent.json("status") == before
    sent("vault", "restore", kept)
    assert sent.json("status") == after
    sent("vault", "check")


def test_a_wrong_file_is_refused_and_nothing_changes(sent: Any, tmp_path: Path) -> None:
    before = sent.json("status")
    (tmp_path / "letter.txt").write_text("Dear Sirs\n")
    assert "is a text file, not a vault" in sent("vault", "restore", tmp_path / "letter.txt", code=3).output
    sent("vault", "restore", tmp_path / "nothing.vault", code=4)
    assert sent.json("status") == before


def test_a_lost_vault_comes_back(sent: Any, tmp_path: Path) -> None:
    before = sent.json("status")
    sent("vault", "backup", tmp_path / "copy.vault")
    for path in sent.folder.glob("vault.db*"):
        path.unlink()
    sent("status", code=4)
    sent("vault", "restore", tmp_path / "copy.vault")
    assert sent.json("status") == before


def test_a_check_finds_a_changed_byte_and_ends_with_3(sent: Any) -> None:
    assert "The vault is whole: 6 members, 14 requests" in sent("vault", "check").output
    vault = sent.folder / "vault.db"
    raw = bytearray(vault.read_bytes())
    raw[len(raw) // 2] ^= 1
    vault.write_bytes(raw)
    said = sent("vault", "check", code=3).output
    assert "rightskit vault restore FILE" in said


def test_a_check_tells_status_that_cannot_be_folded(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from rightskit.flows import status as flow

    real, broken = status.fold, sent.request("jana", "suedstern")

    def fold(events: Any, *args: Any, **more: Any) -> Any:
        if events[0].reference == broken:
            raise ZeroDivisionError
        return real(events, *args, **more)

    monkeypatch.setattr(flow, "fold", fold)
    monkeypatch.setattr(flow, "_shape", lambda _events: None)
    said = sent("vault", "check", code=3).output
    assert f"{broken}: its status cannot be told (ZeroDivisionError)" in said
    assert "1 problems" in said


def test_a_new_passphrase_is_asked_for_twice(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sent.json("status")
    said = sent(
        "vault", "rekey", answers="y\naaaaaaaaaaaaaa\nseven new words\nanother one\n" + "seven new words\n" * 2
    ).output
    assert "A passphrase of 1 characters is soon guessed; 12 are the least." in said
    assert "fewer than 5 different characters" in said
    assert "The two were not the same." in said
    said = sent("status", code=2).output
    assert "The passphrase does not open" in said
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", "seven new words")
    assert sent.json("status") == before
    sent("vault", "check")


def test_a_passphrase_is_not_changed_while_others_work(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "PATIENCE", 0.1)
    vault = sent.vault()
    with vault.only_one("sync"):
        said = sent("vault", "rekey", answers="seven new words\n" * 2, code=5).output
        assert "Another rightskit is at sync" in said
    said = sent("vault", "rekey", answers="seven new words\n" * 2, code=5).output
    assert "Another rightskit has" in said
    vault.close()
    assert sent.json("status")
