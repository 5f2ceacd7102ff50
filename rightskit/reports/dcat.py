"""An export as an open-data portal describes it: a ``dcat:Dataset`` with its files.

Source: DCAT-AP 3.0 (semiceu.github.io/DCAT-AP), classes Dataset, Distribution, Agent, Kind, Checksum, Period of Time.
Codes come from the tables of the EU's Publications Office, as DCAT-AP asks.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.reports.package import About

MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "cff": "application/yaml",
}
"""Ending → media type (IANA)."""

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:issued": {"@type": "xsd:date"},
    "dcat:endDate": {"@type": "xsd:date"},
    "dcat:byteSize": {"@type": "xsd:nonNegativeInteger"},
    "spdx:checksumValue": {"@type": "xsd:hexBinary"},
}
_EU = "http://publications.europa.eu/resource/authority"
_KEYWORDS = ("GDPR", "data protection", "data subject rights", "right of access")


def dcat(about: About, made: Mapping[str, bytes]) -> dict[str, Any]:
    """Metadata that an open-data portal takes as they are; paths stand beside the file, until it has an address.

    Args:
        about: the export.
        made: path inside it → bytes.
    """
    return {
        "@context": _CONTEXT,
        "@id": f"urn:rightskit:{about.campaign_hash[:16]}:{about.release.lower()}",
        "@type": "dcat:Dataset",
        "dct:identifier": about.name,
        "dct:title": {"@value": about.title},
        "dct:description": _english(about.description),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": about.organiser},
        "dcat:contactPoint": {
            "@type": "vcard:Kind",
            "vcard:fn": about.contact.name,
            "vcard:hasEmail": {"@id": f"mailto:{about.contact.email}"},
        },
        "dct:issued": about.date.isoformat(),
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:endDate": about.date.isoformat()},
        "dct:language": [{"@id": f"{_EU}/language/{code}"} for code in ("ENG", "DEU", "FRA")],
        "dcat:version": about.release,
        "dcat:keyword": [_english(word) for word in _KEYWORDS],
        "dcat:theme": [{"@id": f"{_EU}/data-theme/JUST"}],
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dcat:distribution": [_distribution(about, path, made[path]) for path in ("requests.csv", "requests.parquet")],
    }


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}


def _distribution(about: About, path: str, content: bytes) -> dict[str, Any]:
    ending = path.rpartition(".")[2]
    return {
        "@type": "dcat:Distribution",
        "dct:title": {"@value": path},
        "dct:description": _english("One row for each request that went out, under disclosure control."),
        "dcat:downloadURL": {"@id": path},
        "dcat:accessURL": {"@id": path},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{MEDIA[ending]}"},
        "dct:format": {"@id": f"{_EU}/file-type/{ending.upper()}"},
        "dct:license": {"@id": about.licence.portal},
        "dcat:byteSize": str(len(content)),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": hashlib.sha256(content).hexdigest(),
        },
    }
