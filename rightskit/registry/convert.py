"""Records of the open registry -> controllers, authorities and redirects, as rightskit knows them.

What the source says is taken over; what follows from it by a rule (country from the address, Land from the postal
code, domains from page and mail address) is worked out; nothing is guessed. Quality: the source's own checks are not
ours, so that even a record it calls tested is ``imported`` here; one that a machine collected is ``unverified``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from rightskit.registry.countries import COUNTRIES, named
from rightskit.registry.hosts import ascii_email, ascii_host, host_of
from rightskit.registry.model import Authority, Controller, IdentifyField
from rightskit.registry.postal import land_of
from rightskit.registry.reach import is_hidden
from rightskit.registry.source_form import Kind
from rightskit.registry.source_records import last_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.registry.source_records import Parsed, Records

_CATEGORIES = {
    "addresses": "address-trader",
    "ads": "advertising",
    "collection agency": "debt-collection",
    "commerce": "retail",
    "credit agency": "credit-bureau",
    "entertainment": "media",
    "public body": "public",
    "telecommunication": "telecom",
}
_CHANNELS = {"email": "email", "letter": "post", "fax": "fax", "webform": "webform"}
_FIELDS = {"name": "name", "address": "address", "email": "email", "birthdate": "birthdate"}
# What records call the identifiers that members know too; anything else keeps its own words as a slug.
_WORDS = (
    (r"e-?mail|adresse e-mail", "email"),
    (r"user ?name|benutzername|nutzername", "username"),
    (r"kunden?nummer|customer (no|number)", "customer-number"),
    (r"phone|telefon|handy|mobil", "phone"),
    (r"geburtsdatum|date of birth", "birthdate"),
    (r"geburtsort", "birthplace"),
    (r"vorherige|voranschrift", "former-address"),
)
_REASONS = {
    "company-acquired": "it was acquired",
    "company-defunct": "it no longer exists",
    "company-merged": "it was merged",
    "duplicate": "its record was a duplicate",
    "gdpr-not-applicable": "the GDPR does not apply to it",
    "out-of-scope": "it is out of scope",
}
# Countries with one official language, which whoever has a seat there reads.
_WORDS_OF_COUNTRIES = """
AT:de AU:en BG:bg BR:pt CZ:cs DE:de DK:da EE:et ES:es FR:fr GB:en GR:el HR:hr HU:hu IE:en IS:is IT:it LI:de LT:lt LV:lv
MC:fr NL:nl NO:nb NZ:en PL:pl PT:pt RO:ro SE:sv SI:sl SK:sk US:en
"""
_LANGUAGES = {pair[:2]: pair[3:] for pair in _WORDS_OF_COUNTRIES.split()}
_LANGUAGE = re.compile("[a-z]{2}")
_GERMAN_CODE = re.compile(r"(?<!\d)(?:D-)?(\d{5})(?!\d)")
_BLANKS = re.compile(r"\s+")


def controllers(records: Records) -> dict[str, Controller]:
    """The controllers of the source, by id."""
    return {slug: tidied(controller(record)) for slug, record in records.by_slug[Kind.COMPANY].items()}


def authorities(records: Records) -> dict[str, Authority]:
    """The authorities of the source, by id. It does not say which sectors they supervise: none, until a file does."""
    return {slug: _authority(record) for slug, record in records.by_slug[Kind.AUTHORITY].items()}


def redirects(records: Records) -> dict[str, str]:
    """Former id → id of the successor."""
    obsolete = records.by_slug[Kind.OBSOLETE].items()
    return {slug: record.value["redirect-to"] for slug, record in obsolete if record.value.get("redirect-to")}


def obsolete(records: Records) -> dict[str, str]:
    """Former id without a successor → why it has none."""
    return {
        slug: f"{_tidy(record.value['name'])}: {_REASONS.get(record.value['reason'], 'it is obsolete')}"
        for slug, record in records.by_slug[Kind.OBSOLETE].items()
        if not record.value.get("redirect-to")
    }


def controller(record: Parsed) -> Controller:
    """A company's record as a controller, its texts as they stand (:func:`tidied` cleans them)."""
    value = record.value
    address = _lines(value["address"])
    country = named(last_line(value["address"]))
    return Controller(
        id=value["slug"],
        name=value["name"],
        also=tuple(value.get("runs", ())),
        country=country,
        subdivision=_land(address) if country == "DE" else "",
        serves=tuple(code.upper() for code in value.get("relevant-countries", ()) if code.upper() in COUNTRIES),
        sector=_sector(value, country),
        categories=_categories(value),
        address=address,
        email=value.get("email", ""),
        webform=value.get("webform", ""),
        fax=value.get("fax", ""),
        phone=value.get("phone", ""),
        web=value.get("web", ""),
        domains=_domains(value),
        languages=_language(value.get("request-language", "")) or _languages(value, country),
        identify_by=_identify_by(value.get("required-elements", ())),
        may_ask_id={True: "yes", False: "no"}.get(value.get("needs-id-document"), "with-reason"),
        channels=_channels(value),
        notes=tuple(value.get("comments", ())),
        sources=tuple(value.get("sources", ())),
        quality="unverified" if value.get("quality") == "scraped" else "imported",
        origin=record.file.path,
    )


def tidied(record: Controller) -> Controller:
    """The same record with texts that can be used: no invisible characters, mail hosts in punycode."""
    plain = {key: _tidy(getattr(record, key)) for key in ("name", "webform", "fax", "phone", "web")}
    lists = {key: tuple(map(_tidy, getattr(record, key))) for key in ("also", "address", "notes", "sources")}
    return _replaced(record, plain | lists | {"email": ascii_email(_tidy(record.email))})


def _replaced(record: Controller, values: Mapping[str, Any]) -> Controller:
    changed = {key: value for key, value in values.items() if value != getattr(record, key)}
    if not changed:
        return record
    return Controller(**{key: changed.get(key, getattr(record, key)) for key in Controller.__dataclass_fields__})


def _tidy(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    blank = _BLANKS.sub(" ", text)
    return "".join(c for c in blank if not is_hidden(c)).strip()


def _authority(record: Parsed) -> Authority:
    value = record.value
    return Authority(
        id=value["slug"],
        name=_tidy(value["name"]),
        country=named(last_line(value["address"])),
        covers=(),
        address=tuple(map(_tidy, _lines(value["address"]))),
        email=ascii_email(_tidy(value.get("email", ""))),
        webform=_tidy(value.get("webform", "")),
        phone=_tidy(value.get("phone", "")),
        web=_tidy(value.get("web", "")),
        languages=_language(value.get("complaint-language", "")),
        sources=tuple(map(_tidy, value.get("sources", ()))),
        quality="imported",
        origin=record.file.path,
    )


def _lines(address: str) -> tuple[str, ...]:
    return tuple(line for line in address.split("\n") if line.strip())


def _land(address: tuple[str, ...]) -> str:
    codes = [found[1] for line in reversed(address) if (found := _GERMAN_CODE.search(line))]
    return land_of(codes[0]) if codes else ""


def _sector(value: dict[str, Any], country: str) -> str:
    """Public bodies and churches have authorities of their own in Germany; ``bund.de`` is the Federation's domain."""
    categories = value.get("categories", ())
    if country != "DE" or not {"public body", "church"} & set(categories):
        return "private"
    if "church" in categories:
        return "church"
    hosts = (value.get("email", "").rpartition("@")[2], host_of(value.get("web", "")))
    return "public-federal" if any(f".{host}".endswith(".bund.de") for host in hosts) else "public-regional"


def _categories(value: dict[str, Any]) -> tuple[str, ...]:
    known = [_CATEGORIES.get(category, _slug(category)) for category in value.get("categories", ())]
    return tuple(dict.fromkeys([*filter(None, known), *(["adult"] if value.get("nsfw") else [])]))


def _domains(value: dict[str, Any]) -> tuple[str, ...]:
    hosts = [host_of(value.get("web", "")), ascii_host(_tidy(value.get("email", "")).rpartition("@")[2])]
    return tuple(dict.fromkeys(filter(None, hosts)))


def _language(code: str) -> tuple[str, ...]:
    """The source writes ISO 639-1; Norwegian letters are Bokmål."""
    return ({"no": "nb"}.get(code, code),) if _LANGUAGE.fullmatch(code) else ()


def _languages(value: dict[str, Any], country: str) -> tuple[str, ...]:
    """The language of the only country served, else that of the seat; who serves all countries offers English."""
    served = value.get("relevant-countries", ())
    place = served[0].upper() if len(served) == 1 and served != ["all"] else country
    own = _LANGUAGES.get(place, "") or _LANGUAGES.get(country, "")
    return tuple(dict.fromkeys(filter(None, [own, "en" if "all" in served else ""])))


def _identify_by(elements: Any) -> tuple[IdentifyField, ...]:
    found: dict[str, IdentifyField] = {}
    for element in elements:
        words = next((name for pattern, name in _WORDS if re.search(pattern, element["desc"], re.IGNORECASE)), "")
        name = words or _FIELDS.get(element["type"], "") or _slug(element["desc"])
        if name and name not in found:
            note = "" if words or element["type"] in _FIELDS else _tidy(element["desc"])
            found[name] = IdentifyField(name, optional=element.get("optional", False), note=note)
    return tuple(found.values())


def _channels(value: dict[str, Any]) -> tuple[str, ...]:
    there = [channel for key, channel in (("email", "email"), ("webform", "webform")) if value.get(key)]
    first = _CHANNELS.get(value.get("suggested-transport-medium", ""), "")
    if first in {"post", *there} or (first == "fax" and value.get("fax")):
        return tuple(dict.fromkeys([first, *there, "post"]))
    return (*there, "post")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
