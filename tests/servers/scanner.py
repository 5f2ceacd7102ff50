"""Pictures of paper, as scanners and telephones make them of invented letters."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageChops, ImageFilter


def pictures(paper: bytes, *, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF in grey."""
    with pypdfium2.PdfDocument(paper) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def scan(paper: bytes, *, turn: float = 0, dpi: int = 200) -> bytes:
    """A PDF of pictures alone, each turned counter-clockwise by some degrees."""
    whole = turn % 90 == 0
    pages = [
        page.rotate(turn, Image.Resampling.BICUBIC, expand=whole, fillcolor=250) for page in pictures(paper, dpi=dpi)
    ]
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=70)
    return target.getvalue()


def photo(page: Image.Image, *, turn: float = 2.3) -> bytes:
    """A JPEG of a page on a dark table: a shadow over it, askew, not quite sharp."""
    shadow = Image.linear_gradient("L").rotate(30).resize(page.size).point(lambda shade: 110 + shade // 2)
    lit = ImageChops.multiply(page, shadow).convert("RGB")
    taken = lit.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=(60, 50, 40))
    target = io.BytesIO()
    taken.filter(ImageFilter.GaussianBlur(0.8)).save(target, "JPEG", quality=60)
    return target.getvalue()
