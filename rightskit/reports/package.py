"""Rows, tables and codebook → the files of a research export: a Frictionless data package, described for portals too.

Sources: Frictionless Data, Tabular Data Package (specs.frictionlessdata.io); Citation File Format 1.2.0.
The same content gives the same bytes: nothing tells the clock, the machine, or a path.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit import yamlfile
from rightskit.disclosures.publishing import plain
from rightskit.reports.codebook import LANGUAGES, VARIABLES, codebook, entry, markdown
from rightskit.reports.dcat import KEYWORDS, MEDIA, dcat
from rightskit.reports.microdata import TAKEN
from rightskit.reports.parquet import parquet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.campaign.reuse import Contact, Licence
    from rightskit.reports.codebook import Entry
    from rightskit.reports.datatables import DataTable
    from rightskit.reports.microdata import Microdata

DESCRIPTOR = "datapackage.json"
"""Names all files with their SHA-256."""
_LIMITS = (
    "The members joined of their own accord. The rows and figures describe this campaign and stand for nobody else.",
    "Requests to controllers that too few members wrote to stand together, or are left out.",
    "Whoever tries to recognise a person in these data acts against their purpose, and cannot tell from them.",
)


@dataclass(frozen=True, slots=True)
class About:
    """What an export says of itself.

    Attributes:
        release: its name in the ledger.
        slug: of the campaign.
        date: the cut-off.
        version: of rightskit.
        campaign_hash: SHA-256 of campaign.yaml.
        licence: under which the data are.
        contact: whom to ask about them.
        web: the organiser's address in the web, as campaign.yaml says it.
        countries: of the controllers that rows name, ISO 3166-1.
        trial: the seed, the arms and each analysis plan that was kept; empty where nothing was drawn by lot.
    """

    release: str
    slug: str
    title: str
    organiser: str
    date: dt.date
    threshold: int
    version: str
    campaign_hash: str
    licence: Licence
    contact: Contact
    web: str = ""
    countries: tuple[str, ...] = ()
    trial: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """Of the data package."""
        return f"{self.slug}-{self.release.lower()}"

    @property
    def description(self) -> str:
        """In a sentence."""
        return f"Requests under the GDPR and what came of them, up to {self.date.isoformat()}."

    @property
    def homepage(self) -> str:
        """The organiser's address in the web; empty where there is none, or none that programs can open."""
        return self.web if self.web.startswith(("https://", "http://")) else ""


def files(about: About, data: Microdata, tables: Sequence[DataTable]) -> Mapping[str, bytes]:
    """Path inside the export → bytes; the descriptor stands last."""
    rows = _csv(data.columns, data.rows)
    made = {"requests.csv": rows, "requests.parquet": parquet(rows)}
    made |= {f"tables/{table.name}.csv": _csv(table.columns, table.rows) for table in tables}
    made |= {"codebook.csv": _codebook_csv(codebook())}
    made |= {f"codebook.{language}.md": _codebook_page(language) for language in LANGUAGES}
    made |= {
        "README.md": _readme(about, data, tables).encode(),
        "LICENCE.md": f"# {about.licence.title}\n\n{about.licence.url}\n".encode(),
        "CITATION.cff": yamlfile.dump(_citation(about)).encode(),
        "provenance.json": _json(_provenance(about, data)),
    }
    made["dcat.jsonld"] = _json(dcat(about, data, made))
    made[DESCRIPTOR] = _json(_descriptor(about, data, tables, made))
    return made


def _csv(columns: Iterable[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """A hidden cell is empty; no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


_TOLD = tuple(f"{what}_{language}" for what in ("title", "definition") for language in LANGUAGES)


def _codebook_csv(entries: Iterable[Entry]) -> bytes:
    """A line for each figure and column, and one for each of its values."""
    lines: list[tuple[str, ...]] = []
    for one in entries:
        told = (*(one.title[lang] for lang in LANGUAGES), *(one.definition[lang] for lang in LANGUAGES))
        lines.append((one.kind, one.id, "", *told, one.unit, one.base, one.source))
        for code, title in one.values.items():
            lines.append((one.kind, one.id, code, *(title[lang] for lang in LANGUAGES), *[""] * 6))
    return _csv(("kind", "id", "code", *_TOLD, "unit", "base", "source"), lines)


def _codebook_page(language: str) -> bytes:
    heads = {"de": "Codebuch", "fr": "Livre de codes", "en": "Codebook"}
    return f"# {heads[language]}\n\n{markdown(codebook(), language)}".encode()


def _provenance(about: About, data: Microdata) -> dict[str, Any]:
    return {
        "software": f"rightskit {about.version}",
        "campaign": about.slug,
        "campaign_yaml_sha256": about.campaign_hash,
        "ledger": about.release,
        "date": about.date.isoformat(),
        "threshold": about.threshold,
        "rows": len(data.rows),
        "k": data.k,
        "different_rows": data.classes,
        "left_out": data.left_out,
        "values_taken": dict(data.taken),
        "drawn_by_lot": list(about.trial),
    }


def _citation(about: About) -> dict[str, Any]:
    return {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description,
        "keywords": list(KEYWORDS),
        "authors": [{"name": about.organiser} | ({"website": about.homepage} if about.homepage else {})],
        "contact": [{"name": about.contact.name, "email": about.contact.email}],
        "version": about.release,
        "date-released": about.date.isoformat(),
        "license": about.licence.id,
    }


def _readme(about: About, data: Microdata, tables: Sequence[DataTable]) -> str:
    left = {None: "few", 0: "none"}.get(data.left_out, str(data.left_out))
    listed = "\n".join(f"- `tables/{table.name}.csv`: {table.title}" for table in tables)
    limits = "\n".join(f"- {limit}" for limit in _LIMITS)
    return f"""# {about.title}

Research export {about.release} of {about.organiser}, figures up to {about.date.isoformat()}.

- `requests.csv`, `requests.parquet`: {len(data.rows)} rows, one for each request that went out and did not come back.
{listed}
- `codebook.csv`, `codebook.*.md`: what every figure, column and code means, in German, French and English
- `datapackage.json` (Frictionless), `dcat.jsonld` (DCAT-AP), `CITATION.cff`, `provenance.json`, `SHA256SUMS`

## Disclosure control

The rows that are equal in every column belong to at least {data.k} members (the threshold is {about.threshold}); there
are {data.classes} different rows. A `{TAKEN}` stands where a value was taken away, because too few members had it; an
empty cell of a table is hidden. Requests left out, because too few members wrote to these controllers: {left}. No row
tells whose it is, and no two rows that they are one member's.

## How to read the data

{limits}

## Licence

{about.licence.title}: {about.licence.url}

## Questions

{about.contact.name}, {about.contact.email}
"""


def _descriptor(
    about: About, data: Microdata, tables: Sequence[DataTable], made: Mapping[str, bytes]
) -> dict[str, Any]:
    resources = [_resource("requests", "requests.csv", "Requests", _variables(data), made)]
    resources += [
        _resource(table.name, f"tables/{table.name}.csv", table.title, _typed(table), made) for table in tables
    ]
    others = [path for path in made if not path.endswith(".csv") or path == "codebook.csv"]
    return {
        "profile": "data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "version": about.release,
        "created": f"{about.date.isoformat()}T00:00:00Z",
        "contributors": [
            {"title": about.organiser, "role": "publisher"},
            {"title": about.contact.name, "email": about.contact.email, "role": "contact"},
        ],
        "licenses": [{"name": about.licence.id, "title": about.licence.title, "path": about.licence.url}],
        "resources": resources + [_plain_resource(path, made[path]) for path in others],
    }


def _variables(data: Microdata) -> list[dict[str, Any]]:
    return [_variable(entry(VARIABLES, name)) for name in data.columns]


def _variable(one: Entry) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": one.id,
        "type": "string",
        "title": one.title["en"],
        "description": one.definition["en"],
    }
    if one.id == "row":
        return field | {"constraints": {"required": True, "unique": True}}
    return field | ({"constraints": {"enum": [*one.values, TAKEN]}} if one.values else {})


def _typed(table: DataTable) -> list[dict[str, Any]]:
    return [{"name": name, "type": kind} for name, kind in table.columns.items()]


def _resource(
    name: str, path: str, title: str, fields: list[dict[str, Any]], made: Mapping[str, bytes]
) -> dict[str, Any]:
    described = _plain_resource(path, made[path]) | {
        "name": name.lower(),
        "type": "table",
        "profile": "tabular-data-resource",
    }
    return described | {"title": title, "schema": {"fields": fields, "missingValues": [""]}}


def _plain_resource(path: str, content: bytes) -> dict[str, Any]:
    ending = path.rpartition(".")[2]
    return {
        "name": path.lower().replace("/", "-").replace(".", "-"),
        "type": "file",
        "path": path,
        "format": ending,
        "mediatype": MEDIA[ending],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
