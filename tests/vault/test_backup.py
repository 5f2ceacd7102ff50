"""A backup is whole, whoever writes meanwhile; restoring loses nothing; a new passphrase leaves no page under the old."""

from __future__ import annotations

import datetime as dt
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import offline
import pytest

from rightskit.campaign.mandates import of_dates
from rightskit.campaign.model import Member
from rightskit.errors import NotFoundError, RefusedError
from rightskit.vault import backup, check, failures, members, presence, store

if TYPE_CHECKING:
    from pathlib import Path

JANA = Member("M00000001", "Jana", "Özdemir", mandates=of_dates(dt.date(2026, 2, 1), None))
PETRA = Member("M00000002", "Petra", "Wiśniewska")
OTHER = "other 'invented' \"words\" %s"


def names(vault: store.Vault) -> list[str]:
    with vault.read() as connection:
        return [member.given_name for member in members.all_members(connection)]


def add(vault: store.Vault, *people: Member) -> None:
    with vault.write() as connection:
        members.add(connection, people)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "PATIENCE", 0.1)


def test_a_backup_is_an_encrypted_file_for_its_owner_alone(new: store.Vault, quick: str, tmp_path: Path) -> None:
    add(new, JANA)
    (tmp_path / "away").mkdir()
    target = tmp_path / "away" / "copy.vault"
    assert backup.backup(new, target)["members"] == 1
    assert [path.name for path in target.parent.iterdir()] == ["copy.vault"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert b"zdemir" not in target.read_bytes()
    with pytest.raises(failures.WrongPassphraseError):
        store.open_copy(target, "wrong")
    copy = store.open_copy(target, quick)
    assert names(copy) == ["Jana"]
    copy.close()


def test_a_backup_holds_what_only_the_journal_holds_yet(new: store.Vault, quick: str, tmp_path: Path) -> None:
    add(new, JANA)
    assert (tmp_path / "vault.db-wal").stat().st_size > 0
    backup.backup(new, tmp_path / "copy.vault")
    assert names(store.open_copy(tmp_path / "copy.vault", quick)) == ["Jana"]


def test_a_backup_never_replaces_a_file(new: store.Vault, tmp_path: Path) -> None:
    (tmp_path / "copy.vault").write_text("the only photo")
    with pytest.raises(RefusedError, match="exists already"):
        backup.backup(new, tmp_path / "copy.vault")
    assert (tmp_path / "copy.vault").read_text() == "the only photo"
    with pytest.raises(NotFoundError, match="no folder"):
        backup.backup(new, tmp_path / "nowhere" / "copy.vault")


def test_a_backup_that_is_not_whole_leaves_nothing(
    new: store.Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "pages", lambda _connection: ["a page is wrong"])
    with pytest.raises(failures.DamagedVaultError, match="a page is wrong"):
        backup.backup(new, tmp_path / "copy.vault")
    assert not list(tmp_path.glob("copy*")) + list(tmp_path.glob(".part*"))


WRITING = """\
import sys
from pathlib import Path
from rightskit.campaign.model import Member
from rightskit.vault import members, store
store._PRAGMAS = ("kdf_iter = 1000", *store._PRAGMAS)
vault = store.open_(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
for number in range(100_000):
    with vault.write() as connection:
        members.add(connection, [Member(f"MW{number:07}", "Zehra", "Yıldız", note="x" * 900, consent_version="1")])
"""


def test_others_write_while_a_backup_is_made(new: store.Vault, quick: str, tmp_path: Path) -> None:
    add(new, JANA)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITING, str(tmp_path), quick], cwd=offline.CHECKOUT, stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        found = [backup.backup(new, tmp_path / f"copy-{number}.vault") for number in range(8)]
    finally:
        writer.kill()
        writer.communicate()
    assert [counts["members"] for counts in found] == sorted(counts["members"] for counts in found)
    assert found[0]["members"] < found[-1]["members"]
    for number, counts in enumerate(found):
        assert counts["members"] == counts["consents"] + 1  # each transaction whole
        copy = store.open_copy(tmp_path / f"copy-{number}.vault", quick)
        with copy.read() as connection:
            assert list(check.problems(connection)) == []
        copy.close()
    assert len(names(new)) >= found[-1]["members"]


@pytest.fixture
def saved(new: store.Vault, tmp_path: Path) -> Path:
    """A backup with Jana; the vault has gone on with Petra."""
    add(new, JANA)
    (tmp_path / "away").mkdir()
    backup.backup(new, tmp_path / "away" / "copy.vault")
    add(new, PETRA)
    return tmp_path / "away" / "copy.vault"


def test_restoring_keeps_the_former_vault_beside(new: store.Vault, quick: str, saved: Path, tmp_path: Path) -> None:
    new.close()
    kept, counts = backup.restore(saved, tmp_path, quick)
    assert counts["members"] == 1
    restored, former = store.open_(tmp_path, quick), store.open_copy(kept, quick)
    assert names(restored) == ["Jana"]
    assert names(former) == ["Jana", "Petra"]
    add(restored, PETRA)
    restored.close()
    assert backup.restore(saved, tmp_path, quick)[0] != kept
    assert stat.S_IMODE((tmp_path / "vault.db").stat().st_mode) == 0o600


def test_what_only_the_journal_of_the_former_vault_holds_is_kept_with_it(
    new: store.Vault, quick: str, saved: Path, tmp_path: Path
) -> None:
    """As after a crash: the journal was never brought into the file."""
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in tmp_path.glob("vault.db*"):
        (crashed / path.name).write_bytes(path.read_bytes())
    assert (crashed / "vault.db-wal").stat().st_size > 0
    kept, _ = backup.restore(saved, crashed, quick)
    assert names(store.open_copy(kept, quick)) == ["Jana", "Petra"]
    assert names(store.open_(crashed, quick)) == ["Jana"]


def test_restoring_where_there_is_no_vault(new: store.Vault, quick: str, saved: Path, tmp_path: Path) -> None:
    (tmp_path / "fresh").mkdir()
    assert backup.restore(saved, tmp_path / "fresh", quick)[0] is None
    assert names(store.open_(tmp_path / "fresh", quick)) == ["Jana"]


def test_a_damaged_vault_is_restored_too(new: store.Vault, quick: str, saved: Path, tmp_path: Path) -> None:
    new.close()
    cut = (tmp_path / "vault.db").read_bytes()[:5000]
    (tmp_path / "vault.db").write_bytes(cut)
    kept, _ = backup.restore(saved, tmp_path, quick)
    assert kept.read_bytes() == cut
    assert names(store.open_(tmp_path, quick)) == ["Jana"]


NO_BACKUPS = {
    "cut": (lambda raw: raw[:-4096], "six invented words for a test", failures.DamagedVaultError),
    "a changed byte": (
        lambda raw: raw[:-5000] + bytes([raw[-5000] ^ 1]) + raw[-4999:],
        "six invented words for a test",
        failures.DamagedVaultError,
    ),
    "no vault": (lambda _raw: b"a text", "six invented words for a test", failures.DamagedVaultError),
    "another passphrase": (lambda raw: raw, "wrong", failures.WrongPassphraseError),
}


@pytest.mark.parametrize("case", NO_BACKUPS.values(), ids=NO_BACKUPS)
def test_what_is_no_whole_backup_changes_nothing(new: store.Vault, saved: Path, tmp_path: Path, case) -> None:
    change, passphrase, error = case
    saved.write_bytes(change(saved.read_bytes()))
    with pytest.raises(error):
        backup.restore(saved, tmp_path, passphrase)
    assert names(new) == ["Jana", "Petra"]
    assert not list(tmp_path.glob("*before-restore*")) + list(tmp_path.glob(".part*"))


@pytest.mark.usefixtures("impatient")
def test_nobody_may_have_the_vault_open_while_another_is_put_in_its_place(
    new: store.Vault, quick: str, saved: Path, tmp_path: Path
) -> None:
    with pytest.raises(RefusedError, match="Another rightskit has"):
        backup.restore(saved, tmp_path, quick)
    assert names(new) == ["Jana", "Petra"]


def test_a_new_passphrase(new: store.Vault, quick: str, tmp_path: Path) -> None:
    add(new, JANA)
    backup.rekey(new, OTHER)
    new.close()
    with pytest.raises(failures.WrongPassphraseError):
        store.open_(tmp_path, quick)
    vault = store.open_(tmp_path, OTHER)
    assert names(vault) == ["Jana"]
    add(vault, PETRA)
    with vault.read() as connection:
        assert list(check.problems(connection)) == []
    vault.close()


def test_no_page_under_the_old_key_is_left(new: store.Vault, tmp_path: Path) -> None:
    add(new, JANA)
    new.settle_journal()
    before = (tmp_path / "vault.db").read_bytes()
    backup.rekey(new, OTHER)
    after = (tmp_path / "vault.db").read_bytes()
    assert len(before) == len(after)
    pages = range(0, len(before), 4096)
    assert not {before[start : start + 4096] for start in pages} & {after[start : start + 4096] for start in pages}
    journal = tmp_path / "vault.db-wal"
    assert not journal.exists() or journal.stat().st_size == 0


@pytest.mark.usefixtures("impatient")
def test_a_passphrase_is_not_changed_under_somebody_else(new: store.Vault, quick: str, tmp_path: Path) -> None:
    other = store.open_(tmp_path, quick)
    with pytest.raises(RefusedError, match="Another rightskit has"):
        backup.rekey(new, OTHER)
    add(other, PETRA)
    other.close()
    backup.rekey(new, OTHER)


@pytest.mark.parametrize("passphrase", ["", "eleven char", None], ids=["empty", "short", "the old one"])
def test_a_new_passphrase_must_be_one(new: store.Vault, quick: str, passphrase: str | None) -> None:
    with pytest.raises(RefusedError, match="passphrase"):
        backup.rekey(new, quick if passphrase is None else passphrase)
    assert names(new) == []
