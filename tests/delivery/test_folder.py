"""A file is there whole or not at all, and what stops it names the place that was asked for."""

import errno
from pathlib import Path

import pytest

from rightskit.delivery import folder


def test_what_fails_before_the_move_leaves_the_former_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    folder.write(path, b"former")
    with pytest.raises(OSError, match=r"No space left.*report\.html") as caught, folder.writing(path, b"new"):  # noqa: PT012 (the block is what fails)
        assert path.read_bytes() == b"former"
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.filename == str(path)
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    assert path.read_bytes() == b"former"


def test_a_file_is_for_its_owner_unless_it_is_for_all(tmp_path: Path) -> None:
    folder.write(tmp_path / "own", b"")
    folder.write(tmp_path / "all", b"", mode=folder.FOR_ALL)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("own", "all")] == [0o600, 0o644]
