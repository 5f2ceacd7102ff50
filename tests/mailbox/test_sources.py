"""Messages are found where they lie, and nothing is moved."""

import os
from pathlib import Path

import pytest

from rightskit.errors import Fault, FaultsError, NotFoundError
from rightskit.mailbox import sources


def read(path: Path) -> tuple[list[tuple[str, bytes]], list[Fault]]:
    faults: list[Fault] = []
    return list(sources.read(path, faults)), faults


def tree(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*")}


def test_a_maildir_is_read_and_left_as_it_was(tmp_path: Path) -> None:
    for place in ("cur", "new", "tmp", ".Junk/cur"):
        (tmp_path / place).mkdir(parents=True)
    (tmp_path / "new" / "2.host").write_bytes(b"Subject: zwei\n\n")
    (tmp_path / "cur" / "1.host:2,S").write_bytes(b"Subject: eins\r\n\r\n")
    (tmp_path / "tmp" / "3.host").write_bytes(b"Subject: halb\n\n")
    (tmp_path / ".Junk" / "cur" / "4.host").write_bytes(b"Subject: vier\n\n")
    before = tree(tmp_path)
    messages, faults = read(tmp_path)
    assert messages == [
        ("cur/1.host:2,S", b"Subject: eins\r\n\r\n"),
        ("new/2.host", b"Subject: zwei\n\n"),
        (".Junk/cur/4.host", b"Subject: vier\n\n"),
    ]
    assert faults == []
    assert tree(tmp_path) == before


def test_an_empty_maildir_has_no_messages(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert read(tmp_path) == ([], [])


def test_an_mbox_is_split_at_its_from_lines(tmp_path: Path) -> None:
    box = tmp_path / "post"
    box.write_bytes(
        b"From a@b Mon Jan  1 10:00:00 2024\nSubject: eins\n\nHello\nFrom inside\n>From the start\n>>From twice\n\n"
        b"From c@d Mon Jan  1 11:00:00 2024\nSubject: zwei\n\nText\n"
    )
    assert read(box) == (
        [
            ("post#1", b"Subject: eins\n\nHello\nFrom inside\nFrom the start\n>From twice\n\n"),
            ("post#2", b"Subject: zwei\n\nText\n"),
        ],
        [],
    )


def test_a_folder_of_eml_is_read_in_order_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.EML").write_bytes(b"Subject: drei\n\n")
    (tmp_path / "a.eml").write_bytes(b"Subject: eins\n\n")
    (tmp_path / "notes.txt").write_bytes(b"nichts")
    assert [name for name, _ in read(tmp_path)[0]] == ["a.eml", "b/1.EML"]


def test_one_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"Subject: eins\n\n")
    assert read(tmp_path / "a.eml") == ([("a.eml", b"Subject: eins\n\n")], [])


def test_what_cannot_be_read_is_a_fault_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 100)
    (tmp_path / "a.eml").write_bytes(b"")
    (tmp_path / "b.eml").write_bytes(b"x" * 101)
    (tmp_path / "c.eml").symlink_to(tmp_path / "missing")
    os.mkfifo(tmp_path / "d.eml")
    (tmp_path / "e.eml").write_bytes(b"Subject: gut\n\n")
    messages, faults = read(tmp_path)
    assert messages == [("e.eml", b"Subject: gut\n\n")]
    assert [(Path(fault.path).name, fault.message) for fault in faults] == [
        ("a.eml", "the file is empty"),
        ("b.eml", "the message is over 200 MB"),
        ("c.eml", "this is no regular file"),
        ("d.eml", "this is no regular file"),
    ]


def test_a_huge_message_in_an_mbox_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 100)
    box = tmp_path / "post"
    box.write_bytes(b"From a\nSubject: huge\n\n" + b"x" * 60 + b"\n" + b"y" * 60 + b"\n\nFrom b\nSubject: klein\n\n")
    messages, faults = read(box)
    assert messages == [("post#2", b"Subject: klein\n\n")]
    assert [(fault.line, fault.message) for fault in faults] == [(1, "the message is over 200 MB")]


def test_wrong_places_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nothing at"):
        read(tmp_path / "nowhere")
    with pytest.raises(FaultsError, match="no messages here"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FaultsError, match="no file and no folder"):
        read(tmp_path / "pipe")
