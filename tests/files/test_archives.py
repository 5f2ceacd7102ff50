"""Archives from outside are opened with limits, and hostile ones are refused with the reason."""

import bz2
import gzip
import io
import random
import stat
import tarfile
import zipfile
from itertools import islice
from pathlib import Path

import pytest

from rightskit.files import archives
from rightskit.files.entries import Entry, LargeEntry
from rightskit.files.limits import Limits
from rightskit.files.problems import BrokenError, FileProblemError, LockedError, TooLargeError, UnsafeError


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def read(content: bytes | Path, limits: Limits = archives.LIMITS) -> dict[str, bytes]:
    return {entry.name: entry.content for entry in archives.entries(content, limits)}


FILES = {"a.json": b"{}", "folder/ü.csv": b"x;y\r\n"}


@pytest.mark.parametrize(
    "content",
    [zipped(FILES), tarred(FILES), gzip.compress(tarred(FILES)), bz2.compress(tarred(FILES))],
    ids=["zip", "tar", "tar.gz", "tar.bz2"],
)
def test_files_come_out_as_they_went_in(content: bytes, tmp_path: Path) -> None:
    assert archives.is_archive(content[:512])
    assert read(content) == FILES
    path = tmp_path / "archive"
    path.write_bytes(content)
    assert read(path) == FILES


def test_an_inner_archive_is_opened_in_its_place_and_numbers_go_through() -> None:
    content = zipped({"a.txt": b"1", "inner.zip": zipped({"b.txt": b"2"}), "c.docx": zipped({"d": b"3"})})
    found = list(archives.entries(content))
    assert [entry.name for entry in found] == ["a.txt", "inner.zip/b.txt", "c.docx"]
    assert [entry.number for entry in found] == [1, 3, 4]


def test_a_small_bomb_is_refused_by_its_ratio() -> None:
    bomb = zipped({"zeros": bytes(42_000 * 1_000)})
    assert len(bomb) < 45_000
    with pytest.raises(TooLargeError, match="250"):
        read(bomb)


def test_a_bomb_of_bombs_is_refused_before_it_unpacks() -> None:
    layer = zipped({f"{n}.bin": bytes(4_000_000) for n in range(8)})
    for _ in range(2):
        layer = zipped({f"{n}.zip": layer for n in range(16)})
    assert len(layer) < 42_000
    with pytest.raises(TooLargeError) as refused:
        read(layer)
    assert refused.value.limit == "ratio"


def test_archives_inside_archives_end_at_the_depth() -> None:
    layer = zipped({"a": b"x"})
    for _ in range(100):
        layer = zipped({"inner.zip": layer}, zipfile.ZIP_STORED)
    with pytest.raises(TooLargeError) as refused:
        read(layer, Limits(entries=1_000))
    assert refused.value.limit == "depth"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_too_many_entries_are_refused(pack) -> None:
    content = pack({f"{n}": b"" for n in range(200)})
    assert len(read(content, Limits(entries=200))) == 200
    with pytest.raises(TooLargeError) as refused:
        read(content, Limits(entries=199))
    assert refused.value.limit == "entries"


def test_the_directory_is_counted_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped({f"{n}": b"" for n in range(50)})
    monkeypatch.setattr(zipfile, "ZipInfo", None)
    with pytest.raises(TooLargeError):
        read(content, Limits(entries=49))


def test_the_directory_is_never_read_past_what_honest_names_need() -> None:
    content = zipped({f"{n:0>30000}": b"" for n in range(60)})
    with pytest.raises(TooLargeError) as refused:
        read(content, Limits(entries=100))
    assert refused.value.limit == "entries"


def test_what_nobody_wants_is_not_unpacked() -> None:
    content = zipped({"photo.jpg": bytes(40_000_000), "a.json": b"{}", "inner.zip": zipped({"b.json": b"[]"})})
    found = archives.entries(content, wanted=lambda name: name.endswith(".json"))
    assert [(entry.name, entry.content) for entry in found] == [("a.json", b"{}"), ("inner.zip/b.json", b"[]")]


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: gzip.compress(tarred(files))])
def test_a_large_file_is_a_stream_for_whoever_can_read_it(pack) -> None:
    content = io.BytesIO(pack({"small": b"1", "large": b"x" * 5_000, "last": b"2", "inner.zip": zipped({"a": b"y"})}))
    limits = Limits(part=4_999)
    found = {
        entry.name: entry.content if isinstance(entry, Entry) else entry.stream.read()
        for entry in archives.all_entries(content, limits)
    }
    assert found == {"small": b"1", "large": b"x" * 5_000, "last": b"2", "inner.zip/a": b"y"}
    for _ in range(2):
        with archives.reopened(content, 2, "large", limits) as stream:
            assert stream.read(3) == b"xxx"
    assert [type(entry).__name__ for entry in archives.all_entries(content, limits)] == [
        "Entry", "LargeEntry", "Entry", "Entry"
    ]  # fmt: skip


def stored(files: dict[str, bytes]) -> bytes:
    return zipped(files, zipfile.ZIP_STORED)


def packed(files: dict[str, bytes]) -> bytes:
    return gzip.compress(tarred(files))


INSIDE = {"a.json": b"{}", "b.csv": random.Random(1).randbytes(9_000), "c.txt": b"z" * 6_000}
SMALL = Limits(part=9_200)


@pytest.mark.parametrize("inner", [zipped, stored, tarred, packed])
@pytest.mark.parametrize("outer", [zipped, stored, tarred, packed])
def test_a_large_archive_inside_is_read_where_it_lies(outer, inner) -> None:
    ending = {"zipped": "zip", "stored": "zip", "tarred": "tar", "packed": "tar.gz"}[inner.__name__]
    content = outer({"first": b"1", f"inner.{ending}": inner(INSIDE), "last": b"2"})
    if outer is packed and ending == "zip":
        with pytest.raises(TooLargeError):
            read(content, SMALL)
        return
    expected = {"first": b"1", **{f"inner.{ending}/{name}": each for name, each in INSIDE.items()}, "last": b"2"}
    assert read(content, SMALL) == expected
    assert [entry.number for entry in archives.entries(content, SMALL)] == [1, 3, 4, 5, 6]
    large = Limits(part=8_000)
    for _ in range(2):
        with archives.reopened(io.BytesIO(content), 4, f"inner.{ending}/b.csv", large) as stream:
            assert b"".join(iter(lambda: stream.read(1_000), b"")) == INSIDE["b.csv"]


def test_large_archives_lie_inside_each_other_until_the_depth() -> None:
    content = zipped({"inner.zip": stored({"inner.zip": zipped(INSIDE), "x": b"y"})})
    assert {name.rpartition("/")[2]: each for name, each in read(content, SMALL).items()} == {**INSIDE, "x": b"y"}
    with pytest.raises(TooLargeError) as refused:
        read(content, Limits(part=9_200, depth=2))
    assert refused.value.limit == "depth"


def test_what_a_large_archive_inside_unpacks_to_is_counted() -> None:
    content = zipped({"inner.zip": zipped({"zeros": bytes(60_000_000)})})
    walked = archives.all_entries(content, Limits(part=1_000))
    stream = next(walked).stream
    with pytest.raises(TooLargeError) as refused:
        list(iter(lambda: stream.read(1 << 20), b""))
    assert refused.value.limit == "ratio"


def test_a_directory_that_sends_the_reader_to_and_fro_is_stopped() -> None:
    """Each entry of the inner archive lies far from the one before: all between them would be unpacked again."""
    noise = random.Random(2).randbytes(40_000)
    inner = stored({f"{number}": noise for number in range(60)})
    with zipfile.ZipFile(io.BytesIO(inner)) as archive:
        order = archive.infolist()
    mixed = [order[(at * 31) % 60] for at in range(60)]
    content = zipped({"inner.zip": _directory_in(inner, mixed)})
    assert len(read(content, Limits(part=50_000, size=100_000_000))) == 60
    with pytest.raises(TooLargeError, match="too often"):
        read(content, Limits(part=50_000, size=6_000_000))


def _directory_in(archive: bytes, order: list[zipfile.ZipInfo]) -> bytes:
    """The same ZIP, its directory in another order."""
    start = archive.index(b"PK\x01\x02")
    end = archive.index(b"PK\x05\x06")
    records = {}
    for record in archive[start:end].split(b"PK\x01\x02")[1:]:
        records[int.from_bytes(record[38:42], "little")] = b"PK\x01\x02" + record
    return archive[:start] + b"".join(records[info.header_offset] for info in order) + archive[end:]


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_a_large_archive_inside_that_is_damaged_says_so(ending: str) -> None:
    inner = bytearray((zipped if ending == "zip" else packed)(INSIDE))
    inner[len(inner) // 2] ^= 0xFF
    with pytest.raises(BrokenError):
        read(zipped({f"inner.{ending}": bytes(inner)}), SMALL)
    whole = bytearray(zipped({"inner.zip": zipped(INSIDE)}))
    whole[len(whole) // 2] ^= 0xFF
    with pytest.raises(FileProblemError):
        read(bytes(whole), SMALL)


def test_a_large_file_that_is_only_called_an_archive_is_refused() -> None:
    with pytest.raises(TooLargeError):
        list(archives.all_entries(zipped({"inner.zip": b"x" * 10_000}), SMALL))


def test_what_is_read_of_a_large_file_is_counted() -> None:
    content = gzip.compress(tarred({"zeros": bytes(60_000_000)}))
    (stream,) = (
        entry.stream
        for entry in islice(archives.all_entries(content, Limits(part=1_000, ratio=50)), 1)
        if isinstance(entry, LargeEntry)
    )
    with pytest.raises(TooLargeError) as refused:
        list(iter(lambda: stream.read(1 << 20), b""))
    assert refused.value.limit == "ratio"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_one_file_never_fills_the_memory(pack) -> None:
    content = pack({"small": b"1", "large": bytes(5_000)})
    assert len(read(content, Limits(part=5_000))) == 2
    with pytest.raises(TooLargeError) as refused:
        read(content, Limits(part=4_999))
    assert refused.value.limit == "part"


def test_unpacked_bytes_are_counted_not_believed() -> None:
    content = bytearray(zipped({"a": bytes(5_000)}, zipfile.ZIP_STORED))
    assert read(bytes(content), Limits(size=5_000))
    with pytest.raises(TooLargeError) as refused:
        read(bytes(content), Limits(size=4_999))
    assert refused.value.limit == "size"
    record = content.index(b"PK\x01\x02")
    content[record + 24 : record + 28] = (10).to_bytes(4, "little")
    with pytest.raises(FileProblemError):
        read(bytes(content), Limits(size=4_999))


def test_a_tar_header_that_is_a_bomb_is_counted_too() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a")
        info.pax_headers = {"comment": "x" * 30_000_000}
        archive.addfile(info)
    with pytest.raises(TooLargeError) as refused:
        read(gzip.compress(buffer.getvalue()))
    assert refused.value.limit == "ratio"


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "C:\\x", "..\\up", "a\x01b"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_leads_outside_is_refused(pack, name: str) -> None:
    with pytest.raises(UnsafeError, match="entry 2"):
        read(pack({"fine": b"", name: b""}))


def test_links_are_refused() -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(UnsafeError):
        read(buffer.getvalue())
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            member = tarfile.TarInfo("link")
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
        with pytest.raises(UnsafeError):
            read(buffer.getvalue())


def test_an_encrypted_entry_is_named_as_such() -> None:
    content = bytearray(zipped({"secret-name.txt": b"x"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(LockedError, match="password") as refused:
        read(bytes(content))
    assert "secret-name" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and no more",
        zipped(FILES)[:-30],
        zipped({"a": b"x" * 100}, zipfile.ZIP_STORED).replace(b"xxxx", b"yyyy"),
        zipped({"a": b"x"}, zipfile.ZIP_BZIP2),
        zipped({"a": b"x"}, zipfile.ZIP_LZMA),
        gzip.compress(tarred(FILES))[:60],
        gzip.compress(b"no tar"),
        b"",
    ],
    ids=["head", "cut", "checksum", "bzip2", "lzma", "cut-gz", "gz", "empty"],
)
def test_a_damaged_archive_is_an_error_that_says_so(content: bytes) -> None:
    with pytest.raises(BrokenError):
        read(content)


def _locked_zip(files, password: bytes) -> bytes:
    import pyzipper

    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_locked_archive_opens_with_its_password() -> None:
    content = _locked_zip(FILES, b"sesame")
    assert {entry.name: entry.content for entry in archives.entries(content, password=b"sesame")} == FILES
    for wrong in (b"", b"open"):
        with pytest.raises(LockedError, match="password"):
            list(archives.entries(content, password=wrong))


def test_limits_hold_behind_a_password_too() -> None:
    content = _locked_zip({"zeros": bytes(42_000_000)}, b"sesame")
    with pytest.raises(TooLargeError) as refused:
        list(archives.entries(content, password=b"sesame"))
    assert refused.value.limit == "ratio"
    many = _locked_zip({f"{n}": b"" for n in range(50)}, b"sesame")
    with pytest.raises(TooLargeError):
        list(archives.entries(many, Limits(entries=49), password=b"sesame"))
