"""A vault whose key is derived in a moment: what the tests look at lies behind the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rightskit.vault import store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSPHRASE = "six invented words for a test"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> str:
    """The passphrase of vaults with a thousand rounds instead of a quarter of a million."""
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
    return PASSPHRASE


@pytest.fixture
def new(quick: str, tmp_path: Path) -> Iterator[store.Vault]:
    """An empty vault."""
    made = store.create(tmp_path, quick)
    yield made
    made.close()
