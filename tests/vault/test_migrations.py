"""A vault of every earlier version opens, and is of this version afterwards; or it stays as it was."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from rightskit.campaign.mandates import of_dates
from rightskit.campaign.model import Member
from rightskit.vault import members, migrations, outgoing, schema, store

FROZEN = sorted(Path(__file__).parent.glob("schema-*.sql"), key=lambda path: path.name)


def tables(vault: store.Vault) -> set[tuple[object, ...]]:
    """Every column, key and index of a vault; columns that were added later stand at the end of their table."""
    queries = (
        'SELECT m.name, c.name, upper(c.type), c."notnull", c.pk FROM sqlite_master m, pragma_table_info(m.name) c',
        'SELECT m.name, f."from", f."table", f."to" FROM sqlite_master m, pragma_foreign_key_list(m.name) f',
        (
            'SELECT m.name, i."unique", i.origin, group_concat(c.name) FROM sqlite_master m, pragma_index_list(m.name) i, '
            "pragma_index_info(i.name) c GROUP BY m.name, i.name"
        ),
    )
    with vault.read() as connection:
        return {tuple(row) for query in queries for row in connection.exec_driver_sql(query)}


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


def test_every_earlier_version_is_frozen() -> None:
    """The tables of this version may change until it is released; whoever raises the version freezes them."""
    assert [path.name for path in FROZEN] == [f"schema-{number}.sql" for number in range(1, schema.VERSION)]


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_vault_of_an_earlier_version_has_the_tables_of_today(quick: str, tmp_path: Path, frozen: Path) -> None:
    """It fails too where the tables change and no step makes the change."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    make(tmp_path / "old", quick, frozen)
    old, fresh = store.open_(tmp_path / "old", quick), store.create(tmp_path / "new", quick)
    assert tables(old) == tables(fresh)
    with old.write() as connection:
        members.add(connection, [Member("M00000001", "Jana", "Özdemir", mandates=of_dates(dt.date(2026, 2, 1), None))])
        assert [member.family_name for member in members.all_members(connection)] == ["Özdemir"]
        assert migrations.version_of(connection) == schema.VERSION
    old.close()
    fresh.close()


def test_folders_in_a_campaign_are_found_from_the_vault(quick: str, tmp_path: Path) -> None:
    make(tmp_path, quick, FROZEN[0])
    vault = store.Vault(tmp_path / store.FILE_NAME, store._engine(tmp_path / store.FILE_NAME, quick, store._LIVE))
    with vault.write() as connection:
        for path in (tmp_path / "outbox", Path("/media/stick/outbox")):
            made = "2026-03-02 12:00:00.000000"
            connection.exec_driver_sql("INSERT INTO folders VALUES (?, 'outbox', ?)", (str(path), made))
    vault.close()
    vault = store.open_(tmp_path, quick)
    with vault.read() as connection:
        kept = connection.exec_driver_sql("SELECT path FROM folders ORDER BY path").scalars().all()
        assert kept == ["/media/stick/outbox", "outbox"]
        assert set(outgoing.listed_folders(connection)) == {"/media/stick/outbox", str(tmp_path / "outbox")}
    vault.close()


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
    monkeypatch.setattr(schema, "VERSION", 4)
    monkeypatch.setattr(migrations, "STEPS", {2: (second,), 3: (third,)})
    for _ in range(2):
        vault = store.open_(of_one, quick)
        with vault.read() as connection:
            assert connection.exec_driver_sql("SELECT shoe_size FROM members").scalar() == 39
            assert migrations.version_of(connection) == 4
        vault.close()


def test_a_step_that_fails_leaves_the_vault_as_it_was(
    quick: str, of_one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", 4)
        patch.setattr(migrations, "STEPS", {2: (second,), 3: (broken,)})
        with pytest.raises(OperationalError):
            store.open_(of_one, quick)
    vault = store.open_(of_one, quick)
    with vault.read() as connection:
        assert migrations.version_of(connection) == 2
        assert "shoe_size" not in connection.exec_driver_sql("SELECT * FROM members").keys()  # noqa: SIM118 (a result)
    vault.close()
