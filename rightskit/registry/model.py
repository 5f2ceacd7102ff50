"""Controllers and authorities: who must answer, and who takes complaints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

QUALITIES = ("tested", "verified", "imported", "unverified")
CHANNELS = ("email", "webform", "post", "fax", "portal")
SECTORS = ("private", "public-federal", "public-regional", "church", "broadcaster", "telecom")


@dataclass(frozen=True, slots=True)
class IdentifyField:
    """Something a controller needs to find a person.

    Attributes:
        field: a member's field (``name``, ``address``, ``birthdate``, ``email``, ``phone``) or the name of an
            identifier that only this controller knows (``customer-number``).
        optional: whether a request without it can be answered.
        note: in which case it is needed, in a few words.
    """

    field: str
    optional: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Controller:
    """Who decides on the processing and must answer (Art. 4(7) GDPR).

    Attributes:
        id: stable slug ``[a-z0-9-]+``.
        name: full legal name.
        also: brands and former names.
        country: ISO 3166-1 alpha-2 of the seat.
        subdivision: ISO 3166-2 part after the dash (``HE``), empty where unknown.
        timezone: IANA name, only where the country has several.
        serves: countries whose people it serves.
        sector: one of :data:`SECTORS`.
        categories: free slugs such as ``credit-bureau``.
        address: lines of the postal address; the last one is the country.
        email: address for data-protection requests, empty where there is none.
        contacts: right → address that differs from ``email`` for that right.
        domains: that its replies come from.
        languages: BCP 47 codes that it reads, preferred first.
        identify_by: what it needs to find a person.
        may_ask_id: ``no``, ``with-reason`` or ``yes``.
        channels: how it takes requests, preferred first.
        refuses: channels that it does not take.
        authority: id of the supervisory authority at its seat.
        part_of: id of the controller whose brand it is.
        sources: where the facts were read.
        checked: when they were last compared with a source.
        quality: one of :data:`QUALITIES`.
        origin: the file and line the record was read from.
    """

    id: str
    name: str
    country: str
    also: tuple[str, ...] = ()
    subdivision: str = ""
    timezone: str = ""
    serves: tuple[str, ...] = ()
    sector: str = "private"
    categories: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    email: str = ""
    webform: str = ""
    fax: str = ""
    phone: str = ""
    web: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    identify_by: tuple[IdentifyField, ...] = ()
    may_ask_id: str = "with-reason"
    channels: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    authority: str = ""
    part_of: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    checked: dt.date | None = None
    quality: str = "unverified"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """A supervisory authority (Art. 51 GDPR) that takes complaints (Art. 77).

    Attributes:
        id: stable slug.
        country: ISO 3166-1 alpha-2.
        subdivision: ISO 3166-2 part after the dash, empty for a national authority.
        covers: the sectors of :data:`SECTORS` that it supervises.
        languages: BCP 47 codes in which it takes complaints.
    """

    id: str
    name: str
    country: str
    subdivision: str = ""
    covers: tuple[str, ...] = SECTORS
    address: tuple[str, ...] = ()
    email: str = ""
    webform: str = ""
    phone: str = ""
    web: str = ""
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    checked: dt.date | None = None
    quality: str = "unverified"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Registry:
    """All controllers and authorities that a command knows, by id.

    Attributes:
        redirects: former id → present id, of controllers and of authorities.
        obsolete: former id → why there is no successor, as one English sentence.
    """

    controllers: Mapping[str, Controller] = field(default_factory=dict)
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    obsolete: Mapping[str, str] = field(default_factory=dict)
