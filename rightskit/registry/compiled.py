"""The shipped file over the import, worked out once and kept as an index: what a command needs, it looks up there.

The import holds 3,070 records, and reading the shipped YAML takes longer than most commands. So both are laid over
each other once; the result stands in ``index.sqlite`` beside the import, under a key made of what went into it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from rightskit import __version__
from rightskit.registry import load, store
from rightskit.registry.encode import decode, encode, filled
from rightskit.registry.lazy import LazyRecords
from rightskit.registry.model import Authority, Controller, Registry
from rightskit.registry.search import Entry, entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

FILE_NAME = "index.sqlite"
IMPORTED, SHIPPED = "import", "shipped"
# Counted up when the tables or what is put into them change.
_FORM = "1"
# What the import may add to a shipped record: ways to reach it, other names, notes. The rest hangs together (seat,
# authority, sector, who is served), and a shipped record decides it, also by leaving it out.
_ADDED = ("also", "email", "webform", "fax", "phone", "web", "notes")
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE controllers (
    place INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, record TEXT NOT NULL, fields TEXT NOT NULL,
    length INTEGER NOT NULL, names TEXT NOT NULL, words TEXT NOT NULL
);
CREATE TABLE authorities (place INTEGER PRIMARY KEY, record TEXT NOT NULL);
"""


class Compiled(NamedTuple):
    """The shipped registry over the import.

    Attributes:
        registry: all records; controllers are read when they are asked for.
        entries: what is searched.
        fields_from: id -> which of its fields came from :data:`IMPORTED` and which from :data:`SHIPPED`.
    """

    registry: Registry
    entries: Callable[[], Sequence[Entry]]
    fields_from: Callable[[str], Mapping[str, str]]


def open_(folder: Path, shipped: Path) -> Compiled:
    """The shipped file over what was imported into a folder: from the index, which is made where it is missing or old.

    Raises:
        FaultsError: the shipped file has faults.
        RightskitError: the import is damaged.
    """
    key = _key(folder, shipped)
    found = _from_index(folder / FILE_NAME, key)
    if found:
        return found
    fresh, fields = _compile(folder, shipped)
    try:
        _save(folder / FILE_NAME, key, fresh, fields)
    except (OSError, sqlite3.Error):  # a folder that cannot be written to: slower, and otherwise the same
        entries = [entry(controller) for controller in fresh.controllers.values()]
        return Compiled(fresh, lambda: entries, lambda identifier: fields.get(identifier, {}))
    return _from_index(folder / FILE_NAME, key) or Compiled(fresh, list, lambda _: {})


def _key(folder: Path, shipped: Path) -> str:
    about = store.about(folder)
    parts = (_FORM, __version__, str(shipped), hashlib.sha256(shipped.read_bytes()).hexdigest())
    return " ".join([*parts, about.digest if about else "-"])


def _compile(folder: Path, shipped: Path) -> tuple[Registry, dict[str, dict[str, str]]]:
    base = imported(folder)
    written = load.over(Registry(redirects=base.redirects, obsolete=base.obsolete), shipped)
    own = written.registry
    fields = {identifier: dict.fromkeys(names, SHIPPED) for identifier, names in written.fields.items()}
    controllers = dict(own.controllers)
    for identifier, record in base.controllers.items():
        if identifier in own.controllers:
            added = _added(record, own.controllers[identifier], fields[identifier])
            controllers[identifier] = dataclasses.replace(own.controllers[identifier], **added)
            fields[identifier] |= dict.fromkeys(added, IMPORTED)
        elif identifier not in own.redirects:
            controllers[identifier] = record
            fields[identifier] = dict.fromkeys(filled(record), IMPORTED)
    others = {name: record for name, record in base.authorities.items() if name not in own.redirects}
    authorities = {**others, **own.authorities}
    merged = Registry(controllers, authorities, own.redirects)
    straight = {former: load.resolve(merged, former) for former in own.redirects}
    obsolete = {former: reason for former, reason in own.obsolete.items() if former not in {*controllers, *straight}}
    return dataclasses.replace(merged, redirects=straight, obsolete=obsolete), fields


def imported(folder: Path) -> Registry:
    """What was imported into a folder, alone.

    Raises:
        RightskitError: the import is damaged.
    """
    files = store.files(folder)
    if not files:
        return Registry()
    from rightskit.registry import convert, source_records  # noqa: PLC0415 (heavy: only where an import is worked out)

    records = source_records.sort(files)
    return Registry(
        convert.controllers(records),
        convert.authorities(records),
        convert.redirects(records),
        convert.obsolete(records),
    )


def _added(record: Controller, shipped: Controller, written: Mapping[str, str]) -> dict[str, Any]:
    """What the import adds to a shipped record: of the fields that may be added, those that it did not write."""
    return {
        name: getattr(record, name)
        for name in _ADDED
        if name not in written and getattr(record, name) and not getattr(shipped, name)
    }


def _save(path: Path, key: str, registry: Registry, fields: Mapping[str, Mapping[str, str]]) -> None:
    about = {"redirects": registry.redirects, "obsolete": registry.obsolete}

    def fill(connection: sqlite3.Connection) -> None:
        connection.executescript(_TABLES)
        connection.execute("INSERT INTO about VALUES ('key', ?)", (key,))
        texts = [(name, json.dumps(dict(value), ensure_ascii=False)) for name, value in about.items()]
        connection.executemany("INSERT INTO about VALUES (?, ?)", texts)
        rows = (_row(controller, fields[controller.id]) for controller in registry.controllers.values())
        names = "id, record, fields, length, names, words"
        connection.executemany(f"INSERT INTO controllers ({names}) VALUES (?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 (ours)
        authorities = [(encode(authority),) for authority in registry.authorities.values()]
        connection.executemany("INSERT INTO authorities (record) VALUES (?)", authorities)

    store.write_whole(path, fill)


def _row(controller: Controller, fields: Mapping[str, str]) -> tuple[str | int, ...]:
    searched = entry(controller)
    names, words = "\n".join(searched.names), " ".join(searched.words)
    return (controller.id, encode(controller), json.dumps(fields), searched.length, names, words)


def _from_index(path: Path, key: str) -> Compiled | None:
    """What the index holds; None where it is missing, damaged, or was made of something else."""
    if not path.exists():
        return None
    try:
        with store.reading(path) as connection:
            about = dict(connection.execute("SELECT key, value FROM about"))
            if about.get("key") != key:
                return None
            texts = [text for (text,) in connection.execute("SELECT record FROM authorities ORDER BY place")]
    except sqlite3.DatabaseError:
        return None
    authorities = {authority.id: authority for authority in (decode(Authority, text) for text in texts)}
    registry = Registry(LazyRecords(path), authorities, json.loads(about["redirects"]), json.loads(about["obsolete"]))
    return Compiled(registry, lambda: _entries(path), lambda identifier: _fields(path, identifier))


def _entries(path: Path) -> list[Entry]:
    with store.reading(path) as connection:
        rows = connection.execute("SELECT id, length, names, words FROM controllers ORDER BY place")
        return [
            Entry(identifier, length, names.split("\n"), words.split(" ")) for identifier, length, names, words in rows
        ]


def _fields(path: Path, identifier: str) -> dict[str, str]:
    with store.reading(path) as connection:
        row = connection.execute("SELECT fields FROM controllers WHERE id = ?", (identifier,)).fetchone()
    return dict(json.loads(row[0])) if row else {}
