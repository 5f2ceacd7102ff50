"""WeasyPrint, as the other modules use it: imported fast, and with documents that are made fast.

Import this module only where a PDF is made: it takes a third of a second.
"""

from __future__ import annotations

import ctypes.util
import re
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import cssselect2

if TYPE_CHECKING:
    from collections.abc import Iterator


def _none(name: str) -> str | None:  # noqa: ARG001 (as find_library has it)
    return None


@contextmanager
def _no_search_for_libraries() -> Iterator[None]:
    """Let a library be opened by its file's name alone.

    WeasyPrint first tries names that exist on other systems. On Linux, gcc and ldconfig are started for each of them
    before the right one comes: 54 processes and 0.3 s, a quarter of the time of a single letter.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _none
    try:
        yield
    finally:
        ctypes.util.find_library = find


with _no_search_for_libraries():
    from weasyprint import CSS, HTML
    from weasyprint.document import Page
    from weasyprint.html import UA
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = ["CSS", "HTML", "FontConfiguration", "Page", "Sheets", "URLFetcher", "URLFetcherResponse"]


class Sheets(HTML):
    """A page of many letters: parsed as XML, which is written in C, and with the few styles that letters need.

    WeasyPrint's own stylesheet gives every element the boxes of five kinds of notes, which no letter has; most of the
    time of computing styles went there.
    """

    def __init__(self, page: str, url_fetcher: URLFetcher) -> None:
        self.base_url = ""
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        tree = ET.fromstring(page)  # noqa: S314 (our own page, in which all values are escaped)
        wrapper: Any = cssselect2
        self.wrapper_element = wrapper.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002, FBT001, FBT002 (WeasyPrint's own)
        return [_styles()]


@cache
def _styles() -> Any:
    """WeasyPrint's stylesheet without notes, and with markers for the items of lists alone."""
    without = re.sub(r"^::(?:footnote|note)-.*\n", "", UA, flags=re.MULTILINE)
    text = re.sub(r"^::marker", "li::marker", without, flags=re.MULTILINE)
    return CSS(string=text)  # type: ignore[no-untyped-call]
