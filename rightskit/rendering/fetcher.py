"""What WeasyPrint may load: the shipped fonts, the letter's own signature, and nothing else.

Import this module only where a PDF is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.rendering.html import signature_address
from rightskit.rendering.typesetter import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class OwnFiles(URLFetcher):
    """Refuses every address but the font files that ship with the letters, and the pictures that it is given."""

    def __init__(self, signatures: Iterable[bytes] = ()) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)  # type: ignore[no-untyped-call]
        self._pictures = {signature_address(picture): picture for picture in signatures if picture}
        self._fonts = {path.resolve().as_uri(): path for path in fonts().glob("*.ttf")}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes of a shipped font, or of a picture.

        Raises:
            ValueError: the address is none of theirs.
        """
        if url in self._pictures:
            return URLFetcherResponse(url, self._pictures[url], {"Content-Type": "image/png"})  # type: ignore[no-untyped-call]
        path = self._fonts.get(url)
        if path is None or headers:
            raise ValueError("only the shipped fonts may be loaded")
        font = path.read_bytes()
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})  # type: ignore[no-untyped-call]


def fonts() -> Path:
    """The folder of the shipped fonts."""
    return paths.shipped("letters") / "fonts"
