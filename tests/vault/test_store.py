"""The vault: encrypted, for its owner alone, each write whole or not at all."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from rightskit.errors import NotFoundError, RefusedError
from rightskit.vault import store

PASSPHRASE = "correct 'horse' \"battery\" %staple"


def test_a_vault_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    store.create(tmp_path, PASSPHRASE).close()
    store.open_(tmp_path, PASSPHRASE).close()
    with pytest.raises(store.WrongPassphraseError, match="does not open"):
        store.open_(tmp_path, PASSPHRASE + " ")


def test_a_wrong_passphrase_says_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store.create(tmp_path, PASSPHRASE).close()
    with pytest.raises(store.WrongPassphraseError):
        store.open_(tmp_path, "wrong")
    assert capfd.readouterr() == ("", "")


def test_nothing_stands_in_the_file_as_plain_text(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
        connection.execute(text("INSERT INTO t VALUES ('Jana Özdemir')"))
    vault.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not raw.startswith(b"SQLite format 3")
    assert b"Jana" not in raw
    assert b"CREATE" not in raw


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_write_that_raises_leaves_nothing(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        connection.execute(text("CREATE TABLE t (a)"))

    def fails() -> None:
        with vault.write() as connection:
            connection.execute(text("INSERT INTO t VALUES (1)"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    with vault.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar() == 0


def test_what_was_written_survives_without_closing(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        connection.execute(text("CREATE TABLE t (a)"))
    with store.open_(tmp_path, PASSPHRASE).read() as connection:
        assert connection.execute(text("SELECT count(*) FROM t")).scalar() == 0


def test_the_settings_that_promises_rest_on(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.read() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_an_exception_prints_no_values(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with pytest.raises(Exception, match="SQL parameters hidden") as caught, vault.write() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Jana Özdemir"})
    assert "Jana" not in str(caught.value)


def test_a_second_vault_is_refused(tmp_path: Path) -> None:
    store.create(tmp_path, PASSPHRASE).close()
    with pytest.raises(RefusedError, match="exists already"):
        store.create(tmp_path, PASSPHRASE)


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="needs a passphrase"):
        store.create(tmp_path, "")
    assert list(tmp_path.iterdir()) == []


def test_no_vault(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no"):
        store.open_(tmp_path, PASSPHRASE)


def test_a_newer_vault_is_left_alone(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    with vault.write() as connection:
        connection.execute(text("PRAGMA user_version = 99"))
    vault.close()
    with pytest.raises(RefusedError, match="newer rightskit"):
        store.open_(tmp_path, PASSPHRASE)


def test_only_one_at_a_work(tmp_path: Path) -> None:
    vault = store.create(tmp_path, PASSPHRASE)
    other = store.open_(tmp_path, PASSPHRASE)
    with vault.only_one("send"):
        with other.only_one("sync"):
            pass
        with pytest.raises(RefusedError, match="Another rightskit is at send") as refused, other.only_one("send"):
            pass
        assert f"Wait until it has finished (process {os.getpid()} on " in refused.value.hint
    with other.only_one("send"):
        pass
