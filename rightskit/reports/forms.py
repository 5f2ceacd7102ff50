"""In which form an answer came, and whether a machine can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMS = ("json", "table", "archive", "pdf", "text", "picture", "portal", "paper", "unknown")
"""The form that a machine reads most easily first: JSON or XML; a table; a packed archive; a PDF; a page or text; a
picture or scan; a portal or link; paper."""

_BY_TYPE = {
    "application/json": "json",
    "application/xml": "json",
    "text/xml": "json",
    "text/csv": "table",
    "text/tab-separated-values": "table",
    "application/vnd.ms-excel": "table",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "table",
    "application/vnd.oasis.opendocument.spreadsheet": "table",
    "application/zip": "archive",
    "application/x-zip-compressed": "archive",
    "application/gzip": "archive",
    "application/x-7z-compressed": "archive",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "text",
    "application/msword": "text",
}
_BY_ENDING = {
    "json": "json",
    "xml": "json",
    "csv": "table",
    "tsv": "table",
    "xls": "table",
    "xlsx": "table",
    "ods": "table",
    "zip": "archive",
    "gz": "archive",
    "7z": "archive",
    "pdf": "pdf",
    "html": "text",
    "htm": "text",
    "txt": "text",
    "docx": "text",
}
_READ = {"json": "json", "csv": "table", "xlsx": "table", "pdf": "pdf", "text": "text", "html": "text"}
_MACHINE_READABLE = {"json": True, "table": True, "archive": None, "portal": None, "unknown": None}


def of_document(media_type: str, name: str, layouts: Iterable[str] = ()) -> str:
    """The form of one returned document.

    Args:
        media_type: as it was declared, lower case.
        name: of the file.
        layouts: the formats that the recipe reads which read it: the best of them tells what lies in an archive.
    """
    form = _BY_TYPE.get(media_type) or _BY_ENDING.get(name.rpartition(".")[2].lower())
    if form is None:
        form = "picture" if media_type.startswith("image/") else "text" if media_type.startswith("text/") else "unknown"
    inside = [_READ[layout] for layout in layouts if layout in _READ] if form == "archive" else []
    return best(inside) or form


def best(forms: Iterable[str]) -> str:
    """The one of several that a machine reads most easily; empty of none."""
    return min(forms, key=FORMS.index, default="")


def machine_readable(form: str) -> bool | None:
    """Whether software can take the data out of it as they are; None where that is not known.

    A format structured so that software can identify and extract specific data (recital 21 of Directive 2013/37/EU,
    as in WP 242 rev.01, page 18): a PDF, a page, a picture or paper is none.
    """
    return _MACHINE_READABLE.get(form, False) if form else None
