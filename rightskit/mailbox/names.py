"""Names that strangers gave to files -> names that are safe to show and to write."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST = 120
_EXTENSIONS = {
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
}


def clean(name: str, media_type: str, number: int) -> str:
    """A file name without path, control and direction characters; ``attachment-<number>`` where nothing is left."""
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")
    last = re.split(r"[/\\]", shown)[-1]
    tidy = " ".join(_UNSAFE.sub("_", last).split()).strip(". ")
    if not tidy:
        return f"attachment-{number}{_EXTENSIONS.get(media_type, '')}"
    return _shorten(f"_{tidy}" if _RESERVED.fullmatch(tidy) else tidy)


def _shorten(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if len(name) <= _LONGEST or not dot or len(extension) > _LONGEST // 4:
        return name[:_LONGEST]
    return f"{stem[: _LONGEST - len(extension) - 1]}.{extension}"
