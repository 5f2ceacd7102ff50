"""Every shipped letter in every language on paper: without a warning, and with its end not alone on a page."""

import logging
from dataclasses import replace

import pypdfium2
import pytest

from rightskit.paths import shipped
from rightskit.rendering.layouts import LAYOUTS
from rightskit.rendering.letter import render
from rightskit.rendering.library import Library
from rightskit.rendering.model import Enclosure
from rightskit.rendering.pdf import pdf

ALL = sorted((path.parent.name, path.stem) for path in shipped("letters").glob("*/*.md"))
LIBRARY = Library([shipped("letters")])


@pytest.mark.parametrize(("number", "language", "name"), [(number, *pair) for number, pair in enumerate(ALL)])
def test_a_letter_is_laid_out_without_a_warning(desk, caplog, number, language, name) -> None:
    """With all its fields and modules; the layouts take turns, for all rights stand on all of them elsewhere."""
    order = desk.order(name, language, desk.template(name, language).modules, full=True)
    letter = render(replace(order, enclosures=(Enclosure("A"), Enclosure("B"))), LIBRARY)
    layout = list(LAYOUTS)[number % len(LAYOUTS)]
    with caplog.at_level(logging.DEBUG, "weasyprint"):
        raw = pdf(letter, layout)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    with pypdfium2.PdfDocument(raw) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) <= 3
    last = [line for line in pages[-1].splitlines() if line.strip()]
    assert len(last) >= 7
