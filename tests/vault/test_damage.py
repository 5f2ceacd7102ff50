"""What is no vault, or no longer a whole one, is told in a sentence; and a full disk loses nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path

import offline
import pytest

from rightskit.campaign.mandates import of_dates
from rightskit.campaign.model import Member
from rightskit.errors import RefusedError
from rightskit.vault import check, failures, members, store

PAGE = 4096


@pytest.fixture
def whole(new: store.Vault, tmp_path: Path) -> Path:
    """The file of a vault with forty members."""
    with new.write() as connection:
        members.add(connection, people(40))
    new.close()
    return tmp_path / store.FILE_NAME


def people(number: int, first: int = 0) -> list[Member]:
    return [
        Member(f"M{first + i:08}", "Jana", "Özdemir", note="x" * 500, mandates=of_dates(dt.date(2026, 2, 1), None))
        for i in range(number)
    ]


DAMAGED = [
    ("half of its pages", lambda raw: raw[: len(raw) // PAGE // 2 * PAGE], "pages of it are missing or wrong"),
    ("without its last page", lambda raw: raw[:-PAGE], "pages of it are missing or wrong"),
    ("cut in the middle of a page", lambda raw: raw[:-100], "it ends in the middle of a page"),
    ("shorter than a page", lambda raw: raw[:1000], "it ends in the middle of a page"),
    ("empty", lambda raw: b"", "it is empty"),
    ("a text file", lambda raw: b"given_name,family_name\nJana,\xc3\x96zdemir\n" * 400, "is a text file, not a vault"),
    ("a short text", lambda raw: "Grüße\n".encode(), "is a text file, not a vault"),
]


@pytest.mark.parametrize(("damage", "says"), [row[1:] for row in DAMAGED], ids=[row[0] for row in DAMAGED])
def test_a_file_that_is_not_whole(quick: str, whole: Path, damage, says: str) -> None:
    whole.write_bytes(damage(whole.read_bytes()))
    with pytest.raises(failures.DamagedVaultError, match=says) as caught:
        store.open_(whole.parent, quick)
    assert "vault restore" in caught.value.hint
    assert caught.value.exit_code == 3


def test_a_database_without_encryption(quick: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / store.FILE_NAME) as plain:
        plain.execute("CREATE TABLE members (name)")
    plain.close()
    with pytest.raises(failures.DamagedVaultError, match="without encryption"):
        store.open_(tmp_path, quick)


def test_an_encrypted_file_without_tables(quick: str, tmp_path: Path) -> None:
    path = tmp_path / store.FILE_NAME
    strange = store.Vault(path, store._engine(path, quick, ()))
    with strange.write() as connection:
        connection.exec_driver_sql("CREATE TABLE something (a)")
    strange.close()
    with pytest.raises(failures.DamagedVaultError, match="no tables of a vault"):
        store.open_(tmp_path, quick)


def test_a_changed_byte_is_found(quick: str, whole: Path) -> None:
    raw = bytearray(whole.read_bytes())
    raw[-PAGE * 2 + 17] ^= 1
    whole.write_bytes(raw)
    vault = store.open_(whole.parent, quick)
    with vault.read() as connection:
        assert any("HMAC" in problem for problem in check.pages(connection))
    with pytest.raises(failures.DamagedVaultError, match="missing or wrong"), vault.read() as connection:
        members.all_members(connection)
    vault.close()


def test_a_damaged_file_is_left_as_it_is(quick: str, whole: Path) -> None:
    cut = whole.read_bytes()[:-PAGE]
    whole.write_bytes(cut)
    with pytest.raises(failures.DamagedVaultError):
        store.open_(whole.parent, quick)
    assert whole.read_bytes() == cut


def test_a_full_disk_loses_nothing_and_says_so(quick: str, whole: Path) -> None:
    """``max_page_count`` makes SQLite say what a full disk makes it say."""
    vault = store.open_(whole.parent, quick)
    with vault.bare() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}").all()
    with pytest.raises(failures.DiskError, match="The disk is full") as caught, vault.write() as connection:
        members.add(connection, people(200, first=1000))
    assert caught.value.exit_code == 6
    assert "Make room" in caught.value.hint
    with vault.bare() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000").all()
    with vault.write() as connection:
        assert len(members.all_members(connection)) == 40
        members.add(connection, people(200, first=1000))
    with vault.read() as connection:
        assert len(members.all_members(connection)) == 240
        assert list(check.problems(connection)) == []
    vault.close()


FILLING = """\
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_damage import people
from rightskit.errors import RightskitError
from rightskit.vault import members, store
store._PRAGMAS = ("kdf_iter = 1000", *store._PRAGMAS)
folder, passphrase = Path(sys.argv[1]), sys.argv[3]
vault = store.open_(folder, passphrase)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
done = 0
try:
    for batch in range(1, 200):
        with vault.write() as connection:
            members.add(connection, people(20, first=batch * 1000))
        done += 20
except RightskitError as error:
    print(done, error.exit_code, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no RLIMIT_FSIZE")
def test_a_disk_that_fills_up_while_writing_keeps_what_was_reported(quick: str, whole: Path) -> None:
    """A limit on the size of files stops the journal in the middle, as a full disk does."""
    command = [sys.executable, "-c", FILLING, str(whole.parent), str(Path(__file__).parent), quick]
    ran = subprocess.run(command, cwd=offline.CHECKOUT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    done, code, says = ran.stdout.split(maxsplit=2)
    assert int(done) > 0
    assert code == "6"
    assert "disk" in says
    vault = store.open_(whole.parent, quick)
    vault.fill_file()  # as `vault check` does: the last page may still be whole in the journal alone
    with vault.read() as connection:
        assert len(members.all_members(connection)) == 40 + int(done)
        assert check.pages(connection) == []
    vault.close()


def test_a_vault_that_may_not_be_written(quick: str, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = store.open_(whole.parent, quick)
    with vault.bare() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(RefusedError, match="cannot be opened for writing"), vault.write() as connection:
        members.add(connection, people(1, first=5000))
    vault.close()


def test_two_writers_wait_for_each_other_and_the_second_says_so(
    quick: str, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = tuple("busy_timeout = 50" if "busy" in pragma else pragma for pragma in store._PRAGMAS)
    monkeypatch.setattr(store, "_PRAGMAS", impatient)
    one, other = store.open_(whole.parent, quick), store.open_(whole.parent, quick)
    with one.write() as connection:
        members.add(connection, people(1, first=5000))
        with other.read() as reading:
            assert len(members.all_members(reading)) == 40
        with pytest.raises(RefusedError, match="Another program holds"), other.write():
            pass
    with other.write() as connection:
        assert len(members.all_members(connection)) == 41
    one.close()
    other.close()
