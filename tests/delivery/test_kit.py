"""A member's kit is a folder for that member alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.delivery import kit

if TYPE_CHECKING:
    from pathlib import Path


def test_a_kit_is_a_folder_that_nobody_else_reads(tmp_path: Path) -> None:
    letters = [kit.KitLetter("RK-1-access", b"%PDF-1", b"mail"), kit.KitLetter("RK-2-access", b"%PDF-2")]
    target = kit.write(tmp_path / "kits", "MJANA0001", ("Guten Tag", b"%PDF-note"), letters)
    assert target == tmp_path / "kits" / "MJANA0001"
    assert target.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {
        "MJANA0001-note.txt": b"Guten Tag",
        "MJANA0001-note.pdf": b"%PDF-note",
        "RK-1-access.pdf": b"%PDF-1",
        "RK-1-access.eml": b"mail",
        "RK-2-access.pdf": b"%PDF-2",
    }
    assert {path.stat().st_mode & 0o777 for path in target.iterdir()} == {0o600}
