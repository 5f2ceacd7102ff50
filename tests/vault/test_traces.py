"""Whether a person stands in a document, however large it is."""

import gzip
import io
import tarfile
import zipfile
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.campaign.model import Member
from rightskit.files.limits import Limits
from rightskit.vault import traces
from rightskit.vault.traces import MARK, Traces, holds

JANA = Traces(frozenset({"Jana Özdemir", "Lindenallee 12"}), frozenset({"Jana", "Özdemir"}))


def small(piece: int = 64, overlap: int = 40):
    return patch.multiple(traces, _PIECE=piece, _OVERLAP=overlap)


@settings(deadline=None, max_examples=200)
@given(
    before=st.text("abc \n,", max_size=150),
    after=st.text("abc \n,", max_size=150),
    name=st.sampled_from(["Jana", "JANA", "ÖZDEMIR", "lindenallee\n> 12", "Janabell", "Özdemirs", "nobody"]),
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-8-sig"]),
)
def test_a_long_text_says_what_the_whole_says(before: str, after: str, name: str, encoding: str) -> None:
    content = f"{before} {name} {after}".encode(encoding)
    with small():
        assert holds(io.BytesIO(content), JANA) == holds(content, JANA)


@pytest.mark.parametrize(("name", "found"), [("Jana", True), ("Zehra", False)])
@pytest.mark.parametrize("kind", ["zip", "tgz"])
def test_a_large_file_of_an_archive_is_looked_through(name: str, found, kind: str) -> None:
    text = b'{"rows": [' + b'"x", ' * 500 + f'"{name}"'.encode() + b', "x"' * 500 + b"]}"
    buffer = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.json", text)
    else:
        with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
            info = tarfile.TarInfo("a.json")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    with small(), patch.object(traces.archives.all_entries, "__defaults__", (Limits(part=100), lambda _: True, b"")):
        assert holds(buffer, JANA) is found


def test_what_nobody_can_look_through_may_hold_anybody() -> None:
    for content in (b"%PDF-1.7 " + b"x" * 500, b"GIF89a" + bytes(500), gzip.compress(b"x" * 500)):
        assert holds(io.BytesIO(content), JANA)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Post von Frau Ada von der Ems, von\n> der Ems, VON DER EMS", f"Post von Frau {MARK}, {MARK}, {MARK}"),
        ("Ada, Ems und der Rest", f"{MARK}, {MARK} und der Rest"),
    ],
)
def test_a_particle_of_a_name_alone_tells_of_nobody(text: str, left: str) -> None:
    found = traces.traces(Member("MADA00001", "Ada", "von der Ems"), ())
    assert found.taken_from(text) == left
