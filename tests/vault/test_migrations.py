"""A vault of every earlier version opens, and is of this version afterwards; or it stays as it was."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from rightskit.campaign.model import Member
from rightskit.vault import members, migrations, schema, store

FROZEN = sorted(Path(__file__).parent.glob("schema-*.sql"), key=lambda path: path.name)


def tables(vault: store.Vault) -> list[str]:
    with vault.read() as connection:
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [re.sub(r"\s+", " ", text).strip() for text in found.scalars()]


def make(folder: Path, passphrase: str, frozen: Path) -> None:
    """A vault with the tables of an earlier version, written without the code of today."""
    vault = store.Vault(folder / store.FILE_NAME, store._engine(folder / store.FILE_NAME, passphrase, store._LIVE))
    version = re.search(r"\d+", frozen.name)[0]
    with vault.write() as connection:
        for statement in re.sub(r"^--.*$", "", frozen.read_text("utf-8"), flags=re.MULTILINE).split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    vault.close()


def test_every_version_is_frozen() -> None:
    assert [path.name for path in FROZEN] == [f"schema-{number}.sql" for number in range(1, schema.VERSION + 1)]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_vault_of_an_earlier_version_has_the_tables_of_today(quick: str, tmp_path: Path, frozen: Path) -> None:
    """It fails too where the tables change and the version does not."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    make(tmp_path / "old", quick, frozen)
    old, fresh = store.open_(tmp_path / "old", quick), store.create(tmp_path / "new", quick)
    assert tables(old) == tables(fresh)
    with old.write() as connection:
        members.add(connection, [Member("M00000001", "Jana", "Özdemir", mandate_date=dt.date(2026, 2, 1))])
        assert [member.family_name for member in members.all_members(connection)] == ["Özdemir"]
        assert migrations.version_of(connection) == schema.VERSION
    old.close()
    fresh.close()


def second(connection: store.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE members ADD COLUMN shoe_size INTEGER")


def third(connection: store.Connection) -> None:
    connection.exec_driver_sql("UPDATE members SET shoe_size = 39")


def broken(connection: store.Connection) -> None:
    connection.exec_driver_sql("UPDATE nowhere SET shoe_size = 39")


@pytest.fixture
def of_one(new: store.Vault, tmp_path: Path) -> Path:
    with new.write() as connection:
        members.add(connection, [Member("M00000001", "Jana", "Özdemir")])
    new.close()
    return tmp_path


def test_steps_run_one_after_the_other_and_once(quick: str, of_one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setattr(migrations, "STEPS", {1: second, 2: third})
    for _ in range(2):
        vault = store.open_(of_one, quick)
        with vault.read() as connection:
            assert connection.exec_driver_sql("SELECT shoe_size FROM members").scalar() == 39
            assert migrations.version_of(connection) == 3
        vault.close()


def test_a_step_that_fails_leaves_the_vault_as_it_was(
    quick: str, of_one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", 3)
        patch.setattr(migrations, "STEPS", {1: second, 2: broken})
        with pytest.raises(OperationalError):
            store.open_(of_one, quick)
    vault = store.open_(of_one, quick)
    with vault.read() as connection:
        assert migrations.version_of(connection) == 1
        assert "shoe_size" not in connection.exec_driver_sql("SELECT * FROM members").keys()  # noqa: SIM118 (a result)
    vault.close()
