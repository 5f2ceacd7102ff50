"""Text in pictures, by Tesseract: words, how sure each is, and where it stands.

Tesseract is called as a program, over pipes: nothing of a member's paper is written to the disk, and a picture that was
made to break it breaks a process of its own. It is not installed with rightskit; without it scans stay unread.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rightskit.files import upright
from rightskit.files.problems import BrokenError, ScanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PIL import Image

PROGRAM = "tesseract"
# What Tesseract calls the languages of our letters (ISO 639-2/T).
_LANGUAGES = {
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "nl": "nld",
    "pl": "pol",
    "pt": "por",
}
_SECONDS = 120
"""A page takes one; a picture of noise may take long."""
_LINES = ("--psm", "4")  # lines of any size, and a table's as they stand
_TURN = ("--psm", "0")
_SHADOWS = ("-c", "thresholding_method=2")  # black is what is darker than its surroundings: a photo has shadows
_WORD = "5"
_MARKS = frozenset("%€$£-–—§&+")
_DASHES = frozenset("-–—")
_POINTS = 842  # of the longer side of A4


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        confidence: from 0 to 1.
        box: left, top, right, bottom in points (1/72 inch) of A4, from the upper left of the upright page.
    """

    text: str
    confidence: float
    box: tuple[float, float, float, float]


def languages(spoken: Iterable[str]) -> tuple[str, ...]:
    """What Tesseract is to read: those of these BCP 47 codes that it has; where none is given, all of ours that it has.

    Raises:
        ScanError: Tesseract, or its data for these languages, is not installed; how that is done is said.
    """
    if shutil.which(PROGRAM) is None:
        raise ScanError("It is a scan, and Tesseract, which reads scans, is not installed.", _how(("deu", "fra")))
    codes = (each.partition("-")[0].lower() for each in spoken)
    wanted = tuple(dict.fromkeys(_LANGUAGES[code] for code in codes if code in _LANGUAGES))
    there = tuple(each for each in wanted or sorted(_LANGUAGES.values()) if each in _installed())
    if not there:
        raise ScanError(f"It is a scan, and Tesseract cannot read its language ({' '.join(wanted)}).", _how(wanted))
    return there


def words(picture: Image.Image, known: Sequence[str]) -> list[Word]:
    """The words of a picture of one page, in any order; it may lie on its side, on its head or a little askew.

    Args:
        picture: of any size.
        known: languages as :func:`languages` gives them.

    Raises:
        BrokenError: Tesseract gave up.
    """
    grey = upright.grey(picture)
    light = () if upright.is_even(grey) else _SHADOWS
    paper = upright.straightened(upright.turned(grey, _turn(grey, light)))
    table = _run(paper, "-l", "+".join(known), *_LINES, *light, "tsv")
    if table is None:
        raise BrokenError("The scan cannot be read.", "Scan it again.")
    return list(_words(table, _POINTS / upright.SIDE))


def _how(codes: Sequence[str]) -> str:
    debian = " ".join(f"tesseract-ocr-{code}" for code in codes)
    return (
        f"Debian: apt install tesseract-ocr {debian}. macOS: brew install tesseract tesseract-lang. "
        "Windows: winget install UB-Mannheim.TesseractOCR. Then: rightskit data extract --again"
    )


@cache
def _installed() -> frozenset[str]:
    listed = _call("--list-langs")
    return frozenset(listed.decode("utf-8", "replace").split() if listed else ())


def _turn(grey: Image.Image, light: Sequence[str]) -> int:
    """By how many degrees, clockwise, it must be turned to stand upright; 0 where too little stands on it to tell."""
    told = _run(grey, *_TURN, *light) or b""
    for line in told.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name == "Rotate" and value.strip().isdecimal():
            return int(value)
    return 0


def _run(picture: Image.Image, *options: str) -> bytes | None:
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=1)
    return _call("-", "-", "--dpi", "300", *options, given=target.getvalue())


def _call(*options: str, given: bytes = b"") -> bytes | None:
    """What the program prints; None where it fails. One thread: several pages are read at once by several processes."""
    try:
        done = subprocess.run(  # noqa: S603 (the program by its name, and our own words)
            [PROGRAM, *options],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _words(table: bytes, scale: float) -> Iterator[Word]:
    rows = csv.DictReader(io.StringIO(table.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != _WORD or not any(char.isalnum() or char in _MARKS for char in text):
            continue  # Spots and rules are read as bars and commas.
        left, top, width, height = (int(row[name]) * scale for name in ("left", "top", "width", "height"))
        if text in _DASHES:
            text = "–"  # Its length cannot be told; between spaces it is this one.
        yield Word(text, float(row["conf"]) / 100, (left, top, left + width, top + height))
