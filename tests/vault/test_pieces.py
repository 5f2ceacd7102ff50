"""Bytes too large for memory: kept in pieces, and read again from any place."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightskit.vault import messages, pieces, store

CONTENT = bytes(range(256)) * 3


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
    monkeypatch.setattr(messages, "PIECE", 100)
    made = store.create(tmp_path, "words for a test")
    yield made
    made.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(steps=st.lists(st.tuples(st.integers(0, 800), st.integers(-1, 300))))
def test_it_reads_like_a_file(vault: store.Vault, steps) -> None:
    with vault.write() as connection:
        if not pieces.size(connection, "big"):
            assert pieces.store(connection, "big", io.BytesIO(CONTENT)) == hashlib.sha256(CONTENT).hexdigest()
    plain = io.BytesIO(CONTENT)
    with vault.read() as connection:
        kept = pieces.Pieces(connection, "big")
        assert kept.seek(0, io.SEEK_END) == len(CONTENT)
        kept.seek(0)
        for at, size in steps:
            assert kept.seek(at) == plain.seek(at)
            assert kept.read(size) == plain.read(size)
            assert kept.tell() == plain.tell() or at > len(CONTENT)


def test_an_archive_in_pieces_is_opened_where_it_lies(vault: store.Vault) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.bin", CONTENT)
    buffer.seek(0)
    with vault.write() as connection:
        digest = pieces.store(connection, "zip", buffer)
    with vault.read() as connection:
        assert pieces.size(connection, "zip") == len(buffer.getvalue())
        assert pieces.digest(connection, "zip") == digest
        assert zipfile.ZipFile(pieces.Pieces(connection, "zip")).read("a.bin") == CONTENT


def test_nothing_kept_is_an_empty_stream(vault: store.Vault) -> None:
    with vault.write() as connection:
        pieces.store(connection, "nothing", io.BytesIO())
    with vault.read() as connection:
        assert pieces.Pieces(connection, "nothing").read() == b""
