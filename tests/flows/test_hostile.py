"""Files that are made to harm: each is refused with a reason that the person who has it can read, and at once."""

import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from itertools import pairwise

import pytest

MILLION = 1_000_000


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bomb_of_bombs() -> bytes:
    """Under 42 KB, and more than a petabyte were it unpacked to its end."""
    layer = zipped({"data.json": bytes(4_000_000)})
    for _ in range(7):
        layer = zipped({f"{number}.zip": layer for number in range(16)})
    assert len(layer) < 42_000
    assert 16**7 * 4_000_000 > 10**15
    return layer


def nested() -> bytes:
    layer = zipped({"a.json": b"{}"})
    for _ in range(100):
        layer = zipped({"inner.zip": layer})
    return layer


def a_million_entries() -> bytes:
    record = b"PK\x01\x02" + bytes(24) + b"\x01\x00" + bytes(16) + b"a"
    sizes = (44, 45, 45, 0, 0, MILLION, MILLION, len(record) * MILLION, 30)
    end = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", *sizes)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 30 + len(record) * MILLION, 1)
    last = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return b"PK\x03\x04" + bytes(26) + record * MILLION + end + locator + last


def a_link() -> bytes:
    info = zipfile.ZipInfo("data.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def a_tar_with_an_absolute_path() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("/etc/cron.d/data.json"), io.BytesIO())
    return buffer.getvalue()


def pages(number: int) -> bytes:
    """A PDF with that many empty pages, each an object of its own."""
    kids = b" ".join(b"%d 0 R" % page for page in range(3, number + 3))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (number, kids)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * number
    target, places = bytearray(b"%PDF-1.7\n"), []
    for at, each in enumerate(objects, 1):
        places.append(len(target))
        target += b"%d 0 obj%s endobj\n" % (at, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(target))
    return bytes(target) + head + table + tail


def laughing_xml() -> bytes:
    """A billion laughs: ten entities, each ten of the one before."""
    inner = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">{inner}]><x>&j;</x>'.encode()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (
        lambda: zipped({"data.json": bytes(42_000_000)}),
        "too many bytes for each of its own: the limit is 250",
    ),
    "bombs in bombs": (bomb_of_bombs, "Archives lie inside archives too deep: the limit is 3"),
    "a hundred layers": (nested, "Archives lie inside archives too deep: the limit is 3"),
    "a million entries": (a_million_entries, "The archive holds too many files: the limit is 50,000"),
    "a link": (a_link, "Entry 1 of the archive is a link or a device."),
    "a path outside": (lambda: zipped({"../../data.json": b"{}"}), "The path of entry 1 leads outside the archive."),
    "an absolute path": (a_tar_with_an_absolute_path, "The path of entry 1 leads outside the archive."),
    "50,000 pages": (lambda: pages(50_000), "The PDF has too many pages: the limit is 1,000"),
    "entities": (laughing_xml, "The XML file declares a document type."),
    "an outer entity": (
        lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "The XML file declares a document type.",
    ),
    "lists in lists": (lambda: b"[" * 200_000, "The file is not JSON, or is nested too deep."),
    "deep and large": (lambda: b"[" * 17_000_000, "The JSON file is nested too deep: the limit is 200"),
    "one endless text": (lambda: b'["' + b"x" * 17_000_000, "A text inside the JSON file has too many bytes"),
}


RECIPE = """\
id: any-xml
title: Any XML
files: [{format: xml, require: ["x[]"], rows: [{each: "x[]", count: {id: number, title: Number}}]}]
"""


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(cli, tmp_path, kind: str) -> None:
    make, reason = HOSTILE[kind]
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "any-xml.yaml").write_text(RECIPE)
    (tmp_path / "campaign.yaml").write_text("slug: probe\n")
    (tmp_path / "file").write_bytes(make())
    said = cli("data", "extract", "file", code=3)
    assert reason in " ".join(said.output.split())
    assert "Traceback" not in said.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["campaign.yaml", "file", "recipes"]


def test_the_pages_of_the_test_are_pages(cli, tmp_path) -> None:
    (tmp_path / "file").write_bytes(pages(3))
    assert "too many pages" not in cli("data", "extract", "file", code=3).output


def test_in_a_campaign_the_others_are_read_and_the_reason_is_shown(sent, tmp_path) -> None:
    reference = sent.on("2026-03-20").request("jana", "nordlicht")
    for number, kind in enumerate(("a bomb", "a link", "50,000 pages")):
        (tmp_path / f"{number}.bin").write_bytes(HOSTILE[kind][0]())
        sent("data", "add", tmp_path / f"{number}.bin", "--request", reference)
    said = sent("data", "extract")
    assert "3 documents: 3 broken." in said.output
    for kind in ("a bomb", "a link", "50,000 pages"):
        assert f"{reference}: " in said.stderr
        assert HOSTILE[kind][1] in said.stderr
