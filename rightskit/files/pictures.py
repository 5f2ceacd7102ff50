"""Pictures from outside: a signature, made small and free of everything that is not ink."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageFile, ImageOps

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10_000_000
"""Bytes of a picture."""
_PIXELS = 40_000_000
_SIZE = (900, 240)  # pixels: 65 mm x 17 mm at 350 dots per inch
_WHITE = 200  # of 255: what is lighter is paper
_SHADES = 16
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
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint turns it on for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(action="error"):
            return _ink(raw)
    except _FAILURES:
        return "this is no picture that can be opened: save it as PNG or JPEG"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


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
