"""An export as an open-data portal describes it: a ``dcat:Catalog`` with one ``dcat:Dataset`` and its files.

Source: DCAT-AP 3.0 (semiceu.github.io/DCAT-AP/releases/3.0.0), classes Catalogue, Dataset, Distribution, Agent, Kind,
Checksum, Licence Document, Period of Time. Codes come from the tables of the EU's Publications Office, as DCAT-AP asks;
each says what it is, so that a portal that does not hold these tables can check it too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from rightskit import texts
from rightskit.campaign.reuse import KINDS
from rightskit.disclosures.describing import DESCRIPTOR, MEDIA
from rightskit.reports.codebook import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.reports.datatables import DataTable
    from rightskit.reports.microdata import Microdata
    from rightskit.reports.package import About

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:issued": {"@type": "xsd:date"},
    "dct:modified": {"@type": "xsd:date"},
    "dcat:startDate": {"@type": "xsd:date"},
    "dcat:endDate": {"@type": "xsd:date"},
    "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
    "spdx:checksumValue": {"@type": "xsd:hexBinary"},
}
_EU = "http://publications.europa.eu/resource/authority"
_LICENCE_TYPES = "http://purl.org/adms/licencetype"
_PUBLISHER_TYPES = "http://purl.org/adms/publishertype"
_PACKAGE = "https://specs.frictionlessdata.io/tabular-data-package/"
_ISO_3166 = (
    "AT:AUT AU:AUS BE:BEL BG:BGR CA:CAN CH:CHE CY:CYP CZ:CZE DE:DEU DK:DNK EE:EST ES:ESP FI:FIN FR:FRA GB:GBR GR:GRC "
    "HR:HRV HU:HUN IE:IRL IS:ISL IT:ITA JP:JPN LI:LIE LT:LTU LU:LUX LV:LVA MT:MLT NL:NLD NO:NOR PL:POL PT:PRT RO:ROU "
    "SE:SWE SG:SGP SI:SVN SK:SVK US:USA"
)
COUNTRIES = dict(pair.split(":") for pair in _ISO_3166.split())
"""ISO 3166-1 of two letters → of three, as the EU's table of countries has them."""


_PAGES = ("README.md", DESCRIPTOR, *(f"codebook.{language}.md" for language in LANGUAGES))
"""What tells of the data; the descriptor holds the sum of this file, so this file cannot hold its."""


def dcat(about: About, data: Microdata, tables: Sequence[DataTable], made: Mapping[str, bytes]) -> dict[str, Any]:
    """Metadata that an open-data portal takes as they are; paths stand beside the file, until it has an address.

    Args:
        about: the export.
        data: its rows.
        tables: its tables.
        made: path inside it → bytes; each of rows, tables and codebook that programs read is a distribution.
    """
    return {
        "@context": _CONTEXT,
        "@id": f"urn:rightskit:{about.slug}:exports",
        "@type": "dcat:Catalog",
        "dct:title": _told("catalogue", title=about.title),
        "dct:description": _told("about", organiser=about.organiser),
        "dct:publisher": _publisher(about),
        "dct:issued": about.date.isoformat(),
        "dct:modified": about.date.isoformat(),
        "dct:language": _languages(),
        "dct:license": _licence(about),
        "dct:spatial": _places(about),
        "dcat:themeTaxonomy": {
            "@id": f"{_EU}/data-theme",
            "@type": "skos:ConceptScheme",
            "dct:title": _in("en", "Data theme"),
        },
        "dcat:dataset": [_dataset(about, data) | {"dcat:distribution": _distributions(about, tables, made)}],
    } | _homepage(about)


def _address(about: About) -> str:
    """The name by which a portal that harvests twice finds the same data set, and each of its files, again."""
    return f"urn:rightskit:{about.campaign_hash[:16]}:{about.release.lower()}"


def _dataset(about: About, data: Microdata) -> dict[str, Any]:
    return {
        "@id": _address(about),
        "@type": "dcat:Dataset",
        "dct:identifier": about.name,
        "dct:title": {"@value": about.title},
        "dct:description": [
            _in(language, texts.text(language, "report.portal.dataset", date=texts.longdate(language, about.date)))
            for language in LANGUAGES
        ],
        "dct:publisher": _publisher(about),
        "dcat:contactPoint": {
            "@type": "vcard:Kind",
            "vcard:fn": about.contact.name,
            "vcard:hasEmail": {"@id": f"mailto:{about.contact.email}"},
        },
        "dct:issued": about.date.isoformat(),
        "dct:modified": about.date.isoformat(),
        "dct:temporal": _period(about, data),
        "dct:spatial": _places(about),
        "dct:language": _languages(),
        "dcat:version": about.release,
        "dcat:keyword": [_in(language, word) for language in LANGUAGES for word in keywords(language)],
        "dcat:theme": [_concept(f"{_EU}/data-theme/JUST", "Justice, legal system and public safety")],
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC", "@type": "dct:RightsStatement"},
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": _told("control")},
        "dct:conformsTo": {"@id": _PACKAGE, "@type": "dct:Standard"},
        "foaf:page": [{"@id": path, "@type": "foaf:Document"} for path in _PAGES],
    }


def keywords(language: str) -> list[str]:
    """By which somebody may look for such data."""
    return [word.strip() for word in texts.text(language, "report.portal.keywords").split(";")]


def _told(key: str, **values: str) -> list[dict[str, str]]:
    """A text in each language."""
    return [_in(language, texts.text(language, f"report.portal.{key}", **values)) for language in LANGUAGES]


def _in(language: str, text: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _concept(address: str, label: str) -> dict[str, Any]:
    return {"@id": address, "@type": "skos:Concept", "skos:prefLabel": _in("en", label)}


def _publisher(about: About) -> dict[str, Any]:
    named = {"@id": f"urn:rightskit:{about.slug}:organiser", "@type": "foaf:Agent", "foaf:name": about.organiser}
    return named | _kind(about) | _homepage(about)


def _kind(about: About) -> dict[str, Any]:
    if not about.kind:
        return {}
    code, label = KINDS[about.kind]
    return {"dct:type": _concept(f"{_PUBLISHER_TYPES}/{code}", label)}


def _homepage(about: About) -> dict[str, Any]:
    return {"foaf:homepage": {"@id": about.homepage, "@type": "foaf:Document"}} if about.homepage else {}


def _languages() -> list[dict[str, str]]:
    """Of the codebook and of the names of the columns."""
    return [{"@id": f"{_EU}/language/{code}", "@type": "dct:LinguisticSystem"} for code in ("ENG", "DEU", "FRA")]


def _licence(about: About) -> dict[str, Any]:
    kind = about.licence.kind
    return {
        "@id": about.licence.portal,
        "@type": "dct:LicenseDocument",
        "dct:type": _concept(f"{_LICENCE_TYPES}/{kind}", kind),
    }


def _places(about: About) -> list[dict[str, str]]:
    known = [COUNTRIES[country] for country in about.countries if country in COUNTRIES]
    return [{"@id": f"{_EU}/country/{code}", "@type": "dct:Location"} for code in known]


def _period(about: About, data: Microdata) -> dict[str, Any]:
    """From the first quarter of a row, as the rows tell it, to the cut-off."""
    first = since(data)
    start = {"dcat:startDate": first.isoformat()} if first else {}
    return {"@type": "dct:PeriodOfTime", **start, "dcat:endDate": about.date.isoformat()}


def since(data: Microdata) -> dt.date | None:
    """The first day of the first quarter in which a published row went out; None where no row tells one."""
    place = data.columns.index("sent_quarter")
    told = sorted(row[place] for row in data.rows if "-Q" in row[place])
    if not told:
        return None
    year, _, quarter = told[0].partition("-Q")
    return dt.date(int(year), int(quarter) * 3 - 2, 1)


def _distributions(about: About, tables: Sequence[DataTable], made: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Of each file of data, with its title and what it holds."""
    told: dict[str, tuple[Any, str]] = {
        path: ({"@value": path}, "rows") for path in ("requests.csv", "requests.parquet")
    }
    told |= {f"tables/{table.name}.csv": (_in("en", table.title), "table") for table in tables}
    told["codebook.csv"] = ({"@value": "codebook.csv"}, "codebook")
    return [
        {"@id": f"{_address(about)}:{path.replace('/', ':')}", "dct:title": title, "dct:description": _told(key)}
        | _distribution(about, path, made[path])
        for path, (title, key) in told.items()
    ]


def _distribution(about: About, path: str, content: bytes) -> dict[str, Any]:
    ending = path.rpartition(".")[2]
    return {
        "@type": "dcat:Distribution",
        "dct:issued": about.date.isoformat(),
        "dcat:downloadURL": {"@id": path, "@type": "rdfs:Resource"},
        "dcat:accessURL": {"@id": path, "@type": "rdfs:Resource"},
        "dcat:mediaType": {
            "@id": f"http://www.iana.org/assignments/media-types/{MEDIA[ending]}",
            "@type": "dct:MediaType",
        },
        "dct:format": {"@id": f"{_EU}/file-type/{ending.upper()}", "@type": "dct:MediaTypeOrExtent"},
        "dct:license": _licence(about),
        "dcatap:availability": _concept(f"{_EU}/planned-availability/STABLE", "stable"),
        "dcat:byteSize": str(len(content)),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": hashlib.sha256(content).hexdigest(),
        },
    }
