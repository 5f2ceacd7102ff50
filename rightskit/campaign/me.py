"""me.yaml: the person who wants one letter now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rightskit import yamlfile
from rightskit.errors import FaultsError

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
    )
    top.refuse_unknown()
    if top.faults:
        raise FaultsError(top.faults)
    return me


def _details(top: Section) -> dict[str, object]:
    details = top.plain("details")
    if details is None:
        return {}
    if not isinstance(details, dict):
        top.fault("details", "details is no mapping", "write `details:` and below it `field: value` lines")
        return {}
    return details
