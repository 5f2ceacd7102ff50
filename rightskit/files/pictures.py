"""Pictures from outside: a signature, made small and free of all that is not ink; a scanned paper, made a PDF."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, TypeVar

from PIL import Image, ImageFile, ImageOps, ImageSequence

from rightskit.files import upright

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
LARGEST = 10_000_000
"""Bytes of a picture."""
_PIXELS = 40_000_000
_SIZE = (900, 240)  # pixels: 65 mm x 17 mm at 350 dots per inch
_WHITE = 200  # of 255: what is lighter is paper
_SHADES = 16
_DPI = 200
_A4 = (1654, 2339)  # pixels at that many dots per inch
_MOST_SHEETS = 20
# What Pillow raises on files that are no picture, or were made to break it.
_FAILURES = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def signature(path: Path) -> bytes | str:
    """A signature as a small grey PNG without margins and without metadata, or what is wrong with the file.

    A photo's place and camera stay out (Art. 5(1)(c) GDPR), and so does the grey of its paper.
    """
    try:
        if path.stat().st_size > LARGEST:
            return f"the picture has more than {LARGEST // 1_000_000} MB"
        raw = path.read_bytes()
    except OSError:
        return "there is no such file"
    return _opened(_ink, raw)


def pages(raw: bytes) -> bytes | str:
    """A scan or a photo of a paper (JPEG, PNG or TIFF) as PDF on A4, 200 dots per inch, or what is wrong with it.

    Metadata, such as the place of a photo, stay out.
    """
    return _opened(_pages, raw)


def frames(raw: bytes) -> list[Image.Image] | str:
    """The pages of a scan or a photo, grey and ready to be read, or what is wrong with it."""
    return _opened(lambda raw: _frames(raw, upright.grey), raw)


def is_picture(head: bytes) -> bool:
    """Whether the first bytes are those of a JPEG, a PNG or a TIFF."""
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*"))


def _opened(work: Callable[[bytes], T | str], raw: bytes) -> T | str:
    """Work on a picture, strictly: one that is cut off or made to break the reader is none."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint turns it on for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(action="error"):
            return work(raw)
    except _FAILURES:
        return "this is no picture that can be opened: save it as PNG or JPEG"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _frames(raw: bytes, made: Callable[[Image.Image], Image.Image]) -> list[Image.Image] | str:
    sheets: list[Image.Image] = []
    with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "TIFF")) as picture:
        for frame in ImageSequence.Iterator(picture):
            if frame.width * frame.height > _PIXELS or len(sheets) == _MOST_SHEETS:
                return f"the picture has more than {_PIXELS // 1_000_000} million pixels or {_MOST_SHEETS} pages"
            sheets.append(made(frame))
    return sheets


def _pages(raw: bytes) -> bytes | str:
    sheets = _frames(raw, _on_a4)
    if isinstance(sheets, str):
        return sheets
    target = io.BytesIO()
    sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:], resolution=_DPI, quality=80)
    return target.getvalue()


def _on_a4(frame: Image.Image) -> Image.Image:
    return ImageOps.pad(ImageOps.exif_transpose(frame).convert("RGB"), _A4, color="white")


def _ink(raw: bytes) -> bytes | str:
    with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG")) as picture:
        if picture.width * picture.height > _PIXELS:
            return f"the picture has more than {_PIXELS // 1_000_000} million pixels"
        turned = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGBA", turned.size, "white")
    grey = ImageOps.autocontrast(Image.alpha_composite(paper, turned).convert("L"), cutoff=(0, 5))
    place = grey.point(lambda shade: 255 if shade < _WHITE else 0).getbbox()
    if place is None:
        return "the picture is blank"
    cut = grey.crop(place).point(lambda shade: 255 if shade >= _WHITE else shade)
    cut.thumbnail(_SIZE)
    target = io.BytesIO()
    cut.quantize(_SHADES).save(target, "PNG", optimize=True)
    return target.getvalue()
