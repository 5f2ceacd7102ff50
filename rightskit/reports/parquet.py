"""Rows as Parquet: the same bytes for the same rows, since one thread writes them in their order."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "preserve_insertion_order": True,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def parquet(rows: bytes) -> bytes:
    """A table of texts, from its CSV; only what may be published ever reaches the temporary folder."""
    with tempfile.TemporaryDirectory(prefix="rightskit-") as name:
        source, target = Path(name) / "rows.csv", Path(name) / "rows.parquet"
        source.write_bytes(rows)
        with duckdb.connect(":memory:", config=_SETTINGS) as connection:
            table = connection.read_csv(str(source), header=True, all_varchar=True)
            table.write_parquet(str(target), compression="zstd")
        return target.read_bytes()
