"""``clean`` removes what was posted, and nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from rightskit.vault import outgoing, store

if TYPE_CHECKING:
    from pathlib import Path


def test_clean_removes_what_was_posted_and_nothing_else(planned: Any) -> None:
    planned("send", "--to", "outbox", "--limit", "3")
    planned("send", "--to", "outbox")
    planned("send", "--to", "print")
    batches = sorted(path.name for path in (planned.folder / "print").iterdir())
    planned("posted", "2026-03-02-outbox-1")
    every = set(planned.letters())
    said = planned("clean", "--dry-run").output
    assert "3 files would be removed" in said
    assert set(planned.letters()) == every
    planned("clean")
    assert len(planned.letters()) == len(every) - 3
    assert batches == ["2026-03-02-print-1"] == sorted(path.name for path in (planned.folder / "print").iterdir())
    planned("posted", "2026-03-02-outbox-2")
    planned("posted", "2026-03-02-print-1")
    planned("clean")
    assert not (planned.folder / "outbox").exists()
    assert list((planned.folder / "print").iterdir()) == []
    assert "Nothing lies" in planned("clean").output
    assert store.FILE_NAME in {path.name for path in planned.folder.iterdir()}


def test_clean_keeps_questions_until_members_have_answered(sent: Any) -> None:
    sent.on("2026-04-08")
    sent("ask")
    asked = sorted(path.name[:9] for path in (sent.folder / "questions").iterdir())
    assert "MJANA0001" in asked
    for line in sent.json("status"):
        if line["member"] == "MJANA0001":
            sent("log", line["request"], "member-reported", "--evidence", "nichts")
    sent("clean")
    left = sorted(path.name[:9] for path in (sent.folder / "questions").iterdir())
    assert left == [name for name in asked if name != "MJANA0001"]


def test_cleaning_a_copy_of_a_campaign_never_touches_the_original(planned: Any, tmp_path: Path) -> None:
    planned("send", "--to", "outbox")
    planned("posted", "2026-03-02-outbox-1")
    copy = shutil.copytree(planned.folder, tmp_path / "copy")
    before = set(planned.letters())
    original, planned.folder = planned.folder, copy
    planned("clean")
    assert not (copy / "outbox").exists()
    planned.folder = original
    assert set(planned.letters()) == before
    planned("clean")
    assert not (original / "outbox").exists()


def test_a_folder_elsewhere_keeps_its_full_path(planned: Any, tmp_path: Path) -> None:
    planned("send", "--to", "outbox", tmp_path / "stick")
    with planned.vault().read() as connection:
        assert outgoing.listed_folders(connection) == [str(tmp_path / "stick")]
        kept = connection.exec_driver_sql("SELECT path FROM folders").scalars().all()
    assert kept == [str(tmp_path / "stick")]
