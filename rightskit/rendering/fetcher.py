"""What WeasyPrint may load: the shipped fonts and nothing else. Import this module only where a PDF is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.rendering.typesetter import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from pathlib import Path


class FontsOnly(URLFetcher):
    """Refuses every address but the font files that ship with the letters."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)  # type: ignore[no-untyped-call]
        self._fonts = {path.resolve().as_uri(): path for path in fonts().glob("*.ttf")}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes of a shipped font.

        Raises:
            ValueError: the address is none of a shipped font.
        """
        path = self._fonts.get(url)
        if path is None or headers:
            raise ValueError("only the shipped fonts may be loaded")
        font = path.read_bytes()
        return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})  # type: ignore[no-untyped-call]


def fonts() -> Path:
    """The folder of the shipped fonts."""
    return paths.shipped("letters") / "fonts"
