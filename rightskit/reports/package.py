"""Rows, tables and codebook → the files of a research export: a Frictionless data package, described for portals too.

Sources: Frictionless Data, Tabular Data Package (specs.frictionlessdata.io); Citation File Format 1.2.0.
The same content gives the same bytes: nothing tells the clock, the machine, or a path.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit import yamlfile
from rightskit.disclosures.csvfile import csv_bytes
from rightskit.disclosures.describing import DESCRIPTOR
from rightskit.reports.codebook import HEADINGS, LANGUAGES, codebook, lines, markdown
from rightskit.reports.dcat import dcat, keywords
from rightskit.reports.descriptor import descriptor
from rightskit.reports.microdata import TAKEN
from rightskit.reports.parquet import parquet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rightskit.campaign.reuse import Contact, Licence
    from rightskit.reports.datatables import DataTable
    from rightskit.reports.microdata import Microdata

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
        kind: of organisation the organiser is, a key of ``campaign.reuse.KINDS``; empty where campaign.yaml says none.
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
    kind: str = ""
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
    rows = csv_bytes(data.columns, data.rows)
    made = {"requests.csv": rows, "requests.parquet": parquet(rows)}
    made |= {f"tables/{table.name}.csv": csv_bytes(table.columns, table.rows) for table in tables}
    made |= {"codebook.csv": csv_bytes(HEADINGS, lines(codebook()))}
    made |= {f"codebook.{language}.md": _codebook_page(language) for language in LANGUAGES}
    made |= {
        "README.md": _readme(about, data, tables).encode(),
        "LICENCE.md": f"# {about.licence.title}\n\n{about.licence.url}\n".encode(),
        "CITATION.cff": yamlfile.dump(_citation(about)).encode(),
        "provenance.json": _json(_provenance(about, data)),
    }
    made["dcat.jsonld"] = _json(dcat(about, data, tables, made))
    made[DESCRIPTOR] = _json(descriptor(about, data, tables, made))
    return made


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


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
        "keywords": keywords("en"),
        "authors": [{"name": about.organiser} | ({"website": about.homepage} if about.homepage else {})],
        "contact": [{"name": about.contact.name, "email": about.contact.email}],
        "version": about.release,
        "date-released": about.date.isoformat(),
        "license": about.licence.id,
    }


def _lot(about: About) -> str:
    """What was drawn by lot, and whether it was said before what would be compared."""
    lines = [
        f"- seed {one['seed']}, in strata by {', '.join(one['declared']['strata'])}; analysis plan with the SHA-256\n"
        f"  {one['sha256']}, kept on {one['kept']} {'before' if one['before_sending'] else 'after'} letters left"
        for one in about.trial
    ]
    told = "`arm` and `order` were drawn by lot, for each request by itself (`provenance.json`, `drawn_by_lot`):"
    return "\n".join(["## The trial", "", told, "", *lines, "", ""]) if lines else ""


def _readme(about: About, data: Microdata, tables: Sequence[DataTable]) -> str:
    left = {None: "few", 0: "none"}.get(data.left_out, str(data.left_out))
    listed = "\n".join(f"- `tables/{table.name}.csv`: {table.title}" for table in tables)
    limits = "\n".join(f"- {limit}" for limit in _LIMITS)
    return f"""# {about.title}

Research export {about.release} of {about.organiser}, figures up to {about.date.isoformat()}.

- `requests.csv`, `requests.parquet`: {len(data.rows)} rows, one for each request that went out and did not come back.
{listed}
- `codebook.csv`, `codebook.*.md`: what every figure, column and code means, in German, French and English
- `datapackage.json`: every column with its type, unit and levels (Frictionless)
- `dcat.jsonld` (DCAT-AP 3.0), `CITATION.cff`, `provenance.json`, `SHA256SUMS`

## Disclosure control

The rows that are equal in every column belong to at least {data.k} members (the threshold is {about.threshold}); there
are {data.classes} different rows. A `{TAKEN}` stands where a value was taken away, because too few members had it; an
empty cell of a table is hidden. Requests left out, because too few members wrote to these controllers: {left}. No row
tells whose it is, and no two rows that they are one member's.

## How to read the data

{limits}

The rows tell an outcome more coarsely than `tables/outcomes.csv`: `open` holds what the table calls `open` and
`dialogue`; `answered` may be `data`, `refused` or another answer, of which too few members had the same. All answers
can be counted from the rows (every row but `open`, and but `*`, where it was taken away); how many of them brought
data stands in the table alone.

`{TAKEN}` is a missing value; `none` is a code. In pandas:
`pd.read_csv("requests.csv", dtype="string", keep_default_na=False, na_values=["{TAKEN}"])`

{_lot(about)}## Licence

{about.licence.title}: {about.licence.url}

## Questions

{about.contact.name}, {about.contact.email}
"""
