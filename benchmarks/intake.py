"""Measure taking in: 10,000 packages of 200 KB, one ZIP of 2 GB, a Takeout of 3 GB and a table, and hostile files.

``python -m benchmarks.intake [PACKAGES] [MEGABYTES] [TAKEOUT]``; 0 leaves a part out. Each command is a process of its
own: seconds of the processor, on the wall, and the most memory that it held.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import struct
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cases import PASSPHRASE
from benchmarks.takeout import write_nested, write_table, write_tgz, write_zip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGES = 10_000
MEGABYTES = 2_048
TAKEOUT = 3_072
_PACKAGE = 200_000
_MILLION = 1_000_000
ON = dt.date(2026, 3, 20)
CAMPAIGN = """\
slug: intake
title: Ten thousand packages
organiser: {name: Initiative, email: hello@initiative.example}
requests:
  - rights: [access]
    controllers: [schufa, google, uber]
recipes: [de-credit-bureau-export, google-takeout, uber-driver]
"""


def fill(path: Path, megabytes: int, reference: str = "RK-0000-0000") -> None:
    """An export with two thousand pictures."""
    path.write_bytes(package(reference))
    block = os.urandom(1 << 20)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(megabytes):
            archive.writestr(f"pictures/{number}.jpg", number.to_bytes(4, "big") + block)


LARGE = (
    (fill, "large.zip", "schufa"),
    (write_zip, "takeout.zip", "google"),
    (write_tgz, "takeout.tgz", "google"),
    (write_nested, "takeout-in-archive.zip", "google"),
    (write_table, "trips.csv", "uber"),
)
"""What writes a large file of so many megabytes, how it is called, and who returned it."""


def main() -> None:
    """Print a line per command."""
    given = [int(word) for word in sys.argv[1:]]
    packages, megabytes, takeout = (*given, *(PACKAGES, MEGABYTES, TAKEOUT)[len(given) :])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"RIGHTSKIT_HOME": str(folder / "home"), "RIGHTSKIT_PASSPHRASE": PASSPHRASE}
        references = founded(folder, [*(maker for _, _, maker in LARGE), *(["schufa"] * packages)])
        print(f"{'command':<58} {'proc.':>6} {'wall':>6} {'MB':>5}")
        if packages:
            many(folder, references[len(LARGE) :])
        if megabytes:
            fill(folder / "large.zip", megabytes)
            taken_in(folder, folder / "large.zip", references[0], f"one ZIP of {megabytes:,} MB")
        for (write, called, _), reference in zip(LARGE[1:], references[1:], strict=False):
            if takeout:
                write(folder / called, takeout)
                taken_in(folder, folder / called, reference, f"{takeout:,} MB as {called}")
        for kind, content in hostile():
            path = folder / f"{kind}.zip"
            path.write_bytes(content)
            run(f"data skeleton, {kind}", folder, "data", "skeleton", str(path), may_fail=True)


def many(folder: Path, references: list[str]) -> None:
    """Small packages, all at once."""
    (folder / "packages").mkdir()
    for reference in references:
        (folder / "packages" / f"{reference}.zip").write_bytes(package(reference))
    run(f"data add, {len(references):,} packages of 200 KB", folder, "data", "add", str(folder / "packages"))
    run(f"data extract, {len(references):,} packages", folder, "data", "extract")


def taken_in(folder: Path, path: Path, reference: str, what: str) -> None:
    """One large file, which is deleted at the end."""
    run(f"data skeleton, {what}", folder, "data", "skeleton", str(path))
    run(f"data add, {what}", folder, "data", "add", str(path), "--request", reference)
    path.unlink()
    run("data extract of it", folder, "data", "extract")


def founded(folder: Path, makers: Sequence[str]) -> list[str]:
    """A campaign with a member for each of these controllers, who has asked it; the references."""
    from rightskit.campaign.model import Member, Request
    from rightskit.campaign.reference import ALPHABET, with_check
    from rightskit.rights import Right
    from rightskit.vault import members, requests, store

    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    references = []
    for at in range(len(makers)):
        digits = "".join(ALPHABET[at >> shift & 31] for shift in (15, 10, 5, 0))
        references.append(with_check(f"000{digits}"))
    people = [Member(f"M{at:08}", "Jana", f"Beispiel {at}", country="DE") for at in range(len(makers))]
    day = dt.date(2026, 2, 27)
    asked = [
        Request(reference, one.member, maker, Right.ACCESS, "access", "de", "email", "own-name", day)
        for reference, one, maker in zip(references, people, makers, strict=True)
    ]
    vault = store.create(folder, PASSPHRASE)
    with vault.write() as connection:
        members.add(connection, people)
        requests.add(connection, asked)
    vault.close()
    return references


def package(reference: str) -> bytes:
    """An export of 200 KB: the data, and a picture that nobody wants."""
    from rightskit.simulation.documents import Subject, credit_file, export_zip

    draw = random.Random(reference)  # noqa: S311 (invented data)
    subject = Subject("Jana Beispiel", dt.date(1980, 1, 2), "Weg 1", "28195", "Bremen")
    buffer = io.BytesIO(export_zip(subject, credit_file(draw, ON), bureau="Büro", reference=reference, on=ON))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("picture.jpg", draw.randbytes(_PACKAGE - len(buffer.getvalue())))
    return buffer.getvalue()


def hostile() -> Iterator[tuple[str, bytes]]:
    """Files that are small and would become large, or that hold as much as is let in."""
    record = b"PK\x01\x02" + bytes(24) + b"\x01\x00" + bytes(16) + b"a"
    sizes = (44, 45, 45, 0, 0, _MILLION, _MILLION, len(record) * _MILLION, 30)
    end = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", *sizes)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 30 + len(record) * _MILLION, 1)
    last = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    yield "a million entries", b"PK\x03\x04" + bytes(26) + record * _MILLION + end + locator + last
    layer = zipped({f"{number}.bin": bytes(4_000_000) for number in range(8)})
    for _ in range(5):
        layer = zipped({f"{number}.zip": layer for number in range(16)})
    yield f"{len(layer) // 1000} KB that unpack to terabytes", layer
    for _ in range(100):
        layer = zipped({"inner.zip": layer})
    yield "a hundred archives inside each other", layer
    yield "JSON as large as is read, of empty mappings", b"[" + b",".join([b"{}"] * 790_000) + b"]"
    yield "JSON as large as is read, wide letters", b'{"a": "' + b"x" * 50_000_000 + "\U0001f600".encode() + b'"}'
    yield "a table as large as is read", b"a;b;c;d;e\n" + b"one word;two words;three;four;five\n" * 570_000
    yield "entities in XML", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(name: str, folder: Path, *words: str, may_fail: bool = False) -> None:
    """One command as a process of its own, and what it took."""
    start = time.perf_counter()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "rightskit", "-C", str(folder), *words],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)],
    )
    _, status, used = os.wait4(child, 0)
    if status and not may_fail:
        raise SystemExit(f"{name} failed")
    seconds = used.ru_utime + used.ru_stime
    print(f"{name:<58} {seconds:6.1f} {time.perf_counter() - start:6.1f} {used.ru_maxrss // 1024:5}", flush=True)


if __name__ == "__main__":
    main()
