"""Which column of a form tool's file is which of ours: said once, and kept beside campaign.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.campaign.member_cells import IDENTIFIER_PREFIX
from rightskit.campaign.members_csv import COLUMNS, IGNORED
from rightskit.delivery import folder as folders
from rightskit.errors import FaultsError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FILE_NAME = "columns.yaml"
_KEY = "columns"
_HEAD = """\
# Headings of the form that members fill in, and the columns of members.csv that they are; empty: not for us.
# It holds headings alone, and may be published.
"""


def known(folder: Path) -> dict[str, str]:
    """The columns that were mapped before.

    Raises:
        FaultsError: the file has faults.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return {}
    top = yamlfile.read(path)
    found = top.mapping(_KEY)
    for heading, column in found.items():
        if not _is_column(column):
            top.fault(_KEY, f"{heading!r} is mapped to no column", yamlfile.did_you_mean(column, COLUMNS))
    if top.faults:
        raise FaultsError(top.faults)
    return found


def given(words: Sequence[str]) -> dict[str, str]:
    """The columns that a person maps now, each as ``heading=column``, or ``heading=`` where it is not for us.

    Raises:
        WrongUsageError: a word has another form, or names no column.
    """
    found = {}
    for word in words:
        heading, equals, column = word.rpartition("=")
        if not equals or not heading.strip():
            raise WrongUsageError(f"{word!r} maps nothing.", "Write --map 'Vorname=given_name'.")
        if not _is_column(column.strip()):
            raise WrongUsageError(f"{column!r} is no column.", yamlfile.did_you_mean(column, COLUMNS))
        found[heading.strip()] = column.strip()
    return found


def remember(folder: Path, columns: Mapping[str, str]) -> None:
    """Keep the columns for the next file."""
    folders.write(folder / FILE_NAME, (_HEAD + yamlfile.dump({_KEY: dict(columns)})).encode(), mode=folders.FOR_ALL)


def _is_column(name: str) -> bool:
    return name == IGNORED or name in COLUMNS or name.startswith(IDENTIFIER_PREFIX)
