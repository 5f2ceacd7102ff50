"""Measure reading scans: letters of two pages as pictures, and Tesseract alone on the same pictures.

``python -m benchmarks.scans [LETTERS]``; Tesseract with German must be installed.
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

LETTERS = 20
_DPI = 200
_PAGES = 2


def main() -> None:
    """Print a line for both, and the seconds of a page."""
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"RIGHTSKIT_HOME": str(folder / "home"), "RIGHTSKIT_PASSPHRASE": PASSPHRASE}
        references = intake.founded(folder, ["schufa"] * letters)
        (folder / "campaign.yaml").write_text(f"{intake.CAMPAIGN[: intake.CAMPAIGN.index('recipes:')]}{RECIPES}")
        (folder / "scans").mkdir()
        drawn = [pictures(reference) for reference in references]
        for reference, pages in zip(references, drawn, strict=True):
            path = folder / "scans" / f"{reference}.pdf"
            pages[0].save(path, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI)
        print(f"{'command':<58} {'proc.':>6} {'wall':>6} {'MB':>5}")
        intake.run(f"data add, {letters} scanned letters", folder, "data", "add", str(folder / "scans"))
        start = time.perf_counter()
        intake.run(f"data extract, {letters} scanned letters", folder, "data", "extract")
        print(f"{(time.perf_counter() - start) / letters / _PAGES:.2f} seconds a page")
        alone(folder, [picture for pages in drawn for picture in pages])


RECIPES = "recipes: [de-credit-score-sheet]\n"


def alone(folder: Path, drawn: list[Image]) -> None:
    """Tesseract on each page."""
    for number, picture in enumerate(drawn):
        picture.save(folder / f"{number}.png")
    start = time.perf_counter()
    for number in range(len(drawn)):
        words = ["tesseract", f"{folder / str(number)}.png", "-", "-l", "deu", "--psm", "4", "tsv"]
        subprocess.run(words, check=True, capture_output=True)
    print(f"{(time.perf_counter() - start) / len(drawn):.2f} seconds a page for Tesseract alone")


def pictures(reference: str) -> list[Image]:
    """The pages of an invented letter, as a scanner gives them."""
    from rightskit.files import pdftext
    from rightskit.simulation.documents import Subject, credit_file, score_sheet_pdf

    draw = random.Random(reference)  # noqa: S311 (invented data)
    subject = Subject("Jana Beispiel", dt.date(1980, 1, 2), "Weg 1", "28195", "Bremen")
    about = {"bureau": "Büro", "address": "Hafenstraße 1", "reference": reference}
    letter = score_sheet_pdf(subject, credit_file(draw, intake.ON), **about, on=intake.ON)
    with pdftext.opened(letter) as document:
        return [page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document]


if __name__ == "__main__":
    main()
