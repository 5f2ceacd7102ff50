"""The open registry is read from a folder, a tar or a zip; what is hostile is refused or set aside."""

import gzip
import io
import os
import struct
import tarfile
import tracemalloc
import zlib

import pytest

from rightskit.errors import FaultsError, NotFoundError
from rightskit.files.problems import BrokenError, FileProblemError, TooLargeError, UnsafeError
from rightskit.registry import source_records
from rightskit.registry.source import RECORD_SIZE, one, read
from rightskit.registry.source_form import Kind


def test_folder_tar_and_zip_give_the_same_files(tmp_path, sample, make):
    folder = read(make.folder(tmp_path / "data", sample))
    for content in (make.tar(sample), make.tar(sample, prefix=""), make.zip(sample), make.zip(sample, prefix="")):
        assert read(content) == folder
    assert {file.path: file.raw.decode() for file in folder.files} == {
        path: text for path, text in sample.items() if path != "README.md"
    }
    assert folder.faults == ()
    assert {file.kind for file in folder.files} == set(Kind)


def test_a_folder_that_holds_the_registrys_folder(tmp_path, sample, make):
    make.folder(tmp_path / "around" / "data-0a29", sample)
    assert len(read(tmp_path / "around").files) == 10


def test_a_tar_bomb_of_ten_gigabytes_of_zeros_is_refused(sample, make):
    hundred = zlib.compressobj(9, wbits=31)
    member = hundred.compress(bytes(100 * 1024 * 1024)) + hundred.flush()
    info = tarfile.TarInfo("data/companies/zeros.json")
    info.size = 10 * 1024**3
    bomb = gzip.compress(info.tobuf()) + member * 103
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200e6


def test_too_many_files_are_refused():
    header = tarfile.TarInfo("data/companies/a.json").tobuf()
    with pytest.raises(TooLargeError, match="too many files"):
        read(gzip.compress(header * 60_000 + bytes(1024), 1))
    with pytest.raises(TooLargeError, match="too many files"):
        read(
            b"PK\x03\x04" + b"PK\x01\x02" * 200_000 + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 800_000, 4, 0)
        )


@pytest.mark.parametrize("name", ["../evil.json", "companies/../../evil.json", "/etc/evil.json", "C:\\evil.json"])
def test_a_path_that_leads_outside_refuses_the_archive(sample, make, name):
    with pytest.raises(UnsafeError):
        read(make.tar({**sample, name: "{}"}, prefix=""))
    with pytest.raises(UnsafeError):
        read(make.zip({**sample, name: "{}"}, prefix=""))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_a_link_or_device_refuses_the_archive(sample, make, kind):
    info = tarfile.TarInfo("data-master/companies/link.json")
    info.type, info.linkname = kind, "/etc/passwd"
    with pytest.raises(UnsafeError):
        read(make.tar(sample, extra=[info]))


def test_damaged_archives_and_other_files(tmp_path, sample, make):
    with pytest.raises(FileProblemError):
        read(make.tar(sample)[:400])
    with pytest.raises(BrokenError):
        read(b"no archive at all")
    with pytest.raises(NotFoundError):
        read(tmp_path / "nowhere")
    with pytest.raises(FaultsError, match="no record of a company"):
        read(make.tar({"README.md": "text"}))
    (tmp_path / "empty").mkdir()
    with pytest.raises(FaultsError, match="no record of a company"):
        read(tmp_path / "empty")


def faults(found):
    return [f"{fault.path}: {fault.message}" for fault in found.faults]


def test_links_in_a_folder_are_not_followed(tmp_path, sample, make):
    top = make.folder(tmp_path / "data", sample)
    (tmp_path / "secret.json").write_text("{}", encoding="utf-8")
    (top / "companies" / "link.json").symlink_to(tmp_path / "secret.json")
    os.mkfifo(top / "companies" / "pipe.json")
    (top / "elsewhere").symlink_to(tmp_path)
    found = read(top)
    assert len(found.files) == 10
    assert faults(found) == [
        "companies/link.json: is a link or a device",
        "companies/pipe.json: is a link or a device",
    ]


def test_a_record_of_five_megabytes_and_odd_names_are_set_aside(tmp_path, sample, make):
    bad = {"companies/huge.json": b" " * 5_000_000, "companies/a\u202eb.json": "{}", "companies/.hidden": "{}"}
    expected = [
        "companies/.hidden: has an odd name",
        "companies/a\\u202eb.json: has an odd name",
        f"companies/huge.json: has 5,000,000 bytes; a record has at most {RECORD_SIZE:,}",
    ]
    for found in (read(make.tar(sample | bad)), read(make.folder(tmp_path / "data", sample | bad))):
        assert sorted(faults(found)) == expected
        assert len(found.files) == 10


def test_a_name_in_another_encoding_is_set_aside(sample):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", encoding="latin-1", format=tarfile.GNU_FORMAT) as archive:
        for name, text in [*sample.items(), ("companies/kl\xe9.json", "{}")]:
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    assert faults(read(buffer.getvalue())) == ["companies/kl\\udce9.json: has an odd name"]


def test_a_path_twice_in_an_archive(sample, make):
    info = tarfile.TarInfo("data-master/companies/klee.json")
    found = read(make.tar(sample, extra=[info]))
    assert faults(found) == ["companies/klee.json: stands twice in the archive"]
    assert next(file for file in found.files if file.path == "companies/klee.json").raw


@pytest.mark.parametrize(
    ("raw", "message", "line"),
    [
        (b'{"slug": "klee\xff"}', "is not UTF-8", None),
        (b'{\n"slug" "a"}', "is not JSON: Expecting ':' delimiter", 2),
        (b"", "is not JSON: Expecting value", 1),
        (b"[" * 100_000, "is not JSON that can be read", None),
        (b'{"slug": NaN}', "is not JSON that can be read", None),
        (b'{"slug": ' + b"9" * 5000 + b"}", "is not JSON that can be read", None),
        (b"[]", "is no mapping of fields", None),
        (b'{"slug": "a"}', "name is missing", None),
        (b'{"slug": "../a", "name": "Ab", "address": "x"}', "slug does not have its form", 1),
        (b'{"slug": "a", "name": "Ab",\n"address": ["x"]}', "address is no text", 2),
        (b'{"slug": "a", "name": "Ab", "address": "x", "runs": "y"}', "runs is no list", 1),
        (b'{"slug": "a", "name": "Ab", "address": "x", "nsfw": "y"}', "nsfw is neither true nor false", 1),
        (b'{"slug": "a", "name": "Ab", "address": "Weg 1\\nNirgendwo"}', "ends its address with no country", 1),
        (b'{"slug": "a", "name": "Ab", "address": "A\\nItalia", "required-elements": ["x"]}', "no mapping", 1),
    ],
    ids=lambda value: value[:30] if isinstance(value, (bytes, str)) else value,
)
def test_a_damaged_record_is_set_aside_and_the_rest_goes_in(sample, make, raw, message, line):
    records = source_records.sort(read(make.tar(sample | {"companies/bad.json": raw})).files)
    (fault,) = records.aside.values()
    assert fault.path == "companies/bad.json"
    assert message in fault.message
    assert fault.line == line
    assert fault.suggestion
    assert sorted(records.by_slug[Kind.COMPANY]) == ["distel", "klee", "mohn"]


def test_a_slug_twice(sample, make):
    files = sample | {"companies/zwei.json": make.record("klee")}
    records = source_records.sort(read(make.tar(files)).files)
    assert records.aside["companies/zwei.json"].message == "has the slug of companies/klee.json"


def test_a_record_alone(tmp_path, sample, make):
    path = tmp_path / "klee.json"
    path.write_text(sample["companies/klee.json"], encoding="utf-8")
    (file,) = one(path).files
    assert file.kind is Kind.COMPANY
