"""me.yaml: the person who wants one letter now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError
from rightskit.files import pictures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from rightskit.yamlfile import Section


@dataclass(frozen=True, slots=True)
class Me:
    """A person who writes one letter.

    Attributes:
        address: lines of the postal address.
        identifiers: name -> value, as the letter prints them.
        reason: the person's own particular situation, for an objection under Art. 21(1).
        details: fields of the letter -> what stands there.
        signature: a picture of the person's signature as PNG; empty for a line to sign.
    """

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    birthdate: dt.date | None = None
    phone: str = ""
    language: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    signature: bytes = field(default=b"", repr=False)


def load(path: Path) -> Me:
    """Read a me.yaml; the column names of members.csv are taken too.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: with every fault of the file.
    """
    top = yamlfile.read(path)
    parts = {key: top.text(key) for key in ("given_name", "family_name", "street", "postal_code", "city", "country")}
    full = f"{parts['given_name']} {parts['family_name']}".strip()
    town = f"{parts['postal_code']} {parts['city']}".strip()
    me = Me(
        name=top.text("name", full, required=not full),
        address=top.texts("address") or tuple(line for line in (parts["street"], town, parts["country"]) if line),
        email=top.text("email"),
        birthdate=top.date("birthdate"),
        phone=top.text("phone"),
        language=top.text("language"),
        identifiers=top.mapping("identifiers"),
        reason=top.text("reason"),
        details=_details(top),
        signature=_signature(top, path.parent),
    )
    top.refuse_unknown()
    if top.faults:
        raise FaultsError(top.faults)
    return me


def _signature(top: Section, folder: Path) -> bytes:
    """The picture that ``signature:`` names, beside the file."""
    name = top.text("signature")
    if not name:
        return b""
    found = pictures.signature(folder / name)
    if isinstance(found, bytes):
        return found
    top.fault("signature", found, "name a picture beside this file, or leave the line out and sign by hand")
    return b""


def _details(top: Section) -> dict[str, object]:
    details = top.plain("details")
    if details is None:
        return {}
    if not isinstance(details, dict):
        top.fault("details", "details is no mapping", "write `details:` and below it `field: value` lines")
        return {}
    return details
