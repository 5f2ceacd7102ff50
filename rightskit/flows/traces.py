"""Where members' data lies outside the vault: the folders that it lists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.vault import outgoing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

_PUBLISHED = ("report", "release")
_LARGEST = 50 * 1024 * 1024
_SEARCHED = frozenset({".csv", ".eml", ".html", ".json", ".txt"})


def folders(connection: Connection) -> list[Path]:
    """The listed folders that are there."""
    published = set(outgoing.listed_folders(connection, *_PUBLISHED))
    return [Path(path) for path in outgoing.listed_folders(connection) if path not in published and Path(path).is_dir()]


def files_named(folder: Path, names: Collection[str]) -> list[Path]:
    """The files whose names carry one of the names, and what an interrupted writing left."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.name.startswith(".part-") or any(name in path.name for name in names))
    ]


def mentioning(listed: Collection[Path], words: Collection[str]) -> Iterator[Path]:
    """The other files of the listed folders in which one of the words stands."""
    return _holding((path for folder in listed for path in sorted(folder.rglob("*"))), words)


def lists(workspace: Workspace, words: Collection[str]) -> Iterator[Path]:
    """The lists beside campaign.yaml in which one of the words stands."""
    return _holding(sorted(workspace.folder.glob("*.csv")), words)


def _holding(paths: Iterable[Path], words: Collection[str]) -> Iterator[Path]:
    whole = "|".join(map(re.escape, words))
    sought = re.compile(rf"(?<!\w)(?:{whole})(?!\w)".encode(), re.IGNORECASE)
    for path in paths:
        readable = path.suffix in _SEARCHED and path.is_file() and path.stat().st_size <= _LARGEST
        if readable and sought.search(path.read_bytes()):
            yield path
