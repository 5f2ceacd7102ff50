"""An invented Google Takeout of any size, as ZIP or tgz: locations, activity, and pictures that nobody wants."""

from __future__ import annotations

import io
import json
import os
import random
import tarfile
import zipfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BLOCK = 2_000
"""Items that are written at once."""
_MEGABYTE = 1 << 20


def write_zip(path: Path, megabytes: int) -> None:
    """A Takeout whose files have that size together: two fifths are locations, a tenth is activity."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in _texts(megabytes):
            with archive.open(name, "w", force_zip64=True) as target:
                target.writelines(pieces)
        for number in range(megabytes // 2):
            info = zipfile.ZipInfo(f"Takeout/Google Photos/{number}.jpg")
            archive.writestr(info, os.urandom(_MEGABYTE))


def write_tgz(path: Path, megabytes: int) -> None:
    """The same as tar, packed by gzip; tar wants sizes first, so that texts lie unpacked beside it for a moment."""
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for name, pieces in _texts(megabytes):
            beside = path.with_suffix(".json")
            with beside.open("wb") as target:
                target.writelines(pieces)
            archive.add(beside, name)
            beside.unlink()
        for number in range(megabytes // 2):
            _add(archive, f"Takeout/Google Photos/{number}.jpg", io.BytesIO(os.urandom(_MEGABYTE)))


def write_nested(path: Path, megabytes: int) -> None:
    """The same ZIP inside a ZIP that packs it once more."""
    inner = path.with_suffix(".inner")
    write_zip(inner, megabytes)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(inner, "part-1.zip")
    inner.unlink()


def write_table(path: Path, megabytes: int) -> None:
    """A tenth of that as CSV: trips of a driver."""
    draw = random.Random(1)  # noqa: S311 (invented data)
    heads = "city_name,currency_code,begintrip_timestamp_utc,trip_distance_miles,trip_duration_seconds"
    block = "".join(_trip(draw) for _ in range(_BLOCK))
    with path.open("w") as target:
        target.write(f"{heads},original_fare_local,status\n")
        target.writelines(block for _ in range(max(1, megabytes * _MEGABYTE // 10 // len(block))))


def _trip(draw: random.Random) -> str:
    day = f"20{draw.randint(18, 24)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T10:11:12Z"
    return f"Berlin,EUR,{day},{draw.random() * 9:.2f},{draw.randint(200, 3000)},{draw.random() * 30:.2f},completed\n"


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = _MEGABYTE
    archive.addfile(info, content)


def _texts(megabytes: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    draw = random.Random(1)  # noqa: S311 (invented data)
    locations = _list(b'{"locations": [', b"]}", megabytes * _MEGABYTE * 2 // 5, lambda: _location(draw))
    yield "Takeout/Location History/Records.json", locations
    activity = _list(b"[", b"]", megabytes * _MEGABYTE // 10, lambda: _activity(draw))
    yield "Takeout/My Activity/Search/MyActivity.json", activity


def _list(start: bytes, end: bytes, size: int, item: Callable[[], object]) -> Iterator[bytes]:
    block = [json.dumps(item(), indent=2).encode() for _ in range(_BLOCK)]
    text = b",\n".join(block)
    yield start
    for number in range(max(1, size // len(text))):
        yield b",\n" * bool(number) + text
    yield end


def _location(draw: random.Random) -> dict[str, object]:
    at = f"20{draw.randint(12, 24)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T10:{draw.randint(10, 59)}:12.123Z"
    moves = [{"type": kind, "confidence": draw.randint(1, 100)} for kind in ("STILL", "IN_VEHICLE", "UNKNOWN")]
    return {
        "latitudeE7": draw.randint(470_000_000, 540_000_000),
        "longitudeE7": draw.randint(60_000_000, 150_000_000),
        "accuracy": draw.randint(3, 2000),
        "activity": [{"activity": moves, "timestamp": at}],
        "source": draw.choice(("WIFI", "GPS", "CELL")),
        "deviceTag": draw.randint(-(2**31), 2**31),
        "timestamp": at,
    }


def _activity(draw: random.Random) -> dict[str, object]:
    return {
        "header": "Search",
        "title": f"Searched for {draw.getrandbits(120):x}",
        "titleUrl": f"https://search.example/?q={draw.getrandbits(120):x}",
        "time": f"20{draw.randint(12, 24)}-{draw.randint(1, 12):02}-11T10:11:12.123Z",
        "products": ["Search"],
        "activityControls": ["Web & App Activity"],
    }
