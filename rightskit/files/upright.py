"""A picture of a paper, made ready to be read: grey, large enough, upright, straight."""

from __future__ import annotations

from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageOps

SIDE = 3_508
"""Pixels of the longer side: 300 dots per inch on A4, at which letters are read best."""
_SMALL = 700
_AROUND = 15  # more than the largest letters of a page are wide, in a quarter of that
_EVEN = 0.8
_MOST_ASKEW = 6.0
_DARKER = 40


def grey(picture: Image.Image) -> Image.Image:
    """Grey, and as large as A4 at 300 dots per inch; turned as the camera noted it."""
    turned_up = ImageOps.exif_transpose(picture).convert("L")
    scale = SIDE / max(turned_up.size)
    size = [max(1, round(side * scale)) for side in turned_up.size]
    return turned_up.resize((size[0], size[1]), Image.Resampling.BICUBIC)


def is_even(paper: Image.Image) -> bool:
    """Whether its paper is equally bright everywhere: a scan is, a photo with shadows or a table around it is not."""
    small = paper.resize((_SMALL // 4, _SMALL // 4), Image.Resampling.BOX)
    shades = small.filter(ImageFilter.MaxFilter(_AROUND)).tobytes()
    return min(shades) > _EVEN * max(shades)


def turned(picture: Image.Image, degrees: int) -> Image.Image:
    """Turned clockwise by 0, 90, 180 or 270 degrees; nothing is cut off."""
    ways = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return picture.transpose(ways[degrees]) if degrees in ways else picture


def straightened(paper: Image.Image) -> Image.Image:
    """Turned by the few degrees at which its lines of text are the sharpest, found roughly and then finely."""
    angle = 0.0
    for side, step, most in ((_SMALL, 0.5, _MOST_ASKEW), (2 * _SMALL, 0.1, 0.5)):
        ink = _ink(paper, side)
        around = [angle + number * step for number in range(-round(most / step), round(most / step) + 1)]
        angle = max(around, key=lambda each: (_sharpness(ink, each), -abs(each)))
    return paper.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else paper


def _ink(paper: Image.Image, side: int) -> Image.Image:
    """Small, and white where it is darker than its surroundings: text and rules, and no shadow and no table."""
    small = paper.copy()
    small.thumbnail((side, side), Image.Resampling.BOX)
    around = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(9))
    return ImageChops.subtract(around, small).point(lambda darker: 255 if darker > _DARKER else 0)


def _sharpness(ink: Image.Image, angle: float) -> int:
    """How much neighbouring rows of pixels differ: most where lines of text and the gaps between them lie level."""
    rows = ink.rotate(angle, Image.Resampling.BILINEAR).resize((1, ink.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows))
