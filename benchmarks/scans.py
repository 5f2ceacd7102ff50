"""Measure reading scans: pages of a letter as pictures in one PDF, and Tesseract alone on the same pictures.

``python -m benchmarks.scans [PAGES]``; Tesseract with German must be installed.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import intake
from benchmarks.cases import PASSPHRASE

if TYPE_CHECKING:
    from PIL.Image import Image

PAGES = 40
_DPI = 200


def main() -> None:
    """Print a line for both, and the seconds of a page."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"RIGHTSKIT_HOME": str(folder / "home"), "RIGHTSKIT_PASSPHRASE": PASSPHRASE}
        drawn = pictures(pages)
        drawn[0].save(folder / "scan.pdf", "PDF", save_all=True, append_images=drawn[1:], resolution=_DPI)
        print(f"{'command':<58} {'proc.':>6} {'wall':>6} {'MB':>5}")
        start = time.perf_counter()
        words = ("data", "extract", str(folder / "scan.pdf"))
        intake.run(f"data extract, {pages} scanned pages", folder, *words, may_fail=True)
        print(f"{(time.perf_counter() - start) / pages:.2f} seconds a page")
        alone(folder, drawn)


def alone(folder: Path, drawn: list[Image]) -> None:
    """Tesseract on each page."""
    for number, picture in enumerate(drawn):
        picture.save(folder / f"{number}.png")
    start = time.perf_counter()
    for number in range(len(drawn)):
        words = ["tesseract", f"{folder / str(number)}.png", "-", "-l", "deu", "--psm", "4", "tsv"]
        subprocess.run(words, check=True, capture_output=True)
    print(f"{(time.perf_counter() - start) / len(drawn):.2f} seconds a page for Tesseract alone")


def pictures(number: int) -> list[Image]:
    """That many pages of invented letters, as a scanner gives them."""
    import pypdfium2

    from rightskit.simulation.documents import Subject, credit_file, score_sheet_pdf

    draw = random.Random(1)  # noqa: S311 (invented data)
    subject = Subject("Jana Beispiel", dt.date(1980, 1, 2), "Weg 1", "28195", "Bremen")
    drawn: list[Image] = []
    while len(drawn) < number:
        about = {"bureau": "Büro", "address": "Hafenstraße 1", "reference": "A-1"}
        letter = score_sheet_pdf(subject, credit_file(draw, intake.ON), **about, on=intake.ON)
        with pypdfium2.PdfDocument(letter) as document:
            drawn += [page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document]
    return drawn[:number]


if __name__ == "__main__":
    main()
